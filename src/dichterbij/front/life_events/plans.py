"""The personal plan: begin, find out who died, open, ask again, answer, tick off, erase.

Read, think, then write: registries and organisations are asked first; one transaction at the end keeps the result.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from dichterbij.ground.assessment import services as assessment
from dichterbij.ground.identity.register_events import RecordChanged, cause_of
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.organisations import keys
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

from . import asking, contents, relatives
from .about import WHO, About, Deceased
from .adapters.content import life_events
from .domain import Group
from .models import Plan, PlanCard
from .standings import Standing, standings

ABOUT, CONTENT = "life-events.plan", "life-events.card"
KEEP_AFTER_LAST_LOOK = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """One time that the organisations were asked for a plan."""

    row: Plan
    about: About
    replies: asking.Replies


class UnknownPlan(Problem):
    """There is no such plan of this person."""

    code = "unknown-plan"
    title = "Dit plan is er niet"
    status = 404


def begin(access: Access, event: str) -> UUID:
    """Begin a plan for the person and look up who of their family has died; returns its id.

    A plan that waits or was begun before and never opened is gone on with: two clicks make one plan.
    """
    about = _looked_up(access)
    known = Plan.objects.filter(party=access.subject.party, operator=access.organisation.value, event=event)
    row = known.filter(opened_at__isnull=True).order_by("made_at").first() or Plan(
        **_new(access.subject.party, access.organisation, event)
    )
    row.is_waiting = False
    _keep_about(row, about)
    return row.id


def look(access: Access, plan: UUID) -> None:
    """Look up who died for a plan that was waiting: the person decided to open it."""
    row = row_of(access, plan)
    row.is_waiting = False
    _keep_about(row, _looked_up(access))


def wait_for(party: UUID, operator: Oin, event: str, cause: str) -> None:
    """Let a plan wait, unopened, for somebody; once per cause. Nothing about them is read."""
    values = {**_new(party, operator, event), "about_sealed": _sealed(operator, ABOUT, About().as_json())}
    values["is_waiting"] = True
    Plan.objects.get_or_create(party=party, cause=cause, defaults=values)


def open_plan(access: Access, plan: UUID, deceased: Deceased, answers: Mapping[str, object]) -> None:
    """Open a plan: who it is about, what the person told, and then what every organisation says."""
    row = row_of(access, plan)
    about = replace(about_of(row), deceased=deceased, answers={**about_of(row).answers, **answers})
    _ask_and_keep(access, row, about)


def refresh(access: Access, plan: UUID) -> None:
    """Ask every organisation again; what does not answer keeps what it said before, with its time."""
    row = row_of(access, plan)
    _ask_and_keep(access, row, about_of(row))


def answer(access: Access, plan: UUID, answers: Mapping[str, object]) -> None:
    """Keep answers to open questions and ask again."""
    row = row_of(access, plan)
    about = about_of(row)
    _ask_and_keep(access, row, replace(about, answers={**about.answers, **answers}))


def tick(access: Access, plan: UUID, card: str, *, done: bool) -> None:
    """Note that the person did an own task, or that they did not after all."""
    rows = PlanCard.objects.filter(plan=row_of(access, plan), card=card, group=Group.TO_DO)
    rows.update(done_at=clock.now() if done else None)


def erase(access: Access, plan: UUID) -> None:
    """Remove a plan and every determination that belongs to it."""
    row = row_of(access, plan)
    with transaction.atomic():
        _erase(row.id)


def opened_for(cause: str) -> tuple[UUID, ...]:
    """Return who opened a plan with this cause."""
    return tuple(Plan.objects.filter(cause=cause, opened_at__isnull=False).values_list("party", flat=True))


def waiting_for(cause: str) -> tuple[UUID, ...]:
    """Return for whom a plan with this cause waits that they did not open."""
    return tuple(Plan.objects.filter(cause=cause, opened_at__isnull=True).values_list("party", flat=True))


def withdraw(cause: str) -> None:
    """Remove every plan with this cause: it was not so. Inside the caller's transaction."""
    for plan in Plan.objects.filter(cause=cause).values_list("id", flat=True):
        _erase(plan)


def note_change(event: RecordChanged, _event_id: UUID) -> None:
    """Note at the plans somebody opened that a register says something else of them by now; nothing is read."""
    Plan.objects.filter(party=event.party, asked_at__isnull=False).update(changed_at=clock.now())


def purge(now: datetime) -> int:
    """Remove plans that nobody looked at for a year."""
    past = Plan.objects.filter(last_seen_on__lt=clock.day_of(now - KEEP_AFTER_LAST_LOOK))
    ids = list(past.values_list("id", flat=True))
    for plan in ids:
        with transaction.atomic():
            _erase(plan)
    return len(ids)


def seen(row: Plan) -> None:
    """Note that the person looked at their plan today."""
    if row.last_seen_on != clock.today():
        Plan.objects.filter(id=row.id).update(last_seen_on=clock.today())


