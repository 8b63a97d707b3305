"""The authority that our law finds is the authority that the register's own service answers."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

import pytest

from dichterbij.ground.registry.adapters import brp, ccbr
from dichterbij.kernel.periods import Period
from dichterbij.law import UNKNOWN, Determined, Facts, Question, determine
from dichterbij.law.tests.laws_of_test import shipped
from dichterbij_world import documents
from dichterbij_world.families import family
from dichterbij_world.homes import HomeBook
from dichterbij_world.people import Family, Person
from dichterbij_world.personas import fixed_families

TODAY = date(2026, 6, 15)
LAWS = shipped()
KINDS = {
    "GezamenlijkOuderlijkGezag": "gezamenlijk_ouderlijk_gezag",
    "EenhoofdigOuderlijkGezag": "eenhoofdig_ouderlijk_gezag",
    "TijdelijkGeenGezag": "tijdelijk_geen_gezag",
}


def minors(families: Iterator[Family]) -> list[tuple[Person, Family]]:
    return [
        (person, one) for one in families for person in one.people if person.is_alive(TODAY) and person.age(TODAY) < 18
    ]


def facts(person: Person, one: Family) -> dict[str, Any]:
    """Return every fact of a person that authority can rest on, through the adapters that production uses."""
    sources = {name: documents.PROJECTIONS[name](person, one, TODAY) for name in ("brp", "ccbr")}
    found = {}
    for name, fact in LAWS.vocabulary.facts.items():
        if fact.registry == "brp" and fact.field not in brp.HOUSEHOLD_FIELDS:
            value = brp._value(sources["brp"], fact.field)
            found[name] = UNKNOWN if value is None and fact.source["absent"] == "unknown" else value
        elif fact.registry == "ccbr":
            field = ccbr.FIELDS[fact.field]
            read = field.read(sources["ccbr"][field.group], TODAY)
            found[name] = read.value if read else None
    return found


def by_law(person: Person, one: Family) -> tuple[Any, set[Any]]:
    question = Question(law="burgerlijk_wetboek_boek_1", outputs=("soort_gezag", "gezaghebbers"), subject=person.bsn,
                        period=Period.day(TODAY), decided_on=TODAY)  # fmt: skip
    people = {each.bsn: facts(each, one) for each in one.people}
    outcome = determine(LAWS, question, Facts(subject=person.bsn, persons=people))
    assert isinstance(outcome, Determined)
    holders = outcome.outputs["gezaghebbers"]
    assert isinstance(holders, tuple)
    return outcome.outputs["soort_gezag"], set(holders)


def told(person: Person, one: Family) -> tuple[str, set[str]]:
    relation = documents.PROJECTIONS["brp"](person, one, TODAY)["gezag"][0]
    holders = [*relation.get("ouders", ()), *([relation["ouder"]] if "ouder" in relation else [])]
    return KINDS[relation["type"]], {holder["burgerservicenummer"] for holder in holders}


def test_the_law_finds_for_every_minor_the_authority_that_the_register_answers() -> None:
    numbers, homes = (f"{number:09d}" for number in count(900_000_000)), HomeBook()
    known = minors(family(7, number, numbers, homes) for number in range(150))
    born_here = [
        (person, one)
        for person, one in known
        if person.birth_country == "6030" and all(one.person(each.bsn).birth_known == "day" for each in person.parents)
    ]
    assert len(born_here) > 50
    assert {by_law(*each)[0] for each in born_here} >= {"gezamenlijk_ouderlijk_gezag", "eenhoofdig_ouderlijk_gezag"}
    for each in born_here:
        assert by_law(*each) == told(*each)


STORIES = {
    "widower_son": "eenhoofdig_ouderlijk_gezag",
    "newborn": "gezamenlijk_ouderlijk_gezag",
    "bonaire_son": "niet_te_bepalen",
}


@pytest.mark.parametrize(("key", "kind"), STORIES.items())
def test_the_children_of_the_stories_have_the_authority_one_expects(key: str, kind: str) -> None:
    numbers, homes = (f"{number:09d}" for number in count(900_000_000)), HomeBook()
    told_of = ((one, persona) for one, personas in fixed_families(numbers, homes) for persona in personas)
    people = {persona.key: (one.person(persona.bsn), one) for one, persona in told_of}
    assert by_law(*people[key])[0] == kind
