"""What authority must know of checking staff: a task of each organisation, for who may see which worker did what."""

from datetime import datetime

from dichterbij.ground.authority import tasks
from dichterbij.ground.authority.domain import Authority
from dichterbij.ground.authority.services import require
from dichterbij.ground.authority.sources import staff_with
from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.ground.organisations.domain import StaffTask
from dichterbij.kernel.access import NOBODY, Access, Permission, Subject
from dichterbij.kernel.identifiers import Oin

TASK = "medewerkers-nakijken"
WHY = "Nakijken wie wat opende"


def access(login: Login, organisation: Oin) -> Access:
    """Return the access of who checks the staff of an organisation; raises `Denied`."""
    return require(login, tasks.of_body(organisation, TASK), Permission.READ, subject=NOBODY, reason=WHY)


def source(login: Login, subject: Subject, at: datetime) -> tuple[Authority, ...]:  # noqa: ARG001 at any time
    """Return that somebody may see what workers of their organisation did; of nobody's data."""
    if login.audience is not Audience.STAFF or subject != NOBODY:
        return ()
    return staff_with(login, StaffTask.AUDIT, product=TASK, permission=Permission.READ)
