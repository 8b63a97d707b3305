"""What authority must know of checking staff: a task of each organisation, for who may see which worker did what."""

from datetime import datetime
from uuid import UUID

from dichterbij.ground.authority.domain import Authority, Kind, Scope
from dichterbij.ground.authority.services import require
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


def source(login: Login, subject: Subject, at: datetime) -> tuple[Authority, ...]:
    """Return that somebody may see what workers of their organisation did; of nobody's data."""
    if login.audience is not Audience.STAFF or subject != NOBODY:
        return ()
    return tuple(
        Authority(
            kind=Kind.STAFF,
            representative=login.party,
            represented=None,
            scope=Scope(organisations=frozenset({role.organisation}), products=frozenset({TASK})),
            permissions=frozenset({Permission.READ}),
            valid_from=min(login.authenticated_at, at),
            valid_until=login.absolute_until,
            source="log_reading",
            employer=role.organisation,
            unit=role.unit,
        )
        for role in login.roles_with(StaffTask.AUDIT)
    )
