"""Authority that a means of login asserts: an employee of a company, somebody with a mandate registered elsewhere.

It holds while the login lasts (four hours at most, as eHerkenning asks), and only for the products for which the
operator admitted the means to say so; not for a company that is bankrupt (Faillissementswet 23 and 68). What a portal
in another instance says of a mandate that was given there holds for the one request it came with.
"""

from datetime import datetime

from dichterbij.ground.identity import means
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import Audience, Login, Stated
from dichterbij.kernel.access import Matter, Permission, Subject

from . import registers
from .domain import ACTING_LEVEL, LOOKING, OWN, Authority, Kind, Other, Scope


def source(login: Login, subject: Subject, at: datetime) -> tuple[Authority, ...]:  # noqa: ARG001 as long as the login
    """Return what a means said somebody may do for another when they logged in."""
    said = login.represents
    if login.audience is not Audience.CITIZEN or said is None or said.subject.party != subject.party:
        return ()
    if identity.has_died(subject.party):  # a mandate ends with who gave it (BW 3:72)
        return ()
    if subject.kvk_number and login.level >= ACTING_LEVEL and _is_bankrupt(login, subject):
        return ()
    if login.stated:
        return of_portal(login, subject, login.stated)
    return (_of_means(login, subject),)


def offered(login: Login) -> list[Other]:
    """Return for whom the means said somebody could act."""
    said = login.represents
    if said is None or login.stated:
        return []
    means_said = _of_means(login, said.subject)
    return [Other(party=said.subject.party, name=said.name, kind=means_said.kind, scopes=(means_said.scope,))]


def _of_means(login: Login, subject: Subject) -> Authority:
    return Authority(
        kind=Kind.MANDATE if subject.bsn else Kind.EMPLOYEE,
        representative=login.party,
        represented=subject.party,
        scope=Scope(products=means.named(login.means).represented_in),
        permissions=OWN,
        valid_from=login.authenticated_at,
        valid_until=login.absolute_until,
        source="means",
        reference=login.means,
        minimum_level=ACTING_LEVEL,
    )


def of_portal(login: Login, subject: Subject, said: Stated) -> tuple[Authority, ...]:
    """Return a mandate that a person gave in another instance, for as long as its portal says so.

    A company gives none: who acts for it is what the business register and the courts say here.
    """
    if subject.bsn is None:
        return ()
    return tuple(_of_portal(login, subject, said, scope) for scope in scopes_of(said))


def scopes_of(said: Stated) -> tuple[Scope, ...]:
    """Return what such a mandate covers: for everything that is each product, and the general pages it names."""
    named = Scope(products=said.products)
    return (named, Scope(matters=frozenset(Matter))) if said.is_everything else (named,)


def _of_portal(login: Login, subject: Subject, said: Stated, scope: Scope) -> Authority:
    return Authority(
        kind=Kind.MANDATE,
        representative=login.party,
        represented=subject.party,
        scope=scope,
        permissions=OWN if said.may_submit else LOOKING,
        valid_from=login.authenticated_at,
        valid_until=min(said.until, login.absolute_until),
        source="portal",
        reference=said.reference,
        minimum_level=ACTING_LEVEL,
    )


def _is_bankrupt(login: Login, subject: Subject) -> bool:
    from .portal import own_access  # the portal asks `require`, which asks the sources

    return registers.is_bankrupt(subject, lambda: own_access(login, Permission.READ))
