"""What somebody can still do: go to court, complain, ask the ombudsman, get legal aid. With terms and costs."""

from datetime import date

from django.utils.translation import gettext as _

from dichterbij.delivery.messages.document import Block, Heading, Link, Notice, Paragraph, Strong
from dichterbij.kernel.formats import date_long, euro
from dichterbij.kernel.identifiers import Oin

from ..remedies import CourtFee, remedies_against
from .parts import reach


def complaint(organisation: Oin) -> Paragraph:
    """Return how to complain about how one was treated, and who helps further (Awb 9:1, 9:11, 9:18, 9:24)."""
    own = _("Een klacht bij ons is gratis. U krijgt binnen zes weken antwoord, soms binnen tien.")
    after = _("Daarna kunt u binnen een jaar gratis naar de ombudsman:")
    told = Strong(_("Niet tevreden over hoe wij u behandelden?"))
    return Paragraph((told, " ", own, " ", after, " ", *reach(remedies_against(organisation).ombudsman)))


def appeal_blocks(organisation: Oin, appeal_until: date, language: str) -> tuple[Block, ...]:
    """Return how to go to court after an objection, until when and what it costs (Awb 8:1, 6:7, 8:41, 8:74)."""
    known = remedies_against(organisation)
    which = _("Daar hoort u welke rechtbank u helpt. Het kan ook online.")
    return (
        Heading(_("Bent u het er niet mee eens?")),
        Notice(
            _("In beroep gaan kan tot en met %(day)s") % {"day": date_long(appeal_until, language)},
            _("Schrijf aan de rechtbank waarom u het niet eens bent. Stuur een kopie van deze brief mee."),
        ),
        Paragraph((*reach(known.court), " ", which)),
        _costs(known.fee, language),
        Paragraph(_("Krijgt u gelijk? Dan krijgt u dat terug. Hebt u te weinig geld? Vraag om vrijstelling.")),
    )


def _costs(fee: CourtFee, language: str) -> Paragraph:
    amounts = {"year": fee.year, "low": euro(fee.low, language), "usual": euro(fee.usual, language)}
    was = _("In %(year)s was dat %(low)s bij een uitkering of toeslag, en anders %(usual)s.") % amounts
    now = _("De rechtbank schrijft u het bedrag van nu.")
    return Paragraph(
        (_("De rechtbank vraagt geld: griffierecht."), " ", was, " ", now, " ", Link(fee.source, fee.url), ".")
    )
