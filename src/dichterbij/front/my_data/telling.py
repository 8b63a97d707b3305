"""Acts and lines of the logbook as sentences a person understands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.logbook.domain import ActLine, ActPart, Kind, LogLine, Result
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.ground.registry.registries import registry
from dichterbij.law.labels import labels_for

from .titles import title


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPart:
    """What one organisation did: its name, why, on which ground, how many data items; refused: it got nothing."""

    organisation: str
    purpose: str
    legal_basis: str
    items: int
    refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAct:
    """One act, or several alike that followed each other: its sentence, the total and its parts.

    `looks`: when each was, with the number that opens its lines; empty when only the month is told.
    """

    at: datetime
    looks: tuple[tuple[datetime, str], ...]
    title: str
    summary: str
    parts: tuple[ToldPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """One line: when, what happened, which data from which source."""

    at: datetime
    what: str
    source: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTask:
    """What one organisation did for one purpose within an act, with its lines. `reason`: what a worker wrote."""

    organisation: str
    purpose: str
    legal_basis: str
    reason: str
    lines: tuple[ToldLine, ...]


def tell(acts: Sequence[ActLine], language: str) -> list[ToldAct]:
    """Return acts in words; looks that followed each other on one day and read alike are told once."""
    told: list[ToldAct] = []
    for act in acts:
        one, last = tell_act(act, language), told[-1] if told else None
        if last and last.looks and (last.title, last.at.date()) == (one.title, one.at.date()):
            told[-1] = _together(last, one)
        else:
            told.append(one)
    return told


def _together(last: ToldAct, one: ToldAct) -> ToldAct:
    most = last if sum(part.items for part in last.parts) >= sum(part.items for part in one.parts) else one
    return replace(most, at=last.at, looks=last.looks + one.looks)


def tell_act(act: ActLine, language: str) -> ToldAct:
    """Return an act in words: who did what, and how much was looked at."""
    parts = tuple(_part(part, language) for part in act.parts)
    return ToldAct(
        at=act.at,
        looks=((act.at, str(act.act)),) if act.act else (),
        title=title(act, language),
        summary=_summary(act),
        parts=parts,
    )


def _summary(act: ActLine) -> str:
    if act.items == 0:
        return _("Er is niets uit een registratie bekeken.")
    count = len(act.organisations)
    who = ngettext("%(count)s organisatie keek", "%(count)s organisaties keken", count) % {"count": count}
    what = ngettext("naar %(items)s gegeven.", "naar %(items)s gegevens.", act.items) % {"items": act.items}
    return f"{who} {what}"


def _part(part: ActPart, language: str) -> ToldPart:
    return ToldPart(
        organisation=organisations.organisation(part.organisation).name,
        purpose=activities.purpose(part.activity, language),
        legal_basis=part.legal_basis,
        items=part.items,
        refused=part.refused,
    )


def tell_tasks(lines: Sequence[LogLine], language: str) -> tuple[ToldTask, ...]:
    """Return the lines of an act in words, together per organisation, purpose and reason."""
    groups: dict[tuple[str, str, str], list[LogLine]] = {}
    for line in lines:
        groups.setdefault((str(line.organisation), line.activity, line.reason), []).append(line)
    return tuple(_task(group, language) for group in groups.values())


def _task(lines: list[LogLine], language: str) -> ToldTask:
    first = lines[0]
    return ToldTask(
        organisation=organisations.organisation(first.organisation).name,
        purpose=activities.purpose(first.activity, language),
        legal_basis=first.legal_basis,
        reason=first.reason,
        lines=tuple(_line(line, language) for line in lines),
    )


def _line(line: LogLine, language: str) -> ToldLine:
    return ToldLine(
        at=line.at,
        what=_what(line),
        source=registry(line.registry).label(language) if line.registry else "",
        fields=tuple(dict.fromkeys(_field(line.registry, name, language) for name in line.fields)),
    )


def _what(line: LogLine) -> str:
    if line.outcome in (Result.GIVEN, Result.DONE):
        return {
            Kind.READ: _("Gegevens opgevraagd"),
            Kind.VIEW: _("Gegevens bekeken"),
            Kind.ACT: _("Iets gedaan"),
        }.get(line.kind, _("Gegevens bekeken"))
    return {
        Result.NOTHING: _("Gevraagd; de bron had niets"),
        Result.REFUSED: _("Gevraagd en geweigerd; er is niets getoond"),
        Result.UNAVAILABLE: _("Gevraagd; de bron gaf geen antwoord, er is niets getoond"),
        Result.INTERRUPTED: _("Geprobeerd; er is niets getoond"),
    }.get(line.outcome, _("Gegevens opgevraagd"))


def _field(source: str, name: str, language: str) -> str:
    laws = current_laws()
    for fact in laws.vocabulary.facts.values():
        if fact.registry == source and fact.field == name:
            return labels_for(laws, language).label_of_fact(fact.name)
    return registry(source).field_label(name, language)
