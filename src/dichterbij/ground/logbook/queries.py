"""Who looked at the data of a person, as acts, and the lines of one act.

Lines of confidential activities are in the other log and are never part of a list, a count or a page.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import groupby
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Max, Min, QuerySet, Sum
from django.db.models.functions import TruncMonth

from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.access import Access, Role
from dichterbij.kernel.clock import AMSTERDAM, day_of
from dichterbij.kernel.identifiers import Number, Oin

from . import pseudonyms, sealing, services
from .domain import ActLine, ActPart, Json, Kind, Log, LogLine, Matter, Part, Result, month_bounds
from .lines import parsed
from .models import Head, Line, Removal
from .said import Said

EVERYTHING = Part()


def acts_about(
    access: Access, *, before: datetime | None = None, limit: int = 20, chosen: Part = EVERYTHING
) -> tuple[ActLine, ...]:
    """Return the acts that concerned the data of the access's subject, newest first.

    `before`: only acts whose `at` lies before it (the last one of the previous page); `chosen`: only that part.
    Recorded when the viewer is somebody else.
    """
    services.record_view(access, "logboek")
    visible = _part_of(visible_to(access.subject.number), chosen)
    others = () if chosen.case else _others_acts(visible, before, limit)  # for whose case that was, is not told
    found = [*_own_acts(visible, before, limit), *others]
    return tuple(sorted(found, key=lambda act: act.at, reverse=True)[:limit])


def acts_for_others(
    access: Access, *, before: datetime | None = None, limit: int = 20, others: Collection[UUID] = ()
) -> tuple[ActLine, ...]:
    """Return what the person did on behalf of others, newest first: what was done, and for whom of `others`.

    `others`: for whom they may act now, as they know already. Of anybody else it never says whose data it was.
    """
    if not access.is_own() or access.actor.party is None:
        return ()
    names = [name for oin in _with_keys() for name in pseudonyms.all_of_actor(oin, access.actor.party)]
    mine = Line.objects.filter(log=Log.OPEN, actor__in=names, own_matter=True).exclude(kind=Kind.INTENT)
    who = {name: party for oin in _with_keys() for party in others for name in pseudonyms.all_of_party(oin, party)}
    return tuple(_acts(mine, before, limit, who))


def parts_about(access: Access) -> tuple[Part, ...]:
    """Return which organisations, activities and months occur together in the log of the access's subject."""
    services.record_view(access, "logboek")
    month = TruncMonth("at", tzinfo=AMSTERDAM)
    rows = visible_to(access.subject.number).annotate(month=month).values_list("organisation", "activity", "month")
    return tuple(
        Part(organisation=Oin(organisation), activities=(activity,), month=month.date())
        for organisation, activity, month in rows.distinct()
    )


def matters_about(access: Access) -> tuple[Matter, ...]:
    """Return the cases of the access's subject that lines about them name, the newest first."""
    services.record_view(access, "logboek")
    own = visible_to(access.subject.number).filter(own_matter=True).annotate(matter=Said("case"), about=Said("product"))
    rows = own.exclude(matter=None).values_list("organisation", "matter", "about").annotate(since=Min("at"))
    found = {
        case: Matter(case=UUID(case), organisation=Oin(organisation), product=product, since=since)
        for organisation, case, product, since in rows.order_by("-since")  # the first look says what it is about
    }
    return tuple(sorted(found.values(), key=lambda matter: matter.since, reverse=True))


def lines_of_act(access: Access, act: UUID) -> tuple[LogLine, ...]:
    """Return the lines of one act that are about the subject, oldest first; none when there is no such act."""
    services.record_view(access, "logboek")
    rows = visible_to(access.subject.number).filter(act=act, own_matter=True).order_by("at", "id")
    return tuple(_shown(parsed(row)) for row in rows)


def line(access: Access, number: UUID) -> LogLine | None:
    """Return one line about the subject, by its id; None when there is no such line."""
    services.record_view(access, "logboek")
    row = visible_to(access.subject.number).filter(line_id=number, own_matter=True).first()
    return _shown(parsed(row)) if row else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """The last signed head of the log: so many lines, with this chain. `waiting`: lines since then."""

    size: int
    sealed_at: datetime
    chain_hash: str
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """Lines signed up to and including a day were removed on another, after so many years, on a legal ground.

    `keys_before`: the keys of the years before this one were destroyed, on the day `keys_on`.
    """

    until: date
    removed_on: date
    keep_years: int
    ground: str
    keys_before: int | None
    keys_on: date | None


def last_removal() -> Gone | None:
    """Return up to when lines of the open log were removed, and why; None while all are here."""
    note = Removal.objects.filter(log=Log.OPEN).order_by("-last").first()
    if note is None:
        return None
    signed_at = Head.objects.values_list("sealed_at", flat=True).get(log=Log.OPEN, size=note.last)
    before, on = keys.destroyed(organisations.operator().oin) or (None, None)
    return Gone(
        until=day_of(signed_at),
        removed_on=day_of(note.removed_at),
        keep_years=note.keep_years,
        ground=note.ground,
        keys_before=before,
        keys_on=on,
    )


def last_seal() -> Seal | None:
    """Return the last signed head of the open log; None while there is none."""
    head = Head.objects.filter(log=Log.OPEN).order_by("-size").first()
    if head is None:
        return None
    waiting = sealing.recent(Log.OPEN).count()
    return Seal(size=head.size, sealed_at=head.sealed_at, chain_hash=bytes(head.chain_hash).hex(), waiting=waiting)


