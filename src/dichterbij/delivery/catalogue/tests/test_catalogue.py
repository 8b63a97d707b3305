"""Products as files: what editors may write, and what the shipped ones promise."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from dichterbij.delivery.catalogue import queries
from dichterbij.delivery.catalogue.domain import Channel, Decider, InvalidProductFile, Product, Stretch, UnknownProduct
from dichterbij.delivery.catalogue.files import read_product, read_products
from dichterbij.ground.registry import activities
from dichterbij.ground.registry.laws import current_laws
from dichterbij.kernel.levels import Level
from dichterbij.kernel.periods import Period

SHIPPED = list(read_products([settings.SHIPPED_DATA]).values())
each_product = pytest.mark.parametrize("product", SHIPPED, ids=lambda product: product.id)


def _changed(tmp_path: Path, **changes: object) -> Path:
    source = settings.SHIPPED_DATA / "content" / "products" / "zorgtoeslag.yaml"
    file = tmp_path / "content" / "products" / "zorgtoeslag.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(yaml.safe_dump({**yaml.safe_load(source.read_text()), **changes}), encoding="utf-8")
    return file


def test_five_organisations_offer_a_product_that_reaches_a_decision() -> None:
    assert len({product.organisation for product in SHIPPED}) >= 5


@each_product
def test_every_product_can_be_asked_for_in_every_way_or_says_why_not(product: Product) -> None:
    assert product.channels | product.not_by.keys() == frozenset(Channel)
    assert all(why[language] for why in product.not_by.values() for language in ("nl", "en", "pap"))


@pytest.mark.parametrize(
    ("ways", "closed", "remedy"),
    [
        ("[click, call, counter]", "{}", "not_by waarom niet"),
        ("[click, call, counter, paper]", "{paper: {nl: Nee, en: Never, pap: Nunka}}", "bij channels en bij not_by"),
    ],
)
def test_a_product_that_closes_a_way_in_silence_is_refused(tmp_path: Path, ways: str, closed: str, remedy: str) -> None:
    text = (settings.SHIPPED_DATA / "content/products/zorgtoeslag.yaml").read_text(encoding="utf-8")
    file = tmp_path / "zorgtoeslag.yaml"
    file.write_text(text.replace("channels: [click, call, counter, paper]", f"channels: {ways}\nnot_by: {closed}"))
    with pytest.raises(InvalidProductFile, match=remedy):
        read_product(file)


@each_product
def test_a_product_asks_what_its_law_decides(product: Product) -> None:
    version = current_laws().version(product.law, date(2026, 7, 1))
    assert all(version.article_with(output) for output in product.outputs)


@each_product
def test_what_a_product_asks_of_people_are_facts_of_the_vocabulary(product: Product) -> None:
    vocabulary = current_laws().vocabulary
    assert all(vocabulary[fact].origin in ("applicant", "case") for fact in product.applicant_facts)
    assert all(vocabulary[judgement.fact].origin == "judgement" for judgement in product.judgements)


@each_product
def test_a_product_is_carried_out_under_an_activity_of_its_own_organisation(product: Product) -> None:
    assert activities.registered(product.activity).organisation == product.organisation


@each_product
def test_only_an_automatic_activity_decides_by_itself(product: Product) -> None:
    if product.decider is Decider.AUTOMATIC:
        assert activities.activity(product.activity).automatic


@each_product
def test_data_about_income_and_family_need_more_than_a_low_login(product: Product) -> None:
    assert product.level >= Level.SUBSTANTIAL


@each_product
def test_texts_in_english_and_papiamentu_are_not_copies(product: Product) -> None:
    for texts in (product.names, product.summary, product.texts.granted_title, product.texts.refused):
        assert len({texts["nl"], texts["en"], texts["pap"]}) == 3


def test_the_term_of_four_thirteen_is_eight_weeks_and_suspension_moves_it() -> None:
    term = read_products([settings.SHIPPED_DATA])["aanvullende-beurs"].term
    assert term.last_day(date(2026, 6, 15)) == date(2026, 8, 10)
    assert term.last_day(date(2026, 6, 15), suspended_days=3) == date(2026, 8, 13)


@pytest.mark.parametrize(
    ("stretch", "period"),
    [
        (Stretch.DAY, "2026-06-15"),
        (Stretch.MONTH, "2026-06"),
        (Stretch.NEXT_MONTH, "2026-07"),
        (Stretch.QUARTER, "2026-04-01/2026-06-30"),
        (Stretch.YEAR, "2026"),
    ],
)
def test_the_law_is_asked_for_the_stretch_around_the_application(stretch: Stretch, period: str) -> None:
    assert stretch.around(date(2026, 6, 15)) == Period.parse(period)


def test_the_month_after_the_last_of_january_is_february() -> None:
    assert Stretch.NEXT_MONTH.around(date(2026, 1, 31)) == Period.parse("2026-02")


def test_an_unknown_product_is_a_helpful_problem() -> None:
    with pytest.raises(UnknownProduct):
        queries.product("bestaat-niet")


def test_a_product_of_the_overlay_replaces_the_shipped_one(tmp_path: Path) -> None:
    _changed(tmp_path, decider="worker")
    assert read_products([settings.SHIPPED_DATA, tmp_path])["zorgtoeslag"].decider is Decider.WORKER


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "anders"}, "anders.yaml"),
        ({"names": {"nl": "x"}}, "names"),
        ({"decisive": "iets_anders"}, "outputs"),
        ({"channels": ["fax"]}, "channels"),
        ({"term": {"weeks": 0, "article": "x", "url": "https://x"}}, "weeks"),
        ({"onbekend": 1}, "onbekend"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_place(tmp_path: Path, changes: dict[str, object], said: str) -> None:
    file = _changed(tmp_path, **changes)
    with pytest.raises(InvalidProductFile) as problem:
        read_product(file)
    assert said in problem.value.detail
    assert file.name in problem.value.detail


def test_a_text_can_only_be_filled_with_an_amount(tmp_path: Path) -> None:
    texts = yaml.safe_load((settings.SHIPPED_DATA / "content/products/zorgtoeslag.yaml").read_text())["texts"]
    texts["granted"]["nl"] = "Voor {name.__class__}"
    with pytest.raises(InvalidProductFile):
        read_product(_changed(tmp_path, texts=texts))
