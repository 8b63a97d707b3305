"""What sends a short text along a way. Settings or the demonstration fill it in; empty means: not offered here."""

from collections.abc import Callable

from .domain import Outgoing, Way

Sender = Callable[[Outgoing], str]
"""Sends, and returns what the other side calls it. Raises `AddressRefused` and `SenderUnavailable`."""

_senders: dict[Way, Sender] = {}


def register(way: Way, sender: Sender) -> None:
    """Say how to send along a way, instead of what was said before."""
    _senders[way] = sender


def sender(way: Way) -> Sender | None:
    """Return how to send along a way, if it is possible here."""
    return _senders.get(way)


def ways() -> tuple[Way, ...]:
    """Return along which ways somebody can be told here."""
    return tuple(way for way in Way if way in _senders)
