"""One content, two faces: the page and the PDF say the same, and everybody can read both."""

import doctest
import io
from datetime import date

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.delivery.messages import characters
from dichterbij.delivery.messages.document import (
    BadDocument,
    Document,
    Heading,
    Items,
    Letterhead,
    Link,
    Paragraph,
    Table,
)
from dichterbij.delivery.messages.html import html
from dichterbij.delivery.messages.pdf import pdf

from .examples import BASIS, EVERY_BLOCK, NASTY
from .matterhorn import CONDITIONS, failures
from .reading import text_of_html, text_of_pdf

ANYTHING = st.text(min_size=1, max_size=40)


def _open(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def _letter(*blocks: object, title: str = "Titel") -> Document:
    return Document(title=title, language="nl", dated=date(2026, 6, 15), blocks=blocks)  # type: ignore[arg-type]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_letter_with_every_block_meets_each_condition_of_pdf_ua(condition: str) -> None:
    assert CONDITIONS[condition](_open(pdf(EVERY_BLOCK)))


def test_the_checker_sees_what_is_wrong() -> None:
    broken = _open(pdf(EVERY_BLOCK))
    del broken.Root.Lang
    broken.Root.ViewerPreferences.DisplayDocTitle = False
    broken.pages[0].Annots[0].__delitem__("/Contents")
    assert failures(broken) == [
        "shows its title in the window [07-001]", "has a language [11-006]", "links are described [28-005]",
    ]  # fmt: skip


def test_the_pdf_says_exactly_what_the_page_says() -> None:
    assert text_of_pdf(_open(pdf(EVERY_BLOCK))) == text_of_html(html(EVERY_BLOCK))


@settings(max_examples=30, deadline=None)
@given(title=ANYTHING, text=ANYTHING, cell=ANYTHING)
def test_whatever_people_write_the_pdf_and_the_page_say_the_same(title: str, text: str, cell: str) -> None:
    letter = _letter(Paragraph("x" + text), Table("Tabel", ("A", "B"), ((cell, "x" + text),)), title="x" + title)
    spoken, read = text_of_pdf(_open(pdf(letter))), text_of_html(html(letter))
    assert spoken.replace(" ", "") == read.replace(" ", "")


def test_nothing_a_person_writes_becomes_markup() -> None:
    letter = _letter(Paragraph(NASTY), title=NASTY)
    assert "<script>" not in html(letter)
    assert "alert(1)</script>" in text_of_pdf(_open(pdf(letter)))


def test_a_link_with_another_scheme_stays_text() -> None:
    letter = _letter(Paragraph((Link("klik", "javascript:alert(1)"),)))
    assert "href" not in html(letter)
    file = _open(pdf(letter))
    assert "/Annots" not in file.pages[0]


def test_words_in_another_language_than_the_words_around_them_say_so() -> None:
    assert '<span lang="nl"><a href="https://wetten.overheid.nl/BWBR0005537">artikel 4:13</a></span>' in html(
        EVERY_BLOCK
    )
    file = _open(pdf(Document(title="Letter", language="en", dated=date(2026, 6, 15), blocks=(Paragraph((BASIS,)),))))
    assert "nl" in {str(each.Lang) for each in file.objects if isinstance(each, pikepdf.Dictionary) and "/Lang" in each}


def test_the_same_content_gives_the_same_bytes() -> None:
    assert pdf(EVERY_BLOCK) == pdf(EVERY_BLOCK)


def test_a_long_letter_goes_on_over_pages_and_stays_in_order() -> None:
    letter = _letter(*(Paragraph(f"Alinea {n} van een lange brief. " * 8) for n in range(40)))
    file = _open(pdf(letter))
    assert len(file.pages) > 2
    assert text_of_pdf(file) == text_of_html(html(letter))
    assert failures(file) == []


@pytest.mark.parametrize(
    "blocks",
    [
        (Heading("Te diep", 3),),
        (Items(()),),
        (Paragraph("  "),),
        (Table("T", ("A", "B"), (("een",),)),),
        (Table("", ("A",), ()),),
    ],
)
def test_a_document_that_some_people_could_not_read_is_refused(blocks: tuple[object, ...]) -> None:
    with pytest.raises(BadDocument):
        _letter(*blocks)


def test_a_character_without_a_shape_becomes_a_box() -> None:
    assert doctest.testmod(characters).failed == 0


def test_a_letter_to_somebody_that_does_not_say_how_to_reach_us_cannot_be_made() -> None:
    head = Letterhead(sender="Dienst", recipient_lines=("J. Verzonnen",))
    with pytest.raises(BadDocument, match="bereikt"):
        Document(title="Titel", language="nl", dated=date(2026, 6, 15), blocks=(Paragraph("x"),), head=head)
