"""The proof of one line on paper: what the line says in words, what was verified, and how anybody does that again."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from dichterbij.delivery.messages.document import Document, Foreign, Heading, KeyValues, Letterhead, Paragraph, Words
from dichterbij.ground.logbook.domain import LogLine
from dichterbij.ground.logbook.proving import Proven
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Role
from dichterbij.kernel.clock import day_of
from dichterbij.kernel.formats import instant

from . import telling


def proof(line: LogLine, proven: Proven, file: str, language: str) -> Document:
    """Return the paper; the same for the same line and language, whenever it is asked. `file`: what it comes in."""
    signed_at = datetime.fromisoformat(proven.sealed_at)
    who = organisations.organisation(proven.operator).name
    return Document(
        title=_("Bewijs van één regel uit het logboek"),
        language=language,
        dated=day_of(signed_at),
        head=Letterhead(
            sender=who, notice=_("Demonstratie. Alle personen zijn verzonnen.") if settings.DEMONSTRATION else ""
        ),
        blocks=(
            KeyValues(_said(line, language)),
            Heading(_("Wat is nagerekend")),
            Paragraph(
                _("Deze regel staat op plaats %(place)s van %(size)s. %(who)s ondertekende dat op %(at)s.")
                % {"place": proven.position, "size": proven.size, "who": who, "at": instant(signed_at, language)}
            ),
            Paragraph(_("Veranderde iemand deze regel daarna, dan klopt de handtekening niet meer.")),
            Heading(_("Zelf nagaan")),
            Paragraph(_("Bewaar dit papier in het bestand waarin het zat. Wie het controleert, geeft deze opdracht:")),
            Paragraph(f"dichterbij logbook verify --proof {file}", "en"),
            Paragraph(_("Het programma is vrij te gebruiken en heeft deze site niet nodig.")),
        ),
    )


def _said(line: LogLine, language: str) -> tuple[tuple[str, Words], ...]:
    told = telling.tell_line(line, language)
    organisation = organisations.organisation(line.organisation).name
    return (
        (_("Wanneer"), instant(line.at, language)),
        (_("Organisatie"), organisation),
        (_("Door wie"), _by(line)),
        (_("Wat er gebeurde"), told.what),
        (_("Welke gegevens"), ", ".join(filter(None, (*told.fields, told.period))) or "-"),
        (_("Bron"), told.source or _("Deze site")),
        (_("Waarvoor"), activities.purpose(line.activity, language)),
        (_("Volgens welke wet"), (Foreign(line.legal_basis, "nl"),)),
    )


def _by(line: LogLine) -> str:
    if line.by_self:
        return _("uzelf")
    return {
        Role.STAFF: _("een medewerker"),
        Role.SYSTEM: _("automatisch, zonder medewerker"),
        Role.REPRESENTATIVE: _("iemand die voor u handelt"),
    }.get(line.role, _("iemand anders"))
