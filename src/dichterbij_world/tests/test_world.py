"""The world hangs together: numbers, relations, completeness, and the same people for the same seed."""

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dichterbij.kernel.identifiers import passes_eleven_test
from dichterbij_world import events
from dichterbij_world.documents import OF_HOMES, PROJECTIONS
from dichterbij_world.load import load, maker
from dichterbij_world.people import Family, Person
from dichterbij_world.registries.all import applications
from dichterbij_world.store import World, WorldMissing

ON = date(2026, 6, 15)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return load(tmp_path_factory.mktemp("world") / "world.sqlite3", seed=1, persons=400, on=ON)


@pytest.fixture(scope="module")
def families(world: World) -> list[Family]:
    return list(world.families())


def everybody(families: list[Family]) -> list[tuple[Person, Family]]:
    return [(person, family) for family in families for person in family.people]


def test_the_world_has_as_many_people_as_asked(world: World, families: list[Family]) -> None:
    count = len(everybody(families))
    assert 400 <= count < 412
    assert world.meta() == {"seed": "1", "on": "2026-06-15", "persons": str(count), "made_by": maker()}


def test_every_number_passes_the_eleven_test_is_from_the_test_range_and_is_used_once(families: list[Family]) -> None:
    numbers = [person.bsn for person, _ in everybody(families)]
    assert all(passes_eleven_test(number) and number.startswith("999") for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert not any(number.startswith("99999") for number in numbers), "that range is of the published test set"


def test_partners_name_each_other_with_the_same_day(families: list[Family]) -> None:
    unions = [(person, union, family) for person, family in everybody(families) for union in person.unions]
    assert len(unions) > 50
    for person, union, family in unions:
        back = [other for other in family.person(union.partner).unions if other.partner == person.bsn]
        assert [(other.since, other.ended_on) for other in back] == [(union.since, union.ended_on)]
        assert union.since >= person.born_on.replace(year=person.born_on.year + 18, day=min(person.born_on.day, 28))


def test_parents_and_children_name_each_other(families: list[Family]) -> None:
    for person, family in everybody(families):
        for parent in (family.person(parent.bsn) for parent in person.parents if parent.bsn):
            assert person.bsn in parent.children
            assert parent.age(person.born_on) >= 16
        for child in map(family.person, person.children):
            assert person.bsn in {parent.bsn for parent in child.parents}


def test_relations_in_the_population_register_are_reciprocal(world: World) -> None:
    lists = {number: world.document("brp", number) or {} for number in world.keys("brp")}
    opposite = {"ouders": "kinderen", "kinderen": "ouders", "partners": "partners"}
    for number, found in lists.items():
        for group, back in opposite.items():
            for other in found.get(group, ()):
                if "burgerservicenummer" in other:
                    others = lists[other["burgerservicenummer"]].get(back, ())
                    assert number in {one.get("burgerservicenummer") for one in others}


def test_every_registry_knows_everybody(world: World, families: list[Family]) -> None:
    numbers = sorted(person.bsn for person, _ in everybody(families))
    for registry in PROJECTIONS:
        assert list(world.keys(registry)) == numbers
    assert set(applications(world)) == {*PROJECTIONS, *OF_HOMES}


def test_every_home_has_a_value_and_what_is_not_rented_has_an_owner(world: World, families: list[Family]) -> None:
    owned = {
        address["adresseerbaarObjectIdentificatie"]
        for number in world.keys("brk")
        for parcel in (world.document("brk", number) or {})["kadastraalOnroerendeZaken"]
        for address in parcel["adressen"]
    }
    for family in families:
        for home in family.homes:
            values = (world.document("woz", home.id) or {})["waarden"]
            assert [value["ingangsdatum"] for value in values] == ["2026-01-01", "2025-01-01", "2024-01-01"]
            lived_in = any(one.home == home.id and not one.letter_address for one in family.people)
            assert (home.id in owned) == (not home.rented and lived_in)


def test_what_somebody_must_pay_follows_from_its_events(world: World) -> None:
    balances = set()
    for body in ("cjib", "cak"):
        for number in world.keys(body):
            for matter in (world.document(body, number) or {})["financiele_zaken"]:
                imposed = _sum(matter, "FinancieleVerplichtingOpgelegd")
                assert matter["totaal_financieel_verplicht"] == imposed
                assert matter["saldo"] == imposed - _sum(matter, "BetalingVerwerkt")
                balances.add(matter["saldo"])
    assert 0 in balances and len(balances) > 10


def _sum(matter: dict[str, Any], kind: str) -> int:
    return sum(event["bedrag"] for event in matter["gebeurtenissen"] if event["gebeurtenis_type"] == kind)


def test_everybody_has_income_and_assets_of_every_year_and_residents_are_insured(
    world: World, families: list[Family]
) -> None:
    for person, _ in everybody(families):
        taxes = world.document("belastingdienst", person.bsn) or {}
        assert [row["jaar"] for row in taxes["inkomensgegevens"]] == [2022, 2023, 2024, 2025, 2026]
        assert [row["peildatum"][:4] for row in taxes["vermogensgegevens"]] == ["2022", "2023", "2024", "2025", "2026"]
        insured = [row for row in (world.document("rvz", person.bsn) or {})["verzekeringen"] if "einddatum" not in row]
        assert bool(insured) == (person.is_alive(ON) and person.abroad is None)


def test_everybody_who_lives_has_a_home_or_an_address_abroad(families: list[Family]) -> None:
    homes = [home.id for family in families for home in family.homes]
    assert len(set(homes)) == len(homes)
    for person, family in everybody(families):
        if person.is_alive(ON):
            assert bool(family.home(person.home)) != bool(person.abroad)


def test_the_same_seed_gives_the_same_world_and_another_seed_another(world: World, tmp_path: Path) -> None:
    same = load(tmp_path / "same.sqlite3", seed=1, persons=400, on=ON)
    other = load(tmp_path / "other.sqlite3", seed=2, persons=400, on=ON)
    assert dump(same) == dump(world)
    assert dump(other) != dump(world)
    assert other.personas() == world.personas()


def test_a_larger_world_begins_with_the_smaller_one(families: list[Family], tmp_path: Path) -> None:
    larger = load(tmp_path / "larger.sqlite3", seed=1, persons=600, on=ON)
    assert list(larger.families())[: len(families)] == families


def dump(world: World) -> list[str]:
    with sqlite3.connect(world.path) as db:
        lines = list(db.iterdump())
    db.close()
    return lines


def test_the_stories_have_the_people_they_need(world: World) -> None:
    people = {persona.key: world.family_of(persona.bsn)[1].person(persona.bsn) for persona in world.personas()}
    ages = {key: people[key].age(ON) for key in ("student", "widow", "starter", "student_mother", "newborn")}
    assert ages == {"student": 24, "widow": 79, "starter": 44, "student_mother": 54, "newborn": 0}
    assert people["student"].home == people["student_mother"].home != people["student_father"].home
    assert people["ward"].guardianship and people["ward"].guardian == people["guardian"].bsn
    assert people["homeless"].letter_address
    assert people["neutral"].sex == "O"
    assert {parent.bsn for parent in people["uncle"].parents} == {
        parent.bsn for parent in people["student_mother"].parents
    }
    organisations = {persona.organisation for persona in world.personas() if "handler" in persona.roles}
    assert organisations == {persona.organisation for persona in world.personas() if "reader" in persona.roles}
    assert len(organisations) == 8


def test_a_day_that_has_not_come_has_not_happened(tmp_path: Path) -> None:
    before = load(tmp_path / "before.sqlite3", seed=1, persons=80, on=date(2026, 6, 1))
    assert before.events() == ()
    mother = before.document("brp", before.persona("student_mother").bsn) or {}
    assert "overlijden" not in mother and mother["leeftijd"] == 54
    assert before.document("brp", before.persona("newborn").bsn) is None
    assert "kinderen" not in (before.document("brp", before.persona("new_mother").bsn) or {})


def test_each_recent_death_of_the_stories_is_an_event_without_a_number(world: World) -> None:
    sent = world.events()
    died = {world.persona(key).bsn for key in ("student_mother", "widow_husband", "widower_wife")}
    assert {(world.event_data(event["id"]) or {})["burgerservicenummer"] for event in sent} == died
    for event in sent:
        assert event["type"] == "nl.brp.overlijden.geregistreerd" and event["specversion"] == "1.0"
        assert not any(number in str(event) for number in died)
        assert all(name.islower() and name.isalnum() and len(name) <= 20 for name in event)


def test_a_death_and_its_correction_leave_every_registry_as_before(tmp_path: Path) -> None:
    world = load(tmp_path / "world.sqlite3", seed=1, persons=80, on=ON)
    bsn, partner = world.persona("new_father").bsn, world.persona("new_mother").bsn
    before = {
        (registry, number): world.document(registry, number) for registry in PROJECTIONS for number in (bsn, partner)
    }
    events.register_death(world.path, bsn, ON)
    assert (world.document("brp", bsn) or {})["overlijden"]["datum"]["datum"] == "2026-06-15"
    assert "ontbindingHuwelijkPartnerschap" in (world.document("brp", partner) or {})["partners"][0]
    events.correct_death(world.path, bsn)
    assert {key: world.document(*key) for key in before} == before
    about = [event for event in world.events() if (world.event_data(event["id"]) or {})["burgerservicenummer"] == bsn]
    assert [(event["type"].rpartition(".")[2], event["sequence"]) for event in about] == [
        ("geregistreerd", "1"),
        ("gecorrigeerd", "2"),
    ]
    assert len({event["subject"] for event in about}) == 1


def test_a_world_that_was_not_made_says_so(tmp_path: Path) -> None:
    with pytest.raises(WorldMissing):
        World(tmp_path / "none.sqlite3").meta()


def test_a_world_that_is_loaded_again_is_noticed_by_who_reads_it(tmp_path: Path) -> None:
    world = load(tmp_path / "world.sqlite3", seed=1, persons=80, on=ON)
    load(world.path, seed=7, persons=80, on=ON)
    assert world.meta()["seed"] == "7"
