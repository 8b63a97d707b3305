"""The receipt of a notice of default: we have it, so long we still have, and this is what you can do then."""

from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages.document import Block, Document, Heading, KeyValues, Link, Paragraph
from dichterbij.kernel import clock
from dichterbij.kernel.dates import term_end
from dichterbij.kernel.formats import date_long

from ..domain import WEEKS_OF_GRACE, Case, On
from ..remedies import remedies_against
from .objected import AWB
from .parts import help_blocks, letter, reach


def noticed(case: Case, on: On, address: tuple[str, ...] = ()) -> Document:
    """Return the acknowledgement of a notice of default."""
    return letter(
        lambda language: _write(case, on, language),
        sender=case.line.organisation,
        to=(case.application.name, *address),
        reference=case.line.reference,
        dated=clock.today(),
        language=case.language,
    )


def _write(case: Case, on: On, language: str) -> tuple[str, tuple[Block, ...]]:
    product, today = catalogue.product(case.line.product).name(language), clock.today()
    last_day = date_long(term_end(today, weeks=WEEKS_OF_GRACE), language)
    what = _("Uw bezwaar") if on is On.OBJECTION else _("Uw aanvraag")
    blocks: tuple[Block, ...] = (
        Paragraph(_("Wij beslisten niet op tijd. Dat spijt ons. U stelde ons in gebreke.")),
        KeyValues(
            (
                (what, product),
                (_("Kenmerk van uw aanvraag"), case.line.reference),
                (_("Ontvangen op"), date_long(today, language)),
                (_("Wij hebben nog tot en met"), last_day),
            )
        ),
        Paragraph(_("Beslissen wij dan nog niet? Dan krijgt u geld voor elke dag, ten hoogste 42 dagen.")),
        Paragraph(_("U kunt dan ook meteen naar de rechtbank. Bezwaar maken hoeft dan niet.")),
        Paragraph(reach(remedies_against(case.line.organisation).court)),
        *help_blocks(case.line.organisation, language),
        Heading(_("De wet")),
        Paragraph((Link(_("Algemene wet bestuursrecht, artikelen 4:17, 6:12 en 7:14"), AWB), ".")),
    )
    return _("Wij hebben uw ingebrekestelling ontvangen: %(product)s") % {"product": product}, blocks
