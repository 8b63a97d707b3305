"""Opening a case: the reason is said once per session and case, and goes with every look."""

from uuid import UUID

from dichterbij.delivery.cases import queries as cases
from dichterbij.ground.authority.services import for_staff
from dichterbij.ground.identity.domain import LoggedIn, Login
from dichterbij.ground.identity.queries import subject_of
from dichterbij.ground.organisations.domain import StaffTask
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.identifiers import Oin

from . import reviewing

SESSION_KEY = "desk_reasons"


def opened(request: LoggedIn, access: Access, number: UUID, reason: str) -> None:
    """Keep for a reviewer that a case or a request was opened, and its reason for this session only."""
    role = next(each for each in request.login.staff if each.audit_ref == access.actor.staff_reference)
    reviewing.opened_by(request.login, role, access.subject.party, reason, case=number)
    request.session[SESSION_KEY] = {**request.session.get(SESSION_KEY, {}), str(number): reason}


def open_case(request: LoggedIn, case: UUID, reason: str) -> None:
    """Open a case for a reason: asked of authority, kept for a reviewer, remembered for this session.

    Raises `UnknownCase` and `Denied`.
    """
    opened(request, ask_access(request, case, Permission.READ, reason), case, reason)


def reason_for(request: LoggedIn, case: UUID) -> str:
    """Return the reason for which a case was opened in this session; empty when it was not."""
    reason: str = request.session.get(SESSION_KEY, {}).get(str(case), "")
    return reason


def ask_access(request: LoggedIn, case: UUID, permission: Permission, reason: str = "") -> Access:
    """Return access to a case for its reason.

    Raises `UnknownCase`, and `Denied` without a reason, for one's own case, or for a case of another body or unit.
    """
    place = cases.place(case)
    return for_staff(
        request.login,
        place.product,
        permission,
        subject=subject_of(place.party),
        case=case,
        reason=reason or reason_for(request, case),
        unit=place.unit,
    )


def refuse_closed_door(request: LoggedIn, case: UUID) -> None:
    """Raise `Denied` at once for a case that no reason opens, so that nobody writes one for nothing."""
    place = cases.place(case)
    if place.party == request.login.party or not tasks_at(request.login, place.product.organisation, place.unit):
        ask_access(request, case, Permission.READ)


def tasks_at(login: Login, organisation: Oin, unit: str = "") -> frozenset[StaffTask]:
    """Return what a worker may do for an organisation, or only with what a unit of it has."""
    of_it = (role for role in login.staff if role.organisation == organisation and unit in ("", role.unit))
    return frozenset(task for role in of_it for task in role.roles)
