"""The box of one organisation for one person."""

import hashlib
import json
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet

from dichterbij.delivery.contact import wishes
from dichterbij.ground.logbook.services import record_view
from dichterbij.ground.organisations import keys
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Access, Matter, Product
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level

from .domain import Letter, LetterChanged, MessageLine, Nature, UnknownMessage
from .models import Message
from .services import PAGE, PDF, TITLE

GENERAL = "berichten"
"""What authority calls messages that belong to no product."""
PLACE = ("organisation", "activity", "product", "level", "matter")
LIST_FIELDS = (
    "id", "organisation", "title_sealed", "nature", "product", "case", "sent_at", "read_at", "expects_reaction",
    "react_by",
)  # fmt: skip


def box(access: Access, *, case: UUID | None = None) -> tuple[MessageLine, ...]:
    """Return the messages of one organisation to one person, newest first; only those of a case when it is given."""
    record_view(access, "berichten")
    rows = _mine(access).filter(**({"case": case} if case else {}))
    return tuple(_line(row) for row in rows.only(*LIST_FIELDS).order_by("-sent_at", "id"))


def letter(access: Access, message: UUID) -> Letter:
    """Return a message with its bytes; raises `UnknownMessage`, and `LetterChanged` when the bytes are not as sent."""
    record_view(access, "bericht")
    row = _mine(access).filter(id=message).first()
    if row is None:
        raise UnknownMessage
    page = keys.open_sealed(access.organisation, bytes(row.page_sealed), purpose=PAGE)
    pdf = keys.open_sealed(access.organisation, bytes(row.pdf_sealed), purpose=PDF)
    _ensure_as_sent(page, row.page_sha256)
    _ensure_as_sent(pdf, row.pdf_sha256)
    return Letter(line=_line(row), page=page, pdf=pdf)


def product_of(message: UUID) -> Product:
    """Return what to ask access for before a message is opened, nothing of its receiver. Raises `UnknownMessage`."""
    found = Message.objects.filter(id=message).values_list(*PLACE).first()
    if found is None:
        raise UnknownMessage
    return _product(*found)


def everything_of(place: Product) -> Product:
    """Return what to ask access for to change something about all messages of a sender, not of one product."""
    return replace(place, id=GENERAL, matter=None)


def senders(party: UUID) -> tuple[Product, ...]:
    """Return what to ask access for, per organisation and product a message was about, the surest login last."""
    rows = Message.objects.filter(party=party).values_list(*PLACE).distinct().order_by("organisation", "level")
    return tuple(_product(*row) for row in rows)


def _product(organisation: str, activity: str, product: str, level: int, matter: str) -> Product:
    return Product(
        id=product or GENERAL,
        organisation=Oin(organisation),
        activity=activities.activity(activity),
        level=Level(level),
        matter=Matter(matter) if matter else None,
        for_companies=True,  # what was sent to a company is for it to read, whatever it may ask for
    )


def wants_post(access: Access) -> bool:
    """Say whether the person wants the messages of this organisation on paper."""
    return wishes.reach(access.subject.party, access.organisation.value, access.product).by_post


def _mine(access: Access) -> "QuerySet[Message]":
    return Message.objects.filter(organisation=access.organisation.value, party=access.subject.party)


def _line(row: Message) -> MessageLine:
    organisation = Oin(row.organisation)
    return MessageLine(
        id=row.id,
        organisation=organisation,
        titles=json.loads(keys.open_sealed(organisation, bytes(row.title_sealed), purpose=TITLE)),
        nature=Nature(row.nature),
        product=row.product,
        case=row.case,
        sent_at=row.sent_at,
        read_at=row.read_at,
        expects_reaction=row.expects_reaction,
        react_by=row.react_by,
    )


def _ensure_as_sent(content: bytes, sha256: str) -> None:
    if hashlib.sha256(content).hexdigest() != sha256:
        raise LetterChanged
