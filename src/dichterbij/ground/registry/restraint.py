"""A worker who looks at very many people in a short time is stopped; the product goes on for everybody else.

Reading about many is the task of a batch activity without a person, not of somebody at a desk.
"""

from datetime import datetime, timedelta

from dichterbij.ground.organisations import keys
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Role
from dichterbij.kernel.identifiers import Number
from dichterbij.kernel.problems import Problem

from .models import Look

MOST_PEOPLE = 200
WITHIN = timedelta(minutes=10)


class TooManyPeople(Problem):
    """A worker looked at so many different people in ten minutes that nobody can be doing that for a reason."""

    code = "too-many-people"
    title = "U bekeek in korte tijd te veel mensen"
    status = 429


def ensure_few(access: Access, person: Number | None) -> None:
    """Note whom a worker looks at; raises `TooManyPeople` for one more than 200 different people in ten minutes."""
    if access.actor.role is not Role.STAFF or person is None:
        return
    worker, now = access.actor.staff_reference, clock.now()
    whom = keys.keyed_hash(access.organisation, "registry-look", person.value)
    recent = Look.objects.filter(worker=worker, at__gt=now - WITHIN)
    if not recent.filter(whom=whom).exists() and recent.count() >= MOST_PEOPLE:
        raise TooManyPeople
    Look.objects.update_or_create(worker=worker, whom=whom, defaults={"at": now})


def purge(now: datetime) -> int:
    """Forget who looked at whom; the logbook remembers."""
    return Look.objects.filter(at__lt=now - WITHIN).delete()[0]
