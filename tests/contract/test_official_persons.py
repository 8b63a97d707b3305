"""The 687 test persons that RvIG publishes load, and what their lists say comes back."""

import csv
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from dichterbij.ground.registry.adapters import known, transports
from dichterbij.ground.registry.domain import Query
from dichterbij.kernel.identifiers import Bsn, passes_eleven_test
from dichterbij_world.official.load import load_official
from dichterbij_world.registries import brp
from dichterbij_world.registries.brp_fields import PERSON, allowed, cut_down
from dichterbij_world.store import World

from .conftest import ON, REPOSITORY
from .openapi_schemas import validator

# element of the Logisch Ontwerp: where its text stands in the answer, as it is
TEXTS = {
    "01.01.10": "aNummer",
    "01.01.20": "burgerservicenummer",
    "01.02.10": "naam.voornamen",
    "01.02.20": "naam.adellijkeTitelPredicaat.code",
    "01.02.30": "naam.voorvoegsel",
    "01.02.40": "naam.geslachtsnaam",
    "01.04.10": "geslacht.code",
    "01.61.10": "naam.aanduidingNaamgebruik.code",
    "02.01.20": "ouders.1.burgerservicenummer",
    "02.02.40": "ouders.1.naam.geslachtsnaam",
    "03.02.40": "ouders.2.naam.geslachtsnaam",
    "08.09.10": "gemeenteVanInschrijving.code",
    "08.10.10": "verblijfplaats.functieAdres.code",
    "08.11.10": "verblijfplaats.verblijfadres.korteStraatnaam",
    "08.11.60": "verblijfplaats.verblijfadres.postcode",
    "08.11.80": "verblijfplaats.adresseerbaarObjectIdentificatie",
    "08.13.40": "verblijfplaats.verblijfadres.regel2",
    "10.39.10": "verblijfstitel.aanduiding.code",
}
DAYS = {
    "01.03.10": "geboorte.datum",
    "06.08.10": "overlijden.datum",
    "07.68.10": "datumEersteInschrijvingGBA",
    "08.09.20": "datumInschrijvingInGemeente",
}
UNKNOWN = {".", "98"}
# two days in the file cannot exist; what can be true of them is kept
IMPOSSIBLE = {"19660013": "19660000", "05": "00000000"}


