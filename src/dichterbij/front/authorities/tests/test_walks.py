"""Many days of two people, step by step: what is allowed is what an independent list of their mandates says, always."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from django.test import Client

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.authority import answering, giving, mandates
from dichterbij.ground.authority.domain import Denied
from dichterbij.ground.authority.mandates import Terms
from dichterbij.ground.authority.portal import own_access
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity.after_death import close, reopen
from dichterbij.ground.identity.domain import Login, StepUpNeeded
from dichterbij.ground.identity.register_events import DeathCorrected, DeathRegistered
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
PRODUCTS = sorted(each.id for each in catalogue.products())
STEPS = ("give", "give", "end", "die", "live", "live", "later", "ask", "ask", "ask", "ask")


@dataclass(slots=True)
class Told:
    """A mandate as this test knows it."""

    id: UUID
    terms: Terms
    has_ended: bool = False

    def covers(self, product: str, permission: Permission, today: date) -> bool:
        """Say whether it allows something, in one sentence of its own."""
        is_open = not self.has_ended and today <= self.terms.last_day
        is_meant = self.terms.is_everything or product in self.terms.products
        return is_open and is_meant and (self.terms.may_submit or permission is Permission.READ)


class Walk:
    """Two people, the mandates between them, and a clock that goes on."""

    def __init__(self, seed: int, represented, representative) -> None:
        self.random = Random(seed)  # noqa: S311 no secret
        self.represented, self.representative = represented, representative
        self.told: list[Told] = []
        self.has_died = False
        self.now = clock.now()
        self.subject = self.log_in(represented).subject

    def log_in(self, bsn, level: Level = Level.SUBSTANTIAL) -> Login:
        return sign_in_client(Client(), bsn, level, name="X Verzonnen")

    def give(self) -> None:
        if self.has_died:
            return
        terms = Terms(
            products=frozenset(self.random.sample(PRODUCTS, 2)),
            last_day=clock.today() + timedelta(days=self.random.randint(0, 3)),
            is_everything=self.random.random() < 0.3,
            may_submit=self.random.random() < 0.6,
        )
        given, code = giving.give(own_access(self.log_in(self.represented), Permission.SUBMIT), name="X", terms=terms)
        if self.random.random() < 0.8:
            answering.accept(own_access(self.log_in(self.representative), Permission.SUBMIT), code, name="Y")
            self.told.append(Told(given, terms))

    def end(self) -> None:
        if self.told:
            chosen = self.random.choice(self.told)
            mandates.end(own_access(self.log_in(self.representative), Permission.SUBMIT), chosen.id)
            chosen.has_ended = True

    def die(self) -> None:
        close(DeathRegistered(party=self.subject.party), self.subject.party)
        self.has_died = True

    def live(self) -> None:
        reopen(DeathCorrected(party=self.subject.party), self.subject.party)
        self.has_died = False

    def later(self) -> None:
        self.now += timedelta(hours=self.random.choice((0, 1, 30)))

    def ask(self) -> None:
        level = self.random.choice((Level.LOW, Level.SUBSTANTIAL, Level.SUBSTANTIAL))
        product, permission = self.random.choice(PRODUCTS), self.random.choice((Permission.READ, Permission.SUBMIT))
        covered = any(each.covers(product, permission, clock.today()) for each in self.told)
        right = covered and not self.has_died and level >= Level.SUBSTANTIAL
        assert self.allows(product, permission, level) is right

    def allows(self, product: str, permission: Permission, level: Level = Level.SUBSTANTIAL) -> bool:
        """Say whether the product says yes."""
        login = self.log_in(self.representative, level)
        try:
            require(login, catalogue.for_access(product), permission, subject=self.subject)
        except (Denied, StepUpNeeded):
            return False
        return True


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_no_day_of_giving_ending_dying_and_logging_in_allows_what_no_mandate_covers(organisations, persona, seed):
    walk = Walk(seed, persona("widow"), persona("student"))
    for _number in range(60):
        with clock.frozen(walk.now):
            getattr(walk, walk.random.choice(STEPS))()
    with clock.frozen(walk.now):
        walk.live()
        while not any(each.covers(PRODUCTS[0], Permission.READ, clock.today()) for each in walk.told):
            walk.give()
        assert walk.allows(PRODUCTS[0], Permission.READ)
