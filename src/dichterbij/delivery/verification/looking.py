"""The access to look at somebody because a body asked, or to set it right afterwards; its line says which body."""

from dichterbij.ground.authority.services import on_duty
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Access, Subject
from dichterbij.kernel.identifiers import Oin

from . import registering

ACTIVITY = "portaal.overlijden-bevestigen"


def access(asker: Oin, subject: Subject) -> Access:
    """Return the access of the operator to look at somebody because a body asked."""
    return _access(f"vraag van {_name(asker)}; {registering.ground_of(asker)}", subject)


def to_correct(asker: Oin, subject: Subject) -> Access:
    """Return the access of the operator to tell a body that somebody did not die, also one that may no longer ask."""
    return _access(f"rechtzetting aan {_name(asker)}", subject)


def _access(why: str, subject: Subject) -> Access:
    return on_duty(organisations.operator().oin, activities.activity(ACTIVITY), why, subject)


def _name(asker: Oin) -> str:
    return organisations.organisation(asker).name
