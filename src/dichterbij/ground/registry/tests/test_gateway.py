"""Authorise, fetch, filter, record, release: what is refused, what is cut, and that nothing leaves without a line."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.logbook.domain import Entry, Kind, LogbookUnavailable, OpenTransaction, Result
from dichterbij.ground.logbook.lines import parsed
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.registry import activities, adapters, answers, fetching, health, restraint, services
from dichterbij.ground.registry.domain import Query, RawRecord, RawValue, SourceRefused, SourceUnavailable
from dichterbij.ground.registry.models import Look
from dichterbij.kernel import clock
from dichterbij.kernel.access import Actor, Role
from dichterbij.kernel.identifiers import Bsn, Oin, passes_eleven_test
from dichterbij.kernel.problems import AccessExpired, Problem

ANNA, BRAM, UNKNOWN = Bsn("999993653"), Bsn("999990019"), Bsn("999995200")
DUO, SVB = Oin("00000099100000003000"), Oin("00000099100000005000")
ALLOWED = ("geboorte.datum", "overlijden.datum", "ouders.1.burgerservicenummer")
pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "logbook"]),
    pytest.mark.usefixtures("organisations"),
]


class Talkative:
    """A source that says more than it was asked, about more people than it was asked about."""

    def __init__(self, act: Callable[[Query], None] = lambda _query: None) -> None:
        self.asked: list[Query] = []
        self.act = act

    def fetch(self, query: Query) -> Mapping[Bsn, RawRecord]:
        self.asked.append(query)
        self.act(query)
        values = {name: RawValue(value="x") for name in (*query.fields, "naam.voornamen")}
        record = RawRecord(values=values, in_investigation=frozenset({"geboorte.datum"}), confidential=True)
        return dict.fromkeys((ANNA, BRAM), record)


@pytest.fixture
def brp():
    fetching._connect()
    before, talkative = adapters.adapter("brp"), Talkative()
    adapters.register("brp", talkative)
    yield talkative
    adapters.register("brp", before)
    health.answered("brp")


@pytest.fixture
def access(new_access):
    return new_access(bsn=ANNA, organisation=DUO, activity=activities.activity("duo.aanvullende-beurs"))


def about(*persons: Bsn, fields: tuple[str, ...] = ("geboorte.datum",)) -> Query:
    return Query(registry="brp", persons=persons or (ANNA,), fields=fields, at=date(2026, 6, 15))


def lines() -> list[tuple[str, str, list[str]]]:
    return [(row.kind, parsed(row)["outcome"], parsed(row)["fields"]) for row in Line.objects.order_by("id")]


# ------------------------------------------------------------------------------------------------ release


def test_exactly_what_was_asked_is_released_however_much_the_source_says(access, brp):
    answer = services.read(access, about(ANNA))
    assert set(answer.records) == {ANNA}
    assert set(answer.records[ANNA].values) == {"geboorte.datum"}


def test_flags_travel_with_the_data_unasked(access, brp):
    record = services.read(access, about(ANNA)).records[ANNA]
    assert record.confidential
    assert record.values["geboorte.datum"].in_investigation


def test_each_person_gets_a_line_of_their_own_also_when_the_source_does_not_know_them(access, brp):
    answer = services.read(access, about(ANNA, BRAM, UNKNOWN))
    assert len(answer.receipts) == 3
    assert [outcome for _, outcome, _ in lines()] == ["given", "given", "nothing"]
    assert len(set(Line.objects.values_list("subject", flat=True))) == 3
    assert UNKNOWN not in answer.records


def test_who_is_looked_at_to_answer_about_another_gets_a_line_too(access, brp, monkeypatch):
    looked_at = {BRAM: ("geboorte.datum", "kinderen.burgerservicenummer")}
    record = RawRecord(values={"geboorte.datum": RawValue(value="x")}, also_about=looked_at)
    monkeypatch.setattr(brp, "fetch", lambda _query: {ANNA: record})
    answer = services.read(access, about(ANNA))
    assert set(answer.records) == {ANNA}
    assert [fields for _, _, fields in lines()] == [["geboorte.datum"], list(looked_at[BRAM])]
    assert len(set(Line.objects.values_list("subject", flat=True))) == 2


def test_the_person_sees_the_look_at_once(access, brp):
    services.read(access, about(ANNA))
    (act,) = logbook.acts_about(access)
    assert (act.act, act.items) == (access.act, 1)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(fields=st.lists(st.sampled_from([*ALLOWED, "naam.voornamen", "burgerservicenummer"]), max_size=5).map(tuple))
def test_whatever_is_asked_either_all_of_it_is_released_and_recorded_or_nothing(access, brp, fields):
    before = Line.objects.filter(kind=Kind.READ).count()
    try:
        answer = services.read(access, about(ANNA, fields=fields))
    except Problem:
        assert Line.objects.filter(kind=Kind.READ).count() == before
    else:
        assert set(answer.records[ANNA].values) == set(fields) <= set(ALLOWED)
        assert Line.objects.filter(kind=Kind.READ).count() == before + 1


# ------------------------------------------------------------------------------------------------ no record, no data


def test_when_the_logbook_cannot_be_written_nothing_is_released(access, brp, read_only_logbook):
    with read_only_logbook(), pytest.raises(LogbookUnavailable):
        services.read(access, about(ANNA))
    assert services.read(access, about(ANNA)).records


@pytest.mark.parametrize("alias", ["default", "logbook"])
def test_nothing_is_read_inside_a_transaction(access, brp, alias):
    with transaction.atomic(using=alias), pytest.raises(OpenTransaction):
        services.read(access, about(ANNA))
    assert not brp.asked


# ------------------------------------------------------------------------------------------------ refusals


def refused(access, query, problem: type[Problem]) -> Problem:
    with pytest.raises(problem) as found:
        services.read(access, query)
    return found.value


def test_a_field_outside_the_activity_refuses_the_whole_question_and_names_the_field(access, brp):
    found = refused(access, about(ANNA, fields=("geboorte.datum", "naam.voornamen")), answers.FieldNotAllowed)
    assert found.fields == ("naam.voornamen",)
    assert not brp.asked
    assert lines() == [("denied", "refused", ["naam.voornamen"])]


def test_a_field_of_another_registry_is_outside_the_activity(access, brp):
    refused(access, replace(about(ANNA), registry="rvz", fields=("verzekering.zvw",)), answers.FieldNotAllowed)


def test_an_unknown_activity_reads_nothing_and_leaves_a_line(access, brp):
    unknown = replace(access, activity=replace(access.activity, id="duo.iets-anders"))
    refused(unknown, about(ANNA), answers.UnknownActivity)
    assert lines() == [("denied", "refused", ["geboorte.datum"])]


def test_an_organisation_cannot_use_the_activity_of_another(access, brp):
    refused(replace(access, organisation=SVB), about(ANNA), answers.UnknownActivity)
    assert not brp.asked


def test_an_activity_is_used_only_while_it_is_in_force(access, brp, monkeypatch):
    yesterday = clock.today() - timedelta(days=1)
    ended = replace(activities.registered(access.activity.id), last_on=yesterday)
    monkeypatch.setattr(activities, "registered", lambda _name: ended)
    refused(access, about(ANNA), answers.ActivityExpired)


def test_an_access_is_good_for_a_minute(access, brp):
    late = replace(access, at=clock.now() - timedelta(seconds=61))
    refused(late, about(ANNA), AccessExpired)
    assert not brp.asked


@pytest.mark.parametrize(
    "query",
    [
        about(ANNA, fields=()),
        about(ANNA, fields=("geboorte.datum", "geboorte.datum")),
        about(ANNA, fields=tuple(f"veld.{number}" for number in range(131))),
        about(ANNA, ANNA),
        replace(about(), persons=()),
        about(ANNA, fields=("geheimhoudingPersoonsgegevens",)),
        about(ANNA, fields=("opschortingBijhouding.reden",)),
    ],
)
def test_a_question_without_a_proper_form_is_refused(access, brp, query):
    assert refused(access, query, answers.InvalidQuery).status == 400
    assert not brp.asked
    assert lines()[0][:2] == ("denied", "refused")


# ------------------------------------------------------------------------------------------------ sources that fail


def fails(problem: Problem) -> Callable[[Query], None]:
    def act(_query: Query) -> None:
        raise problem

    return act


def test_a_source_that_is_down_is_named_with_the_first_failure_and_tried_is_recorded(access, brp):
    brp.act = fails(SourceUnavailable())
    first = refused(access, about(ANNA), answers.RegistryUnavailable)
    with clock.frozen(clock.now() + timedelta(seconds=30)):
        second = refused(replace(access, at=clock.now()), about(ANNA), answers.RegistryUnavailable)
    assert first.since == second.since
    assert first.registry == "brp"
    assert [outcome for _, outcome, _ in lines()] == ["unavailable", "unavailable"]
    brp.act = lambda _query: None
    services.read(access, about(ANNA))
    assert health.down() == {}


def test_a_failure_long_after_the_last_one_begins_a_new_row(access, brp):
    brp.act = fails(SourceUnavailable())
    first = refused(access, about(ANNA), answers.RegistryUnavailable)
    with clock.frozen(clock.now() + timedelta(minutes=30)):
        later = refused(replace(access, at=clock.now()), about(ANNA), answers.RegistryUnavailable)
        assert later.since == clock.now() > first.since
        assert health.down() == {"brp": later.since}


def test_another_process_tells_the_same_since_when(access, brp, monkeypatch):
    brp.act = fails(SourceUnavailable())
    first = refused(access, about(ANNA), answers.RegistryUnavailable)
    monkeypatch.setattr(health, "_failing", set())
    assert refused(access, about(ANNA), answers.RegistryUnavailable).since == first.since


def test_a_slow_source_does_not_hold_a_person_up(access, brp, settings):
    settings.REGISTRY_DEADLINE_SECONDS = 0.05
    may_answer, answered = threading.Event(), threading.Event()

    def hang(_query: Query) -> None:
        may_answer.wait(60)
        answered.set()

    brp.act = hang
    refused(access, about(ANNA), answers.RegistryUnavailable)
    assert not answered.is_set()  # the refusal did not wait for the source
    may_answer.set()


def test_a_registry_this_instance_is_not_connected_to_is_unavailable_and_not_empty(access, brp):
    del adapters._adapters["brp"]  # the fixture puts it back
    refused(access, about(ANNA), answers.RegistryUnavailable)


def test_a_source_that_refuses_is_recorded_too(access, brp):
    brp.act = fails(SourceRefused())
    refused(access, about(ANNA), SourceRefused)
    assert [outcome for _, outcome, _ in lines()] == ["unavailable"]


# ------------------------------------------------------------------------------------------------ other machines


def test_before_another_machine_is_asked_that_is_recorded(access, brp, settings):
    settings.REGISTRIES = {"brp": {"url": "https://brp.example", "token": ""}}
    seen: list[int] = []
    brp.act = lambda _query: seen.append(Line.objects.filter(kind=Kind.INTENT).count())
    services.read(access, about(ANNA))
    assert lines() == [("intent", "asked", ["geboorte.datum"]), ("read", "given", ["geboorte.datum"])]
    intent, answer = Line.objects.order_by("id")
    assert answer.intent == intent.line_id


def test_a_source_in_this_process_needs_no_intent(access, brp):
    services.read(access, about(ANNA))
    assert [kind for kind, _, _ in lines()] == ["read"]


def test_when_we_die_between_asking_and_recording_it_says_tried_but_nothing_shown(access, brp, settings):
    settings.REGISTRIES = {"brp": {"url": "https://brp.example", "token": ""}}
    brp.act = fails(KeyboardInterrupt())  # type: ignore[arg-type]
    with clock.frozen(clock.now() - timedelta(minutes=5)), pytest.raises(KeyboardInterrupt):
        services.read(replace(access, at=clock.now()), about(ANNA))
    from dichterbij.ground.logbook import services as logbook_services

    logbook_services.close_orphans()
    assert lines()[-1][:2] == ("read", Result.INTERRUPTED)


# ------------------------------------------------------------------------------------------------ restraint


@pytest.fixture
def many():
    """Numbers that pass the eleven-test, as many as one wants."""
    found = (number for number in range(999_000_000, 999_999_999) if passes_eleven_test(str(number)))
    return [Bsn(str(next(found))) for _ in range(6)]


def _worker(access, whom, reference="M-0A1B2C"):
    actor = Actor(role=Role.STAFF, organisation=DUO, party=uuid4(), staff_reference=reference)
    return replace(access, actor=actor, subject=replace(access.subject, party=uuid4(), bsn=whom), at=clock.now())


def test_a_worker_who_looks_at_very_many_people_is_stopped_and_nobody_else_is(access, brp, many, monkeypatch):
    monkeypatch.setattr(restraint, "MOST_PEOPLE", 4)
    for whom in (*many[:4], *many[:4]):
        services.read(_worker(access, whom), about(whom))
    with pytest.raises(restraint.TooManyPeople):
        services.read(_worker(access, many[4]), about(many[4]))
    assert lines()[-1] == ("denied", "refused", ["geboorte.datum"])
    services.read(_worker(access, many[0]), about(many[0]))
    services.read(_worker(access, many[4], "M-OTHER"), about(many[4]))
    services.read(access, about(ANNA))
    assert [row.whom for row in Look.objects.all() if row.whom in {each.value for each in many}] == []
    with clock.frozen(clock.now() + restraint.WITHIN):
        services.read(_worker(access, many[4]), about(many[4]))
        assert restraint.purge(clock.now() + timedelta(seconds=1)) > 0


def test_a_line_with_a_number_that_was_used_is_refused_whatever_it_says(access, brp):
    from dichterbij.ground.logbook import appending
    from dichterbij.ground.logbook.lines import make

    first, second = (make(access, Entry(kind=Kind.VIEW, subject=ANNA, fields=(name,))) for name in ("a", "b"))
    second.line_id = first.line_id
    appending.append([first])
    with pytest.raises(LogbookUnavailable):
        appending.append([second])
    assert Line.objects.count() == 1
