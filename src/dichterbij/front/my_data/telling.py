"""Acts and lines of the logbook as sentences a person understands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.logbook import wording
from dichterbij.ground.logbook.domain import ActLine, ActPart, Kind, LogLine, Result
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.ground.registry.registries import registry
from dichterbij.kernel.clock import AMSTERDAM, day_of
from dichterbij.kernel.formats import date_long, month_long
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.periods import Period
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
class Look:
    """One look: when, and the number that opens its lines."""

    at: datetime
    act: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAct:
    """One act, with the looks around it that belong to it (`act`: all of them together): its sentence, total and parts.

    `looks`: the act itself first; empty when only the month is told. `key`: by whom, for what, and whether it was
    refused; `is_done`: something was done and not only looked at.
    """

    act: ActLine
    at: datetime
    looks: tuple[Look, ...]
    title: str
    summary: str
    parts: tuple[ToldPart, ...]
    key: tuple[object, ...]
    is_done: bool

    @property
    def day(self) -> date:
        """Return the day in Amsterdam."""
        return self.at.astimezone(AMSTERDAM).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The acts of one day, or of a month."""

    heading: str
    acts: tuple[ToldAct, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """One line: when, what happened, which data from which source, of which time. `id` leads to its proof."""

    id: UUID
    at: datetime
    what: str
    source: str
    fields: tuple[str, ...]
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTask:
    """What one organisation did for one purpose within an act, with its lines, and `why`.

    `question`: under what name a question about this use of data is asked.
    """

    organisation: str
    question: str
    purpose: str
    legal_basis: str
    why: wording.Why
    lines: tuple[ToldLine, ...]


def tell(acts: Sequence[ActLine], language: str) -> list[ToldAct]:
    """Return acts in words; looks of one day by one body for one matter are told with what was done between them."""
    told: list[ToldAct] = []
    for act in acts:
        one, last = tell_act(act, language), told[-1] if told else None
        if last is not None and _belong_together(last, one):
            told[-1] = _together(last, one, language)
        else:
            told.append(one)
    return told


def by_day(acts: Sequence[ToldAct], language: str) -> list[Day]:
    """Return acts per day; those of which only the month is told per month."""
    groups = groupby(acts, key=lambda act: (act.day, bool(act.looks)))
    return [Day(heading=_heading(day, language, is_day), acts=tuple(group)) for (day, is_day), group in groups]


def _heading(day: date, language: str, is_day: bool) -> str:
    return date_long(day, language) if is_day else _("In %(month)s") % {"month": month_long(day, language)}


def _belong_together(last: ToldAct, one: ToldAct) -> bool:
    is_one_story = (last.key, last.day) == (one.key, one.day) and bool(last.looks and one.looks)
    return is_one_story and (last.is_done != one.is_done or (last.title == one.title and not one.is_done))


def _together(last: ToldAct, one: ToldAct, language: str) -> ToldAct:
    """Return two acts as one, by what was done; what was looked at is counted over both, so never too little."""
    lead, other = (one, last) if one.is_done and not last.is_done else (last, one)
    whole = replace(lead.act, parts=_all_parts((*lead.act.parts, *other.act.parts)))
    summary, parts = _summary(whole), _parts(whole, language)
    return replace(lead, act=whole, looks=lead.looks + other.looks, summary=summary, parts=parts)


def _all_parts(parts: Iterable[ActPart]) -> tuple[ActPart, ...]:
    """Return one part for each body and purpose."""
    found: dict[tuple[Oin, str], ActPart] = {}
    for part in parts:
        known = found.setdefault((part.organisation, part.activity), part)
        if known is not part:
            refused = known.refused and part.refused
            known = replace(known, items=known.items + part.items, did=known.did + part.did, refused=refused)
            found[part.organisation, part.activity] = known
    return tuple(found.values())


def tell_act(act: ActLine, language: str) -> ToldAct:
    """Return an act in words: who did what, and how much was looked at."""
    first, refused = act.parts[:1], all(part.refused for part in act.parts)
    return ToldAct(
        act=act,
        at=act.at,
        looks=(Look(at=act.at, act=act.act),) if act.act else (),
        title=title(act, language),
        summary=_summary(act),
        parts=_parts(act, language),
        key=(act.by_self, act.role, refused, act.organisations[0], *(part.product or part.activity for part in first)),
        is_done=any(part.did for part in act.parts),
    )


def _parts(act: ActLine, language: str) -> tuple[ToldPart, ...]:
    return tuple(_part(part, language) for part in act.parts)


def _summary(act: ActLine) -> str:
    if all(part.refused for part in act.parts):
        return _("Dat is geweigerd. Er is niets getoond.")
    if act.items == 0:
        return _("Er zijn geen gegevens opgevraagd.")
    what = ngettext("naar %(items)s gegeven.", "naar %(items)s gegevens.", act.items) % {"items": act.items}
    looked = tuple(dict.fromkeys(part.organisation for part in act.parts if part.items))
    if len(looked) > 1:
        return _("%(count)s organisaties keken %(what)s") % {"count": len(looked), "what": what}
    if act.by_self:
        return _("%(who)s keek daarvoor %(what)s") % {"who": organisations.organisation(looked[0]).name, "what": what}
    return _("Daarbij werd gekeken %(what)s") % {"what": what}


def _part(part: ActPart, language: str) -> ToldPart:
    return ToldPart(
        organisation=organisations.organisation(part.organisation).name,
        purpose=activities.purpose(part.activity, language),
        legal_basis=part.legal_basis,
        items=part.items,
        refused=part.refused,
    )


def tell_tasks(act: UUID, lines: Sequence[LogLine], language: str) -> tuple[ToldTask, ...]:
    """Return the lines of an act in words, together per organisation, purpose and reason."""
    groups: dict[tuple[str, str, str], list[LogLine]] = {}
    for line in lines:
        groups.setdefault((str(line.organisation), line.activity, line.reason), []).append(line)
    return tuple(_task(act, group, language) for group in groups.values())


def _task(act: UUID, lines: list[LogLine], language: str) -> ToldTask:
    first = lines[0]
    return ToldTask(
        organisation=organisations.organisation(first.organisation).name,
        question=f"{first.organisation}.{day_of(first.at)}.{act}",
        purpose=activities.purpose(first.activity, language),
        legal_basis=first.legal_basis,
        why=wording.why(first.reason, language),
        lines=tuple(tell_line(line, language) for line in lines),
    )


def tell_line(line: LogLine, language: str) -> ToldLine:
    """Return one line in words."""
    return ToldLine(
        id=line.id,
        at=line.at,
        what=_done(line, language) if line.kind is Kind.ACT else _what(line),
        source=registry(line.registry).label(language) if line.registry else "",
        fields=() if line.kind is Kind.ACT else _fields(line, language),
        period=_period(line, language),
    )


def _period(line: LogLine, language: str) -> str:
    """Return of which year or month the data are, or how they were on which other day; empty: as they were then."""
    if not line.period or line.period == day_of(line.at).isoformat():
        return ""
    period = Period.parse(line.period)
    if period == Period.year(period.first.year):
        return _("over %(year)s") % {"year": period.first.year}
    if period == Period.month_of(period.first):
        return _("over %(month)s") % {"month": month_long(period.first, language)}
    if line.kind is Kind.ACT:
        return _("over %(day)s") % {"day": date_long(period.first, language)}
    return _("zoals het was op %(day)s") % {"day": date_long(period.first, language)}


def _fields(line: LogLine, language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_field(line.registry, name, language) for name in line.fields))


