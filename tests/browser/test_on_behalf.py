"""People who act for another, or for whom another acts: each walks a journey to its end, page by page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
import pytest
from playwright.sync_api import Browser, Page

from dichterbij.delivery.messages.tests.reading import text_of_pdf
from dichterbij_world.states import log_in, reload_until
from tests.operation.product import Product

from . import acting, story
from .site import NARROW, WIDE, Site, opened

pytestmark = pytest.mark.browser
CODE = re.compile(r"\b(?:[A-Z2-9]{4} ){2,4}[A-Z2-9]{4}\b")


@pytest.fixture(scope="module")
def town(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of these alone; no two share a person, but the director, who is not in each other's way."""
    state = tmp_path_factory.mktemp("town")
    with opened(state, browser) as made:
        yield made


@contextmanager
def _visit(town: Site, who: str = "", width: dict[str, int] = WIDE) -> Iterator[Page]:
    """Begin at the front page, logged in as somebody."""
    with town.visit(who, width=width) as page:
        page.goto("/")
        yield page


def _open(page: Page, link: str | re.Pattern[str]) -> None:
    """Follow a link of the menu or of the page, and wait for where it leads."""
    with page.expect_navigation():
        page.get_by_role("link", name=link).first.click()


def _text(page: Page) -> str:
    return page.inner_text("main").replace("\N{SOFT HYPHEN}", "")


def test_the_widows_daughter_asks_by_letter_and_then_applies_for_her_mother(town: Site) -> None:
    mother = acting.world(town.state).persona("widow")
    with _visit(town, "widow_daughter") as page:
        _open(page, "Machtigen")
        _open(page, "Vraag of u mag handelen voor iemand zonder inlog")
        page.get_by_label("Burgerservicenummer van deze persoon").fill(mother.bsn)
        for part, value in zip(("Jaar", "Maand", "Dag"), _born(town, mother.bsn), strict=True):
            page.get_by_label(part).first.fill(value)
        page.get_by_label("Alles wat hier geregeld kan worden").check()
        page.get_by_role("button", name="Brief laten sturen").click()
        page.get_by_role("heading", level=1, name="Uw vraag is verstuurd").wait_for()
    with _visit(town, "widow") as page:  # stands for the letter on her doormat
        _open(page, "Berichten")
        _open(page, "Iemand wil uw zaken voor u regelen")
        found = CODE.search(_text(page))
        assert found
    with _visit(town, "rotterdam_handler") as page:
        _open(page, "Machtiging aan de balie")
        page.get_by_label("Uw code").fill(found[0])
        page.get_by_label("paspoort").check()
        page.get_by_role("button", name="De machtiging mag").click()
        page.get_by_text("De machtiging geldt nu").wait_for()
    with _visit(town, "widow_daughter") as page:
        _open(page, "Machtigen")
        name = acting.act(page)
        acting.apply(page, "zorgtoeslag")
        assert re.search(r"\(.+\) stuurde de aanvraag namens u", _text(page)), name
        _decision(page, "Zorgtoeslag")
        assert "Tineke Molenkade (door u gemachtigd) deed deze aanvraag namens u" in _text(page)
        acting.own_matters(page)
        _open(page, "Berichten")
        assert "zorgtoeslag" not in _text(page), "the letters of her mother are not hers"
    with _visit(town, "widow") as page:
        _open(page, "Wie keek in mijn gegevens")
        assert "namens u aan: zorgtoeslag" in _text(page)
        _open(page, "Machtigen")
        page.get_by_role("button", name=re.compile(r"Stoppen\s*: Tineke Molenkade")).click()
        page.get_by_text("U hebt niemand gemachtigd.").wait_for()
    assert "Tineke Molenkade (door u gemachtigd) deed deze aanvraag namens u" in _printed(town)
    with _visit(town, "widow_daughter") as page:
        _open(page, "Machtigen")
        assert not page.get_by_role("button", name=f"Handelen voor {name}").count()


def _born(town: Site, bsn: str) -> list[str]:
    person = acting.world(town.state).document("brp", bsn) or {}
    return [part.lstrip("0") for part in person["geboorte"]["datum"]["datum"].split("-")]


