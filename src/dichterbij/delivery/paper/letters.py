"""What we write to somebody about the paper they sent: what is missing, or that we had it already."""

from datetime import date

from django.utils.translation import gettext as _

from dichterbij.delivery.cases.letters.parts import Write, help_blocks, letter
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages.document import Block, Document, Heading, Items, Notice, Paragraph
from dichterbij.delivery.messages.returns import Returned
from dichterbij.kernel import clock
from dichterbij.kernel.clock import day_of
from dichterbij.kernel.formats import date_long

from .domain import Paper, Trouble


def asked_back(paper: Paper, trouble: Trouble, reply_by: date, address: tuple[str, ...]) -> Document:
    """Return the letter that asks for what is missing, and says that the day of receipt stays what it was."""
    return _letter(paper, address, lambda language: _asked_back(paper, trouble, reply_by, language))


def had_already(paper: Paper, reference: str, address: tuple[str, ...]) -> Document:
    """Return the letter to who sent an application that was running already."""
    return _letter(paper, address, lambda language: _had_already(paper, reference, language))


def sent_again(returned: Returned, language: str, name: str, address: tuple[str, ...]) -> Document:
    """Return the letter that covers one that came back: why it comes again, and that its terms stay what they are."""
    return letter(
        lambda spoken: _sent_again(returned, spoken),
        sender=returned.organisation,
        to=(name or _("De bewoner"), *address),
        reference=str(returned.id)[:8].upper(),
        dated=clock.today(),
        language=language,
    )


def _sent_again(returned: Returned, language: str) -> tuple[str, tuple[Block, ...]]:
    words = {"day": date_long(day_of(returned.sent_at), language)}
    blocks: tuple[Block, ...] = (
        Paragraph(_("Op %(day)s stuurden wij u een brief. Die kwam terug. Hij zit nu bij deze brief.") % words),
        Paragraph(_("Wij vroegen uw adres opnieuw op bij de Basisregistratie Personen.")),
        Notice(
            _("Staat er een laatste dag in de brief?"),
            _("Die verandert niet. Bent u daardoor te laat? Schrijf ons dan waarom. Wij houden daar rekening mee."),
        ),
        *help_blocks(returned.organisation, language),
    )
    return _("Uw brief, opnieuw gestuurd"), blocks


def _letter(paper: Paper, address: tuple[str, ...], write: Write) -> Document:
    return letter(
        write,
        sender=paper.organisation,
        to=(paper.name, *address),
        reference=str(paper.id)[:8].upper(),
        dated=clock.today(),
        language=paper.language,
    )


def _asked_back(paper: Paper, trouble: Trouble, reply_by: date, language: str) -> tuple[str, tuple[Block, ...]]:
    product = catalogue.product(paper.product).name(language)
    pages = ", ".join(map(str, paper.missing))
    what = {
        Trouble.NOT_LEGIBLE: _("Wij kunnen niet lezen wat u schreef."),
        Trouble.PAGE_MISSING: _("Wij missen deze bladzijden: %(pages)s.") % {"pages": pages},
        Trouble.NOT_SIGNED: _("Er staat geen handtekening op uw formulier."),
    }[trouble]
    do = {
        Trouble.NOT_LEGIBLE: _("Vul het formulier opnieuw in, in hoofdletters. U mag ons ook om hulp vragen."),
        Trouble.PAGE_MISSING: _("Stuur ons deze bladzijden. U mag ons ook om hulp vragen."),
        Trouble.NOT_SIGNED: _("Zet uw handtekening op de laatste bladzijde en stuur die op."),
    }[trouble]
    words = {"product": product, "day": date_long(paper.received_on, language)}
    blocks: tuple[Block, ...] = (
        Paragraph(_("U stuurde ons een formulier op papier: %(product)s. Het kwam binnen op %(day)s.") % words),
        Paragraph(what),
        Heading(_("Wat u moet doen")),
        Items((do, _("Antwoordt u online? Dan begint u op de site een nieuwe aanvraag."))),
        Notice(
            _("Antwoord uiterlijk op %(day)s") % {"day": date_long(reply_by, language)},
            _("Antwoordt u niet? Dan beslissen wij met wat wij wel konden lezen."),
        ),
        Paragraph(_("De dag waarop uw formulier binnenkwam, blijft tellen.")),
        *help_blocks(paper.organisation, language),
    )
    return _("Wij hebben nog iets van u nodig: %(product)s") % {"product": product}, blocks


def _had_already(paper: Paper, reference: str, language: str) -> tuple[str, tuple[Block, ...]]:
    product = catalogue.product(paper.product).name(language)
    words = {"product": product, "day": date_long(paper.received_on, language), "reference": reference}
    blocks: tuple[Block, ...] = (
        Paragraph(_("U stuurde ons een formulier op papier: %(product)s. Het kwam binnen op %(day)s.") % words),
        Paragraph(_("U had dit al aangevraagd. Die aanvraag loopt nog, met kenmerk %(reference)s.") % words),
        Paragraph(_("Uw papier ligt nu bij die aanvraag. U hoeft niets te doen.")),
        *help_blocks(paper.organisation, language),
    )
    return _("U had dit al aangevraagd: %(product)s") % {"product": product}, blocks
