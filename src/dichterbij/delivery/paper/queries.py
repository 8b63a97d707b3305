"""The post of an organisation, and the paper that belongs to a case."""

from uuid import UUID

from django.db.models import QuerySet

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.logbook.services import record_view
from dichterbij.ground.organisations import keys
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin

from . import models
from .domain import Kind, Paper, Scan, Stage, Trouble, UnknownPaper, missing_pages
from .ground import OPEN, post_of
from .issuing import name_on, version

MOST = 200
SCAN = "paper.scan"


def waiting(login: Login) -> tuple[Paper, ...]:
    """Return the post that a worker's units still have to do something with, the oldest first."""
    rows = _of(login).filter(stage__in=OPEN).select_related("form")
    return tuple(paper(row) for row in rows.order_by("received_on", "opened_at")[:MOST])


def one(login: Login, paper_id: UUID) -> Paper:
    """Return one piece of post of a worker's units; raises `UnknownPaper`."""
    return paper(row_of(login, paper_id))


def row_of(login: Login, paper_id: UUID) -> models.Received:
    """Return the row of one piece of post of a worker's units; raises `UnknownPaper`."""
    row = _of(login).filter(id=paper_id).select_related("form").first()
    if row is None:
        raise UnknownPaper
    return row


def _of(login: Login) -> "QuerySet[models.Received]":
    return models.Received.objects.filter(post_of(login))


def paper(row: models.Received) -> Paper:
    """Return a row as a value, opened."""
    form = row.form
    return Paper(
        id=row.id,
        organisation=Oin(row.organisation),
        kind=Kind(row.kind),
        product=row.product,
        stage=Stage(row.stage),
        trouble=Trouble(row.trouble) if row.trouble else None,
        received_on=row.received_on,
        posted_on=row.posted_on,
        reply_by=row.reply_by,
        opened_at=row.opened_at,
        party=row.party,
        name=name_on(row, row.name_sealed),
        signer=name_on(row, row.signer_sealed),
        language=form.language if form else "nl",
        pages=form.pages if form else 0,
        missing=missing_pages(set(row.seen), form.pages) if form else (),
        is_older=form is not None and form.version != version(catalogue.product(form.product), form.language),
        case=row.case,
    )


def scans_of_paper(login: Login, paper_id: UUID) -> tuple[Scan, ...]:
    """Return which pictures there are of a piece of post; their content stays closed."""
    return tuple(map(_scan, row_of(login, paper_id).scans.defer("sealed").order_by("added_at")))


def scans_of_case(access: Access, case: UUID) -> tuple[Scan, ...]:
    """Return which pictures there are of the paper of a case; somebody else's look is recorded first."""
    record_view(access.for_case(case), "scans van uw papier")
    return tuple(map(_scan, _scans(access, case).defer("sealed").order_by("added_at")))


def scan(access: Access, case: UUID, scan_id: UUID) -> tuple[Scan, bytes]:
    """Return a picture of the paper of a case with its content; looking is recorded first. Raises `UnknownPaper`."""
    record_view(access.for_case(case), "scan van uw papier")
    row = _scans(access, case).filter(id=scan_id).first()
    if row is None:
        raise UnknownPaper
    return _scan(row), keys.open_sealed(access.organisation, bytes(row.sealed), purpose=SCAN)


def _scans(access: Access, case: UUID) -> "QuerySet[models.Scan]":
    return models.Scan.objects.filter(
        organisation=access.organisation.value, received__case=case, received__party=access.subject.party
    )


def _scan(row: models.Scan) -> Scan:
    return Scan(id=row.id, kind=row.kind, size=row.size, added_at=row.added_at)
