"""The pages of the rules: every law has them, also one that is written after the code."""

import re
from statistics import median
from time import process_time

import pytest
from django.test import Client

from dichterbij.front.rules import examples, interpretations, law_pages, published
from dichterbij.front.rules.beside import folders
from dichterbij.ground.assessment.laws import current_laws

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
LARGEST, SECONDS = 60_000, 0.05
LATER = """
$schema: https://raw.githubusercontent.com/MinBZK/regelrecht/refs/tags/schema-v0.7.1/schema/v0.7.1/schema.json
$id: noodfonds_van_morgen
regulatory_layer: WET
publication_date: '2026-05-01'
valid_from: '2026-06-01'
valid_to: '2027-12-31'
bwb_id: BWBR0000001
url: https://wetten.overheid.nl/BWBR0000001
name: Wet noodfonds van morgen
competent_authority: {name: SVB}
articles:
  - number: '1'
    text: 'Samenvatting, geen wettekst: wie weinig inkomen heeft, krijgt een bijdrage.'
    url: https://wetten.overheid.nl/BWBR0000001#Artikel1
    machine_readable:
      markings:
        - about: weinig inkomen
          reason: De wet zegt niet wat weinig is.
          resolution: model
          resolved_by: Juridische zaken
          target: [krijgt_bijdrage]
          legal_text_excerpt: weinig inkomen
          accepted: true
      execution:
        produces: {legal_character: BESCHIKKING, decision_type: TOEKENNING}
        parameters:
          - {name: bsn, type: string}
        input:
          - {name: toetsingsinkomen, type: amount, source: {}}
        output:
          - {name: krijgt_bijdrage, type: boolean}
        actions:
          - output: krijgt_bijdrage
            value: {operation: LESS_THAN, subject: $toetsingsinkomen, value: 3000000}
"""
NOTES = """
annotations:
  - type: Annotation
    motivation: commenting
    creator: {name: Juridische zaken}
    created: '2026-05-02'
    target: {source: regelrecht://noodfonds_van_morgen, selector: {type: TextQuoteSelector, exact: weinig inkomen}}
    body: {type: TextualBody, value: Wij lezen dit als minder dan 30.000 euro., purpose: commenting}
  - type: Annotation
    motivation: replying
    creator: Cliëntenraad
    created: '2026-05-09'
    target: {source: regelrecht://noodfonds_van_morgen, selector: {type: TextQuoteSelector, exact: weinig inkomen}}
    body: {type: TextualBody, value: De grens hoort hoger te zijn., purpose: replying}
"""
MAPPING = """
een:
  - law: noodfonds_van_morgen
    period: {column: date}
    input: {inkomen: {fact: toetsingsinkomen, unit: euro}}
    expected: {recht: krijgt_bijdrage}
"""


@pytest.fixture
def later(settings, tmp_path, organisations) -> Client:
    """Return a visitor of an instance where somebody wrote a law, with notes and an example, after the code."""
    folder = tmp_path / "laws" / "nl" / "noodfonds_van_morgen"
    (folder / "cases").mkdir(parents=True)
    (folder / "2026-06-01.yaml").write_text(LATER, encoding="utf-8")
    (folder / "annotations.yaml").write_text(NOTES, encoding="utf-8")
    row = 'one,x,2026-06-01,"{""inkomen"": 1}","{""recht"": true}",Kamerstuk 1,Net onder de grens'
    (folder / "cases" / "een.csv").write_text(f"id,law,date,input,expected,origin,note\n{row}\n", encoding="utf-8")
    (folder / "cases" / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    settings.DATA_FOLDERS = [*settings.DATA_FOLDERS, tmp_path]
    return Client()


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode().replace("\u00ad", "")))


@pytest.mark.parametrize("prefix", ["", "/en", "/pap"])
def test_every_law_is_listed_with_who_executes_it(visitor, prefix):
    answer = visitor.get(f"{prefix}/rules")
    assert len(answer.content) < LARGEST
    for law, versions in current_laws().laws.items():
        assert f'href="{prefix}/rules/{law}"' in answer.content.decode()
        assert versions[0].name or law
    assert "Dienst Toeslagen" in text(answer)


def test_a_public_line_counts_the_bodies_whose_rules_are_published(visitor):
    bodies = published.bodies()
    assert 0 < len(bodies.published) <= bodies.known
    told = f"Van de {bodies.known} overheidsorganisaties op deze site hebben er {len(bodies.published)} hun regels"
    assert told in text(visitor.get("/rules"))


@pytest.mark.slow
def test_every_law_and_every_article_has_its_page(visitor):
    seconds = []
    for law, versions in current_laws().laws.items():
        current = published.version_of(law)
        addresses = [f"/rules/{law}", f"/rules/{law}?version={versions[-1].valid_from}", f"/rules/{law}/examples"]
        for address in [*addresses, *(law_pages.article_url(law, each.number) for each in current.articles)]:
            begun = process_time()
            answer = visitor.get(address)
            seconds.append(process_time() - begun)
            assert answer.status_code == 200, address
            assert len(answer.content) < LARGEST, address
            assert not answer.cookies
    assert median(seconds) < SECONDS


