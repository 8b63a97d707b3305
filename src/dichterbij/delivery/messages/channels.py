"""How a message travels beside the box it always lands in. Upper rooms and later adapters register here.

A channel works inside the transaction that sends the message, so it only writes down what is to be done.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from dichterbij.delivery.contact import telling, wishes
from dichterbij.delivery.contact.domain import Matter, Reach, Told
from dichterbij.ground.authority.representatives import representatives

from .models import Message, PrintJob


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A way to reach somebody: `wanted` says for whom (how they are reached), `put` writes down that it must go out."""

    name: str
    wanted: Callable[[Message, Reach], bool]
    put: Callable[[Message], None]


_channels: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Add a channel, or replace the one with the same name."""
    _channels[channel.name] = channel


def put_out(message: Message) -> None:
    """Hand a message to every channel that is wanted for its receiver."""
    reach = wishes.reach(message.party, message.organisation, message.product)
    for channel in _wanted(message, reach):
        channel.put(message)


def _wanted(message: Message, reach: Reach) -> Iterator[Channel]:
    return (channel for channel in _channels.values() if channel.wanted(message, reach))


def _print(message: Message) -> None:
    PrintJob.objects.create(organisation=message.organisation, message=message, queued_at=message.sent_at)


PRINT_QUEUE = Channel(
    name="print",
    wanted=lambda _message, reach: reach.by_post,
    put=_print,
)


def _tell(message: Message) -> None:
    """Tell the person, and who may act for them about this product by mandate, each in the way they chose."""
    others = representatives(message.party, message.product) if message.product else ()
    for party in (message.party, *others):
        way = wishes.reach(party, message.organisation, message.product).way
        if way is not None:
            telling.tell_of_message(_told(message, party), way)


def _told(message: Message, party: UUID) -> Told:
    matter = Matter(nature=message.nature, expects_reaction=message.expects_reaction, react_by=message.react_by)
    return Told(
        message=message.id,
        party=party,
        for_another=party != message.party,
        organisation=message.organisation,
        product=message.product,
        matter=matter,
    )


NOT_TOLD = "portaal.bericht-per-brief"
"""The activity of letters to who could not be told: they go on paper and are not told again."""
NOTICE = Channel(name="notice", wanted=lambda message, _reach: message.activity != NOT_TOLD, put=_tell)
