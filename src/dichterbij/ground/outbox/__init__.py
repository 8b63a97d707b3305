"""What happened, told to whoever must act on it: the only queue of the house.

A service writes an event in the transaction of its own change (`services.emit`); so either both exist or neither.
A loop hands each event to its handlers, at least once, in order per person. Handlers are idempotent by event id. What
fails is tried again, ever later; after ten failures it is parked and shown to the operator. The loop also runs
`duties` (work that returns, such as sealing the logbook) and `retention` (what is kept no longer than needed).

Front door: `services`, `queries`, `handlers`, `retention`, `duties`, and `event` to declare an event.
"""

from .domain import event

__all__ = ["event"]
