"""What who keeps the instance running sees: what is stuck, since when, what to do, and nothing about people."""

from dataclasses import dataclass
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse

from dichterbij.ground.logbook import sealing
from dichterbij.ground.outbox import event, handlers
from dichterbij.ground.outbox import services as outbox
from dichterbij.ground.outbox.domain import ATTEMPTS
from dichterbij.ground.outbox.models import Delivery
from dichterbij.ground.registry import health as sources
from dichterbij.kernel import clock
from dichterbij.project import health

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class PipeBurst:
    pipe: UUID


@pytest.fixture
def repaired():
    """Break a handler until the test puts something in the list."""
    done: list[UUID] = []
    is_repaired: list[bool] = []

    def act(happened: PipeBurst, event_id: UUID) -> None:
        if not is_repaired:
            raise RuntimeError("lek bij mevrouw Zwaanstra")
        done.append(happened.pipe)

    handlers.register(PipeBurst, "tests.pipe", act)
    yield is_repaired, done
    handlers.forget("tests.pipe")


@pytest.fixture
def stuck(repaired, organisations) -> UUID:
    pipe = uuid4()
    outbox.emit(PipeBurst(pipe=pipe), person=None)
    for _ in range(ATTEMPTS):
        Delivery.objects.update(not_before=clock.machine_time())
        outbox.run_once()
    return pipe


@pytest.fixture
def operator(log_in):
    return log_in("rotterdam_reader")


def read(response: HttpResponse) -> str:
    return unescape(response.content.decode()).replace("\xa0", " ")


def test_when_all_is_well_the_page_says_so(operator):
    sealing.seal()
    page = read(operator.get("/operate"))
    for words in ("Er zit niets vast.", "Alle bronnen geven antwoord.", "Werkt"):
        assert words in page
    assert "Werkt niet" not in page


def test_what_failed_ten_times_is_shown_with_its_kind_and_without_its_words(operator, stuck):
    page = read(operator.get("/operate"))
    assert "tests.pipe" in page
    assert "RuntimeError" in page
    assert "Zwaanstra" not in page


def test_what_is_stuck_can_be_tried_again_after_the_repair(operator, stuck, repaired):
    is_repaired, done = repaired
    is_repaired.append(True)
    delivery = Delivery.objects.get(handler="tests.pipe")
    assert operator.post("/operate", {"delivery": delivery.pk}).url == "/operate"
    outbox.run_once()
    assert done == [stuck]
    assert "Er zit niets vast." in read(operator.get("/operate"))


def test_nonsense_instead_of_a_delivery_changes_nothing(operator, stuck):
    for nonsense in ("", "x", "-1", "²", "999999", "9" * 40):
        assert operator.post("/operate", {"delivery": nonsense}).status_code == 302
    assert "tests.pipe" in read(operator.get("/operate"))


def test_a_source_that_is_down_is_named(operator):
    sources.failed("duo")
    try:
        assert "Studiegegevens van DUO, sinds" in read(operator.get("/operate"))
    finally:
        sources.answered("duo")


def test_the_last_sealed_head_is_shown_so_that_it_can_be_kept_elsewhere(operator, log_in):
    log_in("student").post("/my-data")
    sealing.seal()
    page = read(operator.get("/operate"))
    assert "<code>open:" in page


def test_a_part_that_does_not_work_is_shown_with_what_to_do(operator, monkeypatch):
    monkeypatch.setitem(health.CHECKS, "laws", lambda: False)
    page = read(operator.get("/operate"))
    assert "Werkt niet" in page
    assert "dichterbij law check" in page


def test_only_who_operates_sees_the_page_or_the_way_to_it(log_in, organisations):
    for key, status in (("rotterdam_handler", 403), ("duo_reader", 403), ("student", 302)):
        client = log_in(key)
        assert client.get("/operate").status_code == status
        assert client.post("/operate", {"delivery": "1"}).status_code == status
    assert "Beheer" not in read(log_in("rotterdam_handler").get("/desk"))
    assert "Beheer" in read(log_in("rotterdam_reader").get("/desk"))
