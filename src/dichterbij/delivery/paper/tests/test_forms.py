"""A paper form asks what the pages ask, everybody can read it, and its code says which form, page and person it is."""

import io

import pikepdf
import pytest
from django.utils import translation

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.cases import services
from dichterbij.delivery.cases.asking import asked_of_applicant
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import UnknownProduct
from dichterbij.delivery.messages.html import html
from dichterbij.delivery.messages.tests.matterhorn import failures
from dichterbij.delivery.messages.tests.reading import pieces_of_pdf, text_of_html, text_of_pdf
from dichterbij.delivery.paper import codes, form, issuing, models
from dichterbij.delivery.paper.definitions import questions
from dichterbij.ground.logbook import queries as logbook

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
FIRST = "nabestaandenuitkering"  # asks a choice, a day, a number and yes or no
PRODUCTS = [
    pytest.param(product.id, marks=() if product.id == FIRST else pytest.mark.slow) for product in catalogue.products()
]


def _open(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


@pytest.mark.parametrize("product", PRODUCTS)
def test_the_blank_form_of_a_product_is_tagged_titled_and_says_what_its_definitions_say(organisations, product):
    file = _open(issuing.blank(product, "nl"))
    assert failures(file) == []
    assert str(file.Root.Lang) == "nl"
    document = form.blank(catalogue.product(product), "nl")
    said = text_of_pdf(file)
    assert said == text_of_html(html(document))
    for question in questions(catalogue.product(product), "nl"):
        assert question.question in said
        assert all(word in said for _value, word in question.values)
    headings = [piece.text for piece in pieces_of_pdf(file) if piece.path[-1] in ("H1", "H2")]
    assert headings[0].startswith("Aanvragen op papier")
    assert "Uw handtekening" in headings


@pytest.mark.parametrize("language", ["pap", pytest.param("en", marks=pytest.mark.slow)])
def test_a_form_in_another_language_says_so(organisations, language):
    file = _open(issuing.blank("zorgtoeslag", language))
    assert failures(file) == []
    assert str(file.Root.Lang) == language


def test_the_paper_form_asks_all_that_the_pages_can_ask(citizen):
    for key in ("student", "widow", "widower"):
        for product in catalogue.products():
            access = citizen(key, product.id)
            draft = services.start(access, product.id, name="E. Verzonnen", language="nl")
            _draft, said = cases.draft(access, draft.id)
            on_page = {each.fact for each in asked_of_applicant(said) if each.origin.value != "register"}
            assert on_page <= {each.fact for each in questions(product, "nl")}


def test_every_page_carries_its_own_code_and_number(organisations):
    file = _open(issuing.blank("zorgtoeslag", "nl"))
    row = models.Form.objects.get()
    assert row.pages == len(file.pages) > 1
    assert row.party is None


def test_every_copy_of_a_version_is_the_same_and_another_language_has_another_code(organisations):
    assert issuing.blank("zorgtoeslag", "nl") == issuing.blank("zorgtoeslag", "nl")
    issuing.blank("zorgtoeslag", "en")
    assert models.Form.objects.count() == 2


def test_a_form_made_for_somebody_tells_what_is_known_and_asks_only_what_can_still_matter(citizen):
    access = citizen("student", "zorgtoeslag")
    draft = services.start(access, "zorgtoeslag", name="Mirthe Zwaanstra", language="nl")
    found, said = cases.draft(access, draft.id)
    file = _open(issuing.prefilled(access, found, said))
    assert failures(file) == []
    text = text_of_pdf(file)
    assert "Mirthe Zwaanstra" in text
    assert "Wij hebben geen vragen voor u." in text
    assert access.subject.bsn.value not in text
    assert models.Form.objects.get().party == access.subject.party
    acts = logbook.acts_about(access, limit=20)
    done = {name for act in acts for part in act.parts for name in part.did}
    assert "papieren formulier" in done


def test_two_forms_made_for_one_person_have_different_codes(citizen):
    access = citizen("student", "zorgtoeslag")
    draft = services.start(access, "zorgtoeslag", name="Mirthe Zwaanstra", language="nl")
    found, said = cases.draft(access, draft.id)
    assert issuing.prefilled(access, found, said) != issuing.prefilled(access, found, said)
    assert models.Form.objects.count() == 2


def test_there_is_no_form_for_what_cannot_be_asked_on_paper(organisations):
    with pytest.raises(UnknownProduct):
        issuing.blank("bestaat-niet", "nl")


def test_a_code_is_read_back_with_spaces_small_letters_and_short_lines():
    code = codes.new_code()
    first, second = codes.mark(code, 1).text, codes.mark(code, 2).text
    assert codes.read(f"{first.lower()}\n\n{second}") == (codes.PageCode(code, 1), codes.PageCode(code, 2))
    short = second.partition(" - ")[2]
    assert codes.read(f"{first}\n{short}")[1] == codes.PageCode(code, 2)


def test_a_slip_in_a_code_is_noticed():
    text = codes.mark("2" * 16, 1).text.replace(" ", "").replace("-", "")
    for place in range(len(text)):
        wrong = text[:place] + ("X" if text[place] != "X" else "Y") + text[place + 1 :]
        with pytest.raises(codes.NotACode):
            codes.read(wrong)


def test_the_words_of_a_form_follow_the_language_that_was_asked(organisations):
    with translation.override("pap"):
        assert form.blank(catalogue.product("zorgtoeslag"), "nl").title.startswith("Aanvragen op papier")
