"""The letter to somebody who has no login: another asks to act for them, and the code is their yes."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from dichterbij.delivery.cases.letters.parts import contact
from dichterbij.delivery.messages.document import (
    Block,
    Document,
    Heading,
    Items,
    KeyValues,
    Letterhead,
    Notice,
    Paragraph,
    Part,
)
from dichterbij.ground.authority import codes
from dichterbij.ground.authority.mandates import Terms
from dichterbij.ground.authority.standing import Addressee
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.kernel.formats import date_long

from . import choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked: by whom, for what, with which code, and until which day the code works."""

    who: str = field(repr=False)
    terms: Terms
    code: str = field(repr=False)
    until: date


def asked(sender: Organisation, to: Addressee, about: Asked, *, dated: date, language: str) -> Document:
    """Return the letter, in Dutch and behind it in the language of who gets it."""
    with translation.override("nl"):
        title, blocks = _asked(sender, about, "nl")
        head = head_of(sender, (to.name, *to.address), dated)
    return Document(
        title=title, language="nl", dated=dated, head=head, blocks=(*blocks, *_also_in(language, sender, about))
    )


def head_of(sender: Organisation, to: tuple[str, ...], dated: date) -> Letterhead:
    """Return the head of a letter of the portal."""
    return Letterhead(
        sender=sender.name,
        sender_lines=(sender.contact.address,) if sender.contact.address else (),
        recipient_lines=to,
        facts=((_("Datum"), date_long(dated, "nl")),),
        notice=_("Demonstratie. Alle personen zijn verzonnen.") if settings.DEMONSTRATION else "",
    )


def _also_in(language: str, sender: Organisation, about: Asked) -> tuple[Block, ...]:
    if language == "nl":
        return ()
    with translation.override(language):
        title, blocks = _asked(sender, about, language)
    return (Part(language, title, blocks),)


def _asked(sender: Organisation, about: Asked, language: str) -> tuple[str, tuple[Block, ...]]:
    words = {"who": about.who, "day": date_long(about.until, language)}
    return _("Iemand wil uw zaken voor u regelen"), (
        Paragraph(_("%(who)s vraagt of dat mag. U beslist zelf.") % words),
        KeyValues(
            (
                (_("Wie"), about.who),
                (_("Waarvoor"), choices.told(about.terms, language)),
                (_("Tot en met"), date_long(about.terms.last_day, language)),
            )
        ),
        Heading(_("Vindt u het goed?")),
        Notice(codes.spaced(about.code), _("Geef deze code aan %(who)s. Of kom met deze brief naar de balie.") % words),
        Paragraph(_("De code werkt één keer, tot en met %(day)s.") % words),
        Heading(_("Wilt u het niet, of kent u deze persoon niet?")),
        Items(
            (
                _("Gooi de brief dan weg. Geef de code aan niemand."),
                _("Er gebeurt dan niets. Niemand ziet iets van u."),
                _("Hebt u een vervelend gevoel hierbij? Bel ons."),
            )
        ),
        Heading(_("Zo kunt u reageren")),
        Heading(_("Later stoppen")),
        Paragraph(_("U kunt dit altijd stoppen. Bel ons of kom langs. Het stopt dan meteen.")),
        contact(sender.oin, language),
    )