def test_every_law_that_can_be_checked_asks_a_first_question(organisations):
    for line in published.laws_listed("nl"):
        answer = Client().get(f"/rules/{line.id}/check")
        assert answer.status_code == (200 if line.can_be_checked else 404), line.id
        assert ('name="step"' in answer.content.decode()) is line.can_be_checked


def test_our_summary_stands_beside_the_official_address(visitor):
    answer = visitor.get("/rules/wet_op_de_zorgtoeslag/articles/3")
    assert "Samenvatting, geen wettekst: Er is geen recht op zorgtoeslag" in text(answer)
    assert 'href="https://wetten.overheid.nl/BWBR0018451/2026-01-01#Artikel3"' in answer.content.decode()


def test_a_rule_can_be_read_and_leads_to_the_articles_it_uses(visitor):
    answer = visitor.get("/rules/wet_op_de_zorgtoeslag/articles/3")
    assert "is Hoogste vermogen dat mag of minder" in text(answer)
    assert 'href="/rules/algemene_wet_inkomensafhankelijke_regelingen/articles/' in answer.content.decode()
    assert "anders: Vermogensgrens met partner" in text(answer)


def test_an_older_version_is_shown_when_it_is_asked_for(visitor):
    assert "€ 29.736,00" in text(visitor.get("/rules/bedragen_zorgtoeslag/articles/1"))
    old = visitor.get("/rules/bedragen_zorgtoeslag/articles/1?version=2024-01-01")
    assert "€ 29.736,00" not in text(old)
    assert "van 1 januari 2024 tot en met 31 december 2024" in text(old)


@pytest.mark.parametrize(
    "address",
    [
        "/rules/bestaat_niet",
        "/rules/bestaat_niet/check",
        "/rules/bedragen_aow/check",
        "/rules/wet_op_de_zorgtoeslag?version=1900-01-01",
        "/rules/wet_op_de_zorgtoeslag/articles/999",
    ],
)
def test_what_is_not_there_is_a_page_that_helps(visitor, address):
    answer = visitor.get(address)
    assert answer.status_code == 404
    assert "Deze regel kennen we niet" in text(answer)


def test_the_examples_of_a_law_come_with_their_origin(visitor):
    answer = visitor.get("/rules/wet_op_de_zorgtoeslag/examples")
    assert "Dienst Toeslagen, hoogste" in text(visitor.get("/rules/wet_op_de_zorgtoeslag/examples?page=3"))
    assert "Bladzijde 1 van" in text(answer)


def test_a_law_written_after_the_code_has_pages_choices_examples_and_a_check(later):
    page = text(later.get("/rules/noodfonds_van_morgen"))
    assert "SVB" in page
    assert "Kamerstuk 1: 1" in page
    article = text(later.get("/rules/noodfonds_van_morgen/articles/1"))
    assert "is minder dan € 30.000,00" in article
    assert "Juridische zaken, 2 mei 2026" in article
    assert "De grens hoort hoger te zijn. Cliëntenraad, 9 mei 2026 Andere lezing" in article
    assert "De wet zegt niet wat weinig is. Juridische zaken Keuze" in article
    assert "Op dit artikel rust de uitkomst van 1 voorbeeld." in article
    assert "Net onder de grens Kamerstuk 1 Gepubliceerd" in article
    later.post("/rules/noodfonds_van_morgen/check", {"step": "round", "ik.toetsingsinkomen": "20000"})
    outcome = text(later.get("/rules/noodfonds_van_morgen/check"))
    assert re.search("Krijgt bijdrage(&quot;)?: [Jj]a", outcome)
    assert "€ 30.000,00" in outcome


def test_a_note_moves_with_the_words_it_quotes(later):
    version = published.version_of("noodfonds_van_morgen")
    found = interpretations.of_article(version, version.articles[0])
    assert [each.is_dissent for each in found] == [False, True, False]
    assert examples.of_law(version)[0].origin == "Kamerstuk 1"


def test_every_note_that_is_shipped_finds_its_words_in_the_version_in_force(organisations):
    lost = [
        (law, note)
        for law in current_laws().laws
        for note in interpretations._files(folders(published.version_of(law)))
        if not interpretations._place(
            note, {each.number: " ".join(each.text.split()) for each in published.version_of(law).articles}
        )
    ]
    assert lost == []


def test_dissent_stands_beside_the_choice_it_disputes(visitor):
    page = text(visitor.get("/rules/kentekenreglement/articles/26"))
    assert "Wie zich daaraan houdt, is nooit te laat." in page
    assert "Andere lezing" in page
    assert "21 november 2026" in page


def test_an_article_shows_which_published_and_derived_examples_rest_on_it(visitor):
    page = text(visitor.get("/rules/wet_op_de_zorgtoeslag/articles/3"))
    assert re.search(r"Op dit artikel rust de uitkomst van \d+ voorbeelden", page)
    assert "Gepubliceerd" in page
    amounts = text(visitor.get("/rules/bedragen_zorgtoeslag/articles/1?version=2024-01-01"))
    assert "Dienst Toeslagen, hoogste bedrag per maand" in amounts
    assert (
        'href="/rules/bedragen_zorgtoeslag/articles/1?version=2026-01-01"'
        in visitor.get("/rules/bedragen_zorgtoeslag/articles/1?version=2024-01-01").content.decode()
    )
