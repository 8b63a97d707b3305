"""What must be known of the task of looking after authorities itself: a product of who operates this instance."""

from dichterbij.ground.identity.domain import Login
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Access, Permission, Product, Subject

from .domain import ACTING_LEVEL
from .services import require

TASK = "portaal.machtigen"


def own_access(login: Login | None, permission: Permission) -> Access:
    """Return the access of somebody to their own authorities, also while they act for another.

    Raises `LoginNeeded` and `StepUpNeeded`.
    """
    own = Subject(party=login.party, bsn=login.bsn) if login else None
    return require(login, _task(), permission, subject=own)


def for_worker(login: Login, subject: Subject, reason: str) -> Access:
    """Return the access of a worker of the operator to the authorities of somebody who is at the counter.

    Raises `Denied` for a worker of another organisation, and for one's own.
    """
    return require(login, _task(), Permission.HANDLE, subject=subject, reason=reason)


def _task() -> Product:
    operator, activity = organisations.operator().oin, activities.activity(TASK)
    return Product(id=TASK, organisation=operator, activity=activity, level=ACTING_LEVEL)
