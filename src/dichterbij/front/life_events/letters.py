"""Letters after a death: to the next of kin and, when the death was a mistake, to say sorry."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from dichterbij.delivery.messages.document import (
    Block,
    Document,
    Heading,
    Items,
    Letterhead,
    Paragraph,
    Part,
    Words,
)
from dichterbij.delivery.messages.reaching import contact
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.kernel.formats import date_long

Content = tuple[str, tuple[Block, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whose letter it is and where it goes. `address`: lines of the last address the register knows."""

    name: str = field(repr=False)
    address: tuple[str, ...] = field(repr=False)
    language: str


def to_next_of_kin(sender: Organisation, who: Recipient, died_on: date, dated: date) -> Document:
    """Return the letter to the next of kin: condolence, what is arranged and what not, who knows, how to go on."""
    to = _("De nabestaanden van %(name)s") % {"name": who.name}
    return _letter(sender, who, to, dated, lambda language: _next_of_kin(sender, who, died_on, language))


def plan_waits(sender: Organisation, who: Recipient, dated: date) -> Document:
    """Return the letter to a relative who wants everything on paper: an overview waits. It names nobody."""
    return _letter(sender, who, who.name, dated, lambda language: _plan_waits(sender, language))


def sorry(sender: Organisation, who: Recipient, dated: date) -> Document:
    """Return the letter to somebody who was registered as dead by mistake."""
    return _letter(sender, who, who.name, dated, lambda language: _sorry(sender, who, language))


def withdrawn(sender: Organisation, who: Recipient, dated: date) -> Document:
    """Return the message to somebody whose plan is gone, because nobody died. It names nobody."""
    return _letter(sender, who, who.name, dated, lambda language: _withdrawn(sender, language))


def _letter(sender: Organisation, who: Recipient, to: str, dated: date, write: Callable[[str], Content]) -> Document:
    with translation.override("nl"):
        title, blocks = write("nl")
        head = _head(sender, (to, *who.address), dated)
    return Document(
        title=title, language="nl", dated=dated, head=head, blocks=(*blocks, *_also_in(who.language, write))
    )


def _also_in(language: str, write: Callable[[str], Content]) -> tuple[Block, ...]:
    if language == "nl":
        return ()
    with translation.override(language):
        title, blocks = write(language)
    return (Part(language, title, blocks),)


def _head(sender: Organisation, recipient: tuple[str, ...], dated: date) -> Letterhead:
    return Letterhead(
        sender=sender.name,
        sender_lines=(sender.contact.address,) if sender.contact.address else (),
        recipient_lines=tuple(line for line in recipient if line),
        facts=((_("Datum"), date_long(dated, "nl")),),
        notice=_("Demonstratie. Alle personen zijn verzonnen.") if settings.DEMONSTRATION else "",
    )


def _next_of_kin(sender: Organisation, who: Recipient, died_on: date, language: str) -> Content:
    day = date_long(died_on, language)
    return _("Gecondoleerd met uw verlies"), (
        Paragraph(_("Op %(day)s is %(name)s overleden. Wij wensen u veel sterkte.") % {"day": day, "name": who.name}),
        Paragraph(_("In deze brief leest u wat er al geregeld is en wat u nog kunt doen. Let op de termijnen.")),
        Heading(_("Dit is al geregeld")),
        Items(_arranged()),
        Heading(_("Wie het overlijden doorkrijgt")),
        Paragraph(_("Deze organisaties horen het uit de basisregistratie. U hoeft ze niet zelf te bellen:")),
        Items(told()),
        Heading(_("Dit is nog niet geregeld")),
        Items(_not_arranged()),
        *_how_to_go_on(sender, language),
    )


def _arranged() -> tuple[Words, ...]:
    return (
        _("Het overlijden staat in de basisregistratie personen."),
        _("Een AOW-uitkering stopt vanzelf op de dag na het overlijden."),
        _("Toeslagen stoppen vanzelf, of gaan door op naam van de partner. Daarover komt binnen 5 weken een brief."),
    )


def told() -> tuple[Words, ...]:
    """Return who hears of a death from the population register."""
    return (
        _("de Sociale Verzekeringsbank (SVB)"),
        _("de Belastingdienst en Dienst Toeslagen"),
        _("de RDW"),
        _("de zorgverzekeraar en het pensioenfonds"),
    )


def _not_arranged() -> tuple[Words, ...]:
    return (
        _("Een huurwoning: bel de verhuurder. Blijven wonen kan soms alleen als u binnen zes maanden iets regelt."),
        _("De erfenis: neem rustig de tijd. Neem nog geen spullen mee en verkoop niets."),
        _("Een bank, energiebedrijf of abonnement: die belt u zelf."),
        _("Geld waar u recht op kunt hebben: dat vraagt u soms zelf aan."),
    )


def _how_to_go_on(sender: Organisation, language: str) -> tuple[Block, ...]:
    return (
        Heading(_("Zo kunt u verder")),
        Items(
            (
                _("Wij nemen de lijst graag met u door. Neem gerust iemand mee."),
                _("Op onze website staat een overzicht voor u klaar. Of bekijk de lijst zonder in te loggen."),
                _("Liever op papier? Dan sturen wij u de lijst en de formulieren per post."),
            )
        ),
        contact(sender.oin, language),
    )


def _plan_waits(sender: Organisation, language: str) -> Content:
    return _("Er ligt een overzicht voor u klaar"), (
        Paragraph(_("Wij kregen bericht van een overlijden in uw familie. Wij wensen u veel sterkte.")),
        Paragraph(_("Er ligt een overzicht voor u klaar van wat u kunt regelen, en wanneer. Wij keken nergens in.")),
        Paragraph(_("U wilt onze brieven op papier. Daarom schrijven wij u. Niets hiervan moet.")),
        *_how_to_go_on(sender, language),
    )


def _sorry(sender: Organisation, who: Recipient, language: str) -> Content:
    return _("Onze excuses: u stond onterecht als overleden geregistreerd"), (
        Paragraph(_("Beste %(name)s,") % {"name": who.name}),
        Paragraph(
            _("In de basisregistratie stond dat u was overleden. Dat was niet zo. Het spijt ons dat dit is gebeurd.")
        ),
        Heading(_("Wat wij hebben gedaan")),
        Items(
            (
                _("De registratie is verbeterd."),
                _("De brief die wij hierover stuurden, geldt niet meer. U kunt hem weggooien."),
                _("De plannen die hierdoor zijn gemaakt, zijn weggehaald."),
            )
        ),
        Heading(_("Wat u kunt doen")),
        Paragraph(_("Is er ergens iets gestopt of veranderd? Laat het ons weten. Wij helpen u om het te herstellen.")),
        Heading(_("Zo kunt u reageren")),
        contact(sender.oin, language),
    )


def _withdrawn(sender: Organisation, language: str) -> Content:
    return _("Een plan van u is weggehaald"), (
        Paragraph(_("U had een plan na een overlijden. De registratie van dat overlijden bleek niet te kloppen.")),
        Paragraph(_("Het spijt ons als u hiervan bent geschrokken. Het plan is weg. U hoeft niets te doen.")),
        Paragraph(_("Was u hierdoor aan een aanvraag begonnen? Ook die is weg, als u hem nog niet had verstuurd.")),
        Paragraph(_("Hebt u iets aangevraagd? Dan bekijkt de organisatie dat opnieuw. U krijgt daarover een bericht.")),
        Heading(_("Zo kunt u reageren")),
        contact(sender.oin, language),
    )
