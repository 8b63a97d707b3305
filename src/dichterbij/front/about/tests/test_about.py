"""The product about itself: every entry follows from the law files, every statement from what was tested."""

import json
from html import unescape
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.front.about import algorithms, documents
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.outbox import retention
from dichterbij.ground.registry import activities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisations")]
RESULTS = {
    "on": "2026-06-15",
    "pages": 31,
    "states": 84,
    "widths": [1280, 320],
    "findings": [],
    "not_tested": ["Schermlezers zijn niet door mensen getest."],
}


def read(response: HttpResponse) -> str:
    assert response.status_code == 200
    return unescape(response.content.decode()).replace("\xa0", " ").replace("\xad", "")


@pytest.fixture
def overlay(settings, tmp_path: Path) -> Path:
    settings.DATA_FOLDERS = [*settings.DATA_FOLDERS, tmp_path]
    return tmp_path


# ------------------------------------------------------------------------------------------------ algorithms


def test_every_law_behind_a_product_has_an_entry(client):
    page = read(client.get("/about/algorithms"))
    for product in catalogue.products():
        assert current_laws().versions(product.law)[0].name in page


def test_an_entry_names_the_law_who_decides_and_its_fingerprint(client):
    page = read(client.get("/about/algorithms/wet_op_de_zorgtoeslag"))
    newest = current_laws().versions("wet_op_de_zorgtoeslag")[0]
    for words in (newest.sha256, "De regel beslist", "1 januari 2024", "Dienst Toeslagen", newest.url):
        assert words in page


def test_an_entry_names_every_fact_also_those_that_another_law_asks():
    entry = algorithms.entry("wet_op_de_zorgtoeslag", "nl")
    labels = {datum.label for datum in entry.data}
    assert {"Geboortedatum", "Vermogen op 1 januari"} <= labels
    assert len(entry.data) == len(set(entry.data))


def test_a_law_that_decides_nothing_or_does_not_exist_has_no_entry(client):
    assert client.get("/about/algorithms/bestaat-niet").status_code == 404
    assert algorithms.entry("bestaat-niet", "nl") is None


def test_entries_are_there_in_every_language(client):
    for language in ("en", "pap"):
        assert "Wet op de zorgtoeslag" in read(client.get(f"/{language}/about/algorithms"))


# ------------------------------------------------------------------------------------------------ assessments


def test_the_privacy_assessment_names_every_purpose_and_every_term(client):
    page = read(client.get("/about/privacy"))
    for each in activities.all_registered():
        assert each.activity.legal_basis in page
    for rule in retention.rules():
        assert rule.keep in page


def test_the_human_rights_assessment_has_every_section(client):
    page = read(client.get("/about/human-rights"))
    for section in documents.assessment("human_rights", "nl").sections:
        assert section.title in page


def test_an_assessment_that_nobody_checked_says_so(client):
    expected = not documents.assessment("privacy", "nl").is_reviewed
    assert ("Deze tekst is een concept" in read(client.get("/about/privacy"))) is expected


def test_an_overlay_replaces_an_assessment(client, overlay):
    shipped = Path(__file__).parents[5] / "content/about/privacy.yaml"
    (overlay / "content/about").mkdir(parents=True)
    changed = shipped.read_text(encoding="utf-8").replace("Gevolgen voor uw privacy", "Privacy bij ons")
    (overlay / "content/about/privacy.yaml").write_text(changed, encoding="utf-8")
    assert "Privacy bij ons" in read(client.get("/about/privacy"))


# ------------------------------------------------------------------------------------------------ accessibility


def test_the_statement_shows_what_the_tests_found(client, overlay, tmp_path):
    results = tmp_path / "results.json"
    results.write_text(json.dumps(RESULTS | {"findings": ["320 px: scrolls sideways by 12 px"]}), encoding="utf-8")
    call_command("accessibility", results, verbosity=0)
    page = read(client.get("/about/accessibility"))
    for words in ("31 pagina's in 84 toestanden", "scrolls sideways by 12 px", "Schermlezers zijn niet"):
        assert words in page


def test_what_is_no_result_of_the_tests_is_not_published(overlay, tmp_path):
    results = tmp_path / "results.json"
    for content in ("[]", "geen json", json.dumps({**RESULTS, "on": "gisteren"}), json.dumps({"on": "2026-06-15"})):
        results.write_text(content, encoding="utf-8")
        with pytest.raises(CommandError):
            call_command("accessibility", results)
    with pytest.raises(CommandError):
        call_command("accessibility", tmp_path / "er-is-niets.json")
    assert not (overlay / "content/about" / documents.EVIDENCE).exists()


def test_no_status_is_claimed_without_an_expert(client):
    assert "geven wij onszelf nog geen status" in read(client.get("/about/accessibility"))


# ------------------------------------------------------------------------------------------------ the rest


def test_contact_is_that_of_who_runs_the_site(client):
    page = read(client.get("/about"))
    assert "Gemeente Rotterdam" in page
    assert "Naar de site van Gemeente Rotterdam" in page


def test_these_pages_may_be_found_by_search_engines_and_need_no_login(client):
    for path in ("", "/algorithms", "/privacy", "/human-rights", "/accessibility"):
        assert 'content="noindex"' not in read(client.get(f"/about{path}"))