def _done(line: LogLine, language: str) -> str:
    """Return what was done, in the sentence that an act of this one line has."""
    part = ActPart(
        organisation=line.organisation,
        activity=line.activity,
        purpose=line.purpose,
        legal_basis=line.legal_basis,
        product=line.product,
        items=0,
        did=line.fields,
        refused=False,
    )
    act = ActLine(
        act=line.id,
        at=line.at,
        by_self=line.by_self,
        role=line.role,
        parts=(part,),
        on_behalf_of=line.on_behalf_of,
    )
    return title(act, language)


def seen(name: str) -> str:
    """Return what of this site was looked at, by the name that the log has for it."""
    words = {
        "aanvraag": _("de aanvraag"),
        "aanvragen": _("uw aanvragen"),
        "afspraak": _("een afspraak"),
        "afspraken": _("uw afspraken"),
        "beoordeling": _("waar u recht op hebt"),
        "bericht": _("een bericht"),
        "berichten": _("uw berichten"),
        "besluit": _("het besluit"),
        "bewijs van machtiging": _("een bewijs van machtiging"),
        "concept": _("een aanvraag die nog niet is verstuurd"),
        "concepten": _("aanvragen die nog niet zijn verstuurd"),
        "contactgegevens": _("waar u te bereiken bent"),
        "delen": _("wat een bedrijf u vroeg te delen"),
        "geschiedenis": _("wat er met de aanvraag gebeurde"),
        "logboek": _("wie in uw gegevens keek"),
        "overleg": _("advies dat een medewerker vroeg"),
        "papier dat u stuurde": _("papier dat u stuurde"),
        "scan van uw papier": _("een scan van uw papier"),
        "scans van uw papier": _("scans van uw papier"),
        "verzoek om verbetering": _("een verzoek om verbetering"),
        "vragen": _("vragen en antwoorden"),
    }
    return words.get(name, name)


def _what(line: LogLine) -> str:
    if line.outcome in (Result.GIVEN, Result.DONE):
        return {
            Kind.READ: _("Gegevens opgevraagd"),
            Kind.VIEW: _("Gegevens bekeken"),
        }.get(line.kind, _("Gegevens bekeken"))
    return {
        Result.NOTHING: _("Gevraagd; de bron had niets"),
        Result.REFUSED: _("Gevraagd en geweigerd; er is niets getoond"),
        Result.UNAVAILABLE: _("Gevraagd; de bron gaf geen antwoord, er is niets getoond"),
        Result.INTERRUPTED: _("Geprobeerd; er is niets getoond"),
    }.get(line.outcome, _("Gegevens opgevraagd"))


def _field(source: str, name: str, language: str) -> str:
    """Return what a field is called: by its plain name where the source has one, for laws call it by its year."""
    if not source:
        return seen(name)
    if name in registry(source).fields:
        return registry(source).field_label(name, language)
    laws = current_laws()
    for fact in laws.vocabulary.facts.values():
        if fact.registry == source and fact.field == name:
            return labels_for(laws, language).label_of_fact(fact.name)
    return registry(source).field_label(name, language)
