"""Openings of cases and of help: kept, and one in fifty and every emergency looked at by somebody else.

Which one in fifty follows from a keyed hash of the opening: no worker can foresee it, and an auditor can check it.
What a reviewer found is an act in the log: the person reads it where they read who looked, who checks staff too.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from dichterbij.ground.authority import tasks
from dichterbij.ground.authority.domain import Authority, Denied
from dichterbij.ground.authority.services import require
from dichterbij.ground.authority.sources import staff_with
from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.ground.identity.queries import subjects_of
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook import wording
from dichterbij.ground.logbook.domain import Entry
from dichterbij.ground.logbook.domain import Kind as LineKind
from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations.domain import StaffRole, StaffTask
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission, Subject
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

from .models import Opening
from .rules import rules
from .sealing import opened, sealed

PURPOSE = "desk.review"
TASK = "medewerkers-nakijken"
WHY = "Nakijken wie wat opende"
MOST = 100


class Review(StrEnum):
    """Why an opening is looked at."""

    SAMPLE = "sample"
    EMERGENCY = "emergency"


class Outcome(StrEnum):
    """What the reviewer found."""

    RIGHT = "right"
    UNCLEAR = "unclear"  # asked the worker or their manager
    WRONG = "wrong"  # reported as an incident


IN_THE_LOG = {
    Outcome.RIGHT: wording.OPENED_RIGHTLY,
    Outcome.UNCLEAR: wording.OPENED_UNCLEARLY,
    Outcome.WRONG: wording.OPENED_WRONGLY,
}


class NotToReview(Problem):
    """This opening is not there to be reviewed, was reviewed already, or is the reviewer's own."""

    code = "not-to-review"
    title = "Deze opening kunt u niet beoordelen"
    status = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReview:
    """An opening for a reviewer: who by audit reference, when, why. Whom it was about is not shown."""

    id: UUID
    staff: str
    unit: str
    at: datetime
    why: Review
    reason: str = field(repr=False)
    is_help: bool


def opened_by(
    login: Login,
    role: StaffRole,
    party: UUID,
    reason: str,
    *,
    case: UUID | None = None,
    assist: UUID | None = None,
    is_emergency: bool = False,
) -> UUID:
    """Keep that a worker opened somebody's matters, and choose whether it is reviewed; returns the opening."""
    number = uuid4()
    Opening.objects.create(
        id=number,
        organisation=role.organisation.value,
        unit=role.unit,
        staff=role.audit_ref,
        worker=login.party,
        party=party,
        case=case,
        assist=assist,
        reason_sealed=sealed(role.organisation, {"reason": reason}),
        at=clock.now(),
        review=Review.EMERGENCY if is_emergency else _sample(role.organisation, number),
    )
    return number


def waiting(login: Login) -> tuple[ToReview, ...]:
    """Return what waits for a reviewer at the organisations where they are one, oldest first; never their own."""
    places = [role.organisation.value for role in login.roles_with(StaffTask.AUDIT)]
    rows = Opening.objects.filter(organisation__in=places, reviewed_at__isnull=True).exclude(review="")
    return tuple(_to_review(row) for row in rows.exclude(worker=login.party).order_by("at")[:MOST])


def reviewed(login: Login, opening: UUID, outcome: Outcome, remark: str) -> None:
    """Keep what a reviewer found, recorded first for the person it is about; raises `NotToReview`."""
    row = Opening.objects.filter(id=opening, reviewed_at__isnull=True).exclude(review="").first()
    reviews = login.roles_with(StaffTask.AUDIT)
    role = next((each for each in reviews if row and each.organisation.value == row.organisation), None)
    if row is None or role is None or row.worker == login.party:
        raise NotToReview
    _record(login, row, outcome)
    kept = Opening.objects.filter(id=opening, reviewed_at__isnull=True).update(
        outcome=outcome,
        reviewed_at=clock.now(),
        reviewer=role.audit_ref,
        remark_sealed=sealed(role.organisation, {"remark": remark}),
    )
    if not kept:  # another reviewer was first
        raise NotToReview


def source(login: Login, subject: Subject, at: datetime) -> tuple[Authority, ...]:  # noqa: ARG001 of whomever, at any time
    """Return that a reviewer may write down about a person what they found; it opens nothing of that person."""
    if login.audience is not Audience.STAFF:
        return ()
    return staff_with(login, StaffTask.AUDIT, product=TASK, permission=Permission.HANDLE)


def _record(login: Login, row: Opening, outcome: Outcome) -> None:
    """Write down what a reviewer found of an opening of a day, about the person, whom the reviewer does not see."""
    access, opened_on = _access(login, row), clock.day_of(row.at).isoformat()
    found = Entry(kind=LineKind.ACT, subject=access.subject.number, fields=(IN_THE_LOG[outcome],), period=opened_on)
    logbook.record(access, found)


def _access(login: Login, row: Opening) -> Access:
    """Return the access to write down a finding; raises `NotToReview` for one's own matters or those of family."""
    product = tasks.of_body(Oin(row.organisation), TASK)
    subject = subjects_of({row.party})[row.party]
    try:
        return require(login, product, Permission.HANDLE, subject=subject, case=row.case, reason=WHY)
    except Denied:
        raise NotToReview from None


def _sample(organisation: Oin, number: UUID) -> str:
    drawn = int(keys.keyed_hash(organisation, PURPOSE, str(number))[:12], 16)
    return Review.SAMPLE if drawn % rules().one_in == 0 else ""


def _to_review(row: Opening) -> ToReview:
    return ToReview(
        id=row.id,
        staff=row.staff,
        unit=row.unit,
        at=row.at,
        why=Review(row.review),
        reason=opened(Oin(row.organisation), row.reason_sealed)["reason"],
        is_help=row.assist is not None,
    )
