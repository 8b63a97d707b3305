"""Rows of this room as values. Every question about a person's case passes here, with the organisation's own filter."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.access import Access, Role
from dichterbij.kernel.clock import AMSTERDAM
from dichterbij.kernel.identifiers import Oin

from . import models
from .domain import (
    Asked,
    Case,
    CaseLine,
    Cosign,
    Draft,
    Happened,
    Hearing,
    Helped,
    Judged,
    Objection,
    Proposal,
    Ruled,
    Ruling,
    SecondLook,
    State,
    Step,
    Taken,
    UnknownCase,
    UnknownDraft,
    Why,
    application_from,
    value_from,
)
from .keeping import DRAFT_DAYS
from .sealing import opened


def drafts_of(access: Access) -> "QuerySet[models.Draft]":
    """Return the drafts of this person at this organisation."""
    return models.Draft.objects.filter(organisation=access.organisation.value, party=access.subject.party)


def cases_of(access: Access) -> "QuerySet[models.Case]":
    """Return the cases of this person at this organisation."""
    return models.Case.objects.filter(organisation=access.organisation.value, party=access.subject.party)


def draft_row(access: Access, draft: UUID) -> models.Draft:
    """Return the row of a draft; raises `UnknownDraft`."""
    row = drafts_of(access).filter(id=draft).first()
    if row is None:
        raise UnknownDraft
    return row


def case_row(access: Access, case: UUID, *, lock: bool = False) -> models.Case:
    """Return the row of a case, locked for the rest of the transaction when asked; raises `UnknownCase`."""
    rows = cases_of(access).filter(id=case)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise UnknownCase
    return row


def references(organisation: Oin, worker: UUID | None) -> frozenset[str]:
    """Return every audit reference somebody has or had at an organisation: each appointment gives another one."""
    return frozenset(mine for mine, party in organisations.workers(organisation).items() if party == worker)


def second_look_rows(access: Access, case: UUID) -> "QuerySet[models.SecondLook]":
    """Return what is still to be settled about the decision of a case of this person at this organisation."""
    return models.SecondLook.objects.filter(case__in=cases_of(access).filter(id=case), settled_on__isnull=True)


def second_look(row: models.SecondLook) -> SecondLook:
    """Return what was found about a decision as a value."""
    return SecondLook(id=row.id, why=Why(row.why), about=row.about, found_at=row.found_at)


def draft(row: models.Draft) -> Draft:
    """Return a draft as a value, opened."""
    organisation = Oin(row.organisation)
    return Draft(
        id=row.id,
        organisation=organisation,
        product=row.product,
        key=row.key,
        channel=row.channel,
        language=row.language,
        cause=row.cause,
        application=application_from(opened(organisation, row.sealed)),
        kept_until=(row.used_at.astimezone(AMSTERDAM) + timedelta(days=DRAFT_DAYS)).date(),
    )


def applicant(row: models.Case) -> str:
    """Return the name of whose case it is."""
    return application_from(opened(Oin(row.organisation), row.sealed)).name


def line(row: models.Case) -> CaseLine:
    """Return a case as a line of a list."""
    return CaseLine(
        id=row.id,
        organisation=Oin(row.organisation),
        reference=row.reference,
        product=row.product,
        state=State(row.state),
        received_on=row.received_on,
        decide_by=row.decide_by,
        channel=row.channel,
    )


def whole(row: models.Case) -> Case:
    """Return a case with all that belongs to it, opened."""
    return _whole(row, _in_force(row))


def with_proposal(row: models.Case, worker: str) -> tuple[Case, Proposal | None]:
    """Return a case, and what a second worker has to do with its decision, for the worker with an audit reference."""
    decision = _in_force(row)
    if decision is None or not decision.cosign:
        return _whole(row, decision), None
    said = opened(Oin(row.organisation), decision.cosign_sealed) if decision.cosign_sealed else {}
    return _whole(row, decision), Proposal(
        decision=decision.id,
        cosign=Cosign(decision.cosign),
        is_own=decision.decided_by == worker,
        because=str(said.get("because", "")),
    )


def _in_force(row: models.Case) -> models.Decision | None:
    doubted = models.SecondLook.objects.filter(decision=OuterRef("pk"), settled_on__isnull=True)
    objected = models.Objection.objects.filter(case=OuterRef("case"))
    in_force = row.decisions.filter(is_replaced=False)
    return in_force.annotate(is_doubted=Exists(doubted), is_objected=Exists(objected)).first()


def _whole(row: models.Case, decision: models.Decision | None) -> Case:
    organisation = Oin(row.organisation)
    made, is_past = (None, False)
    if decision is not None and decision.is_objected:  # type: ignore[attr-defined]  # annotated
        made, is_past = _objection_in(organisation, row, decision)
    return Case(
        line=line(row),
        party=row.party,
        application=application_from(opened(organisation, row.sealed)),
        language=row.language,
        suspended_days=row.suspended_days,
        term_from=row.term_from or row.received_on,
        waiting_since=row.waiting_since,
        finished_on=row.finished_on,
        cause_gone_on=row.cause_gone_on,
        history=tuple(happened(step) for step in row.steps.order_by("id")),
        questions=tuple(_asked(organisation, each) for each in row.questions.order_by("asked_at")),
        decision=taken(organisation, decision) if decision else None,
        objection=None if is_past else made,
        too_late=made if is_past else None,
        is_doubted=bool(decision and decision.is_doubted),  # type: ignore[attr-defined]  # annotated
        replaces_of=_replaced(row) if row.cause_gone_on or row.term_from else None,
        cause=row.cause,
        unit=row.unit,
    )


def _replaced(row: models.Case) -> date | None:
    """Return when the decision was made known that the one in force took the place of."""
    known = row.decisions.filter(is_replaced=True, published_on__isnull=False).order_by("-published_on")
    return known.values_list("published_on", flat=True).first()


def _objection_in(organisation: Oin, case: models.Case, decision: models.Decision) -> tuple[Objection | None, bool]:
    """Return the objection that runs, or else the one about the decision in force or that led to it.

    One that runs goes on when another decision takes the place of the first (Awb 6:19). With it: whether it came too
    late for a decision that was replaced before the ruling.
    """
    past = Q(ruling=Ruling.INADMISSIBLE, ruled_on__gte=decision.decided_on)
    about = Q(ruled_on__isnull=True) | Q(decision=decision.pk) | Q(outcome=decision.pk) | past
    newest = (F("ruled_on").desc(nulls_first=True), "-received_at")
    found = case.objections.filter(about).order_by(*newest).first()
    if found is None:
        return None, False
    is_past = found.ruling == Ruling.INADMISSIBLE and found.decision_id != decision.pk
    return objection(organisation, found), is_past


def objection(organisation: Oin, row: models.Objection) -> Objection:
    """Return an objection as a value, opened."""
    said = opened(organisation, row.sealed)
    return Objection(
        id=row.id,
        reference=row.reference,
        received_on=row.received_on,
        decide_by=row.decide_by,
        is_late=row.is_late,
        text=str(said["text"]),
        late_because=str(said["late_because"]),
        hear_on=row.hear_on,
        is_adjourned=row.is_adjourned,
        ruled=_ruled(organisation, row),
    )


def _ruled(organisation: Oin, row: models.Objection) -> Ruled | None:
    if row.ruled_on is None or row.appeal_until is None or row.ruled_sealed is None:
        return None
    said = opened(organisation, row.ruled_sealed)
    return Ruled(
        ruling=Ruling(row.ruling),
        grounds=str(said["grounds"]),
        hearing=Hearing(row.hearing),
        report=str(said["report"]),
        on=row.ruled_on,
        appeal_until=row.appeal_until,
        message=row.ruling_message,
    )


def happened(row: models.CaseStep) -> Happened:
    """Return a step as a value."""
    talk = row.talk
    helped = Helped(organisation=Oin(row.helped_by), how=row.helped_how, talk=talk, by=row.helped_as) if talk else None
    return Happened(step=Step(row.step), at=row.at, by=Role(row.by), note=row.note, number=row.id, helped=helped)


def _asked(organisation: Oin, row: models.Question) -> Asked:
    question = opened(organisation, row.sealed)
    answer = opened(organisation, row.answer_sealed) if row.answer_sealed else {}
    return Asked(
        id=row.id,
        text=str(question["text"]),
        fact=str(question["fact"]),
        asked_at=row.asked_at,
        answer_by=row.answer_by,
        answered_at=row.answered_at,
        is_open=row.ended_on is None,
        answer=value_from(answer.get("answer")),
    )


def taken(organisation: Oin, row: models.Decision) -> Taken:
    """Return a decision as a value, opened."""
    judged = opened(organisation, row.sealed)["judged"]
    assert isinstance(judged, list)  # noqa: S101 `sealed_judgements` made it
    return Taken(
        id=row.id,
        assessment=row.assessment,
        is_granted=row.is_granted,
        decided_at=row.decided_at,
        is_automatic=row.is_automatic,
        judged=tuple(
            Judged(
                fact=str(each["fact"]),
                value=value_from(each["value"]),
                reason=str(each["reason"]),
                ground=str(each.get("ground", "")),
            )
            for each in judged
            if isinstance(each, dict)
        ),
        published_on=row.published_on,
        object_until=row.object_until,
        message=row.message,
    )
