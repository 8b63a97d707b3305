"""Pieces that every letter shares: the head, how to reach the sender, help, and the same words in another language."""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from dichterbij.delivery.messages.document import (
    Block,
    Document,
    Foreign,
    Heading,
    Inline,
    Letterhead,
    Link,
    Paragraph,
    Part,
    Words,
)
from dichterbij.delivery.messages.reaching import contact
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.kernel.formats import date_long
from dichterbij.kernel.identifiers import Oin

from .. import telling
from ..domain import Application
from ..remedies import Place, remedies_against

Write = Callable[[str], tuple[str, tuple[Block, ...]]]
"""Give title and blocks of a letter in a language; the language is active while it runs."""


def letter(write: Write, *, sender: Oin, to: tuple[str, ...], reference: str, dated: date, language: str) -> Document:
    """Return a letter in Dutch, with a translation behind it for who reads another language.

    `to`: the name of the receiver and, when it goes on paper, the lines of their address.
    """
    title, blocks = _in_dutch(write)
    with translation.override("nl"):
        head = _head(organisations.organisation(sender), to, reference, dated)
    pointer, part = _translated(write, language) if language != "nl" else ((), ())
    return Document(title=title, language="nl", dated=dated, head=head, blocks=(*pointer, *blocks, *part))


def _in_dutch(write: Write) -> tuple[str, tuple[Block, ...]]:
    with translation.override("nl"):
        return write("nl")


def _translated(write: Write, language: str) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    with translation.override(language):
        title, blocks = write(language)
        pointer = Paragraph(_("Deze brief staat hieronder ook in uw taal. De Nederlandse tekst geldt."), language)
    return (pointer,), (Part(language, title, blocks),)


def _head(sender: Organisation, to: tuple[str, ...], reference: str, dated: date) -> Letterhead:
    return Letterhead(
        sender=sender.name,
        sender_lines=(sender.contact.address,) if sender.contact.address else (),
        recipient_lines=tuple(line for line in to if line),
        facts=((_("Datum"), date_long(dated, "nl")), (_("Kenmerk"), reference)),
        notice=_("Demonstratie. Alle personen zijn verzonnen.") if settings.DEMONSTRATION else "",
    )


def dutch(text: str, language: str, url: str = "") -> Words:
    """Return words that stay Dutch in every language, such as an article or what a worker wrote."""
    if language != "nl":
        return (Foreign(text, "nl", url),)
    return (Link(text, url),) if url else text


def sent_for(application: Application) -> tuple[Block, ...]:
    """Return who sent an application for the applicant, and as what; nothing when they sent it themself."""
    if not (application.sent_as or application.sent_by):
        return ()
    return (Paragraph(_("%(who)s deed deze aanvraag namens u.") % {"who": telling.sender_told(application)}),)


def help_blocks(sender: Oin, language: str) -> tuple[Block, ...]:
    """Return how to react and to get help: the sender, somebody you trust, the library, free legal advice."""
    return (*reach_blocks(sender, language), legal_advice(sender))


def reach_blocks(sender: Oin, language: str) -> tuple[Block, ...]:
    """Return how to reach the sender, and who else helps for nothing."""
    return (
        Heading(_("Reageren of hulp nodig?")),
        Paragraph(_("Wij leggen deze brief graag aan u uit. Iemand anders mag dat ook voor u vragen.")),
        contact(sender, language),
        Paragraph(
            _("In de bibliotheek helpt een medewerker u bij het Informatiepunt Digitale Overheid. Dat is gratis.")
        ),
    )


def legal_advice(sender: Oin) -> Paragraph:
    """Return who gives legal advice for nothing, and what a lawyer costs (Wet op de rechtsbijstand)."""
    place = remedies_against(sender).legal_aid
    lawyer = _("Met een laag inkomen betaalt u voor een advocaat maar een deel.")
    return Paragraph((_("Gratis advies over uw rechten krijgt u bij"), " ", *reach(place), " ", lawyer))


def reach(place: Place) -> tuple[Inline, ...]:
    """Return a name, and a telephone number where there is one, each a link."""
    phone = (", ", Link(place.phone, f"tel:{''.join(place.phone.split())}")) if place.phone else ()
    return Link(place.name, place.url), *phone, "."
