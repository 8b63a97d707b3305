"""A message to who was looked at by a worker outside an application of theirs: on unless the person does not want it.

Of other looks nobody gets a message; they stand in the log. At most one message per organisation and day, and none
about a look for another person's matter, for that would tell when the other asked something.
"""

from datetime import date
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from dichterbij.delivery.cases.services.addressing import paper_address
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.document import Document, Letterhead, Paragraph
from dichterbij.delivery.messages.domain import Envelope, Nature
from dichterbij.delivery.messages.reaching import contact
from dichterbij.ground.authority.services import on_duty
from dichterbij.ground.identity.queries import has_died, name_of, party_language, subject_of
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.events import SeenByWorker
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.formats import date_long
from dichterbij.kernel.levels import Level

from .models import NoNotice

ACTIVITY = "portaal.melding-inzage"


def is_wanted(party: UUID) -> bool:
    """Say whether somebody gets a message when a worker looks outside an application."""
    return not NoNotice.objects.filter(party=party).exists()


def choose(access: Access, *, wanted: bool) -> None:
    """Keep whether somebody wants these messages."""
    logbook.record_act(access, "keuze voor melding")
    if wanted:
        NoNotice.objects.filter(party=access.subject.party).delete()
    else:
        NoNotice.objects.get_or_create(party=access.subject.party, defaults={"chosen_at": clock.now()})


def tell(event: SeenByWorker, _event_id: UUID) -> None:
    """Put a message in the box of who was looked at; never of who died or does not want it."""
    if has_died(event.party) or not is_wanted(event.party):
        return
    subject = subject_of(event.party)
    access = on_duty(organisations.operator().oin, activities.activity(ACTIVITY), "een medewerker keek", subject)
    letter = messages.render(_letter(event, paper_address(access), clock.today()))
    with transaction.atomic():
        messages.send(_envelope(access, event), letter)


def _letter(event: SeenByWorker, address: tuple[str, ...], dated: date) -> Document:
    sender, language = organisations.operator(), party_language(event.party)
    words = {"who": organisations.organisation(event.organisation).name, "day": date_long(event.on, language)}
    with translation.override(language):
        head = Letterhead(
            sender=sender.name,
            sender_lines=(sender.contact.address,) if sender.contact.address else (),
            recipient_lines=tuple(line for line in (name_of(event.party), *address) if line),
            facts=((_("Datum"), date_long(dated, language)),),
            notice=_("Demonstratie. Alle personen zijn verzonnen.") if settings.DEMONSTRATION else "",
        )
        blocks = (
            Paragraph(_("Op %(day)s bekeek een medewerker van %(who)s uw gegevens.") % words),
            Paragraph(_("Dat hoorde niet bij een zaak die loopt. Daarom laten wij het u weten.")),
            Paragraph(_("Was u zelf aan de balie of aan de telefoon? Dan gebeurde het om u te helpen.")),
            Paragraph(_("Log in op de site en kies: Wie keek in mijn gegevens. Daar leest u waarom er is gekeken.")),
            Paragraph(_("Daar kunt u ook een vraag stellen of bezwaar maken. U kunt deze berichten daar uitzetten.")),
            contact(sender.oin, language),
        )
        title = _("Een medewerker bekeek uw gegevens")
    return Document(title=title, language=language, dated=dated, head=head, blocks=blocks)


def _envelope(access: Access, event: SeenByWorker) -> Envelope:
    return Envelope(
        cause=uuid5(event.party, f"{event.organisation}:{event.on}"),
        party=event.party,
        organisation=access.organisation,
        activity=access.activity.id,
        nature=Nature.INFORMATION,
        level=Level.SUBSTANTIAL,
    )
