"""What the law does not allow is refused whatever way is taken, and leaves the line it should leave."""

import ast
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from uuid import uuid4

import pytest

from dichterbij.ground.authority import sources
from dichterbij.ground.logbook.lines import parsed
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.registry import (
    activities,
    adapters,
    answers,
    fetching,
    health,
    restraint,
    searching,
    services,
)
from dichterbij.ground.registry.domain import Query, RawRecord, RawValue, SourceUnavailable, TooManyAtSource
from dichterbij.ground.registry.sought import Search
from dichterbij.kernel import clock
from dichterbij.kernel.access import Actor, Role
from dichterbij.kernel.identifiers import Bsn, Oin, passes_eleven_test

ANNA, BRAM = Bsn("999993653"), Bsn("999990019")
DUO = Oin("00000099100000003000")
pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "logbook"]),
    pytest.mark.usefixtures("organisations"),
]


class Table:
    """A source that knows everybody, and finds who it is told to find."""

    def __init__(self) -> None:
        self.found: tuple[Bsn, ...] = ()
        self.is_down = False

    def fetch(self, query: Query):
        return {bsn: RawRecord(values={name: RawValue(value="x") for name in query.fields}) for bsn in query.persons}

    def search(self, asked: Search):
        if self.is_down:
            raise SourceUnavailable("Kapot.")
        return {bsn: RawRecord(values={name: RawValue(value="x") for name in asked.fields}) for bsn in self.found}


@pytest.fixture
def brp():
    fetching._connect()
    before, table = adapters.adapter("brp"), Table()
    adapters.register("brp", table)
    yield table
    adapters.register("brp", before)
    health.answered("brp")


@pytest.fixture
def worker(new_access):
    """Return a function that gives the access of a worker at the counter to somebody."""

    def at_the_counter(whom=ANNA, reference="M-0A1B2C"):
        access = new_access(bsn=whom, organisation=DUO, activity=activities.activity("duo.balie"))
        actor = Actor(role=Role.STAFF, organisation=DUO, party=uuid4(), staff_reference=reference)
        return replace(access, actor=actor)

    return at_the_counter


def invented(count: int) -> list[str]:
    numbers = (str(number) for number in range(999_000_000, 999_999_999) if passes_eleven_test(str(number)))
    return list(islice(numbers, count))


def look(access, field="geboorte.datum"):
    query = Query(registry="brp", persons=(access.subject.bsn,), fields=(field,), at=date(2026, 6, 15))
    return services.read(access, query)


def outcomes():
    return [parsed(row)["outcome"] for row in Line.objects.order_by("id")]


# ------------------------------------------------------------------------------------------------ searching

ASKED = Search(born_on=date(1957, 3, 2), surname="Zwaanstra", fields=("geboorte.datum",))


def test_a_search_that_finds_two_people_is_two_lines_each_about_one(worker, brp):
    brp.found = (ANNA, BRAM)
    assert set(searching.find(worker(), ASKED)) == {ANNA, BRAM}
    assert (outcomes(), len(set(Line.objects.values_list("subject", flat=True)))) == (["given", "given"], 2)


def test_a_search_that_finds_nobody_is_one_line_about_nobody(worker, brp):
    assert searching.find(worker(), ASKED) == {}
    assert (outcomes(), Line.objects.get().subject) == (["nothing"], "")


def test_a_search_that_the_source_does_not_answer_is_one_line_about_nobody(worker, brp):
    brp.is_down = True
    with pytest.raises(answers.RegistryUnavailable):
        searching.find(worker(), ASKED)
    assert (outcomes(), Line.objects.get().subject) == (["unavailable"], "")


@pytest.mark.parametrize(
    ("asked", "problem", "named"),
    [
        (replace(ASKED, surname=""), answers.InvalidQuery, ["geboorte.datum"]),
        (replace(ASKED, fields=("naam.bijnaam",)), answers.FieldNotAllowed, ["naam.bijnaam"]),
    ],
)
def test_a_search_that_is_refused_is_one_line_about_nobody(worker, brp, asked, problem, named):
    with pytest.raises(problem):
        searching.find(worker(), asked)
    (line,) = Line.objects.all()
    assert (line.kind, line.subject, parsed(line)["outcome"], parsed(line)["fields"]) == (
        "denied",
        "",
        "refused",
        named,
    )


