"""Authority by law: an administrator has the money, a mentor the care, a guardian everything."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from dichterbij.ground.authority import giving, mandates, registers, standing
from dichterbij.ground.authority.domain import Allow, Denied, Deny, Refusal
from dichterbij.ground.authority.portal import TASK, own_access
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity.register_events import RecordChanged
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.organisations import queries as organisations_of
from dichterbij.ground.outbox import services as outbox
from dichterbij.ground.outbox.services import emit
from dichterbij.ground.registry import activities, adapters
from dichterbij.ground.registry.adapters import ccbr
from dichterbij.ground.registry.answers import RegistryUnavailable
from dichterbij.kernel import clock
from dichterbij.kernel.access import Matter, Permission, Product, Subject
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level

from .said import Register, Silent

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
TERMS = mandates.Terms(products=frozenset({"iets"}), last_day=date(2026, 6, 15))
ANNA, BORIS = Bsn("999990007"), Bsn("999990019")


@pytest.fixture
def court(organisations: None) -> Iterator[Callable[[str], None]]:
    """Return a function that lets the court appoint Anna for Boris."""

    def appoint(*kinds: str) -> None:
        rows = tuple({"nummer": BORIS.value, "soort": kind} for kind in kinds)
        adapters.register("ccbr", Register(clienten=rows or None))

    adapters.register("brp", Register(**{"naam.volledigeNaam": "B. Verzonnen"}))
    adapters.register("kvk", Register())
    yield appoint
    adapters.configure(settings.REGISTRIES)


def _asked(matter: Matter | None) -> Allow | Deny:
    """Ask for Anna to send something of this matter for Boris."""
    login = sign_in_client(Client(), ANNA, Level.SUBSTANTIAL)
    subject = Subject(party=party_for(BORIS), bsn=BORIS)
    product = Product(
        id="iets",
        organisation=organisations_of.operator().oin,
        activity=activities.activity(TASK),
        level=Level.SUBSTANTIAL,
        matter=matter,
    )
    try:
        return Allow(require(login, product, Permission.SUBMIT, subject=subject))
    except Denied as problem:
        return Deny(problem.reason)


def _look_up() -> None:
    registers.look_up(own_access(sign_in_client(Client(), ANNA, Level.SUBSTANTIAL), Permission.READ))


@pytest.mark.parametrize(
    ("kind", "matter", "may"),
    [
        ("bewind", Matter.MONEY, True),
        ("bewind", Matter.CARE, False),
        ("bewind", Matter.OTHER, False),
        ("bewind", None, False),
        ("mentorschap", Matter.CARE, True),
        ("mentorschap", Matter.MONEY, False),
        ("curatele", Matter.MONEY, True),
        ("curatele", Matter.CARE, True),
        ("curatele", None, True),
        ("iets nieuws", Matter.MONEY, False),
    ],
)
def test_an_administrator_has_the_money_a_mentor_the_care_and_a_guardian_everything(court, kind, matter, may):
    court(kind)
    _look_up()
    assert isinstance(_asked(matter), Allow) is may


def test_two_appointments_of_one_person_count_together(court):
    court("bewind", "mentorschap")
    _look_up()
    assert isinstance(_asked(Matter.MONEY), Allow)
    assert isinstance(_asked(Matter.CARE), Allow)
    assert not isinstance(_asked(Matter.OTHER), Allow)


def test_an_appointment_that_ended_is_over_when_the_register_is_asked_again(court):
    court("curatele")
    _look_up()
    assert isinstance(_asked(Matter.MONEY), Allow)
    court()
    registers.forget(party_for(BORIS))
    assert _asked(Matter.MONEY) == Deny(Refusal.NO_AUTHORITY)


def test_a_register_that_does_not_answer_stops_no_other(court):
    relation = {"minderjarige": BORIS.value, "naam": "B. Verzonnen"}
    adapters.register("brp", Register(gezag=(relation,)))
    adapters.register("ccbr", Silent())
    with pytest.raises(RegistryUnavailable):
        _look_up()
    assert isinstance(_asked(Matter.CARE), Allow)
    registers.forget(party_for(BORIS))
    assert isinstance(_asked(Matter.CARE), Allow)


def test_what_a_silent_register_said_before_is_not_believed_for_ever(court):
    court("curatele")
    _look_up()
    adapters.register("ccbr", Silent())
    registers.forget(party_for(BORIS))
    with pytest.raises(RegistryUnavailable):
        _asked(Matter.CARE)


def test_a_register_that_says_something_changed_is_asked_again(court):
    court("curatele")
    _look_up()
    court()
    with transaction.atomic():
        emit(RecordChanged(party=party_for(BORIS), registry="brp"), person="boris")
    outbox.run_once()
    assert _asked(Matter.MONEY) == Deny(Refusal.NO_AUTHORITY)


def test_an_appointment_that_the_register_names_twice_counts_once(court):
    court("curatele", "curatele")
    _look_up()
    assert isinstance(_asked(Matter.MONEY), Allow)


def test_who_has_no_full_day_of_birth_is_not_called_a_child(court):
    access = own_access(sign_in_client(Client(), ANNA, Level.SUBSTANTIAL), Permission.SUBMIT)
    with pytest.raises(standing.CannotMandate, match="op welke dag u geboren bent"):
        giving.give(access, name="A. Verzonnen", terms=TERMS)


def test_who_has_an_institution_as_guardian_cannot_mandate_either(court):
    curators = [{"instelling": True, "ingangsdatum": "2020-01-01"}]
    said = ccbr.FIELDS["curatoren.aanwezig"].read(curators, clock.today())
    adapters.register("ccbr", Register(**{"curatoren.aanwezig": said and said.value}))
    adapters.register("brp", Register(**{"geboorte.datum": "1980-01-01"}))
    access = own_access(sign_in_client(Client(), ANNA, Level.SUBSTANTIAL), Permission.SUBMIT)
    with pytest.raises(standing.CannotMandate, match="curator"):
        giving.give(access, name="A. Verzonnen", terms=TERMS)
