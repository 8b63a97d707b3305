"""What a way to reach somebody is, and what can be told along it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from dichterbij.kernel.problems import Problem


class Way(StrEnum):
    """Along which somebody can be told that there is something."""

    EMAIL = "email"
    SMS = "sms"


class Notify(StrEnum):
    """How somebody wants to be told: along a way, or not at all."""

    EMAIL = "email"
    SMS = "sms"
    NONE = "none"


class Kind(StrEnum):
    """What is told: that there is a message, a code that proves an address, or that an address was changed."""

    MESSAGE = "message"
    CODE = "code"
    CHANGED = "changed"


class State(StrEnum):
    """How far a dispatch is. `sent`: the other side took it; `not_needed`: read or withdrawn before it went."""

    WAITING = "waiting"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    NOT_NEEDED = "not_needed"


class CodeWrong(Problem):
    """A code is not the one that was sent, is too old, or was tried too often."""

    code = "code-wrong"
    title = "Deze code klopt niet"
    status = 409


class TooManyCodes(Problem):
    """Somebody asked for too many codes."""

    code = "too-many-contact-codes"
    title = "U vroeg te vaak om een code"
    status = 429


class NoSender(Problem):
    """Nothing can be sent along this way here."""

    code = "no-sender"
    title = "Dit kan hier niet"
    status = 409


class AddressRefused(Problem):
    """What must be told cannot reach this address, now or later."""

    code = "address-refused"
    title = "Dit adres neemt niets aan"
    status = 502


class SenderUnavailable(Problem):
    """What sends does not answer, or not now."""

    code = "sender-unavailable"
    title = "Wij kunnen nu niets versturen"
    status = 503


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a wish is about: all messages, those of one organisation (its OIN), or those about one product of it."""

    organisation: str = ""
    product: str = ""


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How somebody wants to hear. `notify` None and `by_post` None: as for the wider scope."""

    notify: Notify | None = None
    by_post: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """An address that was proven. `failed_at`: since when nothing arrives there."""

    way: Way
    address: str = field(repr=False)
    verified_at: datetime
    failed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How somebody is reached about something: on paper or not, and along which way they are told."""

    by_post: bool
    way: Way | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a notice says of a message, and nothing more (Awb 2:10): its nature, the expected reaction, the term."""

    nature: str
    expects_reaction: bool
    react_by: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """That somebody was told of a message: along which way, and when it was taken, arrived or came back."""

    way: Way
    state: State
    for_another: bool
    sent_at: datetime | None
    delivered_at: datetime | None
    failed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A short text on its way. `reference`: the same each time it is tried; `again`: it may have gone before."""

    reference: str
    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who must be told of a message: the person, or who acts for them (`for_another`)."""

    message: UUID
    party: UUID
    for_another: bool
    organisation: str
    product: str
    matter: Matter


def scopes(organisation: str, product: str) -> tuple[Scope, ...]:
    """Return where to look for a wish, the narrowest first.

    >>> [scope.product for scope in scopes("1", "p")]
    ['p', '', '']
    """
    narrow = (Scope(organisation=organisation, product=product),) if product else ()
    return (*narrow, Scope(organisation=organisation), EVERYTHING)


def reach(wishes: Mapping[Scope, Wish], details: Iterable[Detail], organisation: str, product: str) -> Reach:
    """Return how to reach somebody: what they chose, narrowest first, along an address that works.

    Who chose nothing is told along the first way they proved. Whose addresses all stopped working gets paper.
    """
    known = tuple(details)
    found = [wishes[scope] for scope in scopes(organisation, product) if scope in wishes]
    notify = next((wish.notify for wish in found if wish.notify), None)
    by_post = next((wish.by_post for wish in found if wish.by_post is not None), False)
    if notify is Notify.NONE:
        return Reach(by_post=by_post, way=None)
    way = _working(notify, known)
    return Reach(by_post=by_post or (way is None and bool(known)), way=way)


def _working(notify: Notify | None, details: tuple[Detail, ...]) -> Way | None:
    ways = [way for way in Way if any(each.way is way and each.failed_at is None for each in details)]
    return Way(notify) if notify and Way(notify) in ways else next(iter(ways), None)
