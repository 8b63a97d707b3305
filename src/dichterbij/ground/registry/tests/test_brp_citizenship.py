"""What follows from nationality, country of birth and the unions in a person list."""

import pytest

from dichterbij.ground.registry.adapters import brp_family as family
from dichterbij.ground.registry.adapters.brp_residence import in_other_country_of_kingdom, is_dutch, is_union_citizen


def of_nationality(*codes: str) -> dict[str, object]:
    return {"nationaliteiten": [{"type": "Nationaliteit", "nationaliteit": {"code": code}} for code in codes]}


@pytest.mark.parametrize(
    ("codes", "dutch", "union"),
    [(("0001",), True, True), (("0072",), False, True), (("0081",), False, False), (("0339",), False, False),
     (("0339", "0001"), True, True), ((), None, None)],
)  # fmt: skip
def test_a_nationality_says_who_is_dutch_and_who_is_of_the_union(
    codes: tuple[str, ...], dutch: bool | None, union: bool | None
) -> None:
    person = of_nationality(*codes)
    assert (is_dutch(person), is_union_citizen(person)) == (dutch, union)


@pytest.mark.parametrize(("country", "said"), [("Aruba", True), ("Curaçao", True), ("Bonaire", False)])
def test_a_place_abroad_says_whether_it_is_another_country_of_the_kingdom(country: str, said: bool) -> None:
    place = {"type": "VerblijfplaatsBuitenland", "verblijfadres": {"land": {"omschrijving": country}}}
    assert in_other_country_of_kingdom({"verblijfplaats": place}) is said
    assert in_other_country_of_kingdom({"verblijfplaats": {"type": "Adres"}}) is False
    assert in_other_country_of_kingdom({"verblijfplaats": {"type": "VerblijfplaatsOnbekend"}}) is None


def union(partner: str, since: str, until: str = "") -> dict[str, object]:
    found: dict[str, object] = {
        "burgerservicenummer": partner,
        "aangaanHuwelijkPartnerschap": {"datum": {"datum": since}},
    }
    return found | ({"ontbindingHuwelijkPartnerschap": {"datum": {"datum": until}}} if until else {})


def test_the_union_that_lasts_speaks_before_one_that_ended() -> None:
    person = {"partners": [union("1", "2015-01-01"), union("2", "2001-01-01", "2014-01-01")]}
    told = (family.last_partner(person), family.last_union_since(person), family.last_union_until(person))
    assert told == ("1", "2015-01-01", None)
    alone = (family.last_partner({}), family.last_union_since({}), family.last_union_until({}))
    assert alone == (None, None, None)


def test_only_a_birth_in_the_netherlands_is_certainly_in_a_dutch_deed() -> None:
    assert family.has_dutch_deed({"geboorte": {"land": {"code": "6030"}}}) is True
    assert family.has_dutch_deed({"geboorte": {"land": {"code": "5106"}}}) is None
    assert family.has_dutch_deed({}) is None


def test_the_day_of_the_second_parent_is_not_that_of_the_first() -> None:
    since = {"datumIngangFamilierechtelijkeBetrekking": {"datum": "2023-05-01"}}
    parents = [{"ouderAanduiding": "1"}, {"ouderAanduiding": "2", **since}]
    assert family.second_parent_since({"ouders": parents}) == "2023-05-01"
    assert family.second_parent_since({"ouders": parents[:1]}) is None
