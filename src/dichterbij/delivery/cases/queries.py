"""What the person sees of their applications, and what a worker sees of their work."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.safestring import SafeString

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Channel
from dichterbij.delivery.messages.html import html
from dichterbij.ground.assessment import queries as assessments
from dichterbij.ground.assessment.domain import Assessment
from dichterbij.ground.logbook.services import record_view
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import StaffRole
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.access import Product as AccessProduct
from dichterbij.kernel.identifiers import Oin

from . import letters, models, rows
from .domain import (
    OPEN_STATES,
    Case,
    CaseLine,
    Cosign,
    Draft,
    Happened,
    NotNow,
    Proposal,
    SecondLook,
    State,
    Step,
    UnknownCase,
    UnknownDraft,
    last_day_to_object,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a case lies and whose it is: what to ask access for, before anything of it is read.

    `unit`: which unit of the organisation has it; empty when every unit may see it.
    """

    product: AccessProduct
    party: UUID
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLine:
    """A case on the list of a worker: no name and no outcome, only what is needed to choose what comes first.

    `cause_is_gone`: the event it was applied for did not happen; it must be looked at again. `has_second_look`: its
    decision would be another one now. `waits_for_second`: a second worker looks at its decision first.
    `is_with_colleague`: who took it still works there; who left has nothing.
    """

    line: CaseLine
    days_left: int
    is_mine: bool
    is_with_colleague: bool
    waits_for_citizen: bool
    cause_is_gone: bool
    has_second_look: bool
    waits_for_second: bool


def draft(access: Access, draft_id: UUID) -> tuple[Draft, Assessment | None]:
    """Return a draft with what the law said of it last; raises `UnknownDraft`."""
    record_view(access, "concept")
    found = rows.draft(rows.draft_row(access, draft_id))
    said = found.application.assessment
    return found, assessments.assessment(access, said) if said else None


def case(access: Access, case_id: UUID) -> Case:
    """Return a case with all that belongs to it; somebody else's look is recorded first. Raises `UnknownCase`."""
    record_view(access.for_case(case_id), "aanvraag", "geschiedenis", "vragen", "besluit")
    return rows.whole(rows.case_row(access, case_id))


def worked_on(access: Access, case_id: UUID) -> tuple[Case, Proposal | None]:
    """Return a case as a worker sees it, with what a second worker has to do with its decision; as `case`."""
    record_view(access.for_case(case_id), "aanvraag", "geschiedenis", "vragen", "besluit")
    return rows.with_proposal(rows.case_row(access, case_id), access.actor.staff_reference)


def determination(access: Access, found: Case) -> Assessment | None:
    """Return the determination the case rests on now: that of its decision, otherwise that of the application."""
    said = found.decision.assessment if found.decision else found.application.assessment
    return assessments.assessment(access, said) if said else None


def letter(access: Access, found: Case) -> SafeString:
    """Return the letter of a decision as it would go out today; raises `NotNow` when no decision waits to be sent."""
    if found.line.state is not State.DECIDED or found.decision is None:
        raise NotNow("Er is geen besluit dat nog verstuurd moet worden.")
    said, today = assessments.assessment(access, found.decision.assessment), clock.today()
    return html(letters.decision(found, said, published_on=today, object_until=last_day_to_object(today)))


def cases(access: Access) -> tuple[CaseLine, ...]:
    """Return the cases of a person at one organisation, newest first."""
    record_view(access, "aanvragen")
    return tuple(rows.line(row) for row in rows.cases_of(access).order_by("-received_at", "id"))


def drafts(access: Access) -> tuple[Draft, ...]:
    """Return what a person is still working on at one organisation; what a worker copies from paper is not theirs."""
    record_view(access, "concepten")
    return tuple(
        rows.draft(row) for row in rows.drafts_of(access).exclude(channel=Channel.PAPER).order_by("-used_at", "id")
    )


def running(access: Access, product: str) -> CaseLine | None:
    """Return the open case of a person for a product, if there is one: applying twice is not needed."""
    row = rows.cases_of(access).filter(product=product, state__in=OPEN_STATES).order_by("received_at").first()
    return rows.line(row) if row else None


def of_key(access: Access, key: UUID) -> CaseLine | None:
    """Return the case that was made of the draft with a key, if it was."""
    row = rows.cases_of(access).filter(key=key).first()
    return rows.line(row) if row else None


def place(case_id: UUID) -> Place:
    """Return where a case lies; raises `UnknownCase`."""
    found = models.Case.objects.filter(id=case_id).values_list("product", "party", "unit").first()
    if found is None:
        raise UnknownCase
    return Place(product=catalogue.for_access(found[0]), party=found[1], unit=found[2])


def of_reference(organisation: Oin, reference: str) -> UUID | None:
    """Return the case that an organisation calls by a reference, as it stands on every letter about it."""
    rows_of_it = models.Case.objects.filter(organisation=organisation.value, reference=reference)
    return rows_of_it.values_list("id", flat=True).first()


def place_of_draft(draft_id: UUID) -> Place:
    """Return where a draft lies; raises `UnknownDraft`."""
    found = models.Draft.objects.filter(id=draft_id).values_list("product", "party").first()
    if found is None:
        raise UnknownDraft
    return Place(product=catalogue.for_access(found[0]), party=found[1])


