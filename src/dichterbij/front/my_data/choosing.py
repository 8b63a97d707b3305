"""Which part of the log somebody wants to see: of one organisation, for one purpose, for one case, of one month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.logbook.domain import Matter, Part
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Access
from dichterbij.kernel.clock import day_of
from dichterbij.kernel.formats import date_long, month_long
from dichterbij.kernel.identifiers import Oin

from .titles import called


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """What there is to choose from in the log of a person: value and words."""

    organisations: tuple[tuple[str, str], ...]
    purposes: tuple[tuple[str, str], ...]
    cases: tuple[tuple[str, str], ...]
    months: tuple[tuple[str, str], ...]


def among(access: Access, language: str) -> Among:
    """Return what occurs in the log of the person, so that no choice is empty."""
    parts = logbook.parts_about(access)
    bodies = {part.organisation for part in parts if part.organisation}
    names = {str(body): organisations.organisation(body).name for body in bodies}
    purposes = _purposes({each for part in parts for each in part.activities}, language)
    months = {f"{part.month:%Y-%m}": month_long(part.month, language) for part in parts if part.month}
    return Among(
        organisations=_by_words(names),
        purposes=_by_words(purposes),
        cases=tuple((str(each.case), _case(each, language)) for each in logbook.matters_about(access)),
        months=tuple(sorted(months.items(), reverse=True)),
    )


def _purposes(found: Iterable[str], language: str) -> dict[str, str]:
    """Return purposes in words; several activities in the same words are one choice, their names with a comma."""
    by_words: dict[str, list[str]] = {}
    for activity in sorted(found):
        by_words.setdefault(activities.purpose(activity, language), []).append(activity)
    return {",".join(same): words for words, same in by_words.items()}


def _case(matter: Matter, language: str) -> str:
    """Return what a case is called: what was asked, of whom, and since when."""
    words = {
        "what": called(matter.product, language) or _("verzoek of vraag"),
        "who": organisations.organisation(matter.organisation).name,
        "day": date_long(day_of(matter.since), language),
    }
    return _("%(what)s, %(who)s, vanaf %(day)s") % words


def chosen(asked: Mapping[str, str], there: Among) -> Part:
    """Return what somebody asked to see; what does not occur in their log is no choice."""
    organisation = _one_of(there.organisations, asked.get("organisation", ""))
    purpose = _one_of(there.purposes, asked.get("purpose", ""))
    case = _one_of(there.cases, asked.get("case", ""))
    month = _one_of(there.months, asked.get("month", ""))
    return Part(
        organisation=Oin(organisation) if organisation else None,
        activities=tuple(purpose.split(",")) if purpose else (),
        case=UUID(case) if case else None,
        month=date.fromisoformat(f"{month}-01") if month else None,
    )


def selects(there: Among, part: Part) -> list[tuple[str, str, tuple[tuple[str, str], ...], str]]:
    """Return per thing to choose its name, label, choices and what is chosen; left out where all lines are alike."""
    month = f"{part.month:%Y-%m}" if part.month else ""
    found = [
        ("organisation", _("Welke organisatie"), there.organisations, str(part.organisation or "")),
        ("purpose", _("Waarvoor"), there.purposes, ",".join(part.activities)),
        ("case", _("Welke aanvraag"), there.cases, str(part.case or "")),
        ("month", _("Welke maand"), there.months, month),
    ]
    return [each for each in found if len(each[2]) > (each[0] != "case")]


def address(part: Part, before: str) -> str:
    """Return the address of what lies before an instant, within the same choice."""
    month = f"{part.month:%Y-%m}" if part.month else ""
    said = {
        "organisation": part.organisation,
        "purpose": ",".join(part.activities),
        "case": part.case,
        "month": month,
        "before": before,
    }
    return "?" + urlencode({name: str(value) for name, value in said.items() if value})


def _one_of(choices: tuple[tuple[str, str], ...], value: str) -> str:
    return value if value in dict(choices) else ""


def _by_words(found: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(found.items(), key=lambda item: item[1].lower()))
