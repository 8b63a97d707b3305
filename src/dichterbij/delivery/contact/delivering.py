"""Send what waits, keep the proof, and see to it that who cannot be told gets a letter.

Called by the outbox, at least once for each dispatch. While the sending side does not answer it is tried again, ever
later, for two days; then the message goes on paper. What is refused for good goes on paper at once.
"""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from dichterbij.ground.identity import queries as identity
from dichterbij.ground.outbox import services as outbox
from dichterbij.ground.outbox.domain import NotYet
from dichterbij.kernel import clock

from . import details, senders, telling, wording
from .domain import AddressRefused, Detail, Kind, Outgoing, SenderUnavailable, State, Way
from .events import DispatchDue, NotToldOf
from .models import Dispatch
from .sealing import opened

GIVE_UP_AFTER = timedelta(days=2)
MOST_ROUNDS = 3


def deliver(event: DispatchDue, _event_id: UUID) -> None:
    """Send one dispatch; raises `NotYet` while the other side does not answer."""
    row = Dispatch.objects.filter(id=event.dispatch, state=State.WAITING).first()
    if row is None:
        return
    if identity.has_died(row.party):
        _end(row, State.NOT_NEEDED)
        return
    outgoing = _outgoing(row)
    if outgoing is None:
        fail(row, "no-address")
        return
    _begin(row, outgoing)
    try:
        reference = _send(Way(row.way), outgoing)
    except AddressRefused as refused:
        fail(row, refused.code, address=outgoing.to)
    except SenderUnavailable as problem:
        _wait(row, problem)
    else:
        _taken(row, reference)


def fail(row: Dispatch, problem: str, *, address: str = "") -> None:
    """End a dispatch that cannot arrive, once; `address`: where nothing arrives. A message then goes on paper."""
    with transaction.atomic():
        if not _end(row, State.FAILED, failed_at=clock.now(), problem=problem):
            return
        if address:
            details.mark_failed(row.party, Way(row.way), address)
        if row.kind == Kind.MESSAGE and row.message and not row.for_another:
            event = NotToldOf(dispatch=row.id, party=row.party, message=row.message)
            outbox.emit(event, person=str(row.party))


def arrived(reference: str) -> bool:
    """Note that something arrived; False when nothing of ours has this reference."""
    with transaction.atomic():
        row = _referred(reference)
        if row is not None and row.delivered_at is None:
            _end(row, State.DELIVERED, delivered_at=clock.now())
    return row is not None


def came_back(reference: str, *, for_good: bool) -> bool:
    """Note that something came back; False when nothing of ours has this reference.

    `for_good`: the address does not exist. Otherwise a message is begun anew, at most three times. A report may come
    before we wrote down that it was sent: it proves that it was. The same report twice, or one about an earlier round,
    changes nothing.
    """
    with transaction.atomic():
        row = _referred(reference)
        if row is None:
            return False
        if reference != _reference(row) or not _went_out(row):
            return True
        if not for_good and row.kind == Kind.MESSAGE and row.round + 1 < MOST_ROUNDS:
            telling.again(row)
        else:
            fail(row, "came-back", address=_in_use(row) if for_good else "")
    return True


def _went_out(row: Dispatch) -> bool:
    return row.state in (State.SENT, State.DELIVERED) or (row.state == State.WAITING and row.tries > 0)


def _in_use(row: Dispatch) -> str:
    """Return the address a message went to, if it still is the one in use: who changed it meanwhile keeps the new."""
    if row.kind != Kind.MESSAGE:
        return ""
    return next((each.address for each in _working(row) if each.verified_at <= (row.sent_at or clock.now())), "")


def _referred(reference: str) -> Dispatch | None:
    try:
        number = UUID(reference.partition(".")[0])
    except ValueError:
        return None
    return Dispatch.objects.select_for_update().filter(id=number).first()


def _outgoing(row: Dispatch) -> Outgoing | None:
    to = _address(row)
    if not to:
        return None
    code = opened(row.sealed).get("code", "") if row.sealed else ""
    subject, text = wording.words(row, code, details.language_of(row.party))
    return Outgoing(reference=_reference(row), to=to, subject=subject, text=text, again=row.tries > 0)


def _address(row: Dispatch) -> str:
    if row.sealed:
        return opened(row.sealed)["to"]
    return next((each.address for each in _working(row)), "")


def _working(row: Dispatch) -> Iterator[Detail]:
    return (each for each in details.of(row.party) if each.way == row.way and each.failed_at is None)


def _reference(row: Dispatch) -> str:
    return f"{row.id}.{row.round}"


def _begin(row: Dispatch, outgoing: Outgoing) -> None:
    said = f"{outgoing.subject}\n{outgoing.text}".encode()
    proof = "" if row.kind == Kind.CODE else hashlib.sha256(said).hexdigest()  # six digits could be guessed from it
    Dispatch.objects.filter(pk=row.pk).update(tries=F("tries") + 1, text_sha256=proof)


def _send(way: Way, outgoing: Outgoing) -> str:
    sender = senders.sender(way)
    if sender is None:
        raise SenderUnavailable
    return sender(outgoing)


def _wait(row: Dispatch, problem: SenderUnavailable) -> None:
    if clock.machine_time() - row.waits_since > GIVE_UP_AFTER:
        fail(row, problem.code)
        return
    raise NotYet from problem


def _taken(row: Dispatch, reference: str) -> None:
    """Write down that the other side took it, unless a report of what became of it came sooner."""
    rows = Dispatch.objects.filter(pk=row.pk, round=row.round)
    rows.update(sent_at=clock.now(), reference=reference[:120])
    rows.filter(state__in=(State.WAITING, State.NOT_NEEDED)).update(state=State.SENT, sealed=b"")


def _end(row: Dispatch, state: State, **values: object) -> bool:
    """Write down how it ended, and forget the address and the code; False when it ended like this before."""
    return Dispatch.objects.filter(pk=row.pk).exclude(state=state).update(state=state, sealed=b"", **values) == 1
