"""Everything of a person in one look, for who helps them with all of it: what runs, what is next, by when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery

from dichterbij.delivery.catalogue.domain import Channel
from dichterbij.ground.logbook.services import record_view
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin

from . import models, rows
from .domain import CaseLine, Draft, State

MOST = 50


class Next(StrEnum):
    """What comes next in a case."""

    ANSWER = "answer"  # the person answers a question
    DECISION = "decision"  # the organisation decides
    LETTER = "letter"  # the organisation makes its decision known
    RULING = "ruling"  # the organisation decides on an objection
    OBJECT = "object"  # the person can object
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A case with what is next, and by when; `question`: the one that waits for an answer, `message`: the decision."""

    line: CaseLine
    next: Next
    by: date | None
    question: UUID | None = None
    message: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What somebody has at all organisations of this instance."""

    cases: tuple[Running, ...]
    drafts: tuple[Draft, ...]


def picture(access: Access, organisations: Collection[Oin] | None, today: date) -> Picture:
    """Return what runs for the person of an access; recorded first, as one look.

    `organisations`: only of these; None when the person is there themself and wants help with everything.
    """
    record_view(access, "aanvragen", "concepten", "vragen")
    found = list(_cases(access, organisations)[:MOST])
    drafts = (
        models.Draft.objects.filter(_mine(access, organisations)).exclude(channel=Channel.PAPER).order_by("-used_at")
    )
    return Picture(
        cases=tuple(_running(row, today) for row in found), drafts=tuple(rows.draft(row) for row in drafts[:MOST])
    )


def _cases(access: Access, organisations: Collection[Oin] | None) -> "QuerySet[models.Case]":
    waiting = models.Question.objects.filter(ended_on__isnull=True)
    known = models.Decision.objects.filter(is_replaced=False)
    objections = models.Objection.objects.filter(case=OuterRef("pk"), ruled_on__isnull=True)
    return (
        models.Case.objects.filter(_mine(access, organisations))
        .prefetch_related(
            Prefetch("questions", queryset=waiting, to_attr="waiting"),
            Prefetch("decisions", queryset=known, to_attr="in_force"),
        )
        .annotate(rule_by=Subquery(objections.order_by("decide_by").values("decide_by")[:1]))
        .order_by(F("finished_on").desc(nulls_first=True), "decide_by")
    )


def _mine(access: Access, organisations: Collection[Oin] | None) -> Q:
    mine = Q(party=access.subject.party)
    return mine if organisations is None else mine & Q(organisation__in=[oin.value for oin in organisations])


def _running(row: models.Case, today: date) -> Running:
    line, question = rows.line(row), next(iter(row.waiting), None)  # type: ignore[attr-defined]
    decision = next(iter(row.in_force), None)  # type: ignore[attr-defined]
    message = decision.message if decision else None
    if question is not None:
        return Running(line=line, next=Next.ANSWER, by=question.answer_by, question=question.id)
    if line.state is State.DECIDED:
        return Running(line=line, next=Next.LETTER, by=line.decide_by, message=message)
    if line.state.is_open:
        return Running(line=line, next=Next.DECISION, by=line.decide_by, message=message)
    rule_by = row.rule_by  # type: ignore[attr-defined]  # annotated
    if rule_by is not None:
        return Running(line=line, next=Next.RULING, by=rule_by, message=message)
    if decision is not None and decision.object_until and decision.object_until >= today:
        return Running(line=line, next=Next.OBJECT, by=decision.object_until, message=message)
    return Running(line=line, next=Next.NOTHING, by=None, message=message)
