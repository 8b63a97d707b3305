"""The catalogue says what the law really asks, to anybody; one's own data only to oneself, and logged."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from dichterbij.front.data_catalogue import dcat, decisions, flows, own
from dichterbij.front.data_catalogue.domain import GOAL
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.registry import activities

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
SHAPES = Path(__file__).resolve().parents[5] / ".." / "shared" / "standards" / "dcat-ap-nl"
RDF = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
ALLOWANCE = "wet_op_de_zorgtoeslag-5"


def test_every_deciding_article_in_force_is_in_it_and_enough_of_them_show_own_data(organisations):
    found = decisions.decisions("nl")
    assert len({each.key for each in found}) == len(found)
    assert len(found) >= 25
    assert sum(1 for each in found if own.shown(each)) >= 25


def test_a_decision_names_exactly_the_facts_of_its_compiled_law(organisations):
    found = decisions.decision(ALLOWANCE, "nl")
    assert found is not None
    activity = activities.registered("dienst-toeslagen.zorgtoeslag")
    allowed = activities.allowed_fields(activity.activity.id)
    for datum in found.known:
        assert datum.field in allowed[datum.registry]
        assert datum.holder
        assert all(place.url.startswith("https://") for place in datum.places)
    assert {each.fact for each in found.data} <= set(current_laws().vocabulary.facts)
    partners = [each for each in found.known if each.fact == "toetsingsinkomen"]
    assert all(each.of_self and each.of_others for each in partners)


def test_what_nobody_registers_says_why_it_is_asked(organisations):
    for found in decisions.decisions("nl"):
        for datum in found.asked:
            assert datum.why_asked.endswith(".")
            assert not datum.source


def test_every_field_that_an_activity_may_ask_is_in_the_map(organisations):
    found = flows.flows("nl")
    for each in activities.all_registered():
        for registry in activities.allowed_fields(each.activity.id):
            theirs = [flow for flow in found if flow.activity == each.activity.id and flow.registry == registry]
            assert len(theirs) == (0 if each.activity.confidential else 1)


def test_pages_tell_the_count_against_the_goal_and_read_nothing(organisations):
    before = Line.objects.count()
    page = Client().get("/data-catalogue").content.decode()
    assert f"{len(decisions.decisions('nl'))} van de {GOAL} besluiten" in page
    assert Client().get(f"/data-catalogue/decisions/{ALLOWANCE}").status_code == 200
    assert Client().get("/data-catalogue/flows/brp").status_code == 200
    assert Line.objects.count() == before


@pytest.mark.parametrize(
    "address", ["", "/flows", "/flows/brp", "/processing", "/processing/rotterdam", f"/decisions/{ALLOWANCE}"]
)
@pytest.mark.parametrize("language", ["", "/en", "/pap"])
def test_no_page_is_heavier_than_sixty_kilobytes(organisations, address, language):
    answer = Client().get(f"{language}/data-catalogue{address}")
    assert answer.status_code == 200
    assert len(answer.content) <= 60_000


def test_own_data_are_read_at_the_source_and_logged_and_only_those_of_the_person(log_in, persona):
    client = log_in("student")
    page = client.post(f"/data-catalogue/decisions/{ALLOWANCE}/mine").content.decode()
    assert "2002" in page
    party: UUID = party_for(persona("student"))
    lines = [json.loads(bytes(line.body)) for line in Line.objects.filter(activity=own.ACTIVITY)]
    assert {line["registry"] for line in lines} >= {"brp"}
    assert party is not None
    assert persona("student").value not in page


def test_own_data_are_not_shown_without_a_login_or_by_a_link(organisations):
    address = f"/data-catalogue/decisions/{ALLOWANCE}/mine"
    assert "login" in Client().post(address)["Location"]
    assert Client().get(address).status_code == 405


def test_the_api_says_the_same_as_the_pages(organisations):
    answer = Client().get("/api/data-catalogue/v1/decisions").json()
    assert answer["count"] == len(answer["decisions"]) == len(decisions.decisions("nl"))
    one = Client().get(f"/api/data-catalogue/v1/decisions/{ALLOWANCE}").json()
    assert len(one["data"]) == one["known"] + one["asked"]
    assert Client().get("/api/data-catalogue/v1/decisions/niets-1").status_code == 404
    assert len(Client().get("/api/data-catalogue/v1/flows").json()["flows"]) == len(flows.flows("nl"))
    assert Client().get("/api/data-catalogue/v1/processing-activities").json()["activities"]


@pytest.fixture
def demonstration(settings):
    """Return what says whether this is the demonstration; nothing is remembered before or afterwards."""

    def say(it_is: bool) -> None:
        settings.DEMONSTRATION = it_is
        flows._controllers.cache_clear()

    yield say
    flows._controllers.cache_clear()


def test_what_an_organisation_did_not_state_of_its_record_is_shown_as_not_stated(organisations, demonstration):
    demonstration(False)
    page = Client().get("/data-catalogue/processing/rotterdam").content.decode()
    assert "Eén dag na het opvragen." in page
    assert "niet opgegeven" in page
    assert Client().get("/data-catalogue/processing/niemand").status_code == 404
    said = {each["id"]: each for each in _record("activities")}
    assert said["portaal.mijn-gegevens"]["retention"] == "Eén dag na het opvragen."
    assert said["duo.aanvullende-beurs"]["retention"] is said["duo.aanvullende-beurs"]["measures"] is None


def test_in_the_demonstration_something_stands_in_its_place_that_says_it_is_invented(organisations, demonstration):
    demonstration(True)
    said = {each["id"]: each for each in _record("activities")}
    assert said["duo.balie"]["retention"] == "Verzonnen voor de demonstratie: Een jaar na het gesprek."
    stated = [each[name] for each in said.values() for name in ("people", "recipients", "transfer", "retention")]
    assert all(stated)
    assert said["portaal.mijn-gegevens"]["retention"] == "Eén dag na het opvragen."
    page = Client().get("/en/data-catalogue/processing/duo").content.decode()
    assert "Invented for the demonstration: One year after the talk." in page
    assert "not stated</dd>" not in page


def test_what_rests_on_consent_is_never_told_as_something_that_happens_by_itself(organisations):
    page = Client().get("/data-catalogue/processing/rotterdam").content.decode()
    for shared in ("Uw inkomen delen met een bedrijf", "Uw woonadres delen met een bedrijf"):
        told = page[page.index(shared) :].partition("</div>")[0]
        assert "Dit gebeurt alleen als u daar toestemming voor gaf." in told
        assert "ook zonder dat iemand erom vraagt" not in told
        assert "Het bedrijf dat toestemming kreeg." in told


def test_a_body_states_its_officer_in_an_overlay_and_the_record_gets_another_version(
    organisations, settings, tmp_path, demonstration
):
    demonstration(False)
    before = {each["key"]: each for each in _record("controllers")}
    assert before["duo"]["dataProtectionOfficer"] is None
    file = tmp_path / "content" / "processing_record.yaml"
    file.parent.mkdir()
    file.write_text("duo:\n  officer: {nl: Bel 088 000 00 00}\n")
    settings.DATA_FOLDERS = (*settings.DATA_FOLDERS, tmp_path)
    flows._controllers.cache_clear()
    after = {each["key"]: each for each in _record("controllers")}
    flows._controllers.cache_clear()
    assert after["duo"]["dataProtectionOfficer"] == "Bel 088 000 00 00"
    assert after["duo"]["version"] != before["duo"]["version"]
    assert after["svb"] == before["svb"]


def _record(part):
    return Client().get("/api/data-catalogue/v1/processing-activities").json()[part]


@RDF
def test_the_catalogue_of_data_sets_conforms_to_dcat_ap_nl(organisations):
    pyshacl = pytest.importorskip("pyshacl")
    from rdflib import Graph

    if not SHAPES.is_dir():
        pytest.skip("the shapes of DCAT-AP-NL are not beside this repository")
    data = Graph().parse(data=json.dumps(dcat.catalogue("https://dichterbij.example")), format="json-ld")
    for file in sorted(SHAPES.glob("*.ttl")):
        conforms, _graph, text = pyshacl.validate(data, shacl_graph=_shapes(file), advanced=True)
        assert conforms, f"{file.name}: {text[-2500:]}"


def _shapes(file: Path) -> Any:
    """Return the shapes of a file without the two that the official file names and never defines."""
    from rdflib import Graph
    from rdflib.namespace import SH

    shapes = Graph().parse(file)
    for shape, _property, named in list(shapes.triples((None, SH.property, None))):
        if not set(shapes.objects(named, SH.path)):
            shapes.remove((shape, SH.property, named))
    return shapes


@RDF
def test_a_catalogue_that_lacks_what_the_profile_asks_does_not_conform(organisations):
    pyshacl = pytest.importorskip("pyshacl")
    from rdflib import Graph

    if not SHAPES.is_dir():
        pytest.skip("the shapes of DCAT-AP-NL are not beside this repository")
    wrong = dcat.catalogue("https://dichterbij.example")
    del wrong["dcat:dataset"][0]["dct:accessRights"]
    data = Graph().parse(data=json.dumps(wrong), format="json-ld")
    shapes = _shapes(SHAPES / "dcat-ap-nl-SHACL.ttl")
    assert not pyshacl.validate(data, shacl_graph=shapes, advanced=True)[0]


def test_the_address_of_the_data_sets_gives_linked_data(organisations):
    answer = Client().get(reverse("data-catalogue:datasets"))
    assert answer["Content-Type"] == "application/ld+json"
    assert answer.json()["@type"] == "dcat:Catalog"
