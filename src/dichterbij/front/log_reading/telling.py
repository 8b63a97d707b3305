"""What a worker did, in words for who checks it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dichterbij.ground.logbook import wording
from dichterbij.ground.logbook.domain import Kind, Result
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.ground.registry.registries import registry
from dichterbij.kernel.identifiers import Oin

COLUMNS = [
    *("at", "worker", "employer", "organisation", "about", "kind", "outcome", "activity", "registry", "fields"),
    *("period", "case", "act", "emergency", "reason"),
]
SHORT = 8
"""So many signs of a pseudonym tell one person from another on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One look. `about`: the beginning of a pseudonym; `names`: what was looked at or done, as the log names it."""

    at: datetime
    worker: str
    employer: str
    organisation: str
    about: str
    what: str
    source: str
    names: tuple[str, ...]
    purpose: str
    is_emergency: bool
    why: wording.Why = field(repr=False)


def told(look: Mapping[str, Any], language: str) -> Told:
    """Return a look in words; `employer`: of a worker of another body, else empty."""
    found = next((words for name in look["fields"] if (words := _found(name))), "")
    employer, organisation = Oin(look["employer"]), Oin(look["organisation"])
    return Told(
        at=datetime.fromisoformat(look["at"]),
        worker=look["worker"],
        employer=organisations.organisation(employer).name if employer != organisation else "",
        organisation=organisations.organisation(organisation).name,
        about=look["about"][:SHORT],
        what=found or _what(Kind(look["kind"]), Result(look["outcome"])),
        source=registry(look["registry"]).label(language) if look["registry"] else "",
        names=() if found else tuple(look["fields"]),
        purpose=activities.purpose(look["activity"], language),
        is_emergency=look["emergency"],
        why=wording.why(look["reason"], language),
    )


def _found(name: str) -> str:
    """Return what a reviewer found of an opening; empty for another act."""
    return {
        wording.OPENED_RIGHTLY: _("keek een opening na: terecht"),
        wording.OPENED_UNCLEARLY: _("keek een opening na: niet duidelijk, nagevraagd"),
        wording.OPENED_WRONGLY: _("keek een opening na: niet terecht, gemeld"),
    }.get(name, "")


def _what(kind: Kind, outcome: Result) -> str:
    if outcome in (Result.REFUSED, Result.UNAVAILABLE, Result.INTERRUPTED):
        return _("gevraagd, niets gekregen")
    return {Kind.READ: _("gegevens opgevraagd"), Kind.ACT: _("iets gedaan")}.get(kind, _("bekeken"))


def rows(looks: Iterable[Mapping[str, object]]) -> Iterator[list[str]]:
    """Return the looks as rows of a table for a spreadsheet, its head first."""
    yield COLUMNS
    for look in looks:
        yield [_cell(look[name]) for name in COLUMNS]


def _cell(value: object) -> str:
    """Return a value as text that a spreadsheet never takes for a formula."""
    text = " ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
