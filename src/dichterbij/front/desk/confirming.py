"""What was done at the counter or on the phone, in writing, in the channel of the person: box, or paper too."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.cases import telling, undoing
from dichterbij.delivery.cases.letters.parts import help_blocks, letter
from dichterbij.delivery.cases.services.addressing import paper_address
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.document import Block, Heading, Items, Paragraph
from dichterbij.delivery.messages.domain import Envelope, Nature
from dichterbij.ground.authority.services import on_duty
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Subject
from dichterbij.kernel.formats import date_long
from dichterbij.kernel.levels import Level

from .domain import Help, How, Presence
from .models import Note
from .rules import rules
from .sealing import opened

ACTIVITY = "balie-bevestiging"


def confirm(help: Help) -> None:
    """Send the person what a worker did with them; once per talk, however often it is asked."""
    key = organisations.organisation(help.organisation).key
    subject = Subject(party=help.party, bsn=identity.bsn_of(help.party))
    activity = activities.activity(f"{key}.{ACTIVITY}")
    access = on_duty(help.organisation, activity, "gesprek afgelopen", subject)
    today = clock.today()
    document = letter(
        lambda language: _write(access, help, language),
        sender=help.organisation,
        to=(help.name, *paper_address(access)),
        reference=str(help.id)[:8].upper(),
        dated=today,
        language=identity.party_language(help.party),
    )
    rendered = messages.render(document)
    envelope = Envelope(
        cause=help.id,
        party=help.party,
        organisation=help.organisation,
        activity=activity.id,
        level=Level.SUBSTANTIAL,
        nature=Nature.INFORMATION,
    )
    with transaction.atomic():
        messages.send(envelope, rendered)


def _write(access: Access, help: Help, language: str) -> tuple[str, tuple[Block, ...]]:
    day = date_long(clock.day_of(help.opened_at), language)
    done = cases.in_talk(access, help.id)
    told = tuple(
        f"{catalogue.product(line.product).name(language)}: {telling.with_help(step, step.helped)}."
        for line, step in done
        if step.helped is not None
    )
    blocks: tuple[Block, ...] = (
        Paragraph(_met(help, day)),
        Paragraph(_("Waarom: %(reason)s.") % {"reason": help.because or rules().reason(help.reason, language)}),
        Paragraph(shown_told(help)),
        Heading(_("Dit is er gedaan")),
        Items(told) if told else Paragraph(_("Er is niets verstuurd en niets veranderd.")),
        *_notes(help),
        *(_undo(help, language) if told else ()),
        *help_blocks(help.organisation, language),
    )
    return _("Ons gesprek op %(day)s") % {"day": day}, blocks


def _met(help: Help, day: str) -> str:
    return {
        How.COUNTER: _("Op %(day)s was u bij ons aan de balie."),
        How.CALL: _("Op %(day)s had u ons aan de telefoon."),
        How.ABSENT: _(
            "Op %(day)s bekeek een medewerker uw zaken zonder u. Dat mag alleen als het niet kan wachten. "
            "Iemand anders kijkt na of dat hier zo was."
        ),
    }[help.how] % {"day": day}


def shown_told(help: Help) -> str:
    """Return how it was shown who the person is."""
    return {
        Presence.CODE: _("Wie u bent, zagen wij aan de code op uw telefoon."),
        Presence.LETTER: _("Wie u bent, zagen wij aan de code in een brief."),
        Presence.DOCUMENT: _("Wie u bent, zagen wij aan uw identiteitsbewijs."),
        Presence.QUESTIONS: _("Wie u bent, vroegen wij aan u."),
        Presence.EMERGENCY: _("U was er niet bij."),
    }[help.presence]


def _notes(help: Help) -> tuple[Block, ...]:
    rows = Note.objects.filter(assist_id=help.id).order_by("written_at")
    words = tuple(opened(help.organisation, row.sealed)["words"] for row in rows)
    return (Heading(_("Wat wij opschreven")), Items(words)) if words else ()


def _undo(help: Help, language: str) -> tuple[Block, ...]:
    last = date_long(clock.day_of(help.opened_at) + timedelta(days=undoing.days()), language)
    return (
        Heading(_("Was iets niet uw bedoeling?")),
        Paragraph(
            _(
                "U kunt het ongedaan maken tot en met %(day)s. Dat doet u op de site, bij de aanvraag. "
                "Lukt dat niet? Bel ons. U hoeft niet te zeggen waarom."
            )
            % {"day": last}
        ),
    )
