"""What a registered death sets off by itself, once, and how a mistake is undone."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest

from dichterbij.delivery.contact import wishes
from dichterbij.delivery.contact.domain import EVERYTHING, Notify, Wish
from dichterbij.delivery.messages.models import Message, PrintJob
from dichterbij.front.life_events import plans
from dichterbij.front.life_events.models import Plan
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.register_events import cause_of, receive
from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.organisations import keys, queries
from dichterbij.ground.organisations import services as organisations
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel.identifiers import Bsn, Oin
from dichterbij_world.events import correct_death, register_death

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def party(world, key: str):
    return identity.party_for(Bsn(world.persona(key).bsn))


def deliver(world) -> None:
    for event in world.events():
        receive(event)
    outbox.run_once()


def text_of(message: Message) -> str:
    page = keys.open_sealed(Oin(message.organisation), bytes(message.page_sealed), purpose="messages.page")
    return page.decode()


def test_a_registered_death_lets_a_plan_wait_for_the_family_that_says_nothing(own, world):
    deliver(world)
    plan = Plan.objects.get(party=party(world, "student"))
    assert plan.is_waiting
    assert plan.opened_at is None
    assert plans.about_of(plan).deceased is None
    assert plans.about_of(plan).candidates == ()


def test_nothing_is_read_about_the_family_before_they_open_their_plan(own, world):
    deliver(world)
    assert logbook.acts_about(own("student"), limit=20) == ()


def test_the_next_of_kin_get_a_letter_on_paper_with_condolence_and_four_ways_to_go_on(own, world):
    deliver(world)
    message = Message.objects.get(party=party(world, "student_mother"))
    assert PrintJob.objects.filter(message=message).count() == 1
    page = text_of(message)
    assert "De nabestaanden van" in page
    assert "Gecondoleerd" in page
    ways = page.split("Zo kunt u verder")[1]
    for way in ("Online", "Bellen", "Langskomen", "Op papier"):
        assert way in ways
    assert world.persona("student_mother").bsn not in page
    pdf = keys.open_sealed(Oin(message.organisation), bytes(message.pdf_sealed), purpose="messages.pdf")
    assert len(pikepdf.open(BytesIO(pdf)).pages) == 1


def test_the_letter_to_the_next_of_kin_does_not_send_them_to_a_phone_that_is_closed(own, world):
    organisations.close(queries.operator().oin, ["call"])
    deliver(world)
    ways = text_of(Message.objects.get(party=party(world, "student_mother"))).split("Zo kunt u verder")[1]
    assert "is nu niet te bereiken door: bellen. Dit kan wel: op de site, langskomen, schrijven." in ways
    assert "14 010" not in ways
    assert "Aan de balie helpt een medewerker u." in ways


def test_a_relative_who_wants_everything_on_paper_gets_a_letter_that_an_overview_waits(own, world):
    wishes.prefer(party(world, "student"), EVERYTHING, Wish(notify=Notify.NONE, by_post=True))
    deliver(world)
    (message,) = Message.objects.filter(party=party(world, "student"))
    assert PrintJob.objects.filter(message=message).count() == 1
    assert message.is_addressed
    page = text_of(message)
    assert "Er ligt een overzicht voor u klaar" in page
    assert "Hanneke" not in page
    for way in ("Online", "Bellen", "Langskomen", "Op papier"):
        assert way in page.split("Zo kunt u verder")[1]
    deliver(world)
    assert Message.objects.filter(party=party(world, "student")).count() == 1


def test_after_a_wrong_death_that_letter_is_not_printed_and_another_one_says_sorry(own, world):
    daughter, living = party(world, "widow_daughter"), world.persona("widow").bsn
    register_death(world.path, living, date(2026, 6, 14))
    wishes.prefer(daughter, EVERYTHING, Wish(notify=Notify.NONE, by_post=True))
    deliver(world)
    correct_death(world.path, living)
    deliver(world)
    cause = cause_of(party(world, "widow"))
    assert not Plan.objects.filter(party=daughter, cause=cause).exists()
    waiting = PrintJob.objects.filter(message__party=daughter)
    assert [text_of(job.message).count("Een plan van u is weggehaald") > 0 for job in waiting] == [True]


def test_the_same_event_twice_changes_nothing(own, world):
    deliver(world)
    before = (Plan.objects.count(), Message.objects.count(), PrintJob.objects.count())
    deliver(world)
    assert (Plan.objects.count(), Message.objects.count(), PrintJob.objects.count()) == before


def test_opening_the_plan_that_waited_makes_no_second_one(own, world):
    deliver(world)
    plan = plans.begin(own("student"), "overlijden")
    who = plans.about_of(Plan.objects.get(id=plan)).candidates[0]
    plans.open_plan(own("student"), plan, who, {"zelfde_adres_als_overledene": True})
    assert Plan.objects.filter(party=party(world, "student")).count() == 1


def test_a_wrong_death_is_undone_completely_with_an_apology(own, world):
    living = world.persona("widow").bsn
    register_death(world.path, living, date(2026, 6, 14))
    deliver(world)
    daughter, widow = party(world, "widow_daughter"), party(world, "widow")
    cause = cause_of(widow)
    assert Plan.objects.filter(party=daughter, cause=cause).exists()
    correct_death(world.path, living)
    deliver(world)
    assert not Plan.objects.filter(cause=cause).exists()
    letters = Message.objects.filter(party=widow).order_by("sent_at")
    assert "excuses" in text_of(letters.last())
    assert PrintJob.objects.filter(message=letters.last()).exists()


def test_who_had_opened_a_plan_hears_that_it_is_gone_and_who_had_not_hears_nothing(own, world):
    living = world.persona("widow").bsn
    register_death(world.path, living, date(2026, 6, 14))
    deliver(world)
    plan = plans.begin(own("widow_daughter"), "overlijden")
    found = [each for each in plans.about_of(Plan.objects.get(id=plan)).candidates if each.died_on.day == 14]
    plans.open_plan(own("widow_daughter"), plan, found[0], {"zelfde_adres_als_overledene": False})
    correct_death(world.path, living)
    deliver(world)
    (message,) = Message.objects.filter(party=party(world, "widow_daughter"))
    assert "Het plan is weg" in text_of(message)
    assert world.persona("widow").name not in text_of(message)


def test_a_death_that_the_register_no_longer_knows_sets_nothing_off(own, world):
    living = world.persona("widow").bsn
    register_death(world.path, living, date(2026, 6, 14))
    correct_death(world.path, living)
    deliver(world)
    assert not Plan.objects.filter(cause=cause_of(party(world, "widow"))).exists()
