"""Ask to correct a datum, and answer. Letters are rendered first; one transaction writes and sends."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NoReturn
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction

from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.domain import Envelope, Nature
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.dates import term_end
from dichterbij.kernel.levels import Level

from .. import models
from ..domain import NotComplete, NotNow, helped, last_day_to_object
from ..events import DatumCorrected
from ..sealing import closed
from ..services.addressing import paper_address
from ..services.doubting import no_longer_doubt
from ..services.steps import ensure_worker, record_act, sender
from ..services.submitting import new_reference
from . import letters, queries
from .domain import ANSWER_WEEKS, Answer, CorrectionRequest, Datum


def ask(access: Access, datum: Datum, says: str, *, name: str, language: str) -> CorrectionRequest:
    """Ask the keeper of a source to correct a datum of the person; the receipt goes to the box.

    One request per datum runs at a time: asking again gives the one that runs. Raises `NotComplete` without words.
    """
    if not says.strip():
        raise NotComplete("Schrijf op wat er niet klopt.")
    known = queries.running_here(access, datum)
    if known is not None:
        return known
    address = paper_address(access)
    record_act(access, "vraag over gebruik" if datum.is_use else "verzoek om verbetering")
    asked = _new(access, datum, says, name=name, language=language)
    receipt = messages.render(letters.receipt(asked, address))
    try:
        with transaction.atomic():
            _write(asked)
            messages.send(_envelope(access, asked, Nature.RECEIPT, cause=asked.id), receipt)
    except IntegrityError:  # two tabs at once: the other one was first
        known = queries.running_here(access, datum)
        if known is None:
            raise
        return known
    return asked


def _new(access: Access, datum: Datum, says: str, *, name: str, language: str) -> CorrectionRequest:
    today = clock.today()
    sent_by, sent_as = sender(access)
    return CorrectionRequest(
        id=uuid4(),
        organisation=access.organisation,
        party=access.subject.party,
        datum=datum,
        reference=new_reference(today),
        received_on=today,
        answer_by=term_end(today, weeks=ANSWER_WEEKS),
        language=language,
        name=name,
        says=says,
        sent_by=sent_by,
        sent_as=sent_as,
        talk=by.talk if (by := helped(access)) else None,
        answer=None,
    )


def _write(asked: CorrectionRequest) -> None:
    sent = {"sent_by": asked.sent_by, "sent_as": asked.sent_as, "talk": str(asked.talk or "")}
    models.CorrectionRequest.objects.create(
        id=asked.id,
        organisation=asked.organisation.value,
        party=asked.party,
        source=asked.datum.source,
        name=asked.datum.name,
        reference=asked.reference,
        language=asked.language,
        received_at=clock.now(),
        received_on=asked.received_on,
        answer_by=asked.answer_by,
        sealed=closed(asked.organisation, {"name": asked.name, "says": asked.says, **sent}),
    )


def take_back(access: Access, request: UUID, of_cases: Iterable[Access] = ()) -> None:
    """Take back a request that nobody answered yet; first what its cases, of `of_cases`, carry of it.

    The request goes last: who is cut off halfway still has it, and can take it back again. Raises `NotNow`,
    `UnknownCorrection`.
    """
    if access.permission is not Permission.SUBMIT:
        raise NotNow("Alleen wie het verzoek deed, kan het intrekken.")
    asked = queries.value(queries.row_of(access, request))
    if asked.answer is not None:
        _refuse_answered()
    record_act(access.for_case(request), "verzoek om verbetering intrekken")
    for each in of_cases:
        no_longer_doubt(each, asked)
    removed, _each = models.CorrectionRequest.objects.filter(id=request, answered_on__isnull=True).delete()
    if not removed:
        _refuse_answered()


def _refuse_answered() -> NoReturn:
    raise NotNow("Op dit verzoek is al geantwoord.", remedy="Niet mee eens? In de brief staat wat u kunt doen.")


def answer(access: Access, request: UUID, text: str, *, is_corrected: bool) -> None:
    """Tell the person what the keeper found and did; the register itself is corrected where it is kept.

    Raises `NotNow` when it was answered before, and `NotComplete` without a reason.
    """
    ensure_worker(access, Permission.HANDLE)
    if not text.strip():
        raise NotComplete("Schrijf op wat u hebt gevonden. De aanvrager leest het in de brief.")
    found = queries.value(queries.row_of(access, request))
    if found.answer is not None:
        raise NotNow("Op dit verzoek is al geantwoord.")
    address = paper_address(access)
    record_act(access.for_case(request), "antwoord op verzoek om verbetering")
    while True:
        today = clock.today()
        given = Answer(is_corrected=is_corrected, text=text, on=today, object_until=last_day_to_object(today))
        answered = replace(found, answer=given)
        letter = messages.render(letters.answer(answered, given, address))
        with transaction.atomic():
            if clock.today() == today:
                _close(access, answered, given)
                cause = uuid5(request, "answer")
                messages.send(_envelope(access, answered, Nature.DECISION, cause=cause), letter)
                if is_corrected and not answered.datum.is_use:
                    outbox.emit(_event(answered), person=str(answered.party))
                return


def _event(answered: CorrectionRequest) -> DatumCorrected:
    return DatumCorrected(party=answered.party, source=answered.datum.source, name=answered.datum.name)


def _close(access: Access, answered: CorrectionRequest, given: Answer) -> None:
    open_ones = models.CorrectionRequest.objects.filter(id=answered.id, answered_on__isnull=True)
    changed = open_ones.update(
        is_corrected=given.is_corrected,
        answered_on=given.on,
        object_until=given.object_until,
        answered_by=access.actor.staff_reference,
        answer_sealed=closed(answered.organisation, {"text": given.text}),
    )
    if not changed:
        raise NotNow("Op dit verzoek is al geantwoord.")


def _envelope(access: Access, asked: CorrectionRequest, nature: Nature, *, cause: UUID) -> Envelope:
    return Envelope(
        cause=cause,
        party=asked.party,
        organisation=access.organisation,
        activity=access.activity.id,
        level=Level.SUBSTANTIAL,
        nature=nature,
    )
