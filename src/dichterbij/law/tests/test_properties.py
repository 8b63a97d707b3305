"""What always holds, whatever the facts are."""

from collections.abc import Iterator
from datetime import date
from itertools import islice, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.law import SKIPPED, UNKNOWN, Determined, FactRef, Facts, LawError, Open, Unknown, determine
from dichterbij.law.receipt import replay
from dichterbij.law.written import canonical

from .laws_of_test import AMOUNTS as REGULATION
from .laws_of_test import COUPLE, allowance_laws, law, question

LAWS = allowance_laws()
ASKED = question("toeslagwet", "toeslag", "gezamenlijk_inkomen")
AMOUNTS = st.integers(-1_000_000, 20_000_000)
PERSON = st.fixed_dictionaries(
    {
        "geboortedatum": st.dates(date(1900, 1, 1), date(2030, 1, 1)).map(str),
        "verzekerd": st.booleans(),
        "inkomen": AMOUNTS,
    }
)


@st.composite
def whole_facts(draw: st.DrawFn) -> Facts:
    """A person, perhaps with a partner, everything known."""
    one, other = draw(PERSON), draw(PERSON)
    has_partner = draw(st.booleans())
    persons = {"p1": {**one, "partner": "p2" if has_partner else None}, "p2": {**other, "partner": "p1"}}
    return Facts(subject="p1", persons=persons)


@settings(max_examples=150, deadline=None)
@given(whole_facts())
def test_answering_exactly_what_is_asked_always_gives_an_outcome(known: Facts) -> None:
    supplied = Facts(subject="p1", persons={})
    for _ in range(10):
        result = determine(LAWS, ASKED, supplied)
        if isinstance(result, Determined):
            break
        assert isinstance(result, Open) and result.asks and not result.unknown
        supplied = supplied.with_answers({ref: known.persons[ref.person][ref.fact] for ref in result.asks})
    assert isinstance(result, Determined)
    assert result.outputs == determine(LAWS, ASKED, known).outputs  # type: ignore[union-attr]


TURNS: dict[str, tuple[object, ...]] = {
    "geboortedatum": ("1990-01-01", "2029-01-01"),
    "verzekerd": (True, False),
    "inkomen": (1_000_000, -30_000_000, 3_000_000, 30_000_000),
    "partner": (None, "p2", "p3"),
}
"""Values at which the rules of the allowance turn, whatever the other incomes are."""
SOMEBODY_ELSE: dict[str, object] = {"inkomen": -30_000_000, "partner": "p1"}
"""A partner can also be somebody of whom nothing was said yet, whose losses bring any other income under the limit."""


def completions(known: dict[str, dict[str, object]]) -> Iterator[Facts]:
    """Yield these facts with every combination of values for the ones that are unknown."""
    lacking = [(person, fact) for person in ("p1", "p2") for fact in TURNS if fact not in known[person]]
    for values in product(*(TURNS[fact] for _, fact in lacking)):
        answers = {FactRef(*each): value for each, value in zip(lacking, values, strict=True)}
        yield Facts(subject="p1", persons={**known, "p3": SOMEBODY_ELSE}).with_answers(answers)


def can_change(known: dict[str, dict[str, object]], ref: FactRef) -> bool:
    """Say whether there are values of the unknown facts under which this fact changes the outcome."""
    for facts in completions(known):
        found = [determine(LAWS, ASKED, facts.with_answers({ref: value})) for value in TURNS[ref.fact]]
        if len({repr(each.outputs) for each in found if isinstance(each, Determined)}) > 1:
            return True
    return False


KEPT = st.sets(st.sampled_from([(person, fact) for person in ("p1", "p2") for fact in TURNS]))


@settings(max_examples=200, deadline=None)
@given(whole_facts(), KEPT)
def test_for_every_fact_asked_some_values_of_the_unknown_facts_make_it_change_the_outcome(
    known: Facts, kept: set[tuple[str, str]]
) -> None:
    persons = {p: {f: v for f, v in values.items() if (p, f) in kept} for p, values in known.persons.items()}
    result = determine(LAWS, ASKED, Facts(subject="p1", persons=persons))
    if isinstance(result, Open):
        assert result.asks
        assert [ref for ref in result.asks if not can_change(persons, ref)] == []


@settings(max_examples=100, deadline=None)
@given(whole_facts(), KEPT)
def test_an_outcome_given_before_all_facts_are_known_stays_whatever_they_are(
    known: Facts, kept: set[tuple[str, str]]
) -> None:
    persons = {p: {f: v for f, v in values.items() if (p, f) in kept} for p, values in known.persons.items()}
    early = determine(LAWS, ASKED, Facts(subject="p1", persons=persons))
    for facts in islice(completions(persons), 64):
        final = determine(LAWS, ASKED, facts)
        assert isinstance(final, Determined) and isinstance(early, Determined | Open)
        assert {name: final.outputs[name] for name in early.outputs} == early.outputs