def row_of(access: Access, plan: UUID) -> Plan:
    """Return a plan of the person of the access; somebody else's does not exist. Raises `UnknownPlan`."""
    row = Plan.objects.filter(id=plan, party=access.subject.party, operator=access.organisation.value).first()
    if row is None:
        raise UnknownPlan
    return row


def about_of(row: Plan) -> About:
    """Return what a plan is about."""
    return About.from_json(_opened(Oin(row.operator), ABOUT, bytes(row.about_sealed)))


def content_of(row: PlanCard, operator: Oin) -> dict[str, Any]:
    """Return what a card showed: facts, reasons and questions per language."""
    return dict(_opened(operator, CONTENT, bytes(row.content_sealed)))


def _looked_up(access: Access) -> About:
    own = relatives.own_record(access)
    return About(
        candidates=relatives.deceased(access, own) if own else (),
        municipality=relatives.municipality_of(own),
    )


def _ask_and_keep(access: Access, row: Plan, about: About) -> None:
    event, on = life_events()[row.event], clock.today()
    replies = asking.ask_all(access, asking.asks_of(event, about, on, supplied(about)))
    shown = standings(event.cards, replies.outcomes(about.facts()), on)
    with transaction.atomic():
        _join_cause(row, about)
        _keep_about(row, about, opened=True)
        _keep_cards(_Round(row=row, about=about, replies=replies), shown)
        _keep_assessments(access, row, replies)


def _join_cause(row: Plan, about: About) -> None:
    """Let a plan share the cause of its death, so that a correction finds it; another plan after this death goes."""
    if about.deceased is None or about.deceased.bsn is None:
        return
    cause = cause_of(party_for(about.deceased.bsn))
    for other in Plan.objects.filter(party=row.party, cause=cause).exclude(id=row.id).values_list("id", flat=True):
        _erase(other)
    row.cause = cause


def supplied(about: About) -> dict[str, Any]:
    """Return the facts that go along with every question: those of the case, and what the person told."""
    facts: dict[str, Any] = about.facts()
    return {**facts, WHO: about.deceased.bsn.value} if about.deceased and about.deceased.bsn else facts


def supplied_by_person(about: About) -> dict[str, Any]:
    """Return what the person told and the case knows, for an application: no number of anybody."""
    return about.facts()


def _keep_cards(round_: "_Round", shown: tuple[Standing, ...]) -> None:
    row = round_.row
    before = {each.card: each for each in row.cards.all()}
    row.cards.exclude(card__in={standing.card.id for standing in shown}).delete()
    for position, standing in enumerate(shown):
        since = round_.replies.unavailable_since(standing.card.outputs())
        if since is not None and standing.card.id in before:
            row.cards.filter(card=standing.card.id).update(unavailable_since=since)
        else:
            values = {**_columns(round_, standing), "position": position, "unavailable_since": since}
            PlanCard.objects.update_or_create(plan=row, card=standing.card.id, defaults=values)


def _columns(round_: "_Round", standing: Standing) -> dict[str, Any]:
    content = contents.of_card(standing.card, round_.replies.assessments)
    return {
        "organisation": asking.organisation_of(standing.card, round_.about),
        "group": standing.group,
        "verdict": standing.verdict,
        "day": standing.day,
        "amount_cents": standing.amount_cents,
        "content_sealed": _sealed(Oin(round_.row.operator), CONTENT, content),
        "asked_at": clock.now(),
    }


def _keep_assessments(access: Access, row: Plan, replies: asking.Replies) -> None:
    by_organisation: dict[Oin, set[UUID]] = {}
    for each in replies.assessments.values():
        by_organisation.setdefault(each.organisation, set()).add(each.id)
    for organisation, ids in by_organisation.items():
        assessment.keep(replace(access, organisation=organisation), tuple(ids), kept_for=f"plan:{row.id}")


def _keep_about(row: Plan, about: About, *, opened: bool = False) -> None:
    now = clock.now()
    row.about_sealed = _sealed(Oin(row.operator), ABOUT, about.as_json())
    if opened:
        row.opened_at, row.asked_at, row.changed_at = row.opened_at or now, now, None
    row.save()


def _new(party: UUID, operator: Oin, event: str) -> dict[str, Any]:
    return {
        "party": party,
        "operator": operator.value,
        "event": event,
        "made_at": clock.now(),
        "last_seen_on": clock.today(),
    }


def _erase(plan: UUID) -> None:
    """Runs in the transaction of the caller."""
    assessment.release(f"plan:{plan}")
    Plan.objects.filter(id=plan).delete()


def _sealed(operator: Oin, purpose: str, content: Mapping[str, object]) -> bytes:
    return keys.seal(operator, json.dumps(content, ensure_ascii=False).encode(), purpose=purpose)


def _opened(operator: Oin, purpose: str, sealed: bytes) -> Any:
    return json.loads(keys.open_sealed(operator, sealed, purpose=purpose))