def test_the_guardian_applies_for_her_ward_who_sees_it(town: Site) -> None:
    with _visit(town, "guardian") as page:
        acting.look_up(page)
        acting.act(page)
        assert "als curator" in page.inner_text("header")
        assert page.title().startswith("Voor Bram Turfoever - ")
        acting.apply(page, "zorgtoeslag")
        _decision(page, "Zorgtoeslag")
        assert "Wilma Lindenhuis (uw curator) deed deze aanvraag namens u" in _text(page)
        acting.own_matters(page)
        _open(page, "Mijn aanvragen")
        assert "Zorgtoeslag" not in _text(page), "what she did for her ward is not hers"
    with _visit(town, "ward") as page:
        _open(page, "Mijn aanvragen")
        _open(page, "Zorgtoeslag")
        assert "(uw curator) stuurde de aanvraag namens u" in _text(page)
        _open(page, "Wie keek in mijn gegevens")
        assert "Uw curator vroeg namens u aan: zorgtoeslag" in _text(page)
        _open(page, "Machtigen")
        page.get_by_role("button", name="Kijk na wie voor mij handelt").click()
        page.get_by_text("Is uw curator en regelt alles voor u.").wait_for()


def test_an_administrator_of_two_goes_from_one_to_the_other_without_javascript(town: Site) -> None:
    with town.visit("administrator", javascript=False, width=NARROW) as page:
        page.goto("/authorities")
        page.get_by_role("button", name="Kijk na voor wie ik mag handelen").click()
        assert "Uiterlijk 20 juli 2026." in _text(page), "the inventory of who was put under administration lately"
        assert "Uiterlijk 1 september 2026." in _text(page), "the accounts, and the five-yearly report"
        for name in ("Corrie Lommerveen", "Daan Lommerveen"):
            page.get_by_text("Voor een ander handelen").click()
            page.get_by_role("button", name=name, exact=True).click()
            page.locator("header").get_by_text(f"U handelt nu voor {name}, als bewindvoerder").wait_for()
            assert not page.get_by_role("link", name="Mijn gegevens").count(), "that is more than their money"
        acting.own_matters(page)


def test_divorced_parents_each_see_what_the_other_did_for_their_child(town: Site) -> None:
    one, other = acting.divorced_parents(acting.world(town.state))
    with _visit(town, one) as page:
        acting.look_up(page)
        child = acting.act(page)
        acting.apply(page, "aanvullende-beurs")
        reference = acting.reference(page)
    with _visit(town, "duo_handler") as page:
        story.open_case(page, reference)
        assert "ouder" in _text(page), "the worker reads who asked, and as what"
        story.decide_and_publish(page)
    with _visit(town, other) as page:
        acting.look_up(page)
        assert acting.act(page, f"Handelen voor {child}") == child
        _open(page, "Mijn aanvragen")
        _open(page, "Aanvullende beurs")
        assert "(uw ouder of voogd) stuurde de aanvraag namens u" in _text(page)
        assert page.get_by_role("link", name="Bezwaar maken").count(), "who does not agree can object"
        _open(page, "Lees de brief met het besluit")
        assert "(uw ouder of voogd) deed deze aanvraag namens u" in _text(page)
        acting.own_matters(page)
        _open(page, "Machtigen")
        _open(page, "Toestemming geven als u samen met een ander beslist")
        assert "Bent u het niet met elkaar eens?" in _text(page)


