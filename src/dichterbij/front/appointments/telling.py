"""What somebody is told about an appointment: a message, along the way they chose; a notice names nothing."""

from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.cases.domain import UnknownCase
from dichterbij.delivery.cases.letters.parts import help_blocks, letter
from dichterbij.delivery.cases.services.addressing import paper_address
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.contact import wishes
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.document import Block, KeyValues, Paragraph
from dichterbij.delivery.messages.domain import Envelope, Nature
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.formats import date_long, weekday_long
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level
from dichterbij.kernel.problems import Problem

from .access import to_tell
from .domain import Appointment, Location, Told
from .locations import locations, place_of
from .models import Booking
from .queries import appointment_of

TRIGGERS = {
    Told.BOOKED: "afspraak gemaakt",
    Told.MOVED: "afspraak verzet",
    Told.CANCELLED: "afspraak afgezegd",
    Told.REMINDER: "de afspraak is bijna",
    Told.GONE: "de balie is er niet meer",
}
MOST_AT_ONCE = 200
"""How many reminders of one location are sent in one round; the others follow in the next."""


def prepare(about: Appointment, told: Told) -> Callable[[], object]:
    """Render a message about an appointment; returns what sends it, within the transaction of the caller."""
    access = to_tell(about.organisation, about.party, TRIGGERS[told])
    document = letter(
        lambda language: _write(about, told, language),
        sender=about.organisation,
        to=(identity.name_of(about.party), *paper_address(access)),
        reference=about.number,
        dated=clock.today(),
        language=identity.party_language(about.party),
    )
    rendered = messages.render(document)
    envelope = Envelope(
        cause=_cause(about.id, about.version, told),
        party=about.party,
        organisation=about.organisation,
        activity=access.activity.id,
        nature=Nature.INFORMATION,
        level=Level.SUBSTANTIAL,
        case=about.case,
    )
    return lambda: messages.send(envelope, rendered)


def remind() -> int:
    """Remind of what comes soon, once; who gets letters on paper hears it some days earlier. Returns how many.

    Who has an appointment where nobody can come any more hears that at once, once, also after a reminder.
    """
    here = locations()
    return sum(_remind(each) for each in here) + _tell_gone([each.key for each in here])


def _tell_gone(here: list[str]) -> int:
    gone = Booking.objects.filter(cancelled_at=None, begins_at__gt=clock.now()).exclude(location__in=here)
    untold = (row for row in gone.order_by("begins_at").iterator() if not _knows_gone(row))
    return len(list(islice((row for row in untold if _reminded(row, Told.GONE)), MOST_AT_ONCE)))


def _knows_gone(row: Booking) -> bool:
    return messages.is_sent(Oin(row.organisation), _cause(row.id, row.version, Told.GONE))


def _cause(about: UUID, version: int, told: Told) -> UUID:
    return uuid5(about, f"{version} {told}")


def _remind(place: Location) -> int:
    now = clock.now()
    soon = now + timedelta(days=max(place.remind_days, place.remind_post_days))
    rows = Booking.objects.filter(
        location=place.key, reminded_at=None, cancelled_at=None, begins_at__gt=now, begins_at__lte=soon
    )
    due = [row for row in rows.order_by("begins_at").iterator() if _is_due(row, place)]
    return len(list(islice((row for row in due if _reminded(row, Told.REMINDER)), MOST_AT_ONCE)))


def _is_due(row: Booking, place: Location) -> bool:
    by_post = wishes.reach(row.party, row.organisation, "").by_post
    days = place.remind_post_days if by_post else place.remind_days
    return clock.day_of(row.begins_at) <= clock.today() + timedelta(days=days)


def _reminded(row: Booking, told: Told) -> bool:
    """Send one reminder; False when it was sent already, moved or cancelled meanwhile, or cannot be sent now."""
    if identity.has_died(row.party):
        return False
    try:
        send = prepare(appointment_of(row), told)
    except Problem:  # tried again at the next round; the others go on
        return False
    with transaction.atomic():
        same = Booking.objects.filter(id=row.id, version=row.version, cancelled_at=None, reminded_at=row.reminded_at)
        if not same.update(reminded_at=clock.now()):
            return False
        send()
    return True


def about_told(about: Appointment, language: str) -> str:
    """Return in words what an appointment is about; in general ones when that is not offered any more."""
    if about.case is None:
        words = place_of(about).topics.get(about.topic)
        return words[language] if words else _("een onderwerp")
    try:
        return catalogue.product(cases.place(about.case).product.id).name(language)
    except UnknownCase:  # the case is past its term; the appointment goes soon too
        return _("een aanvraag")


def when_told(about: Appointment, language: str) -> str:
    """Return in words when somebody comes, with the day of the week."""
    local = about.begins_at.astimezone(clock.AMSTERDAM)
    return f"{weekday_long(local.date(), language)}, {local:%H:%M}"


def _write(about: Appointment, told: Told, language: str) -> tuple[str, tuple[Block, ...]]:
    if told is Told.CANCELLED:
        blocks: tuple[Block, ...] = (
            Paragraph(_("U hoeft niet te komen. Wilt u een nieuwe afspraak? Maak die op de site of vraag ons erom.")),
        )
    elif told is Told.GONE:
        blocks = (
            Paragraph(_("De balie van deze afspraak is er niet meer. U kunt daar niet terecht.")),
            Paragraph(_("Maak een nieuwe afspraak op de site of vraag erom. Wij zoeken dan samen een andere plek.")),
        )
    else:
        blocks = (
            Paragraph(place_of(about).bring[language]),
            Paragraph(_("Kunt u niet? Verzet de afspraak of zeg hem af. Dat kan op de site, of vraag het ons.")),
        )
    rows = _rows(about, language)
    return _title(about, told, language), (KeyValues(rows), *blocks, *help_blocks(about.organisation, language))


def _rows(about: Appointment, language: str) -> tuple[tuple[str, str], ...]:
    place = place_of(about)
    return (
        (_("Wanneer"), when_told(about, language)),
        (_("Waar"), f"{organisations.organisation(about.organisation).name}, {place.told(language)}"),
        (_("Waarover"), about_told(about, language)),
        (_("Uw nummer aan de balie"), about.number),
    )


def _title(about: Appointment, told: Told, language: str) -> str:
    words = {
        Told.BOOKED: _("Uw afspraak op %(day)s"),
        Told.MOVED: _("Uw afspraak is verzet naar %(day)s"),
        Told.CANCELLED: _("Uw afspraak op %(day)s is afgezegd"),
        Told.GONE: _("Uw afspraak op %(day)s kan niet doorgaan"),
        Told.REMINDER: _("Denkt u aan uw afspraak op %(day)s?"),
    }[told]
    return words % {"day": date_long(clock.day_of(about.begins_at), language)}
