"""What a worker types in becomes the same application or objection as by any other way; it happens once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.cases import services
from dichterbij.delivery.cases.asking import asked_of_applicant
from dichterbij.delivery.cases.domain import Application, CaseLine, Draft, Objection, Value
from dichterbij.delivery.contact import wishes
from dichterbij.delivery.contact.domain import Scope, Wish
from dichterbij.ground.identity.domain import Login
from dichterbij.kernel.access import Access, Permission

from . import models
from .domain import Kind, NotNow, Paper, Stage, Trouble
from .queries import paper, row_of
from .receiving import access_for
from .writing import had_already


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What stood on the paper. `unknown`: what was left empty or cannot be read."""

    supplied: Mapping[str, Value] = field(repr=False)
    unknown: tuple[str, ...]
    remark: str = field(repr=False)
    by_post: bool


def enter(login: Login, paper_id: UUID, written: Written) -> UUID:
    """Make an application of paper and send it; returns the case. Sending it twice is sending it once.

    Somebody with a running application gets no second one: the paper goes with it, and a letter says so.
    """
    row = row_of(login, paper_id)
    if row.case is not None:
        return row.case
    access = access_for(login, paper_id, Permission.SUBMIT)
    wishes.prefer(access.subject.party, Scope(organisation=access.organisation.value), Wish(by_post=written.by_post))
    sent = _sent_before(access, row)
    if sent is not None:
        return _finished(access, row, sent)
    running = cases.running(access, row.product)
    if running is not None:
        services.join_paper(access, running.id)
        had_already(access, paper(row), running)
        return _done(row, Stage.CLOSED, running.id, Trouble.DUPLICATE)
    draft = _draft(access, paper(row), written, is_own=row.form is not None and row.form.party is not None)
    row.draft, row.key = draft.id, draft.key
    row.save(update_fields=["draft", "key"])
    return _finished(access, row, services.submit(access, draft.id, draft.key))


def _finished(access: Access, row: models.Received, sent: CaseLine) -> UUID:
    """Note on the case that paper went on without an answer, if it did, and be done with the paper."""
    if row.stage == Stage.UNANSWERED:
        services.note_unanswered_paper(access, sent.id)
    return _done(row, Stage.DONE, sent.id)


def _sent_before(access: Access, row: models.Received) -> CaseLine | None:
    """Return the case that was made a moment ago, by a click before this one or just before a crash."""
    return cases.of_key(access, row.key) if row.key else None


def _draft(access: Access, found: Paper, written: Written, *, is_own: bool) -> Draft:
    """Return the application as it stood on paper; what the law asks besides is not known, and asked by letter."""
    draft = services.copy_from_paper(
        access,
        found.product,
        Application(
            name=found.name,
            supplied=written.supplied,
            unknown=written.unknown,
            remark=written.remark,
            received_on=found.received_on,
            on_paper=tuple(written.supplied),
        ),
        language=found.language,
        is_own=is_own,
    )
    _found, said = cases.draft(access, draft.id)
    left = tuple(each.fact for each in asked_of_applicant(said) if each.fact not in written.unknown) if said else ()
    return services.fill(access, draft.id, unknown=left) if left else draft


def object_on_paper(login: Login, paper_id: UUID, text: str, late_because: str) -> Objection:
    """Make an objection of paper; the day it came in and the postmark say whether it is in time."""
    row = row_of(login, paper_id)
    if row.kind != Kind.OBJECTION or row.case is None:
        raise NotNow
    access = access_for(login, paper_id, Permission.SUBMIT)
    made = services.object_to(
        access, row.case, text, late_because=late_because, received_on=row.received_on, posted_on=row.posted_on
    )
    _done(row, Stage.DONE, row.case)
    return made


def _done(row: models.Received, stage: Stage, case: UUID, trouble: Trouble | None = None) -> UUID:
    with transaction.atomic():
        row.stage, row.case, row.trouble = stage, case, trouble or ""
        row.save(update_fields=["stage", "case", "trouble"])
    return case