def test_the_director_applies_for_her_company_and_proves_to_a_stranger_that_she_acts_for_it(town: Site) -> None:
    with _visit(town, "director") as page:
        acting.look_up(page)
        page.get_by_role("button", name=re.compile("Bewijs op papier")).first.click()
        page.get_by_role("heading", level=1, name="Bewijs: handelen voor een ander").wait_for()
        found = CODE.search(_text(page))
        assert found
        _open(page, "Terug naar machtigen")
        company = acting.act(page)
        page.goto("/apply/zorgtoeslag")
        page.get_by_role("button", name="Aanvraag beginnen").click()
        page.get_by_text("Een bedrijf kan dit niet aanvragen").wait_for()
        _begin_for_company(page)
        acting.fill_in_and_send(page)
        _open(page, "Mijn aanvragen")
        _open(page, "Kleineondernemersregeling")
        assert "(bestuurder of eigenaar) stuurde de aanvraag namens u" in _text(page)
        _decided(page)
        _open(page, "Wie keek in mijn gegevens")
        assert "Een bestuurder of eigenaar vroeg namens u aan: kleineondernemersregeling" in _text(page)
        acting.own_matters(page)
        _open(page, "Mijn aanvragen")
        assert "Kleineondernemersregeling" not in _text(page), "what she did for her company is not hers"
        page.goto("/authorities/done")
        page.get_by_role("row").filter(has_text="U vroeg aan").filter(has_text=company).first.wait_for()
    with _visit(town) as page:
        page.goto("/proofs")
        page.get_by_label("De code op het bewijs").fill(found[0])
        page.get_by_role("button", name="Nakijken").click()
        page.get_by_text("Dit bewijs geldt nu").wait_for()
        assert company in _text(page)


def _decision(page: Page, product: str) -> None:
    """Wait until the law has decided by itself about an application, and open the letter."""
    _open(page, "Mijn aanvragen")
    _open(page, product)
    reload_until(page, lambda: "Er is een besluit" in _text(page))
    _open(page, "Lees de brief met het besluit")


def _begin_for_company(page: Page) -> None:
    """Begin an application, and fill in the one thing that no register knows."""
    page.goto("/apply/kleineondernemersregeling")
    page.get_by_role("button", name="Aanvraag beginnen").click()
    page.get_by_text("Bron: KVK Handelsregister").wait_for()
    page.get_by_label("Hoeveel omzet verwacht u in een kalenderjaar in Nederland?").fill("18000")


def _decided(page: Page) -> None:
    """Wait until the law has decided by itself, and open the letter."""
    reload_until(page, lambda: "Er is een besluit" in _text(page))
    _open(page, "Lees de brief met het besluit")
    assert "De kleineondernemersregeling gaat gelden" in _text(page)


def test_two_directors_who_act_together_send_it_once_both_agreed(town: Site) -> None:
    together = "Handelen voor Ovenbrink en Zoon B.V."
    with _visit(town, "director") as page:
        acting.look_up(page)
        company = acting.act(page, together)
        _begin_for_company(page)
        acting.answer(page)
        review = page.url
        page.get_by_role("button", name="Aanvraag versturen").click()
        page.get_by_text("Dit mag u niet alleen").wait_for()
    with _visit(town, "second_director", width=NARROW) as page:
        page.goto("/authorities")
        page.get_by_role("button", name="Kijk na voor wie ik mag handelen").click()
        page.get_by_text("Laatst nagekeken").wait_for()
        _open(page, "Toestemming geven als u samen met een ander beslist")
        page.get_by_label(company).check()
        page.get_by_label("Kleineondernemersregeling").check()
        page.get_by_role("button", name="Toestemming geven").click()
        page.get_by_role("button", name="Toch niet").wait_for()
    with _visit(town, "director") as page:
        page.goto(review)
        page.get_by_role("button", name="Aanvraag versturen").click()
        page.get_by_role("heading", level=1, name="Uw aanvraag is binnen").wait_for()
        _open(page, "Mijn aanvragen")
        _open(page, "Kleineondernemersregeling")
        _decided(page)
        acting.own_matters(page)


def test_the_brother_abroad_completes_his_plan(town: Site) -> None:
    with _visit(town, width=NARROW) as page:
        log_in(page, "uncle", "test-eidas")
        _tell_of_a_sister(page)
        story.complete(page)
        assert "Zaken regelen vanuit het buitenland" in _text(page)
        assert "+31" in _text(page), "who lives abroad gets a number that works there"
        tasks = page.locator("li:has-text('Doet u zelf') h3 a").count()
        for _task in range(tasks):
            page.locator("li:has-text('Doet u zelf') h3 a").first.click()
            page.get_by_role("button", name="Dit heb ik gedaan").click()
            page.get_by_role("heading", level=1, name="Uw plan na het overlijden").wait_for()
        assert tasks
        assert f"{tasks} van {tasks} taken klaar." in _text(page)
        page.goto("/contact-details")
        page.get_by_label("Alleen op papier").check()
        page.get_by_role("button", name="Keuze bewaren").click()
        page.goto("/apply/voertuig-na-overlijden")
        page.get_by_role("button", name="Aanvraag beginnen").click()
        page.get_by_label("mijn broer of zus").check()
        page.get_by_role("button", name="Verder").click()
        page.get_by_role("button", name="Aanvraag versturen").click()
        page.get_by_role("heading", level=1, name="Uw aanvraag is binnen").wait_for()
    assert "46001 Valencia Spanje" in _printed(town), "the letter goes to his address in Spain"


