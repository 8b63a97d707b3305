"""A letter to who could not be told that there is a message: it says what the notice would have said, on paper.

Law: Awb 2:10 and 2:11 (a notice that does not arrive; paper when contact is lost).
"""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from dichterbij.delivery.contact import wording
from dichterbij.delivery.contact.events import NotToldOf
from dichterbij.ground.authority.services import on_duty
from dichterbij.ground.identity.queries import has_died, party_language, subject_of
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.formats import date_long

from . import channels, services
from .addresses import known_address
from .document import Document, Letterhead, Paragraph
from .domain import Envelope, Nature
from .models import Message
from .reaching import contact

ON_PAPER = channels.Channel(
    name="not-told",
    wanted=lambda message, reach: message.activity == channels.NOT_TOLD and not reach.by_post,
    put=channels.PRINT_QUEUE.put,
)


def write(event: NotToldOf, _event_id: UUID) -> None:
    """Write to who could not be told, unless they read the message, get it on paper already, or died."""
    message = Message.objects.filter(id=event.message, read_at=None, print_job=None).first()
    if message is None or has_died(event.party):
        return
    access = on_duty(
        organisations.operator().oin,
        activities.activity(channels.NOT_TOLD),
        "bericht kwam niet aan",
        subject_of(event.party),
    )
    letter = services.render(_letter(message, known_address(access, with_name=True), clock.today()))
    with transaction.atomic():
        services.send(_envelope(access, event), letter)


def _letter(message: Message, address: tuple[str, ...], dated: date) -> Document:
    sender, language = organisations.operator(), party_language(message.party)
    with translation.override(language):
        head = Letterhead(
            sender=sender.name,
            sender_lines=(sender.contact.address,) if sender.contact.address else (),
            recipient_lines=address,
            facts=((_("Datum"), date_long(dated, language)),),
            notice=_("Demonstratie. Alle personen zijn verzonnen.") if settings.DEMONSTRATION else "",
        )
        blocks = (
            Paragraph(_("Wij konden u dit niet per e-mail of sms laten weten. Daarom sturen wij deze brief.")),
            Paragraph(
                wording.nature_and_reaction(message.nature, message.react_by, message.expects_reaction, language)
            ),
            Paragraph(wording.nothing_else()),
            Paragraph(_("U leest het bericht op de site. Log daar in en kies Berichten.")),
            Paragraph(wording.help_otherwise()),
            contact(sender.oin, language),
            Paragraph(_("Klopt uw e-mailadres of telefoonnummer nog? U wijzigt het op de site bij Post en mail.")),
        )
        title = _("Er staat een bericht voor u klaar")
    return Document(title=title, language=language, dated=dated, head=head, blocks=blocks)


def _envelope(access: Access, event: NotToldOf) -> Envelope:
    return Envelope(
        cause=event.dispatch,
        party=event.party,
        organisation=access.organisation,
        activity=access.activity.id,
        nature=Nature.INFORMATION,
    )
