"""The receipt of an answer on paper: what was asked, what the person said, and how anybody checks that."""

from django.conf import settings
from django.utils.translation import gettext as _

from dichterbij.delivery.messages.document import (
    Block,
    Document,
    Foreign,
    Heading,
    KeyValues,
    Letterhead,
    Paragraph,
    Words,
)
from dichterbij.delivery.sharing.domain import State
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.formats import instant

from .telling import Told


def receipt(told: Told, file: str, language: str) -> Document:
    """Return the paper. `file`: what it comes in."""
    return Document(
        title=_("Ontvangstbewijs van uw antwoord"),
        language=language,
        dated=clock.today(),
        head=Letterhead(
            sender=organisations.operator().name,
            notice=_("Demonstratie. Alle personen zijn verzonnen.") if settings.DEMONSTRATION else "",
        ),
        blocks=(
            KeyValues(_said(told, language)),
            *(_how_to_take_back() if told.consent.state is State.GIVEN else ()),
            Heading(_("Zelf nagaan")),
            Paragraph(_("Bewaar dit papier in het bestand waarin het zat. Wie het controleert, geeft deze opdracht:")),
            Paragraph(f"dichterbij logbook verify --proof {file}", "en"),
        ),
    )


def _how_to_take_back() -> tuple[Block, ...]:
    return (
        Heading(_("Van gedachten veranderd?")),
        Paragraph(_("Log in en kies Delen. Daar neemt u uw toestemming terug.")),
        Paragraph(_("Dat geldt meteen. Wat het bedrijf al heeft, kunnen wij niet terughalen.")),
    )


def _said(told: Told, language: str) -> tuple[tuple[str, Words], ...]:
    consent = told.consent
    moments = (
        (_("U gaf toestemming"), consent.given_at),
        (_("Het laatst opgehaald"), consent.used_at),
        (_("U nam het terug"), consent.withdrawn_at),
    )
    return (
        (_("Nummer"), str(consent.id)),
        (_("Stand"), told.status),
        (_("Wie het vroeg"), told.who),
        (_("Wat"), told.what),
        (_("Ook"), _("uw naam en geboortedatum")),
        (_("Waar het vandaan komt"), told.source),
        (_("Waarvoor"), told.why),
        (_("Hoe lang"), told.how_long),
        (_("Volgens welke wet"), (Foreign(told.legal_basis, "nl"),)),
        *((label, instant(at, language)) for label, at in moments if at),
    )