def _printed(town: Site) -> str:
    """Return the text of every letter that goes to the printer since the last time, as the operator sends them."""
    folder = town.state / f"post-{len(list(town.state.glob('post-*')))}"
    Product(town.state).run("letters", str(folder))
    return "\n".join(text_of_pdf(pikepdf.open(found)) for found in folder.glob("*.pdf"))


def test_who_has_no_number_reads_it_and_still_makes_a_plan(town: Site) -> None:
    with _visit(town, width=NARROW) as page:
        log_in(page, "neighbour", "test-eidas")
        page.get_by_role("heading", level=1, name="U bent ingelogd zonder burgerservicenummer").wait_for()
        assert "+31" in _text(page)
        page.goto("/apply/zorgtoeslag")
        page.get_by_role("button", name="Aanvraag beginnen").click()
        page.get_by_text("Uw inlog geeft geen burgerservicenummer").wait_for()
        _tell_of_a_sister(page)
        story.complete(page)
        assert page.locator("li:has-text('Doet u zelf') h3 a").count()


def _tell_of_a_sister(page: Page) -> None:
    page.goto("/plan")
    page.get_by_role("button", name="Plan maken").click()
    page.get_by_label("Naam").fill("mijn zus")
    for part, value in (("Dag", "8"), ("Maand", "6"), ("Jaar", "2026")):
        page.get_by_label(part).fill(value)
    page.get_by_label("mijn broer of zus").check()
    page.get_by_label("Nee", exact=True).check()
    page.get_by_role("button", name="Maak mijn plan").click()
    page.get_by_role("heading", level=1, name="Uw plan na het overlijden van uw zus").wait_for()


def test_the_worker_applies_with_somebody_at_the_counter_who_sees_it_at_once(town: Site) -> None:
    bsn = acting.world(town.state).persona("homeless").bsn
    with _visit(town, "rotterdam_handler") as page:
        _open(page, "Iemand helpen")
        for part, value in zip(("Jaar", "Maand", "Dag"), _born(town, bsn), strict=True):
            page.get_by_label(part, exact=True).fill(value)
        page.get_by_label("Achternaam").fill(
            (acting.world(town.state).document("brp", bsn) or {})["naam"]["geslachtsnaam"]
        )
        page.get_by_role("button", name="Zoeken", exact=True).click()
        page.get_by_label("Ik zag een identiteitsbewijs").check()
        page.get_by_label("Welk identiteitsbewijs?").select_option(label="paspoort")
        page.get_by_label("Laatste drie tekens").fill("C39")
        page.get_by_label("U wilde iets aanvragen").check()
        page.get_by_role("button", name="Beginnen").click()
        page.get_by_text("identiteitsbewijs gezien").wait_for()
        page.get_by_role("button", name="Bijzondere bijstand voor een uitvaart").click()
        acting.fill_in_and_send(page)
        reference = acting.reference(page)
    with _visit(town, "rotterdam_jurist") as page:
        story.open_case(page, reference)
        page.get_by_label("Ja", exact=True).check()
        page.get_by_label("Welk deel van de kosten is noodzakelijk?").fill("2500")
        for why in page.get_by_label("Waarom vindt u dit?").all():
            why.fill("Er was niets om de uitvaart van te betalen.")
        story.decide_and_publish(page)
    with _visit(town, "homeless") as page:
        _open(page, "Wie keek in mijn gegevens")
        assert "aan de balie" in _text(page)
        _open(page, "Mijn aanvragen")
        _open(page, "Bijzondere bijstand voor een uitvaart")
        assert "aan de balie" in _text(page)
        _open(page, "Lees de brief met het besluit")
        assert "aan de balie" in _text(page)
