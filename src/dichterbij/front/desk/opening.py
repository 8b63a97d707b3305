"""Opening a case: the reason is said once per session and case, and goes with every look."""

from uuid import UUID

from dichterbij.delivery.cases import queries as cases
from dichterbij.ground.authority.services import for_staff
from dichterbij.ground.identity.domain import LoggedIn
from dichterbij.ground.identity.queries import bsn_of
from dichterbij.kernel.access import Access, Permission, Subject

SESSION_KEY = "desk_reasons"


def remember(request: LoggedIn, case: UUID, reason: str) -> None:
    """Keep the reason for which a case was opened, for this session only."""
    reasons = request.session.get(SESSION_KEY, {})
    request.session[SESSION_KEY] = {**reasons, str(case): reason}


def reason_for(request: LoggedIn, case: UUID) -> str:
    """Return the reason for which a case was opened in this session; empty when it was not."""
    reason: str = request.session.get(SESSION_KEY, {}).get(str(case), "")
    return reason


def ask_access(request: LoggedIn, case: UUID, permission: Permission, reason: str = "") -> Access:
    """Return access to a case for its reason; raises `Denied` without one, or when it is no case of one's own body."""
    place = cases.place(case)
    return for_staff(
        request.login,
        place.product,
        permission,
        subject=Subject(party=place.party, bsn=bsn_of(place.party)),
        case=case,
        reason=reason or reason_for(request, case),
    )
