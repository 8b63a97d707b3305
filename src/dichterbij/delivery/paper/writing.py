"""Write to somebody about paper they sent, or give it to a colleague who reads better."""

from datetime import date
from uuid import UUID, uuid5

from django.db import transaction

from dichterbij.delivery.cases.domain import CaseLine
from dichterbij.delivery.cases.services.addressing import paper_address
from dichterbij.delivery.cases.services.steps import record_act
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.contact import wishes
from dichterbij.delivery.contact.domain import Scope, Wish
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.document import Document
from dichterbij.delivery.messages.domain import Envelope, Nature
from dichterbij.ground.identity.domain import Login
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.dates import term_end

from . import letters, models
from .domain import REPLY_WEEKS, NotNow, Paper, Stage, Trouble
from .queries import paper, row_of
from .receiving import access_for


def ask_back(login: Login, paper_id: UUID, trouble: Trouble) -> None:
    """Ask by letter for what is missing, not signed or not legible; the day of receipt stays (Awb 4:5).

    Raises `NotNow` for paper of which nobody knows yet whose it is: give that to a colleague.
    """
    row = row_of(login, paper_id)
    if not Stage(row.stage).is_open:
        raise NotNow
    access = access_for(login, paper_id, Permission.PREPARE)
    wishes.prefer(access.subject.party, Scope(organisation=access.organisation.value), Wish(by_post=True))
    reply_by = term_end(clock.today(), weeks=REPLY_WEEKS)
    found = paper(row)
    _send(
        access,
        letters.asked_back(found, trouble, reply_by, paper_address(access)),
        _envelope(access, found, uuid5(found.id, f"{trouble}:{clock.today()}"), reply_by),
    )
    row.stage, row.trouble, row.reply_by = Stage.ASKED, trouble, reply_by
    row.save(update_fields=["stage", "trouble", "reply_by"])


def go_on_without_answer() -> int:
    """Let paper of which nobody sent what was asked go on with what can be read; returns how many pieces."""
    late = models.Received.objects.filter(stage=Stage.ASKED, reply_by__lt=clock.today())
    return late.update(stage=Stage.UNANSWERED)


def had_already(access: Access, found: Paper, running: CaseLine) -> None:
    """Tell who applied by paper that an application of theirs is running."""
    document = letters.had_already(found, running.reference, paper_address(access))
    _send(access, document, _envelope(access, found, found.id))


def give_to_colleague(login: Login, paper_id: UUID, trouble: Trouble) -> None:
    """Leave paper to somebody else: what one cannot read, another often can."""
    row = row_of(login, paper_id)
    if not Stage(row.stage).is_open:
        raise NotNow
    row.stage, row.trouble = Stage.COLLEAGUE, trouble
    row.save(update_fields=["stage", "trouble"])


def _send(access: Access, document: Document, envelope: Envelope) -> None:
    record_act(access, "brief over uw papier")
    rendered = messages.render(document)
    with transaction.atomic():
        messages.send(envelope, rendered)


def _envelope(access: Access, found: Paper, cause: UUID, reply_by: date | None = None) -> Envelope:
    product = catalogue.product(found.product)
    return Envelope(
        cause=cause,
        party=access.subject.party,
        organisation=access.organisation,
        activity=access.activity.id,
        level=product.level,
        nature=Nature.QUESTION if reply_by else Nature.INFORMATION,
        product=product.id,
        matter=product.matter,
        expects_reaction=reply_by is not None,
        react_by=reply_by,
    )
