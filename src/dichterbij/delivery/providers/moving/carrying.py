"""A mandate goes along: who has it acts by it in the other instance too, for as long as it holds where it was given.

What it allows is said when somebody goes on, and asked again at the act itself: what was said is believed for ten
seconds, so for one page with its parts. Of what is not for the bodies there nothing is said. No answer is no authority.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_noop

from dichterbij.ground.authority import asserted
from dichterbij.ground.authority.domain import Authority, Kind, Other
from dichterbij.ground.authority.services import on_duty
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import AT_MOST, AssertionRefused, Login, Stated
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Subject
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

from .. import stating
from ..domain import NotAvailable
from ..line import Line
from ..models import CarriedMandate, HandOver
from ..refusals import RefusedElsewhere
from . import instances
from .ending import BY_ITSELF
from .giving import HandOverOver
from .purpose import TASK
from .sealing import REFUSES, opened, sealed

KIND, ANSWER = "dichterbij-asks-mandate+jwt", "dichterbij-says-mandate+jwt"
PATH = "/hand-overs/mandate"
BELIEVED = timedelta(seconds=10)


class MandateNotAnswered(Problem):
    """The instance where a mandate was given does not say whether it still holds; so here it does not."""

    code = "mandate-not-answered"
    title = "Wij weten nu niet of uw machtiging nog geldt"
    status = 503


# The side where the mandate was given


def still(asker: Oin, number: UUID) -> str:
    """Return, signed and encrypted to who asks, what the mandate of a hand-over to it allows now; None after its end.

    Raises `HandOverOver` for a hand-over to another, and for a login that ended otherwise than by being left alone.
    """
    row = HandOver.objects.filter(number=number, organisation=asker.value, taken_at__gt=clock.now() - AT_MOST).first()
    if row is None or not BY_ITSELF.issuperset(identity.ended({row.login}).values()):
        raise HandOverOver
    bodies = instances.bodies_at(organisations.organisation(asker))
    said = stating.said(row.ground, bodies, lambda: _checking(row))
    return sealed(asker, number, {"mandate": said}, kind=ANSWER)


def _checking(row: HandOver) -> Access:
    """Return the access with which the courts are asked about the people of a mandate."""
    party = UUID(row.owner.partition(" ")[0])
    subject = identity.subjects_of({party})[party]
    return on_duty(organisations.operator().oin, activities.activity(TASK), "machtiging nagaan", subject)


# The side where somebody acts by it


def keep(login: Login, portal: Oin, number: UUID, represented: UUID, stated: Stated | None) -> None:
    """Keep by which mandate somebody came to act for another with this login, if by any."""
    if stated is not None:
        row = CarriedMandate(login=login.id, portal=portal.value, number=number, represented=represented)
        _say(row, stated, clock.now())


def source(login: Login, subject: Subject, at: datetime) -> tuple[Authority, ...]:
    """Return what a login that was handed over may do for another by mandate. Raises `MandateNotAnswered`."""
    if not instances.is_from_portal(login):
        return ()
    row = CarriedMandate.objects.filter(login=login.id, represented=subject.party).first()
    if row is None or identity.has_died(subject.party):
        return ()
    if row.asked_at + BELIEVED <= at:
        _say(row, _asked_again(row), at)
    return asserted.of_portal(login, subject, _stated(row))


def offered(login: Login) -> tuple[Other, ...]:
    """Return for whom somebody acts by a mandate that came along, as it was said last."""
    acting = login.acting_for
    row = CarriedMandate.objects.filter(login=login.id).first() if instances.is_from_portal(login) and acting else None
    if row is None or acting is None or row.represented != acting.subject.party:
        return ()
    scopes = asserted.scopes_of(_stated(row))
    return (Other(party=row.represented, name=acting.name, kind=Kind.MANDATE, scopes=scopes),)


def _stated(row: CarriedMandate) -> Stated:
    return Stated(
        products=frozenset(row.products),
        is_everything=row.is_everything,
        may_submit=row.may_submit,
        until=min(row.valid_until, row.asked_at + BELIEVED),
        reference=str(row.reference),
    )


def _asked_again(row: CarriedMandate) -> Stated | None:
    """Return what the portal says now; None when it says no, or is not believed any more."""
    try:
        portal = instances.portal(Oin(row.portal))
        answer = Line(url=portal.provider_url).post(portal.oin, KIND, PATH, {"number": str(row.number)}).json()
        number, said = opened(portal, answer, kind=ANSWER)
        return stating.believed(portal.oin, said["mandate"]) if number == row.number else None
    except (AssertionRefused, RefusedElsewhere):
        return None
    except (NotAvailable, *REFUSES):
        raise MandateNotAnswered(
            gettext_noop("De organisatie waar de machtiging gegeven is, antwoordt nu niet."),
            remedy=gettext_noop("Probeer het straks opnieuw. Uw eigen zaken kunt u wel regelen."),
        ) from None


def _say(row: CarriedMandate, stated: Stated | None, at: datetime) -> None:
    """Write down what a mandate allows; of one that ended, that it did."""
    row.asked_at, row.valid_until = at, stated.until if stated else at
    if stated:
        row.products, row.is_everything = sorted(stated.products), stated.is_everything
        row.may_submit, row.reference = stated.may_submit, UUID(stated.reference)
    row.save()
