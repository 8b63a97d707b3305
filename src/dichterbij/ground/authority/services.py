"""Ask for permission at the moment of an act. Only this room makes an `Access`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import tee
from uuid import UUID

from dichterbij.ground.identity import acts
from dichterbij.ground.identity.domain import Login, LoginNeeded, StepUpNeeded
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry, Result
from dichterbij.ground.logbook.domain import Kind as LineKind
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import StaffRole, StaffTask
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Activity, Actor, Permission, Product, Role, Subject
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level

from . import agreements, bars, sources
from .domain import (
    Allow,
    Answer,
    Attempt,
    Authority,
    Circumstance,
    Deny,
    Kind,
    NotAutomatic,
    Refusal,
    StepUp,
)
from .reasons import refused
from .verb import access_of, answer, may

__all__ = ["for_staff", "may", "on_duty", "on_request", "require", "role_with"]


def require(
    login: Login | None,
    product: Product,
    permission: Permission,
    *,
    subject: Subject | None = None,
    case: UUID | None = None,
    reason: str = "",
    through: Oin | None = None,
    unit: str = "",
) -> Access:
    """Return the access for an act on one's own matters, on another's by an authority, or as staff.

    `subject`: whose matter; without it that of who they act for, or their own. Asked again at every act, never
    remembered. Raises `LoginNeeded`, `StepUpNeeded`, or `Denied`, which is recorded first, so that the person can see
    that somebody tried. `through`: who operates the portal where the person is logged in, when not this instance.
    """
    if login is None:
        raise LoginNeeded
    attempt = Attempt(
        subject=subject or login.subject,
        product=product,
        permission=permission,
        at=clock.now(),
        circumstance=_circumstance(case, reason, through, unit),
    )
    best = _answer(login, attempt)
    if isinstance(best, Allow):
        return best.access
    if isinstance(best, StepUp):
        raise StepUpNeeded(best.level)
    _record_refusal(login, attempt)
    raise refused(best.reason)


def allows(login: Login, product: Product, permission: Permission) -> bool:
    """Say whether a login may do something now, without doing it: to leave out what somebody acting may not see."""
    return bool(allowed(login, (product,), permission))


def allowed(login: Login, products: Iterable[Product], permission: Permission) -> list[Access]:
    """Return the access for those of several products for which there is one now.

    Each source is asked once, and only when those before it say no to something.
    """
    subject, circumstance, now = login.subject, _circumstance(None, "", None), clock.now()
    known, found = sources.authorities(login, subject, now), list[Access]()
    for each in products:
        known, authorities = tee(known)
        attempt = Attempt(subject=subject, product=each, permission=permission, at=now, circumstance=circumstance)
        answered = _answer(login, attempt, authorities)
        if isinstance(answered, Allow):
            found.append(answered.access)
    return found


def for_staff(
    login: Login | None,
    product: Product,
    permission: Permission,
    *,
    subject: Subject,
    case: UUID,
    reason: str,
    unit: str = "",
) -> Access:
    """Return the access of a worker who opens a case of their unit, for a reason the citizen sees at once.

    `unit`: which one has the case; empty when every unit of the organisation may see it.
    """
    return require(login, product, permission, subject=subject, case=case, reason=reason, unit=unit)


def role_with(login: Login, task: StaffTask) -> StaffRole:
    """Return the first role in which a worker has a task; raises `Denied` for who does not have it."""
    found = login.roles_with(task)
    if not found:
        raise refused(Refusal.NOT_PERMITTED)
    return found[0]


def on_request(access: Access, organisation: Oin, activity: Activity) -> Access:
    """Return the access of the competent organisation, under its own activity, within the same act.

    The minute of the first access goes on. A worker never reaches into another organisation this way, except with and
    for the person they help, whose portal it then is.
    """
    access.ensure_valid(clock.now())
    is_helping = access.on_behalf_of.startswith(f"{Kind.DESK}:")
    if access.actor.role is Role.STAFF and organisation != access.organisation and not is_helping:
        raise refused(Refusal.OTHER_ORGANISATION)
    return replace(access, organisation=organisation, activity=activity)


def on_duty(
    organisation: Oin,
    activity: Activity,
    trigger: str,
    subject: Subject,
    permission: Permission = Permission.HANDLE,
) -> Access:
    """Return the access of an automatic activity, an act of its own; `trigger` says what set it off, as the reason.

    Raises `NotAutomatic` for an activity that needs a person.
    """
    if not activity.automatic:
        raise NotAutomatic
    act = acts.new()
    return Access(
        actor=Actor(role=Role.SYSTEM, organisation=organisation),
        subject=subject,
        organisation=organisation,
        activity=activity,
        permission=permission,
        product="",
        level=Level.NONE,
        act=act.id,
        at=clock.now(),
        trace=act.trace,
        reason=trigger,
    )


def _circumstance(case: UUID | None, reason: str, through: Oin | None, unit: str = "") -> Circumstance:
    portal = through or organisations.operator().oin
    return Circumstance(act=acts.current(), through=portal, case=case, reason=reason, unit=unit)


def _answer(login: Login, attempt: Attempt, known: Iterable[Authority] | None = None) -> Answer:
    if bars.stands(login, attempt.subject):
        return Deny(Refusal.RELATED)
    whole, answers = _with_agreement(login, attempt), list[Answer]()
    for authority in known if known is not None else sources.authorities(login, attempt.subject, attempt.at):
        found = answer(login, authority, whole)
        if isinstance(found, Allow):
            return Deny(Refusal.RELATED) if _is_signed_by_family(login, authority) else found
        answers.append(found)
    return _best_of_no(answers, attempt.subject)


def _is_signed_by_family(login: Login, authority: Authority) -> bool:
    """Say whether a worker is kept from who signed paper for another; at the counter that is asked when help begins."""
    signed = authority.held if authority.kind is Kind.PAPER else None
    return signed is not None and bars.stands(login, Subject(party=signed.representative))


def _with_agreement(login: Login, attempt: Attempt) -> Attempt:
    """Return the attempt with who else said yes to it, where one may have to."""
    if attempt.permission is not Permission.SUBMIT or attempt.subject.party == login.party:
        return attempt
    agreed = agreements.with_agreement(login, attempt.subject.party, attempt.product.id, attempt.at)
    return replace(attempt, circumstance=replace(attempt.circumstance, agreed=agreed))


def _best_of_no(answers: Sequence[Answer], subject: Subject) -> Answer:
    """Return the lowest step up, otherwise the most telling no."""
    levels = [found.level for found in answers if isinstance(found, StepUp)]
    if levels:
        return StepUp(min(levels))
    order = list(Refusal)
    reasons = [found.reason for found in answers if isinstance(found, Deny)]
    unknown = Refusal.NOT_OF_COMPANY if subject.kvk_number else Refusal.NO_AUTHORITY
    return Deny(max(reasons, key=order.index, default=unknown))


def _record_refusal(login: Login, attempt: Attempt) -> None:
    refused = access_of(login, None, attempt)
    if not organisations.organisation(refused.organisation).hosted:  # their log is elsewhere; this was refused here
        refused = replace(refused, organisation=organisations.operator().oin)
    logbook.record(refused, Entry(kind=LineKind.DENIED, subject=attempt.subject.number, outcome=Result.REFUSED))
