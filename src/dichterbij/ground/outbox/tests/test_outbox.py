"""Events reach their handlers: at least once, in order per person, again after a failure, never silently lost."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.ground.outbox import domain, event, handlers, queries, retention, services
from dichterbij.ground.outbox.models import Delivery, Event
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Bsn, Oin

pytestmark = pytest.mark.django_db(transaction=True)


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class LampLit:
    lamp: UUID
    on: date
    at: datetime
    by: Oin | None
    colours: tuple[str, ...]
    number: int
    is_bright: bool


def lit(number: int = 1) -> LampLit:
    return LampLit(
        lamp=uuid4(),
        on=date(2026, 6, 15),
        at=datetime(2026, 6, 15, 9, tzinfo=UTC),
        by=None,
        colours=("red",),
        number=number,
        is_bright=True,
    )


@pytest.fixture
def seen():
    told: list[tuple[str, int]] = []
    failing: set[int] = set()

    def act(happened: LampLit, event_id: UUID) -> None:
        if happened.number in failing:
            raise RuntimeError("broken")
        told.append((str(happened.lamp), happened.number))

    handlers.register(LampLit, "tests.lamp", act)
    told_and_failing = (told, failing)
    yield told_and_failing
    handlers.forget("tests.lamp")


def let_time_pass() -> None:
    Delivery.objects.update(not_before=clock.machine_time() - timedelta(seconds=1))


@given(
    on=st.dates(),
    at=st.datetimes(timezones=st.just(UTC)),
    by=st.none() | st.just(Oin("00000099100000003000")),
    colours=st.lists(st.text()).map(tuple),
    number=st.integers(),
    is_bright=st.booleans(),
)
def test_an_event_is_read_back_as_it_was_written(on, at, by, colours, number, is_bright):
    happened = LampLit(lamp=uuid4(), on=on, at=at, by=by, colours=colours, number=number, is_bright=is_bright)
    assert domain.read(domain.name_of(LampLit), domain.write(happened)) == happened


def test_an_event_cannot_hold_a_bsn():
    with pytest.raises(TypeError, match="cannot hold"):

        @event
        @dataclass(frozen=True)
        class PersonNamed:
            bsn: Bsn


def test_an_event_that_can_change_is_refused():
    with pytest.raises(TypeError, match="frozen"):

        @event
        @dataclass
        class Changeable:
            number: int


def test_an_event_is_delivered_once_its_transaction_commits(seen):
    with transaction.atomic():
        services.emit(lit(), person="a")
    assert services.run_once() == 1
    assert [number for _, number in seen[0]] == [1]
    assert services.run_once() == 0


def test_without_the_commit_of_the_caller_nothing_happened(seen):
    with pytest.raises(RuntimeError), transaction.atomic():
        services.emit(lit(), person="a")
        raise RuntimeError
    assert services.run_once() == 0
    assert not Event.objects.exists()


def test_events_of_one_person_wait_for_an_earlier_one_that_failed(seen):
    told, failing = seen
    failing.add(1)
    services.emit(lit(1), person="a")
    services.emit(lit(2), person="a")
    services.emit(lit(3), person="b")
    services.run_once()
    assert [number for _, number in told] == [3]
    failing.clear()
    let_time_pass()
    services.run_once()
    assert [number for _, number in told] == [3, 1, 2]


def test_after_ten_failures_an_event_is_parked_and_shown_until_the_operator_releases_it(seen):
    told, failing = seen
    failing.add(1)
    services.emit(lit(1), person="a")
    for _ in range(10):
        let_time_pass()
        services.run_once()
    (stuck,) = queries.stuck()
    assert (stuck.handler, stuck.problem) == ("tests.lamp", "RuntimeError")
    let_time_pass()
    assert services.run_once() == 0
    failing.clear()
    services.release(stuck.delivery)
    services.run_once()
    assert [number for _, number in told] == [1]
    assert queries.stuck() == ()


def test_the_operator_sees_what_waits_and_what_is_stuck_and_tries_it_again(seen, capsys):
    seen[1].add(1)
    services.emit(lit(1), person="a")
    for _ in range(10):
        let_time_pass()
        services.run_once()
    services.emit(lit(2), person="b")
    call_command("outbox", "--stuck")
    shown = capsys.readouterr().out
    assert "1 waiting, the oldest for 0 seconds" in shown
    assert "tests.lamp" in shown
    seen[1].clear()
    stuck = queries.stuck()[0].delivery
    call_command("outbox", "--release", stuck)  # and it ends: delivering is the work of who serves
    with pytest.raises(CommandError, match="not stuck"):
        call_command("outbox", "--release", stuck)
    call_command("outbox", "--once")
    assert "2 deliveries tried" in capsys.readouterr().out


def test_a_failure_is_not_tried_again_at_once(seen):
    seen[1].add(1)
    services.emit(lit(1), person="a")
    assert services.run_once() == 1
    assert services.run_once() == 0
    assert queries.waiting() == 1


def test_a_delivery_whose_process_died_is_taken_over_after_the_lease(seen):
    services.emit(lit(1), person="a")
    assert services._claim() is not None  # and then the process died
    assert services.run_once() == 0
    let_time_pass()
    assert services.run_once() == 1
    assert [number for _, number in seen[0]] == [1]


def test_the_handler_of_a_room_that_is_gone_is_a_failure_and_not_a_loss(seen):
    services.emit(lit(1), person="a")
    handlers.forget("tests.lamp")
    services.run_once()
    assert Delivery.objects.get().problem == "UnknownEvent"


def test_handled_events_leave_after_thirty_days_and_unhandled_ones_stay(seen):
    seen[1].add(2)
    services.emit(lit(1), person="a")
    services.emit(lit(2), person="b")
    services.run_once()
    Event.objects.update(happened_at=clock.now() - timedelta(days=31))
    assert retention.run()["outbox.Event"] == 1
    assert [row.body["number"] for row in Event.objects.all()] == [2]


def test_a_rule_that_fails_does_not_keep_the_others_from_running(seen, monkeypatch):
    def broken(_now):
        raise OSError

    monkeypatch.setitem(retention._rules, "a.First", retention.Rule(model="a.First", why="-", keep="-", purge=broken))
    removed = retention.run()
    assert "a.First" not in removed
    assert "outbox.Event" in removed


def test_every_rule_of_retention_says_why_and_how_long():
    assert retention.rules()
    assert all(rule.why and rule.keep for rule in retention.rules())
