"""What happens by itself when the population register says that somebody died, or that this was a mistake.

A plan waits, unopened, for partner, parents and children; a letter goes to the address of the person who died. Nothing
is read about the relatives, except where to write to who wants everything on paper. A correction undoes it all and
says sorry. Every handler may run more than once.
"""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction

from dichterbij.delivery.contact import wishes
from dichterbij.delivery.messages import channels
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.domain import Envelope, Nature, Rendered
from dichterbij.ground.authority.services import on_duty
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.queries import party_language, subject_of
from dichterbij.ground.identity.register_events import DeathCorrected, DeathRegistered, cause_of
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.answers import Record
from dichterbij.ground.registry.domain import Query
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.problems import InvalidIdentifier

from . import letters, plans

ACTIVITY = "portaal.bericht-na-overlijden"
EVENT = "overlijden"
NAME, DIED = "naam.volledigeNaam", "overlijden.datum"
RELATIVES = (
    "partners.bijOverlijden.burgerservicenummer",
    "ouders.1.burgerservicenummer",
    "ouders.2.burgerservicenummer",
    "kinderen.burgerservicenummer",
)
ADDRESS = ("adressering.adresregel1", "adressering.adresregel2", "adressering.adresregel3")
# Letters nobody asked for go out on paper too: who died has no box, and who was called dead must hear it for certain.
ON_PAPER = channels.Channel(
    name="after-death",
    wanted=lambda message, reach: message.activity == ACTIVITY and not reach.by_post,
    put=channels.PRINT_QUEUE.put,
)


def tell(event: DeathRegistered, event_id: UUID) -> None:
    """Let plans wait for the family and send the letter to the next of kin."""
    access = _on_duty(event.party, "overlijden ingeschreven")
    record = _read(access, (NAME, DIED, *RELATIVES, *ADDRESS))
    died_on = _text(record, DIED)
    if record is None or not died_on:
        return  # corrected in the meantime: the register no longer says so
    operator = organisations.operator()
    who = _recipient(event.party, record)
    letter = letters.to_next_of_kin(operator, who, date.fromisoformat(died_on), clock.today())
    rendered = messages.render(letter)
    family = [identity.party_for(bsn) for bsn in _family(record)]
    invited = {party: _invited(party) for party in family if _on_paper(party)}
    with transaction.atomic():
        for party in family:
            plans.wait_for(party, operator.oin, EVENT, cause_of(event.party))
        messages.send(_envelope(access, event.party, event_id), rendered)
        for party, letter_to_relative in invited.items():
            messages.send(_envelope(access, party, uuid5(event_id, str(party))), letter_to_relative)


def undo(event: DeathCorrected, event_id: UUID) -> None:
    """Take back plans and what waits for the printer, say sorry, and tell who had opened a plan that it is gone."""
    access = _on_duty(event.party, "overlijden gecorrigeerd")
    record = _read(access, (NAME, *ADDRESS))
    operator, today = organisations.operator(), clock.today()
    cause = cause_of(event.party)
    apology = messages.render(letters.sorry(operator, _recipient(event.party, record), today))
    written_to = tuple(party for party in plans.waiting_for(cause) if _on_paper(party))
    gone = {party: _gone(party) for party in (*plans.opened_for(cause), *written_to)}
    with transaction.atomic():
        plans.withdraw(cause)
        messages.stop_printing(event.party, ACTIVITY, but=event_id)
        messages.send(_envelope(access, event.party, event_id), apology)
        for party, rendered in gone.items():
            messages.stop_printing(party, ACTIVITY, but=uuid5(event_id, str(party)))
            messages.send(_envelope(access, party, uuid5(event_id, str(party))), rendered)


def _on_paper(party: UUID) -> bool:
    """Say whether somebody wants what we write on paper: who does hears by letter what others see when they log in."""
    return wishes.reach(party, organisations.operator().oin.value, "").by_post


def _invited(party: UUID) -> Rendered:
    who = _reader(party, "overlijden ingeschreven")
    return messages.render(letters.plan_waits(organisations.operator(), who, clock.today()))


def _gone(party: UUID) -> Rendered:
    who = _reader(party, "overlijden gecorrigeerd")
    return messages.render(letters.withdrawn(organisations.operator(), who, clock.today()))


def _reader(party: UUID, trigger: str) -> letters.Recipient:
    return _recipient(party, _read(_on_duty(party, trigger), (NAME, *ADDRESS)))


def _on_duty(party: UUID, trigger: str) -> Access:
    subject = subject_of(party)
    return on_duty(organisations.operator().oin, activities.activity(ACTIVITY), trigger, subject)


def _read(access: Access, fields: tuple[str, ...]) -> Record | None:
    bsn = access.subject.bsn
    assert bsn is not None  # noqa: S101 a registered person has a number
    query = Query(registry="brp", persons=(bsn,), fields=fields, at=clock.today())
    return registry.read(access, query).records.get(bsn)


def _recipient(party: UUID, record: Record | None) -> letters.Recipient:
    address = tuple(filter(None, (_text(record, name) for name in ADDRESS)))
    return letters.Recipient(name=_text(record, NAME), address=address, language=party_language(party))


def _envelope(access: Access, party: UUID, cause: UUID) -> Envelope:
    return Envelope(
        cause=cause,
        party=party,
        organisation=access.organisation,
        activity=access.activity.id,
        nature=Nature.INFORMATION,
    )


def _family(record: Record) -> Iterator[Bsn]:
    for name in RELATIVES:
        found = record.values.get(name)
        value = found.value if found else None
        for number in value if isinstance(value, tuple) else (value,):
            try:
                yield Bsn(str(number))
            except InvalidIdentifier:
                continue


def _text(record: Record | None, name: str) -> str:
    found = record.values.get(name) if record else None
    return found.value if found and isinstance(found.value, str) else ""
