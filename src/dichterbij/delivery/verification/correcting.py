"""Tell the bodies that were told of a death that it was registered by mistake.

A body is told by the number of its own question, nothing else: what we answered to it no longer holds. It gave an
address for this when it was registered. Who does not answer is told again, ever later, until it does.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import httpx
from django.db import transaction

from dichterbij.delivery.providers.assertion import Call
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.register_events import DeathCorrected
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry, Kind
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations import tokens
from dichterbij.ground.outbox import event
from dichterbij.ground.outbox import services as outbox
from dichterbij.ground.outbox.domain import NotYet
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

from . import looking, registering
from .models import Told

KIND = "dichterbij-corrects+jwt"
VALID_FOR = timedelta(seconds=60)
TIMEOUT_SECONDS = 10.0


class CorrectionRefused(Problem):
    """A body does not accept what we tell it: the operator must look into it."""

    code = "correction-refused"
    title = "Een organisatie weigert een rechtzetting"
    status = 502


@event
@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionDue:
    """A body must hear that our answer to a question of it no longer holds."""

    organisation: Oin
    question: UUID


def begin(corrected: DeathCorrected, _event_id: UUID) -> None:
    """Let every body that was told of a death hear that it was a mistake; each is a line about the person."""
    told = list(Told.objects.filter(deceased=corrected.party))
    whom = identity.subject_of(corrected.party)
    for row in told:
        entry = Entry(kind=Kind.ACT, subject=whom.bsn, fields=("rechtzetting van een overlijden",))
        logbook.record(looking.to_correct(Oin(row.organisation), whom), entry)
    with transaction.atomic():
        for row in told:
            outbox.emit(CorrectionDue(organisation=Oin(row.organisation), question=row.question), person=None)
        Told.objects.filter(pk__in=[row.pk for row in told]).delete()


def tell(due: CorrectionDue, event_id: UUID) -> None:
    """Tell one body; raises `NotYet` while it does not answer, `CorrectionRefused` when it says no."""
    url = registering.corrections_at(due.organisation)
    content = json.dumps({"question": str(due.question), "holds": False}).encode()
    headers = {
        "Authorization": f"Bearer {_token(due.organisation, url, content, event_id)}",
        "Content-Type": "application/json",
    }
    try:
        answer = httpx.post(url, content=content, headers=headers, timeout=TIMEOUT_SECONDS, trust_env=False)
    except httpx.HTTPError as problem:
        raise NotYet from problem
    if answer.is_server_error:
        raise NotYet
    if not answer.is_success:
        raise CorrectionRefused


def _token(receiver: Oin, url: str, content: bytes, event_id: UUID) -> str:
    """Return a token like the one the body asks with, for this request and minute; its number is the same each try."""
    now, parts = clock.now(), urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    claims = {
        "aud": receiver.value,
        "iat": int(now.timestamp()),
        "exp": int((now + VALID_FOR).timestamp()),
        "jti": str(event_id),
        "digest": Call(method="POST", path=path, body=content).digest(),
    }
    return tokens.sign(organisations.operator().oin, claims, kind=KIND)