def size() -> int:
    """Return how many lines there are, in both logs together."""
    return Line.objects.count()


def last_at() -> datetime | None:
    """Return the instant of the newest line; None while there is none."""
    newest: datetime | None = Line.objects.aggregate(newest=Max("at"))["newest"]
    return newest


def visible_to(number: Number | None) -> QuerySet[Line]:
    """Return the lines about a person that they may see, over all organisations whose keys are here."""
    names = [name for oin in _with_keys() for name in pseudonyms.all_of_subject(oin, number)] if number else []
    return Line.objects.filter(log=Log.OPEN, subject__in=names).exclude(kind=Kind.INTENT)


def _with_keys() -> list[Oin]:
    return [found.oin for found in organisations.organisations() if keys.present(found.oin)]


def _part_of(visible: QuerySet[Line], chosen: Part) -> QuerySet[Line]:
    if chosen.organisation:
        visible = visible.filter(organisation=chosen.organisation.value)
    if chosen.activities:
        visible = visible.filter(activity__in=chosen.activities)
    if chosen.case:
        visible = visible.annotate(matter=Said("case")).filter(matter=str(chosen.case))
    if chosen.month:
        first, following = (datetime.combine(day, time.min, AMSTERDAM) for day in month_bounds(chosen.month))
        visible = visible.filter(at__gte=first, at__lt=following)
    return visible


def _own_acts(visible: QuerySet[Line], before: datetime | None, limit: int) -> Iterable[ActLine]:
    return _acts(visible.filter(own_matter=True), before, limit)


def _acts(
    rows: QuerySet[Line], before: datetime | None, limit: int, who: Mapping[str, UUID] = MappingProxyType({})
) -> Iterable[ActLine]:
    acts = rows.values("act").annotate(last=Max("at")).order_by("-last")
    if before is not None:
        acts = acts.filter(last__lt=before)
    last = {row["act"]: row["last"] for row in acts[:limit]}
    found = rows.filter(act__in=last).order_by("act", "at", "id")
    made = [(act, [parsed(row) for row in group]) for act, group in groupby(found, key=lambda row: row.act)]
    newest = sorted(made, key=lambda one: last[one[0]], reverse=True)
    return [replace(_act(act, last[act], content), about=who.get(content[0]["about"])) for act, content in newest]


def _others_acts(visible: QuerySet[Line], before: datetime | None, limit: int) -> Iterable[ActLine]:
    """Return looks because of another person's matter: per month, organisation and purpose, nothing more precise."""
    month = TruncMonth("at", tzinfo=AMSTERDAM)
    groups = visible.filter(own_matter=False).annotate(month=month)
    if before is not None:
        groups = groups.filter(month__lt=before)
    found = groups.values("month", "organisation", "activity").annotate(all=Sum("items"), example=Max("id"))
    chosen = list(found.order_by("-month", "organisation", "activity")[:limit])
    examples = Line.objects.in_bulk([row["example"] for row in chosen])
    for row in chosen:
        content = parsed(examples[row["example"]])
        part = _part([content], items=row["all"], product="")
        yield ActLine(act=None, at=row["month"], by_self=False, role=Role.SYSTEM, parts=(part,))


def _act(act: UUID, at: datetime, contents: list[Mapping[str, Any]]) -> ActLine:
    by_part: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for content in contents:
        key = (content["organisation"], content["activity"]["id"], content["product"])
        by_part.setdefault(key, []).append(content)
    parts = tuple(
        _part(group, items=sum(content["items"] for content in group), product=product)
        for (_, _, product), group in by_part.items()
    )
    first = contents[0]
    return ActLine(
        act=act,
        at=at,
        by_self=first["bySelf"],
        role=Role(first["actor"]["role"]),
        parts=parts,
        on_behalf_of=first["onBehalfOf"],
    )


def _part(contents: list[Mapping[str, Any]], *, items: int, product: str) -> ActPart:
    first = contents[0]
    return ActPart(
        organisation=Oin(first["organisation"]),
        activity=first["activity"]["id"],
        purpose=first["activity"]["purpose"],
        legal_basis=first["activity"]["legalBasis"],
        product=product,
        items=items,
        did=tuple(name for content in contents if content["kind"] == Kind.ACT for name in content["fields"]),
        refused=all(content["outcome"] == Result.REFUSED for content in contents),
    )


def _shown(content: Mapping[str, Any]) -> LogLine:
    case: Json = content["case"]
    return LogLine(
        id=UUID(content["id"]),
        at=datetime.fromisoformat(content["at"]),
        kind=Kind(content["kind"]),
        organisation=Oin(content["organisation"]),
        by_self=content["bySelf"],
        role=Role(content["actor"]["role"]),
        on_behalf_of=content["onBehalfOf"],
        activity=content["activity"]["id"],
        purpose=content["activity"]["purpose"],
        legal_basis=content["activity"]["legalBasis"],
        product=content["product"],
        case=UUID(str(case)) if case else None,
        registry=content["registry"],
        fields=tuple(content["fields"]),
        source=content["source"],
        period=content.get("period", ""),
        outcome=Result(content["outcome"]),
        reason=content["reason"],
    )
