"""What authority must know of checking staff: a task of each organisation, for who may see which worker did what."""

from datetime import datetime
from uuid import UUID

from dichterbij.ground.authority.domain import Authority
from dichterbij.ground.authority.services import require
from dichterbij.ground.authority.sources import staff_with
from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import StaffTask
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Access, Permission, Product, Subject
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level

TASK = "medewerkers-nakijken"
WHY = "Nakijken wie wat opende"
NOBODY = Subject(party=UUID(int=0))
"""Lines are looked at, and no person."""


def access(login: Login, organisation: Oin) -> Access:
    """Return the access of who checks the staff of an organisation; raises `Denied`."""
    key = organisations.organisation(organisation).key
    activity = activities.activity(f"{key}.{TASK}")
    product = Product(id=TASK, organisation=organisation, activity=activity, level=Level.SUBSTANTIAL)
    return require(login, product, Permission.READ, subject=NOBODY, reason=WHY)


def source(login: Login, subject: Subject, at: datetime) -> tuple[Authority, ...]:  # noqa: ARG001 at any time
    """Return that somebody may see what workers of their organisation did; of nobody's data."""
    if login.audience is not Audience.STAFF or subject != NOBODY:
        return ()
    return staff_with(login, StaffTask.AUDIT, product=TASK, permission=Permission.READ)
