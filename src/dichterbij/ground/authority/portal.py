"""What must be known of the task of looking after authorities itself: a product of who operates this instance."""

from dichterbij.ground.identity.domain import Login
from dichterbij.kernel.access import Access, Permission, Subject

from . import tasks
from .domain import ACTING_LEVEL
from .services import require

TASK = "portaal.machtigen"


def own_access(login: Login | None, permission: Permission) -> Access:
    """Return the access of somebody to their own authorities, also while they act for another.

    Raises `LoginNeeded` and `StepUpNeeded`.
    """
    own = login.own_subject if login else None
    return require(login, tasks.of_portal(TASK, ACTING_LEVEL), permission, subject=own)


def for_worker(login: Login, subject: Subject, reason: str) -> Access:
    """Return the access of a worker of the operator to the authorities of somebody who is at the counter.

    Raises `Denied` for a worker of another organisation, and for one's own.
    """
    return require(login, tasks.of_portal(TASK, ACTING_LEVEL), Permission.HANDLE, subject=subject, reason=reason)
