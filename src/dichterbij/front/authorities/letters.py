"""What goes on paper: the letter to who has no login, with the code that is their yes, and a proof of an authority."""

from dataclasses import dataclass, field
from datetime import date

import segno
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from dichterbij.delivery.messages.document import (
    Block,
    Document,
    Heading,
    Items,
    KeyValues,
    Letterhead,
    Notice,
    PageMark,
    Paragraph,
    Part,
)
from dichterbij.delivery.messages.reaching import contact
from dichterbij.ground.authority import codes
from dichterbij.ground.authority.mandates import Terms
from dichterbij.ground.authority.proofs import Proven
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a proof on paper shows: in words, with the code, and the address where anybody checks it."""

    proven: Proven = field(repr=False)
    why: str
    what: str
    code: str = field(repr=False)
    address: str = field(repr=False)


def proof(sender: Organisation, shown: Shown, *, dated: date, language: str) -> Document:
    """Return the proof on paper, in the language of who asked for it, with a code for a scanner on top."""
    matrix = segno.make(shown.address, error="m", micro=False).matrix
    squares = tuple("".join("1" if dot else "0" for dot in row) for row in matrix)
    site = shown.address.rpartition("/")[0]
    blocks: tuple[Block, ...] = (
        KeyValues(
            (
                (_("Wie"), shown.proven.representative_name),
                (_("Voor wie"), shown.proven.represented_name),
                (_("Als"), shown.why),
                (_("Waarvoor"), shown.what),
                (_("Hoogstens tot en met"), date_long(shown.proven.last_day, language)),
            )
        ),
        Notice(
            _("Kijk altijd na of dit bewijs nog geldt"),
            _("Scan de code bovenaan. Of ga naar %(site)s en typ de code.") % {"site": site},
        ),
        KeyValues(((_("Code"), codes.spaced(shown.code)),)),
        Paragraph(_("Dit papier alleen bewijst niets. Stopt de machtiging? Dan geldt het bewijs meteen niet meer.")),
        contact(sender.oin, language),
    )
    return Document(
        title=_("Bewijs: handelen voor een ander"),
        language=language,
        dated=dated,
        head=head_of(sender, (), dated),
        blocks=blocks,
        marks=(PageMark(codes.spaced(shown.code), squares),),
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
                _("Hebt u een vervelend gevoel hierbij? Laat het ons weten."),
            )
        ),
        Heading(_("Later stoppen")),
        Paragraph(_("U kunt dit altijd stoppen. Laat het ons weten. Het stopt dan meteen.")),
        Heading(_("Zo kunt u reageren")),
        contact(sender.oin, language),
    )
