"""How a message travels beside the box it always lands in. Upper rooms and later adapters register here.

A channel works inside the transaction that sends the message, so it only writes down what is to be done.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .models import Message, Preference, PrintJob


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A way to reach somebody: `wanted` says for whom, `put` writes down that the message must go out."""

    name: str
    wanted: Callable[[Message, Preference | None], bool]
    put: Callable[[Message], None]


_channels: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Add a channel, or replace the one with the same name."""
    _channels[channel.name] = channel


def put_out(message: Message) -> None:
    """Hand a message to every channel that is wanted for its receiver."""
    preference = Preference.objects.filter(party=message.party, organisation=message.organisation).first()
    for channel in _wanted(message, preference):
        channel.put(message)


def _wanted(message: Message, preference: Preference | None) -> Iterator[Channel]:
    return (channel for channel in _channels.values() if channel.wanted(message, preference))


def _print(message: Message) -> None:
    PrintJob.objects.create(organisation=message.organisation, message=message, queued_at=message.sent_at)


PRINT_QUEUE = Channel(
    name="print",
    wanted=lambda _message, preference: preference is not None and preference.by_post,
    put=_print,
)
