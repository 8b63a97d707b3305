"""The record of processing activities: what may be asked, by whom, for what purpose, on which legal basis.

Declared in `content/activities.yaml`. Fields are generated from the law an activity carries out: every fact its graph
can ask of a registry. Where no law of ours carries it out yet, the file names the fields. No activity, no data.
Source: GDPR article 30.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.kernel import clock
from dichterbij.kernel.access import Activity
from dichterbij.kernel.identifiers import Oin

from .adapters.known import KEYED_BY
from .answers import UnknownActivity
from .law_fields import fields_of

TERRITORY_FIELD = "verblijfplaats.gebied"
"""Which law applies depends on where somebody lives, so every activity that applies a law may ask that."""

Fields = Mapping[str, frozenset[str]]
"""Per registry the fields that may be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A processing activity as registered. `organisation`: its key, or `operator`; `purposes`: per language.

    `laws`: what it carries out, with the outputs it asks (none named: every output); `declared`: fields beyond those.
    """

    activity: Activity
    organisation: str
    purposes: Mapping[str, str]
    source: str
    laws: Mapping[str, tuple[str, ...]]
    declared: Fields
    first_on: date | None
    last_on: date | None

    def is_in_force(self, on: date) -> bool:
        """Say whether the activity may be used on a day."""
        return (self.first_on is None or self.first_on <= on) and (self.last_on is None or on <= self.last_on)


def activity(name: str) -> Activity:
    """Return the activity with this id, with the version its purpose, basis and fields give it.

    Raises `UnknownActivity`.
    """
    found = registered(name)
    return replace(found.activity, version=_version(found, allowed_fields(name)))


def registered(name: str) -> Registered:
    """Return everything that is registered about an activity; raises `UnknownActivity`."""
    found = _all().get(name)
    if found is None:
        raise UnknownActivity(f"Verwerking: {name}.")
    return found


def all_registered() -> tuple[Registered, ...]:
    """Return all activities, by id."""
    return tuple(found for _, found in sorted(_all().items()))


def allowed_fields(name: str) -> Fields:
    """Return per registry which fields the activity may ask: what its law can ask, and what is declared."""
    found = registered(name)
    fields: dict[str, frozenset[str]] = defaultdict(frozenset, found.declared)
    if found.laws:
        fields["brp"] |= {TERRITORY_FIELD}
    for law, outputs in found.laws.items():
        for registry, generated in fields_of(law, outputs, clock.today()).items():
            fields[registry] |= generated
    for keyed, (registry, field) in KEYED_BY.items():
        if keyed in fields:  # without what leads to a home, nothing can be asked about it
            fields[registry] |= {field}
    return dict(fields)


def covering(organisation: Oin, law: str, outputs: tuple[str, ...]) -> Activity:
    """Return the activity under which an organisation may ask outputs of a law; raises `UnknownActivity`."""
    for found in all_registered():
        is_theirs = law in found.laws and organisation_of(found).oin == organisation
        if is_theirs and (not found.laws[law] or set(outputs) <= set(found.laws[law])):
            return activity(found.activity.id)
    raise UnknownActivity(f"Wet {law}.")


def organisation_of(found: Registered) -> Organisation:
    """Return the organisation whose activity it is."""
    return organisations.by_key(found.organisation)


def purpose(name: str, language: str) -> str:
    """Return the purpose in words of a person; Dutch where a language has none, the id for a former activity."""
    found = _all().get(name)
    return found.purposes.get(language, found.activity.purpose) if found else name


def _all() -> Mapping[str, Registered]:
    return _load(tuple(Path(folder) / "content" / "activities.yaml" for folder in settings.DATA_FOLDERS))


@lru_cache(maxsize=4)
def _load(files: tuple[Path, ...]) -> Mapping[str, Registered]:
    found: dict[str, Registered] = {}
    for file in files:
        if file.is_file():
            data = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
            found |= {name: _read(name, entry) for name, entry in data.items()}
    return found


def _read(name: str, data: Mapping[str, Any]) -> Registered:
    texts = {language: text.strip() for language, text in data["purpose"].items() if language != "status"}
    return Registered(
        activity=Activity(
            id=name,
            version="",
            purpose=texts["nl"],
            legal_basis=data["legal_basis"],
            automatic=data.get("automatic", False),
            confidential=data.get("confidential", False),
        ),
        organisation=data["organisation"],
        purposes=texts,
        source=data["source"],
        laws={law: tuple(outputs) for law, outputs in data.get("laws", {}).items()},
        declared={registry: frozenset(fields) for registry, fields in data.get("fields", {}).items()},
        first_on=data.get("from"),
        last_on=data.get("until"),
    )


def _version(found: Registered, fields: Fields) -> str:
    """Return twelve hexadecimal digits that change with purpose, legal basis or fields."""
    content = [found.activity.purpose, found.activity.legal_basis, sorted((r, sorted(f)) for r, f in fields.items())]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:12]
