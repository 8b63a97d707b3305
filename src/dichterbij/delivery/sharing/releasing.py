"""Give a company what somebody shares with it: everything is checked at this moment, and on record before it goes.

A company first takes a token, for one consent and one purpose, good for a minute and used once; with it it fetches.
What is shared once is claimed in the database before it is read, so that of two at the same moment one gets it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from dichterbij.delivery.providers.assertion import VALID_FOR, ensure_in_time, number_and_instant, use_once
from dichterbij.ground.authority import registers
from dichterbij.ground.authority.agreements import ACTIVITY as STILL_ACTS
from dichterbij.ground.authority.domain import Kind
from dichterbij.ground.authority.services import on_duty
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations import tokens
from dichterbij.ground.organisations.domain import TokenRefused
from dichterbij.ground.registry import activities
from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.answers import Record
from dichterbij.ground.registry.domain import Query
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.periods import Period
from dichterbij.kernel.problems import Problem

from . import catalogue, looking, recipients, rows
from .deciding import OWN_FROM
from .domain import Gives, NoConsent, NotAnswered, NotEstablished, Packet, State
from .models import Consent

KIND = "dichterbij-consent+jwt"
FOLLOWED = (None, "E", "R")
"""Of who the register still follows: not suspended, emigrated, or non-resident. Nothing is told of who died."""
SHARED = "gedeeld met uw toestemming"


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What a company gets: about whom, of which year, and one of the three kinds of answer."""

    name: str = field(repr=False)
    born_on: str = field(repr=False)
    year: int | None = None
    income_cents: int | None = field(default=None, repr=False)
    is_within: bool | None = field(default=None, repr=False)
    address: tuple[str, ...] | None = field(default=None, repr=False)


def token(asker: Oin, number: UUID) -> str:
    """Return a token with which a company fetches once, within a minute.

    Raises `NotAnswered` while the person has said nothing, `NoConsent` for everything else that is no yes, on record.
    """
    row = Consent.objects.filter(id=number).first()
    if row is None:
        raise NoConsent
    if row.recipient == asker.value and rows.state_of(row) is State.WAITING:
        raise NotAnswered
    with looking.refusals_recorded(catalogue.packets()[row.packet], asker, row):
        _ensure_consent(row, asker)
    return tokens.sign(organisations.operator().oin, _claims(row), kind=KIND)


def release(asker: Oin, token: str, purpose: str, packet: str) -> Released:
    """Return what somebody shares, after the looks and the giving are on record.

    Raises `TokenRefused` for what is no token of ours; on record `AssertionExpired`, `AssertionUsed`, `NoConsent`,
    `NotRecipient`, `UseTheLaw`, `NotEstablished`; and `RegistryUnavailable`: then it can be fetched again.
    """
    row, claims = _consent_of(token)
    asked = catalogue.packets()[row.packet]
    with looking.refusals_recorded(asked, asker, row):
        if (claims.get("aud"), purpose, packet) != (asker.value, row.purpose, row.packet):
            raise NoConsent
        number, asked_at = number_and_instant(claims)
        ensure_in_time(asked_at, claims)
        use_once(number, asked_at)
        _ensure_consent(row, asker)
        claimed = _claim(row)
        try:
            return _given(looking.access(asked, asker, row), row, asked)
        except Problem:
            Consent.objects.filter(id=row.id, used_at=claimed).update(used_at=row.used_at)
            raise


def _consent_of(token: str) -> tuple[Consent, Mapping[str, Any]]:
    """Return the consent that a token of ours is for, and what it claims."""
    signer, claims = tokens.signed_by(token, kind=KIND)
    if signer != organisations.operator().oin:
        raise TokenRefused
    row = Consent.objects.filter(id=str(claims["consent"])).first()
    if row is None:
        raise NoConsent
    return row, claims


def _claims(row: Consent) -> dict[str, object]:
    now = clock.now()
    return {
        "aud": row.recipient,
        "consent": str(row.id),
        "purpose": row.purpose,
        "packet": row.packet,
        "iat": int(now.timestamp()),
        "exp": int((now + VALID_FOR).timestamp()),
        "jti": str(uuid4()),
    }


