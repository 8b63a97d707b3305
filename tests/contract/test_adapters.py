"""The production adapters read the registries the same way in process and over HTTP."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from dichterbij.ground.registry.adapters import known, source
from dichterbij.ground.registry.domain import Query, RawRecord, SourceRefused, SourceUnavailable, TooManyAtSource
from dichterbij.ground.registry.sought import Search
from dichterbij.kernel.identifiers import Bsn, KvkNumber
from dichterbij.kernel.periods import Period
from dichterbij_world.registries import faults
from dichterbij_world.registries.brp_queries import QUERY_TYPES
from dichterbij_world.store import World, Writer

from .conftest import ON, REPOSITORY, Adapters

MONTH = Period.month(2026, 6)
ONE_AT_A_TIME = {"bag", "brk", "woz", "cjib", "cak"}


@cache
def vocabulary() -> dict[str, dict[str, Any]]:
    facts = yaml.safe_load((REPOSITORY / "laws/facts.yaml").read_text(encoding="utf-8"))
    return {name: fact for name, fact in facts.items() if "source" in fact}


def fields_of(registry: str) -> tuple[str, ...]:
    """Return what a registry can be asked about a person."""
    kept = (fact for fact in vocabulary().values() if fact["source"]["registry"] == registry)
    return tuple({fact["source"]["field"] for fact in kept if fact["of"] != "company"})


def read(
    adapters: Adapters, world: World, registry: str, key: str, *fields: str, period: Period = MONTH
) -> dict[str, Any]:
    return {
        name: value.value
        for name, value in record(adapters, world, registry, key, *fields, period=period).values.items()
    }


def record(
    adapters: Adapters, world: World, registry: str, key: str, *fields: str, period: Period = MONTH
) -> RawRecord:
    bsn = Bsn(world.persona(key).bsn)
    query = Query(registry=registry, persons=(bsn,), fields=fields, at=ON, period=period)
    return adapters(registry).fetch(query)[bsn]


@pytest.fixture
def fault(world: World) -> Iterator[Any]:
    """A switch that makes a registry misbehave until the test ends."""
    switched: list[str] = []

    def switch(registry: str, kind: str) -> None:
        switched.append(registry)
        _set_fault(world.path, registry, kind)

    yield switch
    for registry in switched:
        _set_fault(world.path, registry, "")


def _set_fault(path: Path, registry: str, kind: str) -> None:
    writer = Writer(path)
    writer.set_fault(registry, kind)
    writer.close()


@pytest.mark.parametrize("registry", sorted({fact["source"]["registry"] for fact in vocabulary().values()}))
def test_every_fact_of_the_vocabulary_can_be_read_of_everybody(adapters: Adapters, world: World, registry: str) -> None:
    persons = tuple(Bsn(number) for number in world.keys("brp"))
    persons = persons[::3] if registry in ONE_AT_A_TIME else persons
    query = Query(registry=registry, persons=persons, fields=fields_of(registry), at=ON, period=MONTH)
    query = replace(query, keys=_homes(adapters, registry, persons)) if registry in known.KEYED_BY else query
    found = adapters(registry).fetch(query)
    assert set(found) == set(persons)
    assert all(set(record.values) <= set(query.fields) for record in found.values())


def _homes(adapters: Adapters, keyed: str, persons: tuple[Bsn, ...]) -> dict[Bsn, tuple[str, ...]]:
    """Return what the gateway reads first for a register that knows no people."""
    registry, field = known.KEYED_BY[keyed]
    found = adapters(registry).fetch(Query(registry=registry, persons=persons, fields=(field,), at=ON))
    values = {bsn: said.values[field].value for bsn, said in found.items() if field in said.values}
    return {bsn: value if isinstance(value, tuple) else (value,) for bsn, value in values.items()}  # type: ignore[misc]


def test_every_register_fact_names_a_registry_that_has_an_adapter() -> None:
    assert {fact["source"]["registry"] for fact in vocabulary().values()} <= set(known.ADAPTERS)


def test_the_student_is_known_to_every_registry(adapters: Adapters, world: World) -> None:
    found = {
        name: value
        for registry in known.ADAPTERS
        if fields_of(registry) and registry not in known.KEYED_BY
        for name, value in read(adapters, world, registry, "student", *fields_of(registry)).items()
    }
    expected = {
        "geboorte.datum": "2002-02-11",
        "ouders.1.burgerservicenummer": world.persona("student_mother").bsn,
        "ouders.2.burgerservicenummer": world.persona("student_father").bsn,
        "verblijfplaats.adresseerbaarObjectIdentificatie": "0599010000000001",
        "gemeenteVanInschrijving.code": "GM0599",
        "verblijfplaats.inNederland": True,
        "verblijfstitel.rechtmatigVerblijf": True,
        "nationaliteiten.gelijkgesteldMetNederlander": True,
        "inkomensgegeven.verzamelinkomen": 640000,
        "inkomensgegeven.loonPerMaand": 53300,
        "inkomensgegeven.uitkeringPerMaand": 0,
        "vermogen.rendementsgrondslag": 230000,
        "verzekering.zvw": True,
        "inschrijving.onderwijssoort": "mbo_bol",
        "inschrijving.niveau": 3,
        "inschrijving.vorm": "voltijd",
        "studiefinanciering.eersteMaand": "2024-08-01",
        "studiefinanciering.woonsituatie": "thuiswonend",
        "aow.uitkering": False,
        "aow.opbouwpercentage": 100,
        "verzekering.anw": True,
        "ondernemingen.aantal": 0,
        "voertuigen.aantal": 0,
        "huurovereenkomst.aanwezig": True,
        "huurovereenkomst.kaleHuur": 64850,
        "onroerendeZaken.aantal": 0,
        "inkomsten.nettoUitkering": 0,
        "inkomsten.gemiddeldNetto36Maanden": 45087,
        "dienstverband.gemiddeldeUrenPerWeek": 6,
        "dienstverband.gewerkteWekenVan36": 36,
        "arbeidsverleden.jarenVanLaatsteVijf": 4,
        "uitkeringen.ziekteOfArbeidsongeschiktheid": False,
    }
    assert expected.items() <= found.items()


def test_an_owner_has_a_home_its_value_and_what_is_to_be_paid(adapters: Adapters, world: World) -> None:
    assert read(adapters, world, "brk", "widow_daughter", "onroerendeZaken.aantal") == {"onroerendeZaken.aantal": 1}
    person = Bsn(world.persona("widow_daughter").bsn)
    homes = _homes(adapters, "woz", (person,))
    query = Query(registry="woz", persons=(person,), fields=("wozObjecten.waarde",), at=ON, keys=homes)
    value = adapters("woz").fetch(query)[person].values["wozObjecten.waarde"]
    _, family = world.family_of(person.value)
    home = family.home(homes[person][0])
    assert home is not None and (value.value, value.valid_from) == (home.value_cents, date(2026, 1, 1))
    before = adapters("woz").fetch(replace(query, at=date(2025, 6, 1)))[person].values["wozObjecten.waarde"]
    assert isinstance(before.value, int) and before.value < home.value_cents
    too_early = adapters("woz").fetch(replace(query, at=date(2020, 6, 1)))[person]
    assert too_early.values == {}
    assert read(adapters, world, "cjib", "widow_daughter", "vorderingen.saldo", "vorderingen.aantal") == {
        "vorderingen.saldo": 12800,
        "vorderingen.aantal": 1,
    }
    assert read(adapters, world, "cak", "widow_daughter", "vorderingen.saldo") == {"vorderingen.saldo": 0}
    matters = read(adapters, world, "cjib", "widow_daughter", "vorderingen.zaken")["vorderingen.zaken"]
    assert [each["saldo"] for each in matters] == [12800]


def test_a_home_is_asked_by_its_own_number_and_another_kind_of_place_is_not(adapters: Adapters, world: World) -> None:
    student, homeless, stranger = (Bsn(world.persona(key).bsn) for key in ("student", "homeless", "widow"))
    homes = {**_homes(adapters, "bag", (student, homeless)), stranger: ("0599020000000001",)}
    fields = ("verblijfsobject.zelfstandigeWoning", "verblijfsobject.oppervlakte")
    query = Query(registry="bag", persons=(student, homeless, stranger), fields=fields, at=ON, keys=homes)
    found = adapters("bag").fetch(query)
    _, family = world.family_of(student.value)
    home = family.home(homes[student][0])
    assert home is not None
    assert {name: each.value for name, each in found[student].values.items()} == {
        fields[0]: home.independent,
        fields[1]: home.floor_area,
    }
    assert found[homeless].values == found[stranger].values == {}
    nowhere = replace(query, keys={student: ("0599010000999999",)})
    assert adapters("bag").fetch(nowhere)[student].values == {}


def test_a_total_value_is_not_given_when_a_home_has_none(adapters: Adapters, world: World) -> None:
    person = Bsn(world.persona("widow_daughter").bsn)
    homes = {person: (*_homes(adapters, "woz", (person,))[person], "0599010000999999")}
    query = Query(registry="woz", persons=(person,), fields=("wozObjecten.waarde",), at=ON, keys=homes)
    assert adapters("woz").fetch(query)[person].values == {}


def test_a_father_alone_gets_child_benefit_and_has_child_care(adapters: Adapters, world: World) -> None:
    children = tuple(world.persona(key).bsn for key in ("widower_son", "widower_daughter"))
    benefit = read(adapters, world, "svb", "widower", "kinderbijslag.kinderen", "verzekering.akw")
    assert sorted(benefit["kinderbijslag.kinderen"]) == sorted(children)
    assert benefit["verzekering.akw"] is True
    care = read(adapters, world, "lrk", "widower", "opvang.kinderen")
    assert sorted(care["opvang.kinderen"]) == sorted(children)
    of_child = read(adapters, world, "lrk", "widower_son", *fields_of("lrk"))
    assert of_child["opvang.geregistreerd"] is True
    assert {name.rpartition(".")[2] for name in of_child} >= {"urenPerMaand", "uurtarief"}


def test_what_is_read_of_everybody_is_what_they_are(adapters: Adapters, world: World) -> None:
    people = [(person, family) for family in world.families() for person in family.people]
    persons = tuple(Bsn(person.bsn) for person, _ in people)

    def all_of(registry: str, field: str, period: Period = MONTH) -> dict[str, Any]:
        query = Query(registry=registry, persons=persons, fields=(field,), at=ON, period=period)
        found = adapters(registry).fetch(query)
        return {bsn.value: record.values[field].value for bsn, record in found.items() if field in record.values}

    partners = all_of("brp", "partners.burgerservicenummer")
    incomes = all_of("belastingdienst", "inkomensgegeven.verzamelinkomen", Period.year(2024))
    vehicles, births, rents = (
        all_of("rdw", "voertuigen.aantal"),
        all_of("brp", "geboorte.datum"),
        all_of("huur", "huurovereenkomst.kaleHuur"),
    )
    for person, family in people:
        running = [one for one in person.unions if not one.ended_on and not family.person(one.partner).has_died(ON)]
        assert partners.get(person.bsn) == (running[0].partner if running and not person.has_died(ON) else None)
        assert incomes[person.bsn] // 100 == next(one.cents for one in person.incomes if one.year == 2024) // 100
        assert vehicles[person.bsn] == len(person.vehicles)
        assert births.get(person.bsn) == (person.born_on.isoformat() if person.birth_known == "day" else None)
        home = family.home(person.home)
        assert rents.get(person.bsn) == (
            home.rent_cents if home and home.rented and not person.letter_address else None
        )


def test_the_year_of_the_question_decides_which_income_is_read(adapters: Adapters, world: World) -> None:
    field = "inkomensgegeven.verzamelinkomen"
    in_2024 = record(adapters, world, "belastingdienst", "student_father", field, period=Period.year(2024)).values[
        field
    ]
    assert (in_2024.value, in_2024.valid_from) == (3_004_200, date(2024, 1, 1))
    assert read(adapters, world, "belastingdienst", "student_father", field, period=Period.year(2019)) == {}


def test_the_month_after_the_death_the_student_no_longer_lives_with_a_parent(adapters: Adapters, world: World) -> None:
    field = "studiefinanciering.woonsituatie"
    assert read(adapters, world, "duo", "student", field, period=Period.month(2026, 7)) == {field: "uitwonend"}


def test_a_marriage_ends_with_the_death_of_one_of_the_two(adapters: Adapters, world: World) -> None:
    fields = ("partners.burgerservicenummer", "partners.voormalig")
    assert read(adapters, world, "brp", "widow", *fields) == {"partners.voormalig": world.persona("widow_husband").bsn}
    at_death = "partners.bijOverlijden.burgerservicenummer"
    assert read(adapters, world, "brp", "widow_husband", at_death) == {at_death: world.persona("widow").bsn}
    assert read(adapters, world, "brp", "student_mother", at_death) == {}


def test_a_record_says_that_it_is_suspended_and_why(adapters: Adapters, world: World) -> None:
    assert record(adapters, world, "brp", "student_mother", "overlijden.datum").suspended == "O"
    assert record(adapters, world, "brp", "uncle", "geboorte.datum").suspended == "R"
    assert record(adapters, world, "brp", "student", "geboorte.datum").suspended is None


def test_secrecy_and_doubt_travel_with_the_values(adapters: Adapters, world: World) -> None:
    lists = [(Bsn(number), world.document("brp", number) or {}) for number in world.keys("brp")]
    secret = next(bsn for bsn, found in lists if "geheimhoudingPersoonsgegevens" in found)
    doubted = next(bsn for bsn, found in lists if "inOnderzoek" in found["verblijfplaats"])
    address = "verblijfplaats.adresseerbaarObjectIdentificatie"
    query = Query(registry="brp", persons=(secret, doubted), fields=(address, "leeftijd"), at=ON)
    found = adapters("brp").fetch(query)
    assert found[secret].confidential
    assert found[doubted].in_investigation == {address}


def test_who_lives_where(adapters: Adapters, world: World) -> None:
    fields = ("verblijfplaats.gebied", "verblijfplaats.inNederland", "verblijfplaats.adresseerbaarObjectIdentificatie")
    assert read(adapters, world, "brp", "bonaire_mother", *fields) == {fields[0]: "BQ-BO", fields[1]: False}
    assert read(adapters, world, "brp", "uncle", *fields) == {fields[0]: "abroad", fields[1]: False}
    assert read(adapters, world, "brp", "homeless", *fields) == {fields[0]: "NL", fields[1]: True}


def test_the_living_at_the_address_are_the_household(adapters: Adapters, world: World) -> None:
    field = "medebewoners.burgerservicenummer"
    children = {world.persona("widower_son").bsn, world.persona("widower_daughter").bsn}
    assert set(read(adapters, world, "brp", "widower", field)[field]) == children
    assert read(adapters, world, "brp", "student", field) == {}


def test_an_answer_says_whose_data_it_also_looked_at(adapters: Adapters, world: World) -> None:
    children = {Bsn(world.persona("widower_son").bsn), Bsn(world.persona("widower_daughter").bsn)}
    who = record(adapters, world, "brp", "widower", "medebewoners.burgerservicenummer").also_about
    together = record(adapters, world, "brp", "widower", "samenwonende.burgerservicenummer").also_about
    assert set(who) == set(together) == children
    assert set(who.values()) == {("verblijfplaats.adresseerbaarObjectIdentificatie",)}
    assert "geboorte.datum" in next(iter(together.values()))
    assert record(adapters, world, "brp", "widower", "geboorte.datum").also_about == {}


def test_a_guardian_and_the_person_under_guardianship_name_each_other(adapters: Adapters, world: World) -> None:
    ward, guardian = world.persona("ward").bsn, world.persona("guardian").bsn
    fields = ("curatoren.burgerservicenummer", "curatoren.aanwezig", "clienten")
    assert read(adapters, world, "ccbr", "ward", *fields) == {fields[0]: (guardian,), fields[1]: True}
    client = {"nummer": ward, "soort": "curatele", "sinds": "2006-07-08"}
    assert read(adapters, world, "ccbr", "guardian", *fields) == {fields[2]: (client,)}
    assert read(adapters, world, "ccbr", "student", *fields) == {}


def test_the_courts_know_executors_heirs_and_trustees(adapters: Adapters, world: World) -> None:
    def said(key: str, field: str = "nalatenschappen") -> Any:
        return read(adapters, world, "ccbr", key, field).get(field)

    father, mother = world.persona("widow_husband").bsn, world.persona("student_mother").bsn
    nobody = {"medeExecuteurs": 0}
    executor = {"nummer": father, "rol": "executeur", "bevoegdheid": "alleen", "medeErfgenamen": 0, **nobody}
    heir = {"nummer": father, "rol": "erfgenaam", "bevoegdheid": "geen", "medeErfgenamen": 1, **nobody}
    assert said("widow_daughter") == (executor, heir)
    assert said("widow") == (heir,)
    only = {"nummer": mother, "rol": "erfgenaam", "bevoegdheid": "alleen", "medeErfgenamen": 0, **nobody}
    assert said("student") == (only,)
    assert said("uncle") == (only | {"rol": "contactpersoon"},)
    assert [each["bevoegdheid"] for each in said("widower") or ()] == ["alleen"]
    assert [each["bevoegdheid"] for each in said("widower_son") or ()] == ["geen"]
    company = {"burgerservicenummer": None, "kvkNummer": "90123459", "naam": "Fietsenmakerij De Ketting B.V."}
    assert said("student_father", "faillissementen") == (company,)


def test_a_company_is_known_by_its_own_number(adapters: Adapters, world: World) -> None:
    def said(number: str, registry: str, *fields: str) -> dict[str, Any]:
        asked = Query(registry=registry, persons=(KvkNumber(number),), fields=fields, at=ON)
        return {name: each.value for name, each in adapters(registry).fetch(asked)[KvkNumber(number)].values.items()}

    profile = ("onderneming.naam", "onderneming.adresregel1", "onderneming.adresregel2", "onderneming.inNederland")
    assert {fact["source"]["field"] for fact in vocabulary().values() if fact["of"] == "company"} <= set(profile)
    found = said("90123456", "kvk", *profile)
    assert found[profile[0]] == "Trattoria Ovenbrink B.V." and found[profile[3]] is True and len(found) == len(profile)
    assert said("00000000", "kvk", *profile) == {}
    assert said("90123459", "ccbr", "insolventies.failliet") == {"insolventies.failliet": True}
    assert said("90123456", "ccbr", "insolventies.failliet") == {}


def test_adults_without_a_bond_at_one_address_may_live_together(adapters: Adapters, world: World) -> None:
    fields = ("samenwonende.burgerservicenummer", "samenwonende.gezamenlijkKind", "samenwonende.minderjarigKindOpAdres")
    first, second, children = next(_unmarried_parents(world))
    query = Query(registry="brp", persons=(Bsn(first),), fields=fields, at=ON)
    found = {name: value.value for name, value in adapters("brp").fetch(query)[Bsn(first)].values.items()}
    assert found == {fields[0]: second, fields[1]: True, fields[2]: any(age < 18 for age in children)}


def _unmarried_parents(world: World) -> Iterator[tuple[str, str, list[int]]]:
    for family in world.families():
        for person in family.people:
            others = [one for one in family.people if set(one.children) & set(person.children) and one != person]
            if others and not person.unions and person.home and others[0].home == person.home:
                yield person.bsn, others[0].bsn, [family.person(child).age(ON) for child in person.children]


def test_more_than_twenty_persons_are_asked_in_groups(adapters: Adapters, world: World) -> None:
    persons = tuple(Bsn(number) for number in world.keys("brp"))[:45]
    query = Query(registry="brp", persons=(*persons, persons[0]), fields=("leeftijd",), at=ON)
    assert list(adapters("brp").fetch(query)) == list(persons)


def test_who_is_unknown_to_the_registry_is_left_out(adapters: Adapters) -> None:
    nobody = Bsn("999990019")
    for registry, field in (("brp", "leeftijd"), ("rvz", "verzekering.zvw")):
        assert adapters(registry).fetch(Query(registry=registry, persons=(nobody,), fields=(field,), at=ON)) == {}


@pytest.mark.parametrize(
    ("registry", "field"),
    [("brp", "naam.bijnaam"), ("duo", "inschrijving.cijfers"), ("brk", "koopsom"), ("woz", "eigenaar")],
)
def test_a_field_the_registry_does_not_know_is_refused(
    adapters: Adapters, world: World, registry: str, field: str
) -> None:
    with pytest.raises(SourceRefused) as refused:
        read(adapters, world, registry, "student", field)
    assert world.persona("student").bsn not in str(refused.value)


def test_a_wrong_credential_is_refused(adapters: Adapters, world: World) -> None:
    query = Query(registry="rvz", persons=(Bsn(world.persona("student").bsn),), fields=("verzekering.zvw",), at=ON)
    with pytest.raises(SourceRefused, match="401"):
        adapters("rvz", "guessed").fetch(query)


def test_a_registry_that_is_down_is_unavailable(adapters: Adapters, world: World, fault: Any) -> None:
    fault("rdw", faults.DOWN)
    with pytest.raises(SourceUnavailable):
        read(adapters, world, "rdw", "widow", "voertuigen.aantal")


def test_a_registry_that_is_slow_is_unavailable_before_it_answers(
    adapters: Adapters, world: World, fault: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_answer, answered = threading.Event(), threading.Event()

    def sleep(_seconds: float) -> None:
        may_answer.wait(60)
        answered.set()

    monkeypatch.setattr(faults, "time", SimpleNamespace(sleep=sleep))
    monkeypatch.setattr(source, "DEADLINE_SECONDS", 0.1)
    fault("rdw", faults.SLOW)
    try:
        with pytest.raises(SourceUnavailable):
            read(adapters, world, "rdw", "widow", "voertuigen.aantal")
        assert not answered.is_set()
    finally:
        may_answer.set()


def test_a_search_that_finds_more_than_the_register_gives_says_so(
    adapters: Adapters, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = "ZoekMetGeslachtsnaamEnGeboortedatum"
    monkeypatch.setitem(QUERY_TYPES, kind, replace(QUERY_TYPES[kind], most=0))
    student = world.document("brp", world.persona("student").bsn) or {}
    surname, born_on = student["naam"]["geslachtsnaam"], date(2002, 2, 11)
    with pytest.raises(TooManyAtSource):
        adapters("brp").search(Search(born_on=born_on, surname=surname, fields=()))  # type: ignore[attr-defined]


def test_a_registry_can_contradict_another(adapters: Adapters, world: World, fault: Any) -> None:
    fault("rvz", faults.CONTRADICTING)
    assert read(adapters, world, "rvz", "student", "verzekering.zvw") == {"verzekering.zvw": False}


def test_a_registry_that_nobody_offers_is_unavailable(world: World) -> None:
    for url in ("inprocess:not-there", "http://127.0.0.1:9"):
        query = Query(registry="rvz", persons=(Bsn(world.persona("widow").bsn),), fields=("verzekering.zvw",), at=ON)
        with pytest.raises(SourceUnavailable):
            known.ADAPTERS["rvz"](url, "demonstration").fetch(query)