def where(party: UUID, *, only_sent: bool = False) -> tuple[AccessProduct, ...]:
    """Return what to ask access for: every product of which a person has a case or draft, the surest login last.

    `only_sent`: only those of which they have a case.
    """
    begun = models.Draft.objects.filter(party=party).values_list("product", flat=True)
    sent = models.Case.objects.filter(party=party).values_list("product", flat=True)
    found = sent.distinct() if only_sent else sent.union(begun)
    return tuple(sorted(map(catalogue.for_access, found), key=lambda each: (each.level, each.id)))


def in_talks(access: Access, talks: Collection[UUID]) -> Iterator[tuple[UUID, CaseLine, Happened, str]]:
    """Give what a worker did with the person in these talks, at whatever organisation: who talked knows it already.

    With the talk, and the name of for whom, where the person acted for another.
    """
    mine = Q(case__party=access.subject.party) | ~Q(helped_as="")
    found = models.CaseStep.objects.filter(mine, talk__in=talks).select_related("case")
    for step in found.order_by("id"):
        assert step.talk is not None  # noqa: S101 found by its talk
        yield step.talk, rows.line(step.case), rows.happened(step), _whose(step)


def _whose(step: models.CaseStep) -> str:
    return rows.applicant(step.case) if step.helped_as else ""


def second_looks(access: Access, found: Case) -> tuple[SecondLook, ...]:
    """Return why the decision of a case would be another one now, oldest first."""
    if found.line.state not in (State.DECIDED, State.PUBLISHED) or not found.is_doubted:
        return ()
    return tuple(map(rows.second_look, rows.second_look_rows(access, found.line.id).order_by("found_at")))


def by_present_law(access: Access, found: Case, language: str) -> str:
    """Return in a sentence what the present law files would make of the decision of a case."""
    return assessments.by_present_law(access, found.decision.assessment).told(language) if found.decision else ""


def last_act() -> datetime | None:
    """Return when the last step was taken that is in the logbook too; what lapses by itself is not."""
    acts = models.CaseStep.objects.exclude(step__in=(Step.LET_GO, Step.EXTEND))
    newest: datetime | None = acts.aggregate(newest=Max("at"))["newest"]
    return newest


def work_list(role: StaffRole, worker: UUID) -> tuple[WorkLine, ...]:
    """Return the work of the worker's own unit, least time first; never a case of the worker themself."""
    looks = models.SecondLook.objects.filter(case=OuterRef("id"), settled_on__isnull=True)
    proposals = models.Decision.objects.filter(case=OuterRef("id"), is_replaced=False, cosign=Cosign.ASKED)
    open_cases = (
        models.Case.objects.filter(_of_unit(role), organisation=role.organisation.value)
        .annotate(has_second_look=Exists(looks), waits_for_second=Exists(proposals))
        .filter(Q(state__in=[*OPEN_STATES, State.DECIDED]) | Q(state=State.PUBLISHED, has_second_look=True))
        .exclude(party=worker)
    )
    here = organisations.at_work(role.organisation, clock.today())
    return tuple(_work_line(row, role, here) for row in open_cases.order_by("decide_by", "received_at", "id")[:200])


def of_unit(role: StaffRole) -> QuerySet[models.Case]:
    """Return the cases of the worker's own unit, to ask within a question of another room."""
    return models.Case.objects.filter(_of_unit(role), organisation=role.organisation.value)


def _of_unit(role: StaffRole, of: str = "") -> Q:
    """Return what the cases that a worker sees have in common; `of`: how a row leads to its case."""
    return Q(**{f"{of}unit__in": ("", role.unit)})


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionLine:
    """An objection on the list of a worker, with the case it is about. `may_decide`: somebody else decided first."""

    case: CaseLine
    may_decide: bool
    hear_on: date | None
    received_on: date
    decide_by: date
    is_late: bool


def objections(role: StaffRole, worker: UUID) -> tuple[ObjectionLine, ...]:
    """Return the objections at the worker's own unit that wait, least time first; never in their own case."""
    own = rows.references(role.organisation, worker) | {role.audit_ref}
    mine = models.Decision.objects.filter(case=OuterRef("case"), decided_by__in=own)
    found = (
        models.Objection.objects.filter(
            _of_unit(role, "case__"), organisation=role.organisation.value, ruled_on__isnull=True
        )
        .exclude(case__party=worker)
        .annotate(is_mine=Exists(mine))
    )
    first = found.select_related("case").order_by("decide_by", "received_at")
    return tuple(map(_objection_line, first[:200]))


def _objection_line(row: models.Objection) -> ObjectionLine:
    return ObjectionLine(
        case=rows.line(row.case),
        may_decide=not row.is_mine,  # type: ignore[attr-defined]  # annotated
        hear_on=row.hear_on,
        received_on=row.received_on,
        decide_by=row.decide_by,
        is_late=row.is_late,
    )


def _work_line(row: models.Case, role: StaffRole, here: frozenset[str]) -> WorkLine:
    is_mine = row.handler == role.audit_ref
    return WorkLine(
        line=rows.line(row),
        days_left=(row.decide_by - clock.today()).days,
        is_mine=is_mine,
        is_with_colleague=not is_mine and row.handler in here,
        waits_for_citizen=row.state == State.WAITING_FOR_CITIZEN,
        cause_is_gone=row.cause_gone_on is not None,
        has_second_look=bool(row.has_second_look),  # type: ignore[attr-defined]  # annotated
        waits_for_second=bool(row.waits_for_second),  # type: ignore[attr-defined]  # annotated
    )
