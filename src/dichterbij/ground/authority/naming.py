"""What the population register calls who logged in: asked once per login, and only when the means gave no name."""

from dichterbij.ground.identity.domain import Login
from dichterbij.ground.logbook.domain import LogbookUnavailable
from dichterbij.ground.registry.answers import RegistryUnavailable
from dichterbij.ground.registry.domain import SourceRefused
from dichterbij.kernel.access import Permission
from dichterbij.kernel.levels import Level

from . import tasks
from .asking import NAME, said_by
from .services import require

TASK = "portaal.aanspreken"


def of_population(login: Login) -> str:
    """Return the name of who logged in; empty when it is not given now, for which nobody is kept out."""
    if login.bsn is None:
        return ""
    access = require(login, tasks.of_portal(TASK, Level.LOW), Permission.READ, subject=login.own_subject)
    try:
        said = said_by(access, "brp", (login.bsn,), (NAME,))
    except (RegistryUnavailable, SourceRefused, LogbookUnavailable):
        return ""
    return str(said.get(login.bsn, {}).get(NAME, ""))
