"""What authority must know of appointments: a task of each organisation where people can come."""

from uuid import UUID

from dichterbij.ground.authority import tasks
from dichterbij.ground.authority.services import on_duty, require
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.identity.queries import subject_of
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.identifiers import Oin

TASK = "afspraak"
MESSAGE = "afspraak-bericht"


def access(login: Login, organisation: Oin, permission: Permission) -> Access:
    """Return the access to the appointments of who this is about; raises `Denied` and `StepUpNeeded`."""
    return require(login, tasks.of_body(organisation, TASK), permission)


def to_tell(organisation: Oin, party: UUID, trigger: str) -> Access:
    """Return the access of the organisation itself, to send a message about an appointment."""
    key = organisations.organisation(organisation).key
    subject = subject_of(party)
    return on_duty(organisation, activities.activity(f"{key}.{MESSAGE}"), trigger, subject)
