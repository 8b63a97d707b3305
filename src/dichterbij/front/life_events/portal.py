"""What authority must know of the portal itself, which shows plans: a product of who operates this instance."""

from dichterbij.ground.authority.services import require
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Access, Permission, Product
from dichterbij.kernel.levels import Level

from .asking import PORTAL

LEVEL = Level.SUBSTANTIAL
"""A plan shows income and family: as sure as the products behind it."""


def access(login: Login | None, permission: Permission) -> Access:
    """Return the access of a person to their own plans; raises `LoginNeeded`, `StepUpNeeded`, `Denied`."""
    operator = organisations.operator().oin
    product = Product(id=PORTAL, organisation=operator, activity=activities.activity(PORTAL), level=LEVEL)
    return require(login, product, permission)
