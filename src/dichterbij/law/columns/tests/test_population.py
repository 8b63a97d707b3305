"""A population: by territory, in chunks, with what each row lacks; and a table is the same thing as a facts file."""

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from dichterbij.law import UNKNOWN, Determined, FactRef, LawError, LawSet, Refused, Unknown, determine
from dichterbij.law import Facts as KnownFacts
from dichterbij.law.columns import Column, Population, Table, population, run
from dichterbij.law.columns.lanes import DOUBT, ERROR, PRESENT, REFUSED
from dichterbij.law.columns.lanes import UNKNOWN as NOT_KNOWN
from dichterbij.law.tests.laws_of_test import allowance_laws, question
from dichterbij.law.values import Given

LAWS = allowance_laws()
ASKED = question("toeslagwet", "toeslag", "gezamenlijk_inkomen")
PEOPLE: dict[str, dict[str, Given]] = {
    "p1": {"geboortedatum": "1990-01-01", "verzekerd": True, "partner": "p2", "inkomen": 2_000_000},
    "p2": {"geboortedatum": "1992-01-01", "verzekerd": True, "partner": "p1", "inkomen": 500_000},
    "p3": {"geboortedatum": "1980-01-01", "verzekerd": True, "partner": None, "inkomen": UNKNOWN},
    "p4": {"geboortedatum": "1980-01-01", "verzekerd": True, "partner": "p9", "inkomen": 1},
    "p5": {"geboortedatum": "2001-02-29", "verzekerd": True, "partner": None, "inkomen": 2**62},
}


def table() -> Table:
    """Return the people above as a table."""
    return Table.of(PEOPLE, LAWS.vocabulary)


def found(people: Table, **more: object) -> Population:
    """Return the outcomes of all rows."""
    result = population(LAWS, ASKED, people, **more)  # type: ignore[arg-type]
    assert isinstance(result, Population)
    return result


def test_a_table_gives_back_the_facts_it_was_made_of() -> None:
    made = table()
    assert made.names == (*PEOPLE, "p9")
    assert {name: dict(made.persons[name]) for name in PEOPLE} == PEOPLE
    assert len(made.persons) == 6 and "p8" not in made.persons


def test_decimals_and_lists_survive_a_table() -> None:
    vocabulary = LAWS.vocabulary
    people: dict[str, dict[str, Given]] = {"a": {"kinderen": ["b", "a"]}, "b": {"kinderen": []}, "c": {"kinderen": [1]}}
    made = Table.of(people, vocabulary)
    assert {name: dict(made.persons[name]) for name in people} == people
    assert made.columns["kinderen"].state is not None and made.columns["kinderen"].state.tolist() == [0, 0, DOUBT]


def test_rows_without_a_name_are_called_by_their_number() -> None:
    column = Column(data=np.array([5, 7]), unit=2)
    made = Table(size=2, columns={"inkomen": column}, vocabulary=LAWS.vocabulary)
    assert made.given("inkomen", 0) == Decimal("2.5")
    assert (made.name(1), made.row("1"), made.row("2"), made.row("x")) == ("1", 1, None, None)
    assert list(made.persons) == ["0", "1"]


@pytest.mark.parametrize(
    ("name", "column", "sentence"),
    [
        ("inkomen", Column(data=np.array([1.5, 2.0])), "must be whole numbers"),
        ("verzekerd", Column(data=np.array([1, 0])), "must be true or false"),
        ("inkomen", Column(data=np.array([1, 2, 3])), "must have 2 rows"),
        ("inkomen", Column(data=np.array([1, 2]), state=np.array([0, 1])), "states of type uint8"),
        ("partner", Column(data=np.array([0, 2])), "has numbers beyond 1"),
        ("woonsituatie", Column(data=np.array([0, 1]), words=("thuis",)), "has numbers beyond 0"),
        ("schoenmaat", Column(data=np.array([0, 1])), "is no fact of the vocabulary"),
    ],
)
def test_a_column_that_cannot_be_right_is_refused(name: str, column: Column, sentence: str) -> None:
    with pytest.raises(LawError, match=sentence):
        Table(size=2, columns={name: column}, vocabulary=LAWS.vocabulary)


def test_many_get_what_one_gets_also_over_the_edge_of_a_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = found(table())
    monkeypatch.setattr(run, "CHUNK", 4)
    parts = found(table())
    for name, outcome in whole.outcomes.items():
        assert outcome.state.tolist() == parts.outcomes[name].state.tolist()
        assert outcome.data.tolist() == parts.outcomes[name].data.tolist()
    single = determine(LAWS, replace(ASKED, subject="p1"), KnownFacts(subject="p1", persons=PEOPLE))
    assert isinstance(single, Determined)
    assert {name: whole.value(name, 0) for name in single.outputs} == single.outputs


def test_what_a_row_lacks_and_where_it_fails_is_told() -> None:
    outcomes = found(table())
    assert outcomes.outcomes["gezamenlijk_inkomen"].state.tolist()[2:4] == [NOT_KNOWN, NOT_KNOWN]
    assert outcomes.value("gezamenlijk_inkomen", 2) == Unknown(frozenset({FactRef("p3", "inkomen")}))
    assert outcomes.value("gezamenlijk_inkomen", 3) == Unknown(frozenset({FactRef("p9", "inkomen")}))
    assert outcomes.outcomes["toeslag"].state[4] == ERROR
    with pytest.raises(LawError, match="Invalid date"):
        outcomes.value("toeslag", 4)


