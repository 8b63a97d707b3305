"""What happens in the world is in every registry that should know, and each whose list changed gets an event."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dichterbij_world import events
from dichterbij_world.__main__ import main
from dichterbij_world.happenings import CannotHappen
from dichterbij_world.load import load
from dichterbij_world.store import World

ON = date(2026, 6, 15)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return load(tmp_path / "world.sqlite3", seed=1, persons=80, on=ON)


def brp(world: World, bsn: str) -> dict[str, Any]:
    return world.document("brp", bsn) or {}


def told(world: World, kind: str) -> list[str]:
    """Return whom the events of a kind are about."""
    ids = [event["id"] for event in world.events() if event["type"] == kind]
    return [(world.event_data(each) or {})["burgerservicenummer"] for each in ids]


def test_a_child_is_born_into_the_register_and_both_parents_hear_of_it(world: World) -> None:
    mother, father = world.persona("new_mother").bsn, world.persona("new_father").bsn
    child = events.register_birth(world.path, mother, ON)
    assert brp(world, child)["geboorte"]["datum"]["datum"] == "2026-06-15"
    for parent in (mother, father):
        assert child in {one["burgerservicenummer"] for one in brp(world, parent)["kinderen"]}
        assert child in (world.document("svb", parent) or {})["kinderbijslag"]["kinderen"]
    assert told(world, events.BIRTH) == [child, mother, father]
    assert (world.document("rvz", child) or {})["verzekeringen"]


def test_two_people_marry_and_are_partners_from_that_day(world: World) -> None:
    one, other = world.persona("student").bsn, world.persona("starter").bsn
    people = sum(len(family.people) for family in world.families())
    events.register_marriage(world.path, one, other, ON)
    assert brp(world, one)["partners"][0]["burgerservicenummer"] == other
    assert brp(world, other)["partners"][-1]["burgerservicenummer"] == one
    assert sum(len(family.people) for family in world.families()) == people
    with pytest.raises(CannotHappen):
        events.register_marriage(world.path, one, world.persona("student_father").bsn, ON)


def test_who_moves_is_found_at_the_new_address_and_no_longer_at_the_old_one(world: World) -> None:
    student = world.persona("student").bsn
    before = brp(world, student)["verblijfplaats"]["adresseerbaarObjectIdentificatie"]
    events.register_move(world.path, student, "0150", ON)
    after = brp(world, student)["verblijfplaats"]["adresseerbaarObjectIdentificatie"]
    assert brp(world, student)["gemeenteVanInschrijving"]["code"] == "0150"
    assert student in world.found("brp", f"object:{after}")
    assert student not in world.found("brp", f"object:{before}")
    assert (world.document("huur", student) or {})["huurovereenkomst"]["aanwezig"] is True
    assert world.document("woz", after)


def test_who_becomes_dutch_needs_no_permit_any_more(world: World) -> None:
    people = [one for family in world.families() for one in family.people if one.permit and one.is_alive(ON)]
    events.register_naturalisation(world.path, people[0].bsn, ON)
    found = brp(world, people[0].bsn)
    assert found["nationaliteiten"][0]["nationaliteit"]["code"] == "0001" and "verblijfstitel" not in found
    with pytest.raises(CannotHappen):
        events.register_naturalisation(world.path, people[0].bsn, ON)


def test_a_new_income_is_told_by_the_tax_administration(world: World) -> None:
    father = world.persona("student_father").bsn
    events.determine_income(world.path, father, 2025, 2_800_000, ON)
    rows = (world.document("belastingdienst", father) or {})["inkomensgegevens"]
    assert next(row for row in rows if row["jaar"] == 2025)["verzamelinkomen"] == 28_000
    event = world.events()[-1]
    assert event["source"] != events.SOURCES["brp"] and event["type"] == events.INCOME
    assert world.event_data(event["id"], "nl.inkomens.") and world.event_data(event["id"], "nl.brp.") is None


def test_events_about_one_person_are_numbered_in_order_and_name_nobody(world: World) -> None:
    mother = world.persona("new_mother").bsn
    events.register_move(world.path, mother, "0599", ON)
    events.register_birth(world.path, mother, ON)
    events.register_death(world.path, mother, ON)
    about = [
        event for event in world.events() if (world.event_data(event["id"]) or {})["burgerservicenummer"] == mother
    ]
    assert [event["sequence"] for event in about] == ["1", "2", "3"]
    assert mother not in str(about)
    with pytest.raises(CannotHappen):
        events.register_birth(world.path, mother, ON)


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (["birth", "--persona", "new_mother"], events.BIRTH),
        (["death", "--persona", "uncle"], events.DEATH),
        (["income", "--persona", "student", "--euros", "9000"], events.INCOME),
        (["marriage", "--persona", "student", "--with", "starter"], events.MARRIAGE),
        (["move", "--persona", "student", "--municipality", "0606"], events.MOVE),
    ],
)
def test_each_can_be_sent_by_command(world: World, arguments: list[str], kind: str) -> None:
    assert main(["--world", str(world.path), "event", *arguments]) == 0
    assert world.events()[-1]["type"] == kind


def test_what_cannot_happen_is_said(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--world", str(world.path), "event", "naturalisation", "--persona", "student"]) == 1
    assert "cannot become Dutch" in capsys.readouterr().out
