"""The question letter: what we need, by when, and that the term stands still until then (Awb 4:15)."""

from datetime import date

from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages.document import Block, Document, Heading, Notice, Paragraph
from dichterbij.kernel.formats import date_long

from ..domain import Case
from .parts import help_blocks, letter


def question(case: Case, *, text: str, asked_on: date, answer_by: date, address: tuple[str, ...] = ()) -> Document:
    """Return the letter with one question; its text stays in the language the worker wrote it in."""
    return letter(
        lambda language: _write(case, text, answer_by, language),
        sender=case.line.organisation,
        to=(case.application.name, *address),
        reference=case.line.reference,
        dated=asked_on,
        language=case.language,
    )


def _write(case: Case, text: str, answer_by: date, language: str) -> tuple[str, tuple[Block, ...]]:
    product = catalogue.product(case.line.product).name(language)
    last_day = date_long(answer_by, language)
    blocks: tuple[Block, ...] = (
        Paragraph(
            _("Wij zijn bezig met uw aanvraag: %(product)s. Wij hebben nog iets van u nodig.") % {"product": product}
        ),
        Heading(_("Onze vraag")),
        Paragraph(text, "" if language == "nl" else "nl"),
        Notice(
            _("Antwoord uiterlijk op %(day)s") % {"day": last_day},
            _("Onderaan staat op welke manieren u kunt antwoorden."),
        ),
        Paragraph(
            _("Tot uw antwoord staat onze termijn om te beslissen stil (Algemene wet bestuursrecht, artikel 4:15).")
        ),
        Paragraph(_("Krijgen wij geen antwoord? Dan beslissen wij met wat wij nu weten.")),
        *help_blocks(case.line.organisation, language),
    )
    return _("Wij hebben een vraag over uw aanvraag: %(product)s") % {"product": product}, blocks
