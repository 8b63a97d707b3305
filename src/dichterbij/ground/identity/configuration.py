"""The means that an operator admits: a YAML file with one entry per means, as `docs/operate/README.md` shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from django.core.exceptions import ImproperlyConfigured

from dichterbij.kernel.levels import Level

from .domain import Audience, IdentifierType

OPTIONAL = frozenset(("protocol", "represents", "represented_in"))
REQUIRED = frozenset(("id", "name", "audience", "client_id", "client_key", "address", "identifier_types", "levels"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """One means as the operator configured it. `levels`: the other side's words for levels, to ours.

    `client_id`: how the other side knows this instance; `client_key`: with which it signs; `address`: of this instance.
    `represents`: for which kinds of party it may say that somebody acts, `represented_in`: for which products.
    """

    id: str
    name: str
    audience: Audience
    client_id: str
    client_key: Path
    address: str
    identifier_types: frozenset[IdentifierType]
    levels: Mapping[str, Level]
    represents: frozenset[IdentifierType] = frozenset()
    represented_in: frozenset[str] = frozenset()

    @property
    def after_logout(self) -> str:
        """Return where people read that they are logged out."""
        return f"{self.address}/logout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider(Configured):
    """A means by OpenID Connect."""

    issuer: str

    @property
    def redirect_uri(self) -> str:
        """Return where this provider sends people back to: an address of its own, so that no other can pretend."""
        return f"{self.address}/login/oidc/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Configured):
    """A means by SAML 2.0. `metadata`: file in which the identity provider describes itself."""

    client_certificate: Path
    metadata: Path

    @property
    def arrival(self) -> str:
        """Return where the identity provider sends people back to: an address of its own."""
        return f"{self.address}/login/saml/{self.id}"

    @property
    def ended_at(self) -> str:
        """Return where the identity provider says that it ended a session."""
        return f"{self.arrival}/logout"


def load(path: Path, *, insecure: bool = False) -> tuple[Configured, ...]:
    """Return the configured means; raises `ImproperlyConfigured` with the entry and what is wrong with it.

    `insecure`: also accept addresses without https; only a demonstration does.
    """
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        raise ImproperlyConfigured(f"{path}: the file of means cannot be read: {type(problem).__name__}") from None
    if not isinstance(entries, list):
        raise ImproperlyConfigured(f"{path}: the file of means is a list of entries")
    return tuple(_configured(entry, f"{path}, entry {number}", insecure) for number, entry in enumerate(entries, 1))


def ensure_https(address: str, place: str, insecure: bool) -> None:
    """Raise `ImproperlyConfigured` for what is no https address."""
    parts = urlsplit(address)
    if not parts.hostname or parts.scheme not in ({"https", "http"} if insecure else {"https"}):
        raise ImproperlyConfigured(f"{place}: {address} is not an https address")


def _configured(entry: object, place: str, insecure: bool) -> Configured:
    given = entry if isinstance(entry, dict) else {}
    protocol = str(given.get("protocol", "oidc"))
    if protocol not in PROTOCOLS:
        raise ImproperlyConfigured(f"{place}: {protocol} is no protocol of {sorted(PROTOCOLS)}")
    own, make = PROTOCOLS[protocol]
    required = REQUIRED | own
    if not required <= set(given) <= required | OPTIONAL:
        missing, unknown = sorted(required - set(given)), sorted(set(given) - required - OPTIONAL)
        raise ImproperlyConfigured(f"{place}: missing {missing}, unknown {unknown}")
    for name in own & {"issuer"} | {"address"}:
        ensure_https(str(given[name]), f"{place}, {name}", insecure)
    try:
        return make(given)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise ImproperlyConfigured(f"{place}: {problem} is not understood") from None


def _usual(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(entry["id"]),
        "name": str(entry["name"]),
        "audience": Audience(entry["audience"]),
        "client_id": str(entry["client_id"]),
        "client_key": Path(entry["client_key"]),
        "address": str(entry["address"]).rstrip("/"),
        "identifier_types": frozenset(IdentifierType[name] for name in entry["identifier_types"]),
        "levels": {str(word): Level[name.upper()] for word, name in entry["levels"].items()},
        "represents": frozenset(IdentifierType[name] for name in entry.get("represents", ())),
        "represented_in": frozenset(map(str, entry.get("represented_in", ()))),
    }


def _provider(entry: Mapping[str, Any]) -> Provider:
    return Provider(issuer=str(entry["issuer"]), **_usual(entry))


def _service(entry: Mapping[str, Any]) -> Service:
    certificate, metadata = Path(entry["client_certificate"]), Path(entry["metadata"])
    return Service(client_certificate=certificate, metadata=metadata, **_usual(entry))


PROTOCOLS: Mapping[str, tuple[frozenset[str], Callable[[Mapping[str, Any]], Configured]]] = {
    "oidc": (frozenset({"issuer"}), _provider),
    "saml": (frozenset({"client_certificate", "metadata"}), _service),
}
