"""Send, read, choose paper. A letter is rendered first and sent later, inside the caller's transaction."""

import hashlib
import json
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from dichterbij.delivery.contact import telling, wishes
from dichterbij.ground.organisations import keys
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin

from . import channels
from .document import Document
from .domain import Envelope, Rendered, UnknownMessage
from .html import html
from .models import Message, PrintJob
from .pdf import pdf

TITLE, PAGE, PDF = "messages.title", "messages.page", "messages.pdf"


def render(document: Document) -> Rendered:
    """Return a document as the bytes that will be sent. Takes time: never inside a transaction."""
    return Rendered(
        titles=document.titles,
        language=document.language,
        dated=document.dated,
        page=html(document).encode(),
        pdf=pdf(document),
        is_addressed=document.head is None or len(document.head.recipient_lines) > 1,
    )


def send(envelope: Envelope, rendered: Rendered) -> UUID:
    """Put a message in the box and in every wanted channel; returns its id. Opens no transaction of its own.

    A cause that already has a message keeps that one: sending twice is sending once.
    """
    known = _known(envelope)
    if known is not None:
        return known
    message = Message.objects.create(**_columns(envelope), **_sealed(envelope.organisation, rendered))
    channels.put_out(message)
    return message.id


def print_too(message: UUID) -> None:
    """Let a message go on paper as well, whatever its receiver wishes: it is of use only in their hand."""
    row = Message.objects.get(id=message)
    PrintJob.objects.get_or_create(message=row, defaults={"organisation": row.organisation, "queued_at": row.sent_at})


def is_sent(organisation: Oin, cause: UUID) -> bool:
    """Return whether a cause has a message already."""
    return _of(organisation, cause).exists()


def _known(envelope: Envelope) -> UUID | None:
    return _of(envelope.organisation, envelope.cause).values_list("id", flat=True).first()


def _of(organisation: Oin, cause: UUID) -> "QuerySet[Message]":
    return Message.objects.filter(organisation=organisation.value, cause=cause)


def _columns(envelope: Envelope) -> dict[str, object]:
    return {
        "organisation": envelope.organisation.value,
        "party": envelope.party,
        "cause": envelope.cause,
        "activity": envelope.activity,
        "level": envelope.level,
        "product": envelope.product,
        "matter": envelope.matter or "",
        "case": envelope.case,
        "nature": envelope.nature,
        "expects_reaction": envelope.expects_reaction,
        "react_by": envelope.react_by,
        "sent_at": clock.now(),
    }


def _sealed(organisation: Oin, rendered: Rendered) -> dict[str, object]:
    return {
        "language": rendered.language,
        "is_addressed": rendered.is_addressed,
        "title_sealed": keys.seal(organisation, json.dumps(rendered.titles).encode(), purpose=TITLE),
        "page_sealed": keys.seal(organisation, rendered.page, purpose=PAGE),
        "pdf_sealed": keys.seal(organisation, rendered.pdf, purpose=PDF),
        "page_sha256": hashlib.sha256(rendered.page).hexdigest(),
        "pdf_sha256": hashlib.sha256(rendered.pdf).hexdigest(),
    }


def stop_printing(party: UUID, activity: str, *, but: UUID) -> int:
    """Take letters of an activity out of the print queue that have not been printed; returns how many.

    `but`: the cause of the letter that comes in their place. They stay in the box, as they were sent.
    """
    waiting = PrintJob.objects.filter(printed_at__isnull=True, message__party=party, message__activity=activity)
    return waiting.exclude(message__cause=but).delete()[0]


def move_reaction(organisation: Oin, cause: UUID, react_by: date) -> None:
    """Give a message another last day to react, within the caller's transaction; the letter stays as it was sent."""
    _of(organisation, cause).update(react_by=react_by)


def mark_read(access: Access, message: UUID) -> None:
    """Note the first time the receiver opened a message; somebody else who opens it changes nothing."""
    rows = Message.objects.filter(id=message, organisation=access.organisation.value, party=access.subject.party)
    with transaction.atomic():
        if access.is_own() and rows.filter(read_at__isnull=True).update(read_at=clock.now()):
            telling.no_longer_needed([message], access.subject.party)
        elif not rows.exists():
            raise UnknownMessage


def choose_post(access: Access, *, by_post: bool) -> None:
    """Keep whether the person wants the messages of this organisation on paper too."""
    wishes.choose_post(access, access.organisation.value, by_post=by_post)