def _ensure_consent(row: Consent, asker: Oin) -> None:
    """Raise unless the person says yes, to this company, now, and the company may still ask this."""
    is_given = row.recipient == asker.value and rows.state_of(row) is State.GIVEN
    if not is_given or not catalogue.can_be_asked(rows.question_of(row)):
        raise NoConsent
    recipients.ensure_may_ask(asker, row.purpose)
    if row.given_by is not None and not _may_still_decide(row, row.given_by):
        raise NoConsent


def _may_still_decide(row: Consent, giver: UUID) -> bool:
    """Say whether who said yes for another still decides for them; a child of 16 decides themself."""

    def own() -> Access:
        subject, activity = identity.subject_of(giver), activities.activity(STILL_ACTS)
        return on_duty(organisations.operator().oin, activity, "toestemming nagaan", subject)

    held = registers.holding(giver, row.party, own).filter(kind=row.given_as) if row.party else None
    if held is None or row.given_as != Kind.PARENT:
        return bool(held)
    return any(each.age is not None and each.age < OWN_FROM for each in held)


def _claim(row: Consent) -> datetime:
    """Note that it is fetched now; of two at the same moment, the database lets one do so. Raises `NoConsent`."""
    now = clock.now()
    running = Consent.objects.filter(id=row.id, given_at__isnull=False, withdrawn_at=None, until__gt=now)
    if not (running.filter(used_at=None) if row.is_once else running).update(used_at=now):
        raise NoConsent
    return now


def _given(access: Access, row: Consent, packet: Packet) -> Released:
    person = _read(access, "brp", looking.NAME_AND_BIRTH)
    if person.suspended not in FOLLOWED or (person.confidential and packet.gives is Gives.ADDRESS):
        raise NotEstablished
    found = _answer(packet, row, _read(access, packet.registry, packet.fields, _period(packet, row)))
    if Consent.objects.filter(id=row.id, withdrawn_at__isnull=False).exists():
        raise NoConsent
    name, born_on = (_text(person, each) for each in looking.NAME_AND_BIRTH)
    logbook.record_act(access, SHARED)
    return Released(name=name, born_on=born_on, **found)


def _period(packet: Packet, row: Consent) -> Period | None:
    return None if packet.gives is Gives.ADDRESS else Period.year(row.year)


def _read(access: Access, register: str, fields: tuple[str, ...], period: Period | None = None) -> Record:
    """Return what a register says of the person; raises `NotEstablished` when it knows nobody, or doubts it."""
    bsn = access.subject.bsn
    at = period.first if period else clock.today()
    persons = (bsn,) if bsn else ()
    query = Query(registry=register, persons=persons, fields=fields, at=at, period=period, trace=access.trace)
    record = registry.read(access, query).records.get(bsn) if bsn else None
    if record is None or any(value.in_investigation for value in record.values.values()):
        raise NotEstablished
    return record


def _answer(packet: Packet, row: Consent, said: Record) -> dict[str, Any]:
    """Return what of a record goes to the company, as a field of `Released`."""
    if packet.gives is Gives.ADDRESS:
        lines = tuple(str(each.value) for name in packet.fields if (each := said.values.get(name)) and each.value)
        if not lines:
            raise NotEstablished
        return {"address": lines}
    (name,) = packet.fields
    cents = value.value if (value := said.values.get(name)) else None
    if not isinstance(cents, int):
        raise NotEstablished
    if packet.gives is Gives.AMOUNT:
        return {"year": row.year, "income_cents": cents}
    is_within = cents <= row.at_most if row.at_most is not None else cents >= (row.at_least or 0)
    return {"year": row.year, "is_within": is_within}


def _text(person: Record, name: str) -> str:
    value = person.values.get(name)
    if value is None or not isinstance(value.value, str):
        raise NotEstablished
    return value.value
