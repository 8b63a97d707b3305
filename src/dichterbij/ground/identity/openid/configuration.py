"""The means that an operator admits: a YAML file with one entry per means, as `docs/operate/README.md` shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from django.core.exceptions import ImproperlyConfigured

from dichterbij.kernel.levels import Level

from ..domain import Audience, IdentifierType

OPTIONAL = frozenset(("represents", "represented_in"))
REQUIRED = frozenset(
    ("id", "name", "audience", "issuer", "client_id", "client_key", "address", "identifier_types", "levels")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One means by OpenID Connect as the operator configured it. `levels`: the provider's words for levels, to ours.

    `represents`: for which kinds of party it may say that somebody acts, `represented_in`: for which products.
    """

    id: str
    name: str
    audience: Audience
    issuer: str
    client_id: str
    client_key: Path
    address: str
    identifier_types: frozenset[IdentifierType]
    levels: Mapping[str, Level]
    represents: frozenset[IdentifierType] = frozenset()
    represented_in: frozenset[str] = frozenset()

    @property
    def redirect_uri(self) -> str:
        """Return where this provider sends people back to: an address of its own, so that no other can pretend."""
        return f"{self.address}/login/oidc/{self.id}"

    @property
    def after_logout(self) -> str:
        """Return where the provider sends people after it logged them out."""
        return f"{self.address}/logout"


def load(path: Path, *, insecure: bool = False) -> tuple[Provider, ...]:
    """Return the configured means; raises `ImproperlyConfigured` with the entry and what is wrong with it.

    `insecure`: also accept providers without https; only a demonstration does.
    """
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        raise ImproperlyConfigured(f"{path}: the file of means cannot be read: {type(problem).__name__}") from None
    if not isinstance(entries, list):
        raise ImproperlyConfigured(f"{path}: the file of means is a list of entries")
    return tuple(_provider(entry, f"{path}, entry {number}", insecure) for number, entry in enumerate(entries, 1))


def _provider(entry: object, place: str, insecure: bool) -> Provider:
    if not isinstance(entry, dict) or not REQUIRED <= set(entry) <= REQUIRED | OPTIONAL:
        found = set(entry) if isinstance(entry, dict) else set()
        raise ImproperlyConfigured(
            f"{place}: missing {sorted(REQUIRED - found)}, unknown {sorted(found - REQUIRED - OPTIONAL)}"
        )
    for name in ("issuer", "address"):
        _ensure_https(str(entry[name]), f"{place}, {name}", insecure)
    try:
        return Provider(
            id=str(entry["id"]),
            name=str(entry["name"]),
            audience=Audience(entry["audience"]),
            issuer=str(entry["issuer"]),
            client_id=str(entry["client_id"]),
            client_key=Path(entry["client_key"]),
            address=str(entry["address"]).rstrip("/"),
            identifier_types=frozenset(IdentifierType[name] for name in entry["identifier_types"]),
            levels={str(word): Level[name.upper()] for word, name in entry["levels"].items()},
            represents=frozenset(IdentifierType[name] for name in entry.get("represents", ())),
            represented_in=frozenset(map(str, entry.get("represented_in", ()))),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise ImproperlyConfigured(f"{place}: {problem} is not understood") from None


def _ensure_https(address: str, place: str, insecure: bool) -> None:
    parts = urlsplit(address)
    if not parts.hostname or parts.scheme not in ({"https", "http"} if insecure else {"https"}):
        raise ImproperlyConfigured(f"{place}: {address} is not an https address")
