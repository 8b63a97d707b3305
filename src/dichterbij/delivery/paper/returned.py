"""Letters that came back: ask the register again where somebody lives, and send the letter there or tell otherwise."""

from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from django.db import transaction

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages import returns
from dichterbij.delivery.messages import services as sending
from dichterbij.delivery.messages.addresses import known_address
from dichterbij.delivery.messages.domain import Envelope, Nature, Reason, Settled
from dichterbij.delivery.messages.returns import Returned
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.identity.queries import party_language, subject_of
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.formats import date_long

from . import letters
from .domain import UnknownPaper
from .ground import organisations_of


class Found(StrEnum):
    """What the register says now about where somebody lives."""

    ANOTHER = "another"  # the letter goes there
    SAME = "same"  # the register says what stood on the letter: doubtful
    NONE = "none"


def waiting(login: Login) -> tuple[Returned, ...]:
    """Return the letters that came back to a worker's organisations."""
    return returns.unsettled(organisations_of(login))


def note_by_hand(login: Login, reference: str, reason: Reason, returned_on: date) -> None:
    """Note that the last letter about a case came back, by the reference on it; raises `UnknownPaper`."""
    for organisation in organisations_of(login):
        case = cases.of_reference(organisation, reference)
        message = returns.last_printed(organisation, case) if case else None
        if message is not None:
            returns.note(message, reason, returned_on)
            return
    raise UnknownPaper("Over dit kenmerk hebben wij geen brief op papier gestuurd.")


def ask_again(login: Login, returned: UUID) -> Found:
    """Ask the register again where somebody lives, and act on it; the person sees that we asked, and why.

    Another address: the letter goes there, in an envelope with a covering letter, and must be signed for. The same or
    none: the address is doubtful, nothing more goes there, and the person is told in another way they chose.
    """
    found = returns.one(organisations_of(login), returned)
    access = _access(login, found)
    lines = known_address(access)
    if not lines or all(returns.says(found.message, line) for line in lines):
        with transaction.atomic():
            returns.tell_otherwise(found.id)
        return Found.SAME if lines else Found.NONE
    cover = sending.render(letters.sent_again(found, party_language(found.party), _name(access), lines))
    with transaction.atomic():
        returns.send_again(found.id, sending.send(_envelope(access, found), cover))
    return Found.ANOTHER


def reached(login: Login, returned: UUID) -> None:
    """Say that the person was reached in another way; post to them goes on."""
    returns.settle(returns.one(organisations_of(login), returned).id, Settled.REACHED)


def _access(login: Login, found: Returned) -> Access:
    subject = subject_of(found.party)
    reason = f"Een brief aan u kwam terug op {date_long(found.returned_on, 'nl')}"
    place = messages.product_of(found.message)
    return require(login, place, Permission.READ, subject=subject, case=found.case, reason=reason)


def _name(access: Access) -> str:
    return cases.case(access, access.case).application.name if access.case else ""


def _envelope(access: Access, found: Returned) -> Envelope:
    place = messages.product_of(found.message)
    return Envelope(
        cause=uuid5(found.id, "again"),
        party=found.party,
        organisation=access.organisation,
        activity=access.activity.id,
        nature=Nature.INFORMATION,
        level=place.level,
        product=found.product,
        matter=place.matter,
        case=found.case,
    )