def test_a_search_under_the_activity_of_another_is_one_line_about_nobody(worker, brp):
    with pytest.raises(answers.UnknownActivity):
        searching.find(replace(worker(), activity=replace(worker().activity, id="niemand.balie")), ASKED)
    assert (outcomes(), Line.objects.get().subject) == (["refused"], "")


def test_a_search_with_too_many_hits_shows_nobody_and_is_one_line_about_nobody(worker, brp, monkeypatch):
    brp.found = tuple(Bsn(number) for number in invented(searching.MOST + 1))
    with pytest.raises(searching.TooManyFound):
        searching.find(worker(), ASKED)

    def too_many(_asked: Search) -> None:
        raise TooManyAtSource

    monkeypatch.setattr(brp, "search", too_many)
    with pytest.raises(searching.TooManyFound):
        searching.find(worker(), ASKED)
    assert outcomes() == ["refused", "refused"]
    assert {line.subject for line in Line.objects.all()} == {""}


def test_before_another_machine_is_searched_that_is_recorded(worker, brp, settings):
    settings.REGISTRIES = {"brp": {"url": "https://brp.example", "token": ""}}
    brp.found = (ANNA, BRAM)
    searching.find(worker(), ASKED)
    intent, *rest = Line.objects.order_by("id")
    assert (intent.kind, intent.subject) == ("intent", "")
    assert {line.intent for line in rest} == {intent.line_id}


def test_who_was_found_counts_as_looked_at(worker, brp, monkeypatch):
    monkeypatch.setattr(restraint, "MOST_PEOPLE", 1)
    brp.found = (ANNA, BRAM)
    with pytest.raises(restraint.TooManyPeople):
        searching.find(worker(), ASKED)
    assert (outcomes(), Line.objects.get().subject) == (["refused"], "")


def test_no_line_of_a_search_says_what_was_searched_for(worker, brp):
    searching.find(worker(), ASKED)
    assert "Zwaanstra" not in bytes(Line.objects.get().body).decode()


# ------------------------------------------------------------------------------------------------ many people


def test_two_hundred_people_in_ten_minutes_stop_one_worker_and_not_the_product(worker, brp):
    everybody = [Bsn(number) for number in invented(restraint.MOST_PEOPLE + 1)]
    *seen, last = everybody
    for whom in seen:
        look(worker(whom))
    with pytest.raises(restraint.TooManyPeople) as stopped:
        look(worker(last))
    assert (stopped.value.status, outcomes()[-1], len(outcomes())) == (429, "refused", len(everybody))
    assert look(worker(last, "M-OTHER")).records
    assert look(replace(worker(last), actor=Actor(role=Role.CITIZEN, organisation=DUO, party=uuid4()))).records


# ------------------------------------------------------------------------------------------------ law and consent


def test_what_the_law_no_longer_asks_is_refused_from_that_day(new_access, brp):
    access = new_access(bsn=ANNA, organisation=DUO, activity=activities.activity("duo.aanvullende-beurs"))
    parent = "ouders.1.burgerservicenummer"  # only the law asks this, no list of ours does
    look(access, parent)
    later = clock.now().replace(year=2030)  # no version of this law is known for 2028 to 2030
    with clock.frozen(later), pytest.raises(answers.FieldNotAllowed):
        look(replace(access, at=later), parent)
    assert outcomes() == ["given", "refused"]


def test_no_task_that_a_law_gives_rests_on_consent():
    for found in activities.all_registered():
        ground = found.activity.legal_basis.lower()
        if found.laws or found.organisation != "operator":
            assert "toestemming" not in ground
            assert "6, eerste lid, onder a" not in ground


def test_nobody_but_oneself_workers_mandates_and_registers_opens_anything():
    assert set(sources._sources) <= {
        "self",
        "staff",
        "mandates",
        "registers",
        "means",
        "moving",  # mandates that came along from a portal that is believed about them
        "paper",
        "desk",
        "desk.review",
        "log_reading",
    }


def test_no_source_is_asked_but_by_the_gateway_and_the_search():
    room = Path(services.__file__).parent
    asking = {
        file.name
        for file in room.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "fetch" and isinstance(node.value, ast.Name)
    }
    assert asking == {"services.py"}
