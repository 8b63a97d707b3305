"""What was done at the counter or on the phone, in writing, in the channel of the person: box, or paper too."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from dichterbij.delivery.cases import undoing
from dichterbij.delivery.cases.domain import Step
from dichterbij.delivery.cases.letters.parts import help_blocks, letter
from dichterbij.delivery.cases.services.addressing import paper_address
from dichterbij.delivery.cases.talks import Done, done
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.document import Block, Heading, Items, Paragraph
from dichterbij.delivery.messages.domain import Envelope, Nature
from dichterbij.ground.authority.services import on_duty
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.outbox.domain import NotYet
from dichterbij.ground.registry import activities
from dichterbij.ground.registry.answers import RegistryUnavailable
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.formats import date_long
from dichterbij.kernel.levels import Level

from . import conferring, noting
from .domain import Ended, Help, How, Presence
from .events import HelpEnded
from .models import Assist
from .rules import rules
from .sealing import help_of

ACTIVITY = "balie-bevestiging"


def on_ended(ended: HelpEnded, _event: UUID) -> None:
    """Write to the person what was done; tried again later when their address cannot be read now."""
    row = Assist.objects.filter(id=ended.help).first()
    if row is None:
        return
    try:
        confirm(help_of(row))
    except RegistryUnavailable as problem:
        raise NotYet from problem


def confirm(help: Help) -> None:
    """Send the person what a worker did with them; once per talk, however often it is asked."""
    key = organisations.organisation(help.organisation).key
    subject = identity.subject_of(help.party)
    activity = activities.activity(f"{key}.{ACTIVITY}")
    access = on_duty(help.organisation, activity, "gesprek afgelopen", subject)
    document = letter(
        lambda language: _write(access, help, language),
        sender=help.organisation,
        to=(help.name, *paper_address(access)),
        reference=str(help.id)[:8].upper(),
        dated=clock.today(),
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
    acts = done(access, (help.id,), language)[help.id]
    told = tuple(f"{each.text}." for each in acts)
    blocks: tuple[Block, ...] = (
        Paragraph(_met(help, day)),
        *_how_it_ended(help),
        Paragraph(_("Waarom: %(reason)s.") % {"reason": help.because or rules().reason(help.reason, language)}),
        Paragraph(shown_told(help)),
        Heading(_("Dit is er gedaan")),
        Items(told) if told else Paragraph(_("Er is niets verstuurd en niets veranderd.")),
        *_notes(help),
        *_conferences(help),
        *_undo(help, acts, language),
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
    words = noting.in_talks((help.id,))[help.id]
    return (Heading(_("Wat wij opschreven")), Items(tuple(words))) if words else ()


def _how_it_ended(help: Help) -> tuple[Block, ...]:
    told = {
        Ended.STOPPED: _("U stopte deze hulp zelf."),
        Ended.DROPPED: _("De verbinding viel weg."),
        Ended.HANDED_OVER: _("Een collega ging daarna met u verder. Daarover krijgt u een eigen brief."),
    }
    return (Paragraph(told[Ended(help.ended)]),) if help.ended in told else ()


def _conferences(help: Help) -> tuple[Block, ...]:
    """Return what was asked of another organisation, and what it had answered by then."""
    blocks: list[Block] = []
    for shared in conferring.in_talks(help.party, (help.id,))[help.id]:
        said = tuple(f"{each.organisation}: {each.text}" for each in shared.words)
        blocks += [Heading(_("Overleg met %(who)s") % {"who": shared.invited}), Items(said)]
    return tuple(blocks)


def _undo(help: Help, acts: Sequence[Done], language: str) -> tuple[Block, ...]:
    if not any(each.is_undoable for each in acts):
        return ()
    last = date_long(clock.day_of(help.opened_at) + timedelta(days=undoing.days()), language)
    told = [
        _(
            "U kunt het ongedaan maken tot en met %(day)s, zolang er niets op volgde, zoals een besluit. "
            "U hoeft niet te zeggen waarom."
        )
        % {"day": last},
        _("Dat doet u op de site, bij de aanvraag of het verzoek. Of vraag het ons: dan doen wij het."),
    ]
    if any(each.step is Step.OBJECT for each in acts):
        told.append(
            _("Een bezwaar trekt u niet in aan de telefoon. Dat kan op de site, met een brief of aan de balie.")
        )
    return (Heading(_("Was iets niet uw bedoeling?")), *map(Paragraph, told))
