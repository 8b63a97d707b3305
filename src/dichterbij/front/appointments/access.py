"""What authority must know of appointments: a task of each organisation where people can come."""

from uuid import UUID

from dichterbij.ground.authority.services import on_duty, require
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.identity.queries import bsn_of
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Access, Permission, Product, Subject
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level

TASK = "afspraak"
MESSAGE = "afspraak-bericht"


def access(login: Login, organisation: Oin, permission: Permission) -> Access:
    """Return the access to the appointments of who this is about; raises `Denied` and `StepUpNeeded`."""
    key = organisations.organisation(organisation).key
    activity = activities.activity(f"{key}.{TASK}")
    product = Product(id=TASK, organisation=organisation, activity=activity, level=Level.SUBSTANTIAL)
    return require(login, product, permission)


def to_tell(organisation: Oin, party: UUID, trigger: str) -> Access:
    """Return the access of the organisation itself, to send a message about an appointment."""
    key = organisations.organisation(organisation).key
    subject = Subject(party=party, bsn=bsn_of(party))
    return on_duty(organisation, activities.activity(f"{key}.{MESSAGE}"), trigger, subject)
