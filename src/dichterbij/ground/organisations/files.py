"""Read an organisation from a file (`content/organisations/*.yaml`)."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import InvalidIdentifier

from .domain import Contact, InvalidOrganisationFile, Kind, Organisation

REQUIRED = frozenset({"oin", "key", "name", "kind", "territory", "contact"})
OPTIONAL = frozenset(
    {"hosted", "provider_url", "theme", "operator", "units", "note", "public_keys", "may_ask", "may_mandate"}
)
PUBLIC_KEYS = frozenset({"sign", "exchange"})
CONTACT = frozenset({"phone", "phone_abroad", "url", "address", "hours", "note"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a file says: the organisation, its units by key, and whether it operates the instance."""

    organisation: Organisation
    units: Mapping[str, str]
    operator: bool


def read(path: Path) -> Described:
    """Return the organisation that a file describes; raises `InvalidOrganisationFile` naming file and remedy."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise InvalidOrganisationFile(f"{path.name}: het bestand is niet te lezen.") from error
    if not isinstance(data, dict):
        raise InvalidOrganisationFile(f"{path.name}: schrijf een lijst van velden, zoals `name: ...`.")
    _require_known(path, data.keys(), REQUIRED, OPTIONAL)
    _require_known(path, data["contact"].keys(), frozenset({"url"}), CONTACT)
    try:
        return _described(data)
    except (InvalidIdentifier, ValueError) as error:
        raise InvalidOrganisationFile(f"{path.name}: {error}") from error


def _described(data: Mapping[str, Any]) -> Described:
    contact = data["contact"]
    return Described(
        organisation=Organisation(
            oin=Oin(str(data["oin"])),
            key=data["key"],
            name=data["name"],
            kind=Kind(data["kind"]),
            territory=data["territory"],
            hosted=bool(data.get("hosted", False)),
            provider_url=data.get("provider_url", ""),
            theme=data.get("theme", ""),
            contact=contact_from(contact),
            public_keys=_public_keys(data.get("public_keys", {})),
            may_ask=bool(data.get("may_ask", False)),
            may_mandate=bool(data.get("may_mandate", False)),
        ),
        units=data.get("units", {}),
        operator=bool(data.get("operator", False)),
    )


def _public_keys(written: Mapping[str, str]) -> Mapping[str, str]:
    """Return the public keys of a body elsewhere; raises ValueError for anything but both keys of 32 bytes each."""
    if written and set(written) != PUBLIC_KEYS:
        raise ValueError("geef bij public_keys een sign en een exchange")
    for name, text in written.items():
        try:
            key = base64.urlsafe_b64decode(f"{text}=")
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != 32:
            raise ValueError(f"public_keys: {name} is geen sleutel van 32 bytes in base64url")
    return dict(written)


def contact_from(data: Mapping[str, Any]) -> Contact:
    """Return contact details from their stored or written form."""
    return Contact(
        phone=data.get("phone", ""),
        url=data["url"],
        address=data.get("address", ""),
        hours=data.get("hours", {}),
        note=data.get("note", {}),
        phone_abroad=data.get("phone_abroad", ""),
    )


def _require_known(path: Path, names: Any, required: frozenset[str], optional: frozenset[str]) -> None:
    missing, unknown = required - set(names), set(names) - required - optional
    if missing:
        raise InvalidOrganisationFile(f"{path.name}: vul aan: {', '.join(sorted(missing))}.")
    if unknown:
        raise InvalidOrganisationFile(f"{path.name}: onbekend veld: {', '.join(sorted(unknown))}.")
