"""Which part of the log somebody wants to see: of one organisation, for one purpose, of one month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.logbook.domain import Part
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Access
from dichterbij.kernel.formats import month_long
from dichterbij.kernel.identifiers import Oin


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """What there is to choose from in the log of a person: value and words."""

    organisations: tuple[tuple[str, str], ...]
    purposes: tuple[tuple[str, str], ...]
    months: tuple[tuple[str, str], ...]


def among(access: Access, language: str) -> Among:
    """Return what occurs in the log of the person, so that no choice is empty."""
    parts = logbook.parts_about(access)
    bodies = {part.organisation for part in parts if part.organisation}
    names = {str(body): organisations.organisation(body).name for body in bodies}
    purposes = {part.activity: activities.purpose(part.activity, language) for part in parts}
    months = {f"{part.month:%Y-%m}": month_long(part.month, language) for part in parts if part.month}
    return Among(
        organisations=_by_words(names), purposes=_by_words(purposes), months=tuple(sorted(months.items(), reverse=True))
    )


def chosen(asked: Mapping[str, str], there: Among) -> Part:
    """Return what somebody asked to see; what does not occur in their log is no choice."""
    organisation = _one_of(there.organisations, asked.get("organisation", ""))
    month = _one_of(there.months, asked.get("month", ""))
    return Part(
        organisation=Oin(organisation) if organisation else None,
        activity=_one_of(there.purposes, asked.get("purpose", "")),
        month=date.fromisoformat(f"{month}-01") if month else None,
    )


def selects(there: Among, part: Part) -> list[tuple[str, str, tuple[tuple[str, str], ...], str]]:
    """Return per thing to choose its name, label, choices and what is chosen; what has one choice is left out."""
    month = f"{part.month:%Y-%m}" if part.month else ""
    found = [
        ("organisation", _("Welke organisatie"), there.organisations, str(part.organisation or "")),
        ("purpose", _("Waarvoor"), there.purposes, part.activity),
        ("month", _("Welke maand"), there.months, month),
    ]
    return [each for each in found if len(each[2]) > 1]


def address(part: Part, before: str) -> str:
    """Return the address of what lies before an instant, within the same choice."""
    month = f"{part.month:%Y-%m}" if part.month else ""
    said = {"organisation": part.organisation or "", "purpose": part.activity, "month": month, "before": before}
    return "?" + urlencode({name: str(value) for name, value in said.items() if value})


def _one_of(choices: tuple[tuple[str, str], ...], value: str) -> str:
    return value if value in dict(choices) else ""


def _by_words(found: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(found.items(), key=lambda item: item[1].lower()))