def test_income_far_above_the_limit_settles_the_allowance_without_asking_for_insurance() -> None:
    asked = question("toeslagwet", "toeslag")
    result = determine(LAWS, asked, Facts(subject="p1", persons={"p1": {"partner": None, "inkomen": 20_000_000}}))
    assert isinstance(result, Determined)
    assert result.outputs["toeslag"] == 0
    assert "were not supplied" in str(result.trace())
    unknown_partner = determine(LAWS, asked, Facts(subject="p1", persons={"p1": {"inkomen": 20_000_000}}))
    assert isinstance(unknown_partner, Open)
    assert FactRef("p1", "partner") in unknown_partner.asks


@settings(max_examples=100, deadline=None)
@given(whole_facts(), AMOUNTS)
def test_an_irrelevant_fact_changes_nothing(known: Facts, amount: int) -> None:
    persons = {p: {**values, "vermogen": amount, "onbekend_woord": 1} for p, values in known.persons.items()}
    one = determine(LAWS, ASKED, known, salt=b"s" * 16)
    other = determine(LAWS, ASKED, Facts(subject="p1", persons=persons), salt=b"s" * 16)
    assert isinstance(one, Determined) and isinstance(other, Determined)
    assert canonical(one.receipt()) == canonical(other.receipt())


@settings(max_examples=100, deadline=None)
@given(whole_facts(), st.data())
def test_unknown_never_becomes_a_number_or_a_no(known: Facts, data: st.DataObject) -> None:
    certain = determine(LAWS, ASKED, known)
    person = data.draw(st.sampled_from(["p1", "p2"]))
    fact = data.draw(st.sampled_from(["geboortedatum", "verzekerd", "inkomen"]))
    persons = {p: dict(values) for p, values in known.persons.items()}
    persons[person][fact] = UNKNOWN
    result = determine(LAWS, ASKED, Facts(subject="p1", persons=persons))
    assert isinstance(certain, Determined)
    for name, value in result.outputs.items():
        assert value == certain.outputs[name]


@settings(max_examples=50, deadline=None)
@given(whole_facts())
def test_a_receipt_replays_byte_for_byte(known: Facts) -> None:
    result = determine(LAWS, ASKED, known)
    assert isinstance(result, Determined)
    again = replay(LAWS, result.receipt(), known, result.salt)
    assert canonical(again.receipt()) == canonical(result.receipt())
    assert canonical(again.trace()) == canonical(result.trace())


@settings(max_examples=50, deadline=None)
@given(whole_facts(), AMOUNTS)
def test_a_receipt_does_not_fit_other_facts(known: Facts, amount: int) -> None:
    result = determine(LAWS, ASKED, known)
    assert isinstance(result, Determined)
    if known.persons["p1"]["inkomen"] == amount:
        return
    persons = {p: dict(values) for p, values in known.persons.items()}
    persons["p1"]["inkomen"] = amount
    try:
        replay(LAWS, result.receipt(), Facts(subject="p1", persons=persons), result.salt)
    except LawError as error:
        assert error.name == "ReceiptMismatch"
    else:
        raise AssertionError("the receipt fits facts it was not made for")


@settings(max_examples=50, deadline=None)
@given(whole_facts())
def test_every_step_that_was_needed_has_a_definite_value(known: Facts) -> None:
    result = determine(LAWS, ASKED, known)
    assert isinstance(result, Determined)
    assert all(value is SKIPPED or not isinstance(value, Unknown) for value in result.values)


def test_an_old_receipt_still_replays_when_other_files_came_and_not_when_its_own_changed() -> None:
    known = Facts(subject="p1", persons=COUPLE)
    first = determine(LAWS, ASKED, known)
    assert isinstance(first, Determined)
    receipt = first.receipt()
    more = allowance_laws(**{"later.yaml": law("later", REGULATION.replace("toeslagwet", "andere_wet"))})
    assert replay(more, receipt, known, first.salt).outputs == first.outputs
    changed = law("regeling", REGULATION.replace("5000000", "5000001"), layer="MINISTERIELE_REGELING")
    with pytest.raises(LawError, match="have changed since: regeling 2026-01-01") as raised:
        replay(allowance_laws(**{"regeling.yaml": changed}), receipt, known, first.salt)
    assert raised.value.name == "ReceiptMismatch"


def test_who_the_partner_is_is_asked_also_when_the_one_we_know_of_earns_nothing() -> None:
    persons = {"p1": {"geboortedatum": "2000-01-01"}, "p2": {"inkomen": 0}}
    result = determine(LAWS, ASKED, Facts(subject="p1", persons=persons))
    assert isinstance(result, Open)
    assert FactRef("p1", "partner") in result.asks
    assert [ref for ref in result.asks if not can_change(persons, ref)] == []
