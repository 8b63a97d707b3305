"""A code in a letter to the address in the population register, for who has no login and no document at hand."""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from dichterbij.delivery.cases.letters.parts import help_blocks, letter
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.document import Block, Paragraph, Strong
from dichterbij.delivery.messages.domain import Envelope, Nature
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.organisations.domain import StaffRole
from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.domain import Query
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.formats import date_long
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level
from dichterbij.kernel.problems import Problem

from . import place, presence
from .domain import Person, Presence

WHY = "U een brief sturen met een code"
LINES = ("adressering.adresregel1", "adressering.adresregel2", "adressering.adresregel3", "adressering.land")


class NoAddress(Problem):
    """The register has no address to send a letter to."""

    code = "no-address"
    title = "Wij weten niet waar de brief heen moet"
    status = 409


def send(login: Login, role: StaffRole, person: Person) -> None:
    """Send a person a letter with a code; an older one no longer works. Raises `Denied` and `NoAddress`."""
    access = place.access(login, role, person.subject, Permission.HANDLE, WHY)
    address = _address(access)
    code, until = presence.show(access, person.name, Presence.LETTER)
    document = letter(
        lambda language: _write(role.organisation, code, date_long(clock.day_of(until), language), language),
        sender=role.organisation,
        to=(person.name, *address),
        reference=str(uuid4())[:8].upper(),
        dated=clock.today(),
        language=identity.party_language(person.subject.party),
    )
    rendered = messages.render(document)
    envelope = Envelope(
        cause=uuid4(),
        party=person.subject.party,
        organisation=role.organisation,
        activity=access.activity.id,
        level=Level.SUBSTANTIAL,
        nature=Nature.INFORMATION,
        product=place.CODE_LETTER,
    )
    with transaction.atomic():
        messages.print_too(messages.send(envelope, rendered))


def _address(access: Access) -> tuple[str, ...]:
    bsn = access.subject.bsn
    if bsn is None:
        raise NoAddress
    query = Query(registry="brp", persons=(bsn,), fields=LINES, at=clock.today(), trace=access.trace)
    record = registry.read(access, query).records.get(bsn)
    found = tuple(str(record.values[name].value) for name in LINES if name in record.values) if record else ()
    if not found:
        raise NoAddress
    return found


def _write(organisation: Oin, code: str, day: str, language: str) -> tuple[str, tuple[Block, ...]]:
    blocks: tuple[Block, ...] = (
        Paragraph(_("Met deze code weten wij dat u het bent:")),
        Paragraph((Strong(f"{code[:4]} {code[4:]}"),)),
        Paragraph(_("Neem deze brief mee naar onze balie. De code werkt één keer, tot en met %(day)s.") % {"day": day}),
        Paragraph(_("Geef de code nooit aan iemand die u belt of mailt. Vroeg u hier niet om? Laat het ons weten.")),
        *help_blocks(organisation, language),
    )
    return _("Uw code voor de balie"), blocks