@pytest.fixture(scope="module")
def official(world: World, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    path = tmp_path_factory.mktemp("official") / "world.sqlite3"
    shutil.copy(world.path, path)
    tables = shared / "standards/haal-centraal-brp/tables"
    assert load_official(path, _file(shared), tables) == 687
    return World(path)


@pytest.fixture(scope="module")
def documents(official: World) -> list[dict[str, Any]]:
    keys = [key for key in official.keys("brp") if not key.startswith("99990")]
    return [official.document("brp", key) or {} for key in keys]


def _file(shared: Path) -> Path:
    return shared / "personas/brp-testset-gba-v-20220502.csv"


def _first_rows(shared: Path) -> Iterator[Mapping[str, str]]:
    header, *rows = csv.reader(_file(shared).read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    return ({**dict(zip(header[1:-1], row[1:-1], strict=True)), "": row[0]} for row in rows if row[0])


def _at(document: Any, path: str) -> Any:
    for part in path.split("."):
        if isinstance(document, list):
            document = next((one for one in document if one.get("ouderAanduiding") == part), None)
        else:
            document = (document or {}).get(part)
    return document


def test_each_of_the_687_lists_is_there(documents: list[dict[str, Any]]) -> None:
    assert len(documents) == 687


def test_every_list_has_the_shape_of_the_contract(documents: list[dict[str, Any]], shared: Path) -> None:
    check = validator(shared / "standards/haal-centraal-brp/openapi-2.7.0.yaml", "Persoon", shape_only=True)
    wrong = [(error.json_path, error.message) for document in documents[::25] for error in check.iter_errors(document)]
    assert wrong == []


def test_what_the_list_says_comes_back(documents: list[dict[str, Any]], shared: Path) -> None:
    answers = {document.get("aNummer"): document for document in documents}
    compared = 0
    for row in _first_rows(shared):
        answer = answers[row["01.01.10"].strip() or None]
        if row["07.67.20"] == "W":
            continue
        for element, path in TEXTS.items():
            if (text := row[element].strip()) and text not in UNKNOWN and _is_shown(row, element):
                assert _at(answer, path) == text, (element, row[""])
                compared += 1
    assert compared > 6_000


def _is_shown(row: Mapping[str, str], element: str) -> bool:
    """Say whether the answer has a place for an element: not the street of who is abroad, nor a place unknown."""
    if not element.startswith("08.1"):
        return True
    if row["08.13.10"]:
        return row["08.13.10"] != "0000" and element.startswith("08.13")
    return row["08.11.10"] not in UNKNOWN | {""}


def test_days_come_back_as_far_as_they_are_known(documents: list[dict[str, Any]], shared: Path) -> None:
    answers = {document.get("aNummer"): document for document in documents}
    kinds = set()
    for row in _first_rows(shared):
        if row["07.67.20"] == "W":
            continue
        for element, path in DAYS.items():
            if digits := row[element].strip():
                found = _at(answers[row["01.01.10"].strip() or None], path)
                kinds.add(found["type"])
                assert _digits(found) == IMPOSSIBLE.get(digits, digits), (element, row[""])
    assert kinds == {"Datum", "JaarDatum", "JaarMaandDatum", "DatumOnbekend"}


def _digits(day: Mapping[str, Any]) -> str:
    if "datum" in day:
        return str(day["datum"]).replace("-", "")
    return f"{day.get('jaar', 0):04d}{day.get('maand', 0):02d}00"


def test_every_allowed_field_of_each_comes_back_equal(documents: list[dict[str, Any]]) -> None:
    leaves = {path for delivered in allowed("person").values() for path in delivered if "Binnenland" not in path}
    for document in documents:
        for path in leaves:
            assert _reached(cut_down(document, [path]), path.split(".")) == _reached(document, path.split("."))


def _reached(group: Any, parts: list[str]) -> Any:
    if not parts or group is None:
        return group
    if isinstance(group, list):
        return [reached for one in group if (reached := _reached(one, parts)) is not None] or None
    return _reached(group.get(parts[0]), parts[1:])


def test_the_register_answers_each_number_with_the_whole_list(official: World, documents: list[dict[str, Any]]) -> None:
    numbers = sorted({document["burgerservicenummer"] for document in documents if "burgerservicenummer" in document})
    found: list[dict[str, Any]] = []
    with httpx.Client(transport=httpx.WSGITransport(app=brp.make(official)), base_url="http://brp") as client:
        for start in range(0, len(numbers), 20):
            body = {
                "type": "RaadpleegMetBurgerservicenummer",
                "burgerservicenummer": numbers[start : start + 20],
                "fields": list(PERSON),
            }
            answer = client.post("/personen", json=body, headers={"X-API-KEY": "demonstration"})
            found += answer.json()["personen"]
    with_number = [document for document in documents if "burgerservicenummer" in document]
    assert sorted(found, key=repr) == sorted(map(_as_asked, with_number), key=repr)


def _as_asked(document: dict[str, Any]) -> dict[str, Any]:
    return cut_down(document, [path for delivered in allowed("person").values() for path in delivered])


def test_the_production_adapter_reads_every_one_of_them(official: World, documents: list[dict[str, Any]]) -> None:
    transports.register("official-brp", brp.make(official))
    numbers = {document.get("burgerservicenummer", "") for document in documents}
    persons = tuple(Bsn(number) for number in sorted(numbers) if passes_eleven_test(number))
    facts = yaml.safe_load((REPOSITORY / "laws/facts.yaml").read_text(encoding="utf-8")).values()
    sources = [fact["source"] for fact in facts if fact.get("source", {}).get("registry") == "brp"]
    fields = tuple(dict.fromkeys(source["field"] for source in sources))
    query = Query(registry="brp", persons=persons, fields=fields, at=ON)
    found = known.ADAPTERS["brp"]("inprocess:official-brp", "demonstration").fetch(query)
    assert set(found) == set(persons) and len(persons) > 650
    assert sum("geboorte.datum" in record.values for record in found.values()) > 600
    assert {record.suspended for record in found.values()} == {None, "E", "O", "R", "M"}
    assert any(record.in_investigation for record in found.values())


def test_secrecy_suspension_and_guardianship_are_counted_as_published(documents: list[dict[str, Any]]) -> None:
    suspended = [
        document["opschortingBijhouding"]["reden"]["code"]
        for document in documents
        if "opschortingBijhouding" in document
    ]
    assert {code: suspended.count(code) for code in set(suspended)} == {"E": 56, "O": 20, "R": 20, "W": 1, "M": 1}
    assert sum("geheimhoudingPersoonsgegevens" in document for document in documents) == 46
    assert sum("indicatieCurateleRegister" in document for document in documents) == 14
    assert all(
        set(one) <= {"aNummer", "burgerservicenummer", "opschortingBijhouding"} for one in documents if _is_erased(one)
    )


def _is_erased(document: Mapping[str, Any]) -> bool:
    return bool(document.get("opschortingBijhouding", {}).get("reden", {}).get("code") == "W")
