"""Enrolments and student finance, as DUO keeps them."""

from datetime import date
from typing import Any

from ..people import Family, Person, Study


def document(person: Person, family: Family, on: date) -> dict[str, Any]:
    """Return enrolments, and student finance for who has or had it."""
    found: dict[str, Any] = {
        "burgerservicenummer": person.bsn,
        "inschrijvingen": [_enrolment(study) for study in person.studies if study.since <= on],
    }
    financed = [study for study in person.studies if study.finance_since and study.finance_since <= on]
    if financed:
        found["studiefinanciering"] = _finance(financed[0], person, family, on)
    return found


def _enrolment(study: Study) -> dict[str, Any]:
    plain = {
        "onderwijssoort": study.kind,
        "niveau": study.level,
        "leerweg": study.route,
        "vorm": study.form,
        "instelling": study.school,
        "opleiding": study.course,
        "ingangsdatum": study.since.isoformat(),
        "einddatum": study.until.isoformat() if study.until else None,
    }
    return {key: value for key, value in plain.items() if value not in ("", None)}


def _finance(study: Study, person: Person, family: Family, on: date) -> dict[str, Any]:
    assert study.finance_since is not None  # noqa: S101 the caller chose studies with finance
    return {
        "eersteMaand": study.finance_since.isoformat(),
        "woonsituaties": _living(study.finance_since, person, family, on),
        "oudersBuitenBeschouwing": list(study.disregarded_parents),
    }


def _living(since: date, person: Person, family: Family, on: date) -> list[dict[str, str]]:
    """Return how the student lives since when: with a parent until the month after the last parent there died."""
    parents = [family.person(parent.bsn) for parent in person.parents if parent.bsn]
    at_home = [parent for parent in parents if parent.home and parent.home == person.home]
    if not at_home:
        return [{"soort": "uitwonend", "ingangsdatum": since.isoformat()}]
    first = {"soort": "thuiswonend", "ingangsdatum": since.isoformat()}
    if any(parent.is_alive(on) for parent in at_home):
        return [first]
    last = max(parent.died_on for parent in at_home if parent.died_on)
    moved = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return [first, {"soort": "uitwonend", "ingangsdatum": max(since, moved).isoformat()}]
