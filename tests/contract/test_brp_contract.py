"""The synthetic population register keeps to Haal Centraal BRP Personen bevragen 2.7."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from dichterbij_world.registries import brp
from dichterbij_world.registries.brp_fields import PERSON, UNASKED, allowed
from dichterbij_world.registries.brp_queries import QUERY_TYPES
from dichterbij_world.store import World

from .openapi_schemas import validator

BY_NUMBER = "RaadpleegMetBurgerservicenummer"


@pytest.fixture
def register(world: World) -> Iterator[httpx.Client]:
    transport = httpx.WSGITransport(app=brp.make(world))
    with httpx.Client(transport=transport, base_url="http://brp", headers={"X-API-KEY": "demonstration"}) as client:
        yield client


def rows(file: Path, encoding: str = "utf-8") -> list[list[str]]:
    return [row for row in csv.reader(file.read_text(encoding=encoding).splitlines()) if row]


def by_number(client: httpx.Client, *numbers: str, fields: list[str]) -> httpx.Response:
    return client.post("/personen", json={"type": BY_NUMBER, "burgerservicenummer": list(numbers), "fields": fields})


def one(client: httpx.Client, world: World, key: str, *fields: str) -> dict[str, Any]:
    answer = by_number(client, world.persona(key).bsn, fields=list(fields))
    assert answer.status_code == 200, answer.text
    return answer.json()["personen"][0]


def errors(answer: httpx.Response) -> list[tuple[str, str]]:
    assert answer.headers["content-type"] == "application/problem+json"
    return [(wrong["name"], wrong["code"]) for wrong in answer.json()["invalidParams"]]


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("person", "fields-Persoon.csv"),
        ("limited", "fields-PersoonBeperkt.csv"),
        ("limited_with_authority", "fields-GezagPersoonBeperkt.csv"),
    ],
)
def test_the_fields_that_may_be_asked_are_those_of_the_contract(shared: Path, kind: str, file: str) -> None:
    listed = {row[0] for row in rows(shared / "standards/haal-centraal-brp" / file)} - {"pad"}
    assert set(allowed(kind)) == listed


@pytest.mark.parametrize(
    ("kind", "file"), [("person", "fields-filtered-Persoon.csv"), ("limited", "fields-filtered-PersoonBeperkt.csv")]
)
def test_values_that_come_whole_are_those_of_the_contract(shared: Path, kind: str, file: str) -> None:
    listed = {row[0] for row in rows(shared / "standards/haal-centraal-brp" / file)} - {"pad"}
    for path, delivered in allowed(kind).items():
        if "datumIngangGeldigheid" in path or path.endswith(".type") or path.startswith("indicatieGezag"):
            continue
        whole = next(above for above in _upward(path) if above in listed)
        assert all(one == whole or one.startswith(f"{whole}.") for one in delivered), path


def _upward(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition(".")[0]


@pytest.mark.parametrize("persons", [20, pytest.param(300, marks=pytest.mark.slow)])
def test_every_whole_list_of_the_world_is_valid_under_the_schemas(
    register: httpx.Client, world: World, shared: Path, persons: int
) -> None:
    check = validator(shared / "standards/haal-centraal-brp/openapi-2.7.0.yaml", "PersonenQueryResponse")
    numbers = list(world.keys("brp"))[:persons]
    for start in range(0, len(numbers), 20):
        answer = by_number(register, *numbers[start : start + 20], fields=list(PERSON)).json()
        assert len(answer["personen"]) == len(numbers[start : start + 20])
        assert not [f"{wrong.json_path}: {wrong.message}" for wrong in check.iter_errors(answer)]


@pytest.mark.slow
def test_every_asked_field_alone_gives_a_valid_answer(register: httpx.Client, world: World, shared: Path) -> None:
    check = validator(shared / "standards/haal-centraal-brp/openapi-2.7.0.yaml", "PersonenQueryResponse")
    for path in allowed("person"):
        answer = by_number(register, world.persona("widower").bsn, world.persona("uncle").bsn, fields=[path])
        assert not [wrong.message for wrong in check.iter_errors(answer.json())], path


def test_only_what_is_asked_comes_back(register: httpx.Client, world: World) -> None:
    assert one(register, world, "student", "naam.geslachtsnaam") == {"naam": {"geslachtsnaam": "Zwaanstra"}}
    found = one(register, world, "widower", "kinderen.naam.voornamen", "verblijfplaats.verblijfadres.postcode")
    assert found == {
        "kinderen": [{"naam": {"voornamen": "Levi"}}, {"naam": {"voornamen": "Liv"}}],
        "verblijfplaats": {"type": "Adres", "verblijfadres": {"postcode": "3011AA"}},
    }


def test_part_of_a_day_or_coded_value_gives_all_of_it(register: httpx.Client, world: World) -> None:
    found = one(register, world, "student", "geboorte.datum.jaar", "geslacht.code")
    assert found["geboorte"] == {"datum": {"type": "Datum", "datum": "2002-02-11", "langFormaat": "11 februari 2002"}}
    assert found["geslacht"] == {"code": "V", "omschrijving": "vrouw"}


def test_the_list_of_somebody_who_died_says_so_unasked(register: httpx.Client, world: World) -> None:
    found = one(register, world, "student_mother", "burgerservicenummer")
    assert found["opschortingBijhouding"]["reden"]["code"] == "O"
    assert "overlijden" not in found and "leeftijd" not in found


def test_secrecy_comes_along_unasked(register: httpx.Client, world: World) -> None:
    secret = next(
        number
        for number in world.keys("brp")
        if (world.document("brp", number) or {}).get("geheimhoudingPersoonsgegevens")
    )
    answer = by_number(register, secret, fields=["leeftijd"]).json()["personen"][0]
    assert answer["geheimhoudingPersoonsgegevens"] is True


def test_doubt_about_a_value_comes_along_with_that_value_only(register: httpx.Client, world: World) -> None:
    lists = ((number, world.document("brp", number) or {}) for number in world.keys("brp"))
    doubted = next(number for number, found in lists if "inOnderzoek" in found["verblijfplaats"])
    place = by_number(register, doubted, fields=["verblijfplaats.datumVan"]).json()["personen"][0]["verblijfplaats"]
    assert place["inOnderzoek"]["datumVan"] is True and "functieAdres" not in place["inOnderzoek"]
    assert "verblijfplaats" not in by_number(register, doubted, fields=["leeftijd"]).json()["personen"][0]


@pytest.mark.parametrize(
    "field", ["inOnderzoek", *UNASKED, "naam.bestaatNiet", "geboorte.inOnderzoek", "partners.naam.type"]
)
def test_a_field_that_does_not_exist_or_comes_unasked_is_refused(
    register: httpx.Client, world: World, field: str
) -> None:
    answer = by_number(register, world.persona("student").bsn, fields=["naam", field])
    assert (answer.status_code, answer.json()["code"]) == (400, "paramsValidation")
    assert errors(answer) == [("fields[1]", "fields")]
    assert answer.headers["x-geleverde-pls"] == ""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"fields": []}, [("fields", "minItems")]),
        ({"fields": ["naam"] * 131}, [("fields", "maxItems")]),
        ({"fields": "naam"}, [("fields", "array")]),
        ({"burgerservicenummer": []}, [("burgerservicenummer", "minItems")]),
        ({"burgerservicenummer": ["999900006"] * 21}, [("burgerservicenummer", "maxItems")]),
        ({"burgerservicenummer": ["99990000"]}, [("burgerservicenummer[0]", "pattern")]),
        ({"burgerservicenummer": [999900006]}, [("burgerservicenummer[0]", "pattern")]),
        ({"postcode": "3011AA"}, [("postcode", "unknownParam")]),
        ({"type": "ZoekMetSchoenmaat"}, [("type", "value")]),
        ({"type": 3}, [("type", "value")]),
    ],
)
def test_a_wrong_question_is_refused_with_each_wrong_parameter(
    register: httpx.Client, change: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    body = {"type": BY_NUMBER, "burgerservicenummer": ["999900006"], "fields": ["naam"]} | change
    answer = register.post("/personen", json=body)
    assert answer.status_code == 400
    assert errors(answer) == expected


def test_a_question_without_its_parameters_names_them(register: httpx.Client) -> None:
    answer = register.post("/personen", json={"type": "ZoekMetPostcodeEnHuisnummer"})
    assert errors(answer) == [("postcode", "required"), ("huisnummer", "required"), ("fields", "required")]


def test_a_refusal_is_word_for_word_that_of_the_register(register: httpx.Client, world: World) -> None:
    body = {"type": BY_NUMBER, "burgerservicenummer": ["999900006"], "fields": ["naam", "naam.nietBestaand"]}
    rfc = "https://datatracker.ietf.org/doc/html/rfc"
    assert register.post("/personen", json=body).json() == {
        "type": f"{rfc}7231#section-6.5.1",
        "title": "Een of meerdere parameters zijn niet correct.",
        "status": 400,
        "detail": "De foutieve parameter(s) zijn: fields[1].",
        "code": "paramsValidation",
        "instance": "/personen",
        "invalidParams": [
            {"name": "fields[1]", "code": "fields", "reason": "Parameter bevat een niet bestaande veldnaam."}
        ],
    }
    limited = {"X-API-KEY": "names-only"}
    assert register.post("/personen", json=body | {"fields": ["verblijfplaats"]}, headers=limited).json() == {
        "type": f"{rfc}7231#section-6.5.3",
        "title": "U bent niet geautoriseerd voor één of meerdere opgegeven field waarden.",
        "status": 403,
        "code": "unauthorizedField",
        "instance": "/personen",
    }
    assert register.post("/personen", json=body, headers={"X-API-KEY": "x"}).json() == {
        "type": f"{rfc}7235#section-3.1",
        "title": "Niet correct geauthenticeerd.",
        "status": 401,
        "code": "authentication",
        "instance": "/personen",
    }
    assert register.get("/personen").headers["allow"] == "POST, OPTIONS"


def test_refusals_have_the_shape_of_the_contract(register: httpx.Client, shared: Path) -> None:
    check = validator(shared / "standards/haal-centraal-brp/openapi-2.7.0.yaml", "Foutbericht")
    answers = [
        register.post("/personen", json={"type": BY_NUMBER}, headers={"X-API-KEY": "nobody"}),
        register.post("/personen", content="naam=x", headers={"Content-Type": "text/plain"}),
        register.post("/personen", json={}, headers={"Accept": "text/xml"}),
        register.post("/personen", content="{", headers={"Content-Type": "application/json"}),
        register.get("/personen"),
        register.get("/elders"),
    ]
    assert [answer.status_code for answer in answers] == [401, 415, 406, 400, 405, 404]
    for answer in answers:
        assert answer.headers["content-type"] == "application/problem+json"
        assert not list(check.iter_errors(answer.json())), answer.json()


def test_a_consumer_gets_no_field_outside_its_authorisation(register: httpx.Client, world: World) -> None:
    limited = {"X-API-KEY": "names-only"}
    body = {
        "type": BY_NUMBER,
        "burgerservicenummer": [world.persona("student").bsn],
        "fields": ["naam.voornamen", "verblijfplaats"],
    }
    refused = register.post("/personen", json=body, headers=limited)
    assert (refused.status_code, refused.json()["code"]) == (403, "unauthorizedField")
    assert register.post("/personen", json=body | {"fields": ["naam"]}, headers=limited).status_code == 200
    search = {"type": "ZoekMetPostcodeEnHuisnummer", "postcode": "3011AA", "huisnummer": 1, "fields": ["naam"]}
    assert register.post("/personen", json=search, headers=limited).json()["code"] == "unauthorizedParameter"


def test_the_delivered_lists_are_named_in_a_header(register: httpx.Client, world: World) -> None:
    numbers = [world.persona("student").bsn, world.persona("widow").bsn]
    answer = by_number(register, *numbers, "999990019", fields=["leeftijd"])
    assert answer.headers["x-geleverde-pls"].split(",") == [str(int(number) + 10**9) for number in numbers]


def _searches(world: World) -> Iterator[tuple[str, dict[str, object]]]:
    found = world.document("brp", world.persona("student").bsn) or {}
    address = found["verblijfplaats"]["verblijfadres"]
    number = {"huisnummer": address["huisnummer"]}
    yield "ZoekMetGeslachtsnaamEnGeboortedatum", {"geslachtsnaam": "zwaan*", "geboortedatum": "2002-02-11"}
    yield (
        "ZoekMetNaamEnGemeenteVanInschrijving",
        {"geslachtsnaam": "Zwaanstra", "voornamen": "mir*", "gemeenteVanInschrijving": "0599"},
    )
    yield "ZoekMetPostcodeEnHuisnummer", number | {"postcode": address["postcode"].lower()}
    yield (
        "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving",
        number | {"straat": "elzenakker*", "gemeenteVanInschrijving": "0599"},
    )
    yield (
        "ZoekMetNummeraanduidingIdentificatie",
        {"nummeraanduidingIdentificatie": found["verblijfplaats"]["nummeraanduidingIdentificatie"]},
    )
    yield (
        "ZoekMetAdresseerbaarObjectIdentificatie",
        {"adresseerbaarObjectIdentificatie": found["verblijfplaats"]["adresseerbaarObjectIdentificatie"]},
    )


def test_every_way_to_search_finds_the_living_person_only(register: httpx.Client, world: World, shared: Path) -> None:
    check = validator(shared / "standards/haal-centraal-brp/openapi-2.7.0.yaml", "PersonenQueryResponse")
    searches = dict(_searches(world))
    assert {BY_NUMBER, *searches} == set(QUERY_TYPES)
    for kind, parameters in searches.items():
        body = {"type": kind, "fields": ["burgerservicenummer", "naam", "leeftijd", "adressering"], **parameters}
        answer = register.post("/personen", json=body)
        assert answer.status_code == 200, answer.text
        assert [found["burgerservicenummer"] for found in answer.json()["personen"]] == [
            world.persona("student").bsn
        ], kind
        assert not list(check.iter_errors(answer.json()))


def test_the_dead_are_found_only_when_asked_for(register: httpx.Client, world: World) -> None:
    body = {
        "type": "ZoekMetPostcodeEnHuisnummer",
        "postcode": "3011AA",
        "huisnummer": 1,
        "fields": ["burgerservicenummer"],
    }
    both = register.post("/personen", json=body | {"inclusiefOverledenPersonen": True}).json()["personen"]
    assert {found["burgerservicenummer"] for found in both} == {
        world.persona(key).bsn for key in ("student", "student_mother")
    }


def test_after_the_death_of_a_parent_the_other_has_authority_alone(register: httpx.Client, world: World) -> None:
    relations = one(register, world, "widower", "gezag")["gezag"]
    assert [relation["type"] for relation in relations] == ["EenhoofdigOuderlijkGezag"] * 2
    assert {relation["ouder"]["burgerservicenummer"] for relation in relations} == {world.persona("widower").bsn}


def test_a_coded_value_has_the_description_of_the_national_tables(world: World, shared: Path) -> None:
    folder = shared / "standards/haal-centraal-brp/tables"
    known = {(row[0], row[1]) for file in folder.glob("Tabel[35]*.csv") for row in rows(file, "utf-16")}
    for number in world.keys("brp"):
        found = world.document("brp", number) or {}
        coded = [found["gemeenteVanInschrijving"], found["geboorte"]["land"], *_of_nationality(found)]
        assert all((value["code"], value["omschrijving"]) in known for value in coded), coded


def _of_nationality(found: dict[str, Any]) -> Iterator[dict[str, str]]:
    nationality = found["nationaliteiten"][0]
    yield from (nationality[name] for name in ("nationaliteit", "redenOpname") if name in nationality)
    yield from (found["verblijfstitel"][name] for name in ("aanduiding",) if "verblijfstitel" in found)
