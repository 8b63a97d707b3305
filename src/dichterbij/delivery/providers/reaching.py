"""An organisation elsewhere must write to somebody: it asks who operates this portal how that person wants to hear.

Contact details are given once, here. Only an organisation hears them with whom the person has something, as this portal
remembers; who is not known, has nothing there or died gives the same answer: nothing. Every question is on record, also
with each representative whose address was given.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import UnknownProduct
from dichterbij.delivery.contact import details, wishes
from dichterbij.ground.authority.representatives import representatives
from dichterbij.ground.authority.services import on_duty
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry, Kind, Result
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations import tokens
from dichterbij.ground.organisations.domain import TokenRefused
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import NOBODY, Subject
from dichterbij.kernel.identifiers import Number, Oin, number_of
from dichterbij.kernel.problems import InvalidIdentifier

from . import elsewhere
from .assertion import Call, NotAsker
from .forms import Reached, ToldAt
from .signed import Signed, addressed, once

KIND = "dichterbij-reaches+jwt"
ACTIVITY = "portaal.contactgegevens-geven"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaching:
    """Who asks, and whom it must reach."""

    asker: Oin
    person: Number


class AskedToReach(HttpRequest):
    """A request of an organisation elsewhere, after its token was accepted."""

    auth: Reaching


class SignedByBody(Signed):
    """The token of an organisation elsewhere for this very request."""

    def accept(self, token: str, call: Call) -> Reaching:
        """Return who asks about whom; raises also `NotAsker`."""
        asker, claims = addressed(token, call, kind=self.kind)
        found = organisations.organisation(asker)
        if found.hosted or not found.can_be_asked:
            raise NotAsker
        try:
            person = number_of(tokens.decrypt(organisations.operator().oin, str(claims.get("sub", ""))).decode("ascii"))
        except (InvalidIdentifier, ValueError):
            raise TokenRefused from None
        once(claims)
        return Reaching(asker=asker, person=person)


def reach(asked: Reaching, product: str) -> Reached:
    """Return how somebody, and who acts for them by mandate, wants to hear about a product; recorded first.

    Raises `UnknownProduct` for one that is not of who asks.
    """
    if product and catalogue.for_access(product).organisation != asked.asker:
        raise UnknownProduct
    party = identity.party_of(asked.person)
    is_theirs = party is not None and elsewhere.has_something(party, asked.asker) and not identity.has_died(party)
    _record(asked, Subject.of(party, asked.person) if party and is_theirs else NOBODY)
    if party is None or not is_theirs:
        return Reached()
    others = _of_representatives(asked, product, party) if product else ()
    told = (*_told_at(asked, product, party, False), *others)
    return Reached(by_post=wishes.reach(party, asked.asker.value, product).by_post, told_at=told)


def _of_representatives(asked: Reaching, product: str, represented: UUID) -> Iterator[ToldAt]:
    """Give where the living among those who act by mandate are told; each finds that in their own log."""
    for party in representatives(represented, product):
        told = () if identity.has_died(party) else tuple(_told_at(asked, product, party, True))
        if told:
            _record(asked, identity.subjects_of({party})[party])
        yield from told


def _told_at(asked: Reaching, product: str, party: UUID, for_another: bool) -> Iterator[ToldAt]:
    way = wishes.reach(party, asked.asker.value, product).way
    for each in details.of(party):
        if each.way is way:
            yield ToldAt(way=each.way.value, address=each.address, for_another=for_another)


def _record(asked: Reaching, whom: Subject) -> None:
    why = f"vraag van {organisations.organisation(asked.asker).name}"
    access = on_duty(organisations.operator().oin, activities.activity(ACTIVITY), why, whom)
    outcome = Result.NOTHING if whom is NOBODY else Result.GIVEN
    logbook.record(access, Entry(kind=Kind.VIEW, subject=whom.number, fields=("contactgegevens",), outcome=outcome))
