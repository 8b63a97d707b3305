"""Acts and lines of the logbook as sentences a person understands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.logbook.domain import ActLine, ActPart, Kind, LogLine, Result
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.ground.registry.registries import registry
from dichterbij.kernel.access import Role
from dichterbij.law.labels import labels_for


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
    """One act: its sentence, the total and its parts. `act` empty: only the month is told."""

    act: str
    at: datetime
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


def tell_act(act: ActLine, language: str) -> ToldAct:
    """Return an act in words: who did what, and how much was looked at."""
    parts = tuple(_part(part, language) for part in act.parts)
    return ToldAct(
        act=str(act.act) if act.act else "",
        at=act.at,
        title=_title(act, parts),
        summary=_summary(act),
        parts=parts,
    )


def _title(act: ActLine, parts: tuple[ToldPart, ...]) -> str:
    purpose = parts[0].purpose[:1].lower() + parts[0].purpose[1:]
    organisation = parts[0].organisation
    if act.act is None:
        return _("In verband met een aanvraag van iemand anders")
    if act.by_self:
        return _("U deed zelf: %(purpose)s") % {"purpose": purpose}
    if act.role is Role.STAFF:
        return _("Een medewerker van %(organisation)s: %(purpose)s") % {
            "organisation": organisation,
            "purpose": purpose,
        }
    if act.role is Role.REPRESENTATIVE:
        return _("Iemand deed namens u: %(purpose)s") % {"purpose": purpose}
    return _("Automatisch door %(organisation)s: %(purpose)s") % {"organisation": organisation, "purpose": purpose}


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
