"""The receipt of an objection: we have it, then and then you hear from us (Awb 6:14, 7:10)."""

from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages.document import Block, Document, Heading, KeyValues, Link, Notice, Paragraph
from dichterbij.kernel import clock
from dichterbij.kernel.formats import date_long

from ..domain import Case, Objection
from ..remedies import remedies_against
from .parts import help_blocks, letter

AWB = "https://wetten.overheid.nl/BWBR0005537"


def objected(case: Case, made: Objection, address: tuple[str, ...] = ()) -> Document:
    """Return the acknowledgement with a copy of the objection."""
    return letter(
        lambda language: _write(case, made, language),
        sender=case.line.organisation,
        to=(case.application.name, *address),
        reference=made.reference,
        dated=clock.today(),
        language=case.language,
    )


def _write(case: Case, made: Objection, language: str) -> tuple[str, tuple[Block, ...]]:
    product = catalogue.product(case.line.product).name(language)
    blocks: tuple[Block, ...] = (
        Paragraph(_("Uw bezwaar is binnen. U hoeft nu niets te doen.")),
        KeyValues(
            (
                (_("Besluit"), product),
                (_("Kenmerk van uw aanvraag"), case.line.reference),
                (_("Ontvangen op"), date_long(made.received_on, language)),
                (_("Wij beslissen uiterlijk op"), date_long(made.decide_by, language)),
            )
        ),
        *_late(case, made, language),
        Paragraph(
            _("Iemand die niet bij het besluit was, kijkt ernaar. U mag het eerst uitleggen. Wij nodigen u uit.")
        ),
        *_committee(case),
        Heading(_("Dit schreef u")),
        Paragraph(made.text),
        *((Paragraph(made.late_because),) if made.late_because else ()),
        *help_blocks(case.line.organisation, language),
        Heading(_("De wet")),
        Paragraph((Link(_("Algemene wet bestuursrecht, artikelen 6:14, 7:2 en 7:10"), AWB), ".")),
    )
    return _("Wij hebben uw bezwaar ontvangen: %(product)s") % {"product": product}, blocks


def _committee(case: Case) -> tuple[Block, ...]:
    if not remedies_against(case.line.organisation).has_committee:
        return ()
    return (Paragraph(_("Een commissie adviseert over uw bezwaar. Daarom is de termijn twaalf weken.")),)


def _late(case: Case, made: Objection, language: str) -> tuple[Block, ...]:
    decision = case.decision
    if not made.is_late or decision is None or decision.object_until is None:
        return ()
    return (
        Notice(
            _("Uw bezwaar kwam te laat"),
            _("De laatste dag was %(day)s. Wij kijken eerst of u daar een goede reden voor had (artikel 6:11).")
            % {"day": date_long(decision.object_until, language)},
        ),
    )
