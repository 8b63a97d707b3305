"""A register that knows homes and no people: which homes are somebody's is read first, through the same door."""

from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from dichterbij.ground.logbook.lines import parsed
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.organisations import queries as organisations_of
from dichterbij.ground.registry import activities, adapters, answers, fetching, health, services
from dichterbij.ground.registry.domain import Query, RawRecord, RawValue, SourceUnavailable
from dichterbij.kernel.identifiers import Bsn

ANNA, HOME = Bsn("999993653"), "0599010000000001"
pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "logbook"]),
    pytest.mark.usefixtures("organisations"),
]


class _Land:
    """The land register: Anna owns one home; or it gives no answer."""

    is_down = False

    def fetch(self, query: Query) -> Mapping[Bsn, RawRecord]:
        if self.is_down:
            raise SourceUnavailable("Geen antwoord.")
        return {
            bsn: RawRecord(values={name: RawValue(value=(HOME,)) for name in query.fields}) for bsn in query.persons
        }


class _Values:
    """The register of values; remembers about which homes it was asked."""

    asked: Mapping[Bsn, tuple[str, ...]] | None = None

    def fetch(self, query: Query) -> Mapping[Bsn, RawRecord]:
        self.asked = query.keys
        return {bsn: RawRecord(values={name: RawValue(value=1) for name in query.fields}) for bsn in query.persons}


@pytest.fixture
def registers() -> Iterator[tuple[_Land, _Values]]:
    fetching._connect()
    before = {name: adapters.adapter(name) for name in ("brk", "woz")}
    land, values = _Land(), _Values()
    adapters.register("brk", land)
    adapters.register("woz", values)
    yield land, values
    for name, adapter in before.items():
        adapters.register(name, adapter)
        health.answered(name)


def _read(new_access, activity: str) -> answers.Answer:
    operator = organisations_of.operator().oin
    access = new_access(bsn=ANNA, organisation=operator, activity=activities.activity(activity))
    query = Query(registry="woz", persons=(ANNA,), fields=("wozObjecten.waarde",), at=date(2026, 6, 15))
    return services.read(access, query)


def test_both_looks_are_on_record_in_their_order(new_access, registers):
    answer = _read(new_access, "portaal.mijn-gegevens")
    assert answer.records[ANNA].values["wozObjecten.waarde"].value == 1
    assert registers[1].asked == {ANNA: (HOME,)}
    assert [parsed(row)["source"] for row in Line.objects.order_by("id")] == ["brk", "woz"]


def test_a_land_register_that_is_down_is_named_and_nothing_is_taken_for_no_home(new_access, registers):
    registers[0].is_down = True
    with pytest.raises(answers.RegistryUnavailable) as failure:
        _read(new_access, "portaal.mijn-gegevens")
    assert failure.value.registry == "brk"
    assert registers[1].asked is None


def test_who_may_not_ask_the_value_does_not_learn_which_homes_there_are(new_access, registers):
    with pytest.raises(answers.FieldNotAllowed):
        _read(new_access, "portaal.wie-keek")
    assert registers[1].asked is None
    assert [parsed(row)["outcome"] for row in Line.objects.all()] == ["refused"]