def test_a_number_beyond_the_usual_is_determined_alone_and_exactly() -> None:
    outcomes = found(table(), rows=[0, 4])
    assert outcomes.determined_alone == 1
    assert outcomes.value("gezamenlijk_inkomen", 1) == 2**62


def test_only_the_rows_asked_are_answered_in_their_order() -> None:
    outcomes = found(table(), rows=[1, 0])
    assert [outcomes.value("gezamenlijk_inkomen", position) for position in (0, 1)] == [2_500_000, 2_500_000]
    assert outcomes.rows.tolist() == [1, 0]


def test_nobody_gets_nothing() -> None:
    assert found(table(), rows=[]).outcomes["toeslag"].data.tolist() == []


def test_a_territory_without_the_law_is_refused() -> None:
    elsewhere = replace(ASKED, territory="BQ-BO")
    assert isinstance(population(LAWS, elsewhere, table()), Refused)


MUNICIPAL = """
$schema: https://example.org/schema/v0.7.1/schema.json
$id: {id}
name: {id}
regulatory_layer: {layer}
bwb_id: BWBR0000001
publication_date: '2025-01-01'
valid_from: '2025-01-01'
{extra}
url: https://example.org/{id}
articles:
"""
NATIONAL_RULE = """
  - number: '1'
    text: Samenvatting.
    url: https://example.org/1
    machine_readable:
      open_terms:
        - id: korting
          type: number
          delegation_type: GEMEENTELIJKE_VERORDENING
          default: {actions: [{output: korting, value: 0}]}
      execution:
        produces: {legal_character: BESCHIKKING, decision_type: TOEKENNING}
        parameters: [{name: bsn, type: string}]
        input: [{name: inkomen, type: amount, source: {}}]
        output: [{name: bedrag, type: amount}]
        actions: [{output: bedrag, value: {operation: MULTIPLY, values: [$inkomen, $korting]}}]
"""
LOCAL_RULE = """
  - number: '1'
    text: Samenvatting.
    url: https://example.org/1
    machine_readable:
      implements: [{law: landelijk, article: '1', open_term: korting}]
      execution:
        output: [{name: korting, type: number}]
        actions: [{output: korting, value: RATE}]
"""
FACTS = """
inkomen: {type: amount, of: person, origin: register, source: {registry: belastingdienst}, shown_to: self}
gemeente_code: {type: string, of: person, origin: register, source: {registry: brp}, shown_to: self}
"""


def municipal_laws() -> LawSet:
    """Return a national law that leaves a rate to municipalities, and two that set one."""
    texts = {
        "facts.yaml": FACTS,
        "l.yaml": MUNICIPAL.format(id="landelijk", layer="WET", extra="") + NATIONAL_RULE,
    }
    for code, rate in (("GM0599", "0.5"), ("GM0363", "0.25")):
        extra = f"gemeente_code: {code}\nofficiele_titel: x"
        head = MUNICIPAL.format(id=f"v_{code}", layer="GEMEENTELIJKE_VERORDENING", extra=extra)
        texts[f"{code}.yaml"] = head + LOCAL_RULE.replace("RATE", rate)
    return LawSet.of(texts, strict=False)


def test_each_municipality_applies_its_own_rate() -> None:
    laws = municipal_laws()
    codes: list[Given] = ["GM0599", "GM0363", "GM9999", None, UNKNOWN, "GM0599"]
    people: dict[str, dict[str, Given]] = {
        f"p{number}": {"inkomen": 1001, "gemeente_code": code} for number, code in enumerate(codes)
    }
    asked = question("landelijk", "bedrag")
    outcomes = population(laws, asked, Table.of(people, laws.vocabulary), territory_of="gemeente_code")
    assert isinstance(outcomes, Population)
    assert outcomes.refused[""].code == "territory_unknown"
    for position, code in enumerate(codes):
        if code is UNKNOWN:
            assert outcomes.outcomes["bedrag"].state[position] == REFUSED
            continue
        territory = code if isinstance(code, str) and code in laws.codes else "NL"
        one = determine(
            laws,
            replace(asked, subject=f"p{position}", territory=territory),
            KnownFacts(subject=f"p{position}", persons=people),
        )
        assert isinstance(one, Determined)
        assert outcomes.value("bedrag", position) == one.outputs["bedrag"]
    assert outcomes.outcomes["bedrag"].form.unit == 4
    assert outcomes.determined_alone == 0


def test_a_row_in_a_territory_where_the_law_does_not_apply_is_refused() -> None:
    laws = municipal_laws()
    people: dict[str, dict[str, Given]] = {
        "p0": {"gemeente_code": "GM0599"}, "p1": {"gemeente_code": "GM0363"}, "p2": {"gemeente_code": None},
    }  # fmt: skip
    asked = question("v_GM0599", "korting")
    outcomes = population(laws, asked, Table.of(people, laws.vocabulary), territory_of="gemeente_code")
    assert isinstance(outcomes, Population)
    assert outcomes.outcomes["korting"].state.tolist() == [PRESENT, REFUSED, REFUSED]
    assert set(outcomes.refused) == {"GM0363", "NL"}
    with pytest.raises(LawError, match="no answer in the territory"):
        outcomes.value("korting", 1)


def test_one_person_never_needs_numpy() -> None:
    program = (
        "import sys; from dichterbij.law.tests.laws_of_test import allowance_laws, question;"
        "from dichterbij.law import Facts, determine;"
        "determine(allowance_laws(), question('toeslagwet', 'toeslag'), Facts(subject='p1', persons={}));"
        "print('numpy' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"
