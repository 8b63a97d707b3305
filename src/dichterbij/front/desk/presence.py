"""Codes that show who somebody is: on their phone, where they are logged in, or in a letter to their address."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from dichterbij.ground.identity import queries as identity
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin

from . import trying
from .domain import CodeUnknown, Person, Presence
from .models import ShownCode
from .rules import rules
from .sealing import opened, sealed

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 8
PURPOSE = "desk.code"


def show(access: Access, name: str, presence: Presence = Presence.CODE) -> tuple[str, datetime]:
    """Make a code for the person of an access, shown once, and return it with its end; an older one no longer works."""
    logbook.record_act(access, "code laten zien")
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    now = clock.now()
    lasts = {
        Presence.CODE: timedelta(minutes=rules().code_minutes),
        Presence.LETTER: timedelta(days=rules().letter_days),
    }[presence]
    with transaction.atomic():
        ShownCode.objects.filter(party=access.subject.party, presence=presence, used_at__isnull=True).delete()
        ShownCode.objects.create(
            party=access.subject.party,
            presence=presence,
            lookup=_lookup(code),
            sealed=sealed(_keeper(), {"name": name}),
            made_at=now,
            until=now + lasts,
        )
    return code, now + lasts


def use(worker: UUID, code: str) -> tuple[Person, Presence]:
    """Return who shows a code, which works once; raises `CodeUnknown`, and `TooManyTries` after too many wrong ones."""
    trying.ensure_few("code", worker, most=rules().wrong_codes, within=timedelta(hours=1))
    now = clock.now()
    with transaction.atomic():
        rows = ShownCode.objects.select_for_update().filter(lookup=_lookup(code), used_at__isnull=True, until__gt=now)
        row = rows.first()
        if row is not None:
            row.used_at = now
            row.save(update_fields=["used_at"])
    if row is None:
        trying.note("code", worker)
        raise CodeUnknown("De code bestaat niet, is al gebruikt of is te oud.", remedy="Vraag om een nieuwe code.")
    name = opened(_keeper(), row.sealed)["name"]
    subject = identity.subject_of(row.party)
    return Person(subject=subject, name=name), Presence(row.presence)


def _lookup(code: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign in ALPHABET)
    return keys.keyed_hash(_keeper(), PURPOSE, plain)


def _keeper() -> Oin:
    return organisations.operator().oin
