"""Whatever happens in whatever order, through the services and the registers: nobody does what nothing covers.

The rule that judges is written from the law and the promises, and asks nothing of the code that is judged: what a
person gave, who stopped it, who died, who has a guardian, who is bankrupt, and since when.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

import pytest
from django.conf import settings as configured
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from dichterbij.ground.authority import answering, giving, mandates, registers
from dichterbij.ground.authority.codes import CodeUnknown
from dichterbij.ground.authority.domain import Denied
from dichterbij.ground.authority.models import Mandate, RegisteredAuthority, RegistersAsked
from dichterbij.ground.authority.portal import TASK, own_access
from dichterbij.ground.authority.services import require
from dichterbij.ground.authority.standing import CannotMandate
from dichterbij.ground.identity import sessions
from dichterbij.ground.identity.domain import Login, LoginNeeded, StepUpNeeded
from dichterbij.ground.identity.models import Party
from dichterbij.ground.identity.refusals import LoginClosed
from dichterbij.ground.identity.register_events import DeathCorrected, DeathRegistered, RecordChanged
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.identity.tests.clients import request_of, sign_in_client
from dichterbij.ground.organisations import queries as organisations_of
from dichterbij.ground.outbox import services as outbox
from dichterbij.ground.outbox.services import emit
from dichterbij.ground.registry import activities, adapters
from dichterbij.ground.registry.domain import Value
from dichterbij.kernel import clock
from dichterbij.kernel.access import Matter, Permission, Product, Subject
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level

from .said import OfEach, Register

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
ANNA, BORIS, CLARA, CHILD = Bsn("999990007"), Bsn("999990019"), Bsn("999990020"), Bsn("999990032")
GROWN_UP = (ANNA, BORIS, CLARA)
START = datetime(2026, 6, 15, 20, 0, tzinfo=UTC)  # two hours before midnight in Amsterdam
QUARTER = timedelta(minutes=15)
MIDNIGHT = datetime(2026, 6, 15, 22, 0, tzinfo=UTC)
PRODUCTS = {"geld": Matter.MONEY, "zorg": Matter.CARE}
ACTS = {True: {Permission.READ, Permission.RECEIVE, Permission.PREPARE, Permission.SUBMIT}, False: {Permission.READ}}

Since = tuple[datetime, int]
"""Since when something is so, and at which step: an event after it has the registers asked again."""
people = st.sampled_from(GROWN_UP)
permissions = st.sampled_from([Permission.READ, Permission.SUBMIT, Permission.DECIDE])
minutes = st.sampled_from([1, 7, 14, 15, 45])


@dataclass(eq=False)
class Given:
    """A mandate as its people remember it."""

    number: str
    giver: Bsn
    holder: Bsn
    products: frozenset[str]
    may_submit: bool
    until: datetime
    stopped: bool = False
    asked_again: int = 0
    ever: set[str] = field(default_factory=set)


class Days(RuleBasedStateMachine):
    """What happens to three grown-ups and a child."""

    seen: ClassVar[set[bool]] = set()

    @initialize()
    def begin(self) -> None:
        """Begin with nothing."""
        self.now, self.stack = START, ExitStack()
        for model in (Mandate, RegisteredAuthority, RegistersAsked):
            model.objects.all().delete()
        Party.objects.update(died_at=None)
        self.courts: dict[Bsn, dict[str, Value]] = {}
        self.population: dict[Bsn, dict[str, Value]] = {each: {"geboorte.datum": "1980-02-03"} for each in GROWN_UP}
        adapters.register("ccbr", OfEach(self.courts))
        adapters.register("brp", OfEach(self.population))
        adapters.register("kvk", Register())
        self.ward: dict[Bsn, Since] = {}
        self.bankrupt: dict[Bsn, Since] = {}
        self.step = 0
        self.dead: set[Bsn] = set()
        self.parents: set[Bsn] = set()
        self.no_parent_since: dict[Bsn, datetime] = {}
        self.held: list[Given] = []
        self.logins: dict[Bsn, tuple[Client, Level, datetime]] = {}
        self.stack.enter_context(clock.frozen(self.now))
        for giver, holder in ((ANNA, BORIS), (BORIS, CLARA)):
            self.grant(giver, holder, frozenset(PRODUCTS), may_submit=True, days=1)
        self.parent(BORIS, is_on=True)
        self.look_up(BORIS)

    def teardown(self) -> None:
        """Let the clock go on."""
        self.stack.close()

    @rule(by=minutes)
    def later(self, by: int) -> None:
        self.now += timedelta(minutes=by)
        self.stack.close()
        self.stack.enter_context(clock.frozen(self.now))

    @rule(who=people, level=st.sampled_from([Level.LOW, Level.SUBSTANTIAL, Level.SUBSTANTIAL, Level.HIGH]))
    def log_in(self, who: Bsn, level: Level) -> None:
        client = Client()
        try:
            sign_in_client(client, who, level)
        except LoginClosed:
            assert who in self.dead
            return
        assert who not in self.dead
        self.logins[who] = client, level, self.now

    def _own(self, who: Bsn) -> Login | None:
        return None if who in self.dead else sign_in_client(Client(), who, Level.SUBSTANTIAL)

    @rule(
        giver=people,
        holder=people,
        products=st.sampled_from([frozenset({"geld"}), frozenset(PRODUCTS)]),
        may_submit=st.booleans(),
        days=st.integers(0, 1),
    )
    def grant(self, giver: Bsn, holder: Bsn, products: frozenset[str], may_submit: bool, days: int) -> None:
        one, other = self._own(giver), self._own(holder)
        if one is None or other is None:
            return
        last_day = clock.today() + timedelta(days=days)
        terms = mandates.Terms(products=products, last_day=last_day, may_submit=may_submit)
        try:
            number, _ = giving.give(own_access(one, Permission.SUBMIT), name="A", terms=terms)
            shown = giving.code_once(own_access(one, Permission.READ), number)
            assert shown is not None
            answering.accept(own_access(other, Permission.SUBMIT), shown[1], name="B")
        except (CannotMandate, CodeUnknown):
            assert giver == holder or {giver, holder} & set(self.ward)
            return
        assert giver != holder and not {giver, holder} & set(self.ward)
        until = MIDNIGHT + timedelta(days=(last_day - date(2026, 6, 15)).days)
        self.held.append(Given(str(number), giver, holder, products, may_submit, until, asked_again=self.step))

    @precondition(lambda self: self.held)
    @rule(which=st.integers(0, 9), by_giver=st.booleans())
    def revoke(self, which: int, by_giver: bool) -> None:
        each = self.held[-1 - which % len(self.held)]
        own = self._own(each.giver if by_giver else each.holder)
        if own:
            mandates.end(own_access(own, Permission.SUBMIT), Mandate.objects.get(id=each.number).id)
            each.stopped = True

    @rule(who=people, is_on=st.booleans())
    def guardianship(self, who: Bsn, is_on: bool) -> None:
        self._say(who, "curatoren.aanwezig", self.ward, is_on)

    @rule(who=people, is_on=st.booleans())
    def bankruptcy(self, who: Bsn, is_on: bool) -> None:
        self._say(who, "insolventies.failliet", self.bankrupt, is_on)

    def _say(self, who: Bsn, what: str, since: dict[Bsn, Since], is_on: bool) -> None:
        self.step += 1
        self.courts.setdefault(who, {})[what] = True if is_on else None
        if is_on:
            since.setdefault(who, (self.now, self.step))
        else:
            since.pop(who, None)
        for each in self.held:
            each.ever |= {what} if is_on and who in (each.giver, each.holder) else set()

    @rule(who=people, is_on=st.booleans())
    def parent(self, who: Bsn, is_on: bool) -> None:
        relation = {"soort": "EenhoofdigOuderlijkGezag", "minderjarige": CHILD.value, "naam": "K.", "leeftijd": 6}
        self.population[who]["gezag"] = (relation,) if is_on else None
        if is_on:
            self.parents.add(who)
        elif who in self.parents:
            self.parents.discard(who)
            self.no_parent_since[who] = self.now

    @rule(who=people)
    def look_up(self, who: Bsn) -> None:
        own = self._own(who)
        if own is not None:
            registers.look_up(own_access(own, Permission.READ))

    @rule(who=people, what=st.sampled_from([RecordChanged, DeathRegistered, DeathCorrected, DeathCorrected]))
    def event(self, who: Bsn, what: type) -> None:
        self.step += 1
        more = {"registry": "brp"} if what is RecordChanged else {}
        with transaction.atomic():
            emit(what(party=party_for(who), **more), person="somebody")
        outbox.run_once()
        if what is DeathRegistered:
            self.dead.add(who)
            self.logins.pop(who, None)
        elif what is DeathCorrected:
            self.dead.discard(who)
        for each in self.held:
            if who in (each.giver, each.holder):
                each.asked_again = self.step
        if who in self.no_parent_since:
            self.no_parent_since[who] -= QUARTER

    @precondition(lambda self: self.held)
    @rule(
        which=st.integers(0, 9),
        product=st.sampled_from([*PRODUCTS]),
        permission=permissions,
        level=st.sampled_from([None, Level.LOW, Level.SUBSTANTIAL, Level.SUBSTANTIAL]),
        waits=st.booleans(),
    )
    def use(self, which: int, product: str, permission: Permission, level: Level | None, waits: bool) -> None:
        each = self.held[-1 - which % len(self.held)]
        if waits:
            self.later(16)
        if level is not None or each.holder not in self.logins:
            self.log_in(each.holder, level or Level.SUBSTANTIAL)
        self.ask(each.holder, each.giver, product, permission)

    @invariant()
    def ask_what_was_given(self) -> None:
        """Ask after each step for what somebody was given last, or at first, and for the child."""
        for each in {id(one): one for one in (self.held[0], self.held[-1])}.values():
            self.log_in(each.holder, Level.SUBSTANTIAL)
            self.ask(each.holder, each.giver, "geld", Permission.SUBMIT)
            self.ask(each.holder, each.giver, "zorg", Permission.READ)
        self.ask(BORIS, CHILD, "zorg", Permission.READ)

    @rule(
        who=people,
        whom=st.sampled_from([*GROWN_UP, CHILD]),
        product=st.sampled_from([*PRODUCTS]),
        permission=permissions,
    )
    def ask(self, who: Bsn, whom: Bsn, product: str, permission: Permission) -> None:
        if who == whom or who not in self.logins:
            return
        client, level, at = self.logins[who]
        is_let = self._is_let(sessions.find(request_of(client)).login, whom, product, permission)
        is_sure = level >= Level.SUBSTANTIAL and self.now < at + timedelta(hours=4) and who not in self.dead
        covers = [each for each in self.held if self._could(each, who, whom, product, permission)]
        is_parent = whom == CHILD and permission is not Permission.DECIDE and self._was_parent(who)
        assert not is_let or (is_sure and (covers or is_parent)), "somebody did what nothing covers"
        if is_sure and self.now < at + QUARTER and any(not each.ever for each in covers):
            assert is_let, "somebody was refused what they were given"
        self.seen.add(is_let)

    def _is_let(self, login: Login | None, whom: Bsn, product: str, permission: Permission) -> bool:
        task = Product(
            id=product,
            organisation=organisations_of.operator().oin,
            activity=activities.activity(TASK),
            level=Level.SUBSTANTIAL,
            matter=PRODUCTS[product],
        )
        try:
            require(login, task, permission, subject=Subject(party=party_for(whom), bsn=whom))
        except (Denied, LoginNeeded, StepUpNeeded):
            return False
        return True

    def _could(self, each: Given, who: Bsn, whom: Bsn, product: str, permission: Permission) -> bool:
        """Say whether a mandate could still cover this: the courts are believed for a quarter of an hour."""
        is_for = (each.giver, each.holder) == (whom, who) and product in each.products and not each.stopped
        if not is_for or self.now >= each.until or permission not in ACTS[each.may_submit]:
            return False
        if {each.giver, each.holder} & self.dead or any(self._noticed(self.ward.get(p), each) for p in (whom, who)):
            return False
        return product != "geld" or not self._noticed(self.bankrupt.get(whom), each)

    def _noticed(self, since: Since | None, each: Given) -> bool:
        return since is not None and (self.now >= since[0] + QUARTER or each.asked_again > since[1])

    def _was_parent(self, who: Bsn) -> bool:
        ended = self.no_parent_since.get(who)
        return who in self.parents or (ended is not None and self.now < ended + QUARTER)


@pytest.fixture(autouse=True)
def registers_as_before(organisations: None) -> Iterator[None]:
    """Put the registers back."""
    yield
    adapters.configure(configured.REGISTRIES)


@pytest.mark.slow
def test_whatever_happens_in_whatever_order_nobody_does_what_nothing_covers():
    Days.seen.clear()
    run_state_machine_as_test(
        Days,
        settings=settings(
            max_examples=30,
            stateful_step_count=20,
            deadline=None,
            phases=[Phase.generate],  # a step is slow: what failed is told, and not made smaller
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    assert Days.seen == {True, False}
