"""Write down that somebody must be told, in the transaction of what there is to tell."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel import clock

from .domain import Kind, Proof, State, Told, Way
from .events import DispatchDue
from .models import Dispatch
from .sealing import closed


def tell_of_message(told: Told, way: Way) -> None:
    """Let somebody know that there is a message; twice for one message is once."""
    if Dispatch.objects.filter(message=told.message, party=told.party).exists():
        return
    row = Dispatch.objects.create(
        party=told.party,
        kind=Kind.MESSAGE,
        way=way,
        message=told.message,
        for_another=told.for_another,
        organisation=told.organisation,
        nature=told.matter.nature,
        expects_reaction=told.matter.expects_reaction,
        react_by=told.matter.react_by,
        **_times(),
    )
    _due(row)


def tell_address(party: UUID, kind: Kind, way: Way, content: Mapping[str, str]) -> None:
    """Send something to an address itself: a code, or that it is no longer in use. `content`: `to`, and `code`."""
    _due(Dispatch.objects.create(party=party, kind=kind, way=way, sealed=closed(content), **_times()))


def no_longer_needed(messages: Iterable[UUID], party: UUID) -> None:
    """Take back what was not sent yet: the person read the message."""
    waiting = Dispatch.objects.filter(message__in=list(messages), party=party, state=State.WAITING)
    waiting.update(state=State.NOT_NEEDED)


def proofs(message: UUID) -> tuple[Proof, ...]:
    """Return who was told of a message, along which way and when; no address."""
    rows = Dispatch.objects.filter(message=message).order_by("made_at", "for_another")
    return tuple(
        Proof(
            way=Way(row.way),
            state=State(row.state),
            for_another=row.for_another,
            sent_at=row.sent_at,
            delivered_at=row.delivered_at,
            failed_at=row.failed_at,
        )
        for row in rows
    )


def again(row: Dispatch) -> None:
    """Begin anew with something that came back, within the caller's transaction."""
    row.state, row.round, row.waits_since = State.WAITING, row.round + 1, clock.machine_time()
    row.save(update_fields=["state", "round", "waits_since"])
    _due(row)


def _times() -> dict[str, object]:
    return {"made_at": clock.now(), "waits_since": clock.machine_time()}


def _due(row: Dispatch) -> None:
    outbox.emit(DispatchDue(dispatch=row.id), person=str(row.party))
