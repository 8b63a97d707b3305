"""What a person sees of their requests, and what a worker of the keeper sees."""

from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from django.db.models import QuerySet

from dichterbij.ground.logbook.services import record_view
from dichterbij.ground.organisations.domain import StaffRole
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin

from .. import models
from ..sealing import opened
from .domain import Answer, CorrectionRequest, Datum, UnknownCorrection


def correction(access: Access, request: UUID) -> CorrectionRequest:
    """Return a request; somebody else's look is recorded first. Raises `UnknownCorrection`."""
    record_view(access.for_case(request), "verzoek om verbetering")
    return value(row_of(access, request))


def mine(access: Access) -> tuple[CorrectionRequest, ...]:
    """Return the requests of the person themself, at whatever organisation, newest first."""
    if not access.is_own():
        return ()
    rows = models.CorrectionRequest.objects.filter(party=access.subject.party)
    return tuple(value(row) for row in rows.order_by("-received_at"))


def running(access: Access) -> Mapping[Datum, CorrectionRequest]:
    """Return what the person themself says is not right and nobody has answered yet."""
    return {each.datum: each for each in mine(access) if each.answer is None}


def in_talks(access: Access, talks: Collection[UUID]) -> Iterator[tuple[UUID, CorrectionRequest]]:
    """Give what a worker asked with the person in these talks, at whatever organisation, each with its talk."""
    rows = models.CorrectionRequest.objects.filter(party=access.subject.party).order_by("received_at")
    for asked in map(value, rows):
        if asked.talk is not None and asked.talk in talks:
            yield asked.talk, asked


def running_here(access: Access, datum: Datum) -> CorrectionRequest | None:
    """Return the request about a datum of this person at this organisation that waits for an answer; None without."""
    row = _here(access).filter(source=datum.source, name=datum.name, answered_on__isnull=True).first()
    return value(row) if row else None


def where(request: UUID) -> tuple[Oin, UUID]:
    """Return at which organisation a request lies and whose it is; raises `UnknownCorrection`."""
    found = models.CorrectionRequest.objects.filter(id=request).values_list("organisation", "party").first()
    if found is None:
        raise UnknownCorrection
    return Oin(found[0]), found[1]


def work_list(role: StaffRole, worker: UUID) -> tuple[CorrectionRequest, ...]:
    """Return the open requests at the worker's own organisation, least time first; never one of the worker."""
    rows = models.CorrectionRequest.objects.filter(organisation=role.organisation.value, answered_on__isnull=True)
    return tuple(value(row) for row in rows.exclude(party=worker).order_by("answer_by", "received_at")[:200])


def row_of(access: Access, request: UUID) -> models.CorrectionRequest:
    """Return the row of a request of this person at this organisation; raises `UnknownCorrection`."""
    row = _here(access).filter(id=request).first()
    if row is None:
        raise UnknownCorrection
    return row


def _here(access: Access) -> "QuerySet[models.CorrectionRequest]":
    return models.CorrectionRequest.objects.filter(organisation=access.organisation.value, party=access.subject.party)


def value(row: models.CorrectionRequest) -> CorrectionRequest:
    """Return a request as a value, opened."""
    organisation = Oin(row.organisation)
    said = opened(organisation, row.sealed)
    return CorrectionRequest(
        id=row.id,
        organisation=organisation,
        party=row.party,
        datum=Datum(source=row.source, name=row.name),
        reference=row.reference,
        received_on=row.received_on,
        answer_by=row.answer_by,
        language=row.language,
        name=str(said["name"]),
        says=str(said["says"]),
        sent_by=str(said.get("sent_by", "")),
        sent_as=str(said.get("sent_as", "")),
        talk=UUID(str(said["talk"])) if said.get("talk") else None,
        answer=_answer(organisation, row),
    )


def _answer(organisation: Oin, row: models.CorrectionRequest) -> Answer | None:
    if row.answered_on is None or row.object_until is None or row.answer_sealed is None:
        return None
    return Answer(
        is_corrected=bool(row.is_corrected),
        text=str(opened(organisation, row.answer_sealed)["text"]),
        on=row.answered_on,
        object_until=row.object_until,
    )
