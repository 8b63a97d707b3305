"""The means that an operator admits: a YAML file with one entry per means, as `docs/operate/README.md` shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import yaml
from django.core.exceptions import ImproperlyConfigured

from dichterbij.kernel.levels import Level

from .domain import Audience, IdentifierType

OPTIONAL = frozenset(("protocol", "represents", "represented_in"))
OPTIONAL_OF_SAML = frozenset(("trusted", "routing"))
ROUTING = frozenset(("services", "place", "by_index", "preselected", "mandates", "provider"))
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
class ServiceProvider:
    """The body for which a cluster connection asks: its name at the routing service, and the key for what is for it."""

    id: str
    key: Path
    certificate: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """What a routing service is asked beside who is there (eID SAML 4.4, section 7.3).

    `services`: per level that its catalogue asks, the ServiceUUID; `by_index`: named by their place in our metadata.
    `place`: of this means among those that stand under one name there, so that each has an address of its own.
    `preselected`: through which means, `mandates`: through which registers somebody must act for another; both empty
    when people choose there. `provider`: for whom, when this instance is the cluster connection of another body.
    """

    services: Mapping[Level, str]
    place: int = 0
    by_index: bool = False
    preselected: tuple[str, ...] = ()
    mandates: tuple[str, ...] = ()
    provider: ServiceProvider | None = None

    @property
    def numbered(self) -> Mapping[int, str]:
        """Return each service under its number in our metadata, what asks least first."""
        return {self.place * len(Level) + level: self.services[level] for level in sorted(self.services)}

    def service_for(self, level: Level) -> tuple[int, str]:
        """Return the number and ServiceUUID of the service that asks at least a level, else of what asks most."""
        enough = [each for each in sorted(self.services) if each >= level] or [max(self.services)]
        return self.place * len(Level) + enough[0], self.services[enough[0]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Configured):
    """A means by SAML 2.0. `metadata`: file in which the identity provider describes itself.

    `trusted`: certificates of authorities that vouch for its machine, beside those of this machine; `routing`: set for
    a routing service, None for an identity provider that is asked directly.
    """

    client_certificate: Path
    metadata: Path
    trusted: Path | None = None
    routing: Routing | None = None

    @property
    def arrival(self) -> str:
        """Return where the identity provider sends people back to: an address of its own."""
        return f"{self.address}/login/saml/{self.id}"

    @property
    def ended_at(self) -> str:
        """Return where the identity provider says that it ended a session."""
        return f"{self.arrival}/logout"

    @property
    def place(self) -> int:
        """Return which address this one is under our name at the other side."""
        return self.routing.place if self.routing else 0

    @property
    def left_at(self) -> str:
        """Return where a routing service answers that it ended the session that we asked it to end."""
        return f"{self.arrival}/left"


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
    own, optional, make = PROTOCOLS[protocol]
    required, allowed = REQUIRED | own, REQUIRED | own | OPTIONAL | optional
    if not required <= set(given) <= allowed:
        missing, unknown = sorted(required - set(given)), sorted(set(given) - allowed)
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
    return Service(
        client_certificate=Path(entry["client_certificate"]),
        metadata=Path(entry["metadata"]),
        trusted=Path(entry["trusted"]) if "trusted" in entry else None,
        routing=_routing(entry["routing"]) if "routing" in entry else None,
        **_usual(entry),
    )


def _routing(said: Mapping[str, Any]) -> Routing:
    """Return how a routing service is asked; raises `ValueError` for what its profile does not allow."""
    unknown = sorted(set(said) - ROUTING)
    if unknown or not said.get("services"):
        raise ValueError(f"routing: unknown {unknown}, or no services")
    by_index, provider = bool(said.get("by_index")), said.get("provider")
    if by_index and provider:
        raise ValueError("routing: a cluster connection names services by their UUID, so by_index")
    return Routing(
        services={Level[name.upper()]: str(UUID(str(service))) for name, service in said["services"].items()},
        place=int(said.get("place", 0)),
        by_index=by_index,
        preselected=_names(said.get("preselected", [])),
        mandates=_names(said.get("mandates", [])),
        provider=_provider_of(provider) if provider else None,
    )


def _provider_of(said: Mapping[str, Any]) -> ServiceProvider:
    return ServiceProvider(id=str(said["id"]), key=Path(said["key"]), certificate=Path(said["certificate"]))


def _names(said: object) -> tuple[str, ...]:
    if not isinstance(said, list):
        raise TypeError(f"{said} (no list)")
    return tuple(map(str, said))


PROTOCOLS: Mapping[str, tuple[frozenset[str], frozenset[str], Callable[[Mapping[str, Any]], Configured]]] = {
    "oidc": (frozenset({"issuer"}), frozenset(), _provider),
    "saml": (frozenset({"client_certificate", "metadata"}), OPTIONAL_OF_SAML, _service),
}
