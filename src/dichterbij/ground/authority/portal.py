"""What must be known of the task of looking after authorities itself: a product of who operates this instance."""

from dichterbij.ground.identity.domain import Login
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Access, Permission, Product, Subject
from dichterbij.kernel.levels import Level

from .services import require

TASK = "portaal.machtigen"
LEVEL = Level.SUBSTANTIAL
"""Who lets another act gives away what their own login protects."""


def own_access(login: Login | None, permission: Permission) -> Access:
    """Return the access of somebody to their own authorities, also while they act for another.

    Raises `LoginNeeded` and `StepUpNeeded`.
    """
    own = Subject(party=login.party, bsn=login.bsn) if login else None
    product = Product(
        id=TASK, organisation=organisations.operator().oin, activity=activities.activity(TASK), level=LEVEL
    )
    return require(login, product, permission, subject=own)
