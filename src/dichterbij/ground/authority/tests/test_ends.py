"""When authority by law ends: at eighteen, a quarter of an hour after it was told, or by an event of the register."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from dichterbij.ground.authority import registers
from dichterbij.ground.authority.domain import Denied, Refusal
from dichterbij.ground.authority.portal import TASK, own_access
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.identity.register_events import RecordChanged
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.organisations import queries as organisations_of
from dichterbij.ground.outbox import services as outbox
from dichterbij.ground.outbox.services import emit
from dichterbij.ground.registry import activities, adapters
from dichterbij.ground.registry.domain import Query, RawRecord
from dichterbij.kernel import clock
from dichterbij.kernel.access import Matter, Permission, Product, Subject
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level
from dichterbij.law.calendar_rules import age

from .said import Register

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
ANNA, CHILD = Bsn("999990007"), Bsn("999990032")
SECOND = timedelta(seconds=1)


class Population(Register):
    """The population register, which says that Anna has authority over a child until it is eighteen."""

    def __init__(self, born_on: date) -> None:
        super().__init__()
        self._born_on = born_on

    def fetch(self, query: Query) -> Mapping[Bsn, RawRecord]:
        """Answer as of the day on which it is asked."""
        years = age(self._born_on, clock.today())
        relation = {"soort": "EenhoofdigOuderlijkGezag", "minderjarige": CHILD.value, "naam": "K.", "leeftijd": years}
        self.values = {"gezag": (relation,) if years < 18 else None}
        return super().fetch(query)


@pytest.fixture(autouse=True)
def registers_of_test(organisations: None) -> Iterator[None]:
    """Let no other register say anything."""
    for name in ("ccbr", "kvk"):
        adapters.register(name, Register())
    yield
    adapters.configure(settings.REGISTRIES)


def _looked_up() -> Login:
    login = sign_in_client(Client(), ANNA, Level.SUBSTANTIAL)
    registers.look_up(own_access(login, Permission.READ))
    return login


def _refused(login: Login) -> Refusal | None:
    product = Product(
        id="iets",
        organisation=organisations_of.operator().oin,
        activity=activities.activity(TASK),
        level=Level.SUBSTANTIAL,
        matter=Matter.MONEY,
    )
    try:
        require(login, product, Permission.SUBMIT, subject=Subject(party=party_for(CHILD), bsn=CHILD))
    except Denied as problem:
        return problem.reason
    return None


@pytest.mark.parametrize(
    ("born_on", "midnight"),
    [
        ("2008-06-16", "2026-06-15T22:00:00"),
        ("2008-01-10", "2026-01-09T23:00:00"),
        ("2008-03-29", "2026-03-28T23:00:00"),
        ("2008-10-25", "2026-10-24T22:00:00"),
        ("2008-10-26", "2026-10-25T23:00:00"),
        ("2008-02-29", "2026-02-27T23:00:00"),
    ],
    ids=["summer", "winter", "the night before summer time", "before winter time", "after it", "29 February"],
)
def test_a_parent_acts_until_midnight_in_amsterdam_of_the_eighteenth_birthday(born_on, midnight):
    adapters.register("brp", Population(date.fromisoformat(born_on)))
    ends_at = datetime.fromisoformat(midnight).replace(tzinfo=UTC)
    with clock.frozen(ends_at - timedelta(minutes=5)):
        login = _looked_up()
        assert _refused(login) is None
    with clock.frozen(ends_at - SECOND):
        assert _refused(login) is None
    with clock.frozen(ends_at):
        assert _refused(login) is Refusal.NO_AUTHORITY


def test_a_register_that_still_names_a_parent_of_who_is_eighteen_is_not_believed():
    relation = {"soort": "EenhoofdigOuderlijkGezag", "minderjarige": CHILD.value, "naam": "K.", "leeftijd": 18}
    adapters.register("brp", Register(gezag=(relation,)))
    assert _refused(_looked_up()) is Refusal.NO_AUTHORITY


def test_what_a_register_said_is_believed_for_a_quarter_of_an_hour_to_the_second():
    adapters.register("brp", Population(date(2020, 1, 1)))
    login, start = _looked_up(), clock.now()
    adapters.register("brp", Register())
    with clock.frozen(start + registers.BELIEVED - SECOND):
        assert _refused(login) is None
    with clock.frozen(start + registers.BELIEVED):
        assert _refused(sign_in_client(Client(), ANNA, Level.SUBSTANTIAL)) is Refusal.NO_AUTHORITY


def test_an_event_of_the_register_ends_it_at_once():
    adapters.register("brp", Population(date(2020, 1, 1)))
    login = _looked_up()
    adapters.register("brp", Register())
    assert _refused(login) is None
    with transaction.atomic():
        emit(RecordChanged(party=party_for(CHILD), registry="brp"), person="child")
    outbox.run_once()
    assert _refused(login) is Refusal.NO_AUTHORITY
