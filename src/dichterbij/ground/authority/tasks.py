"""What is asked of `may` when it is no product of the catalogue: a task of the portal, or of each body (`KEY.TASK`)."""

from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Product
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level


def of_portal(task: str, level: Level = Level.SUBSTANTIAL) -> Product:
    """Return a task of who operates this instance, called as its activity is: `portaal.overzicht`."""
    operator = organisations.operator().oin
    return Product(id=task, organisation=operator, activity=activities.activity(task), level=level)


def of_body(organisation: Oin, task: str) -> Product:
    """Return a task that every body has, under an activity of its own: `balie` is `duo.balie` at DUO."""
    activity = activities.activity(f"{organisations.organisation(organisation).key}.{task}")
    return Product(id=task, organisation=organisation, activity=activity, level=Level.SUBSTANTIAL)
