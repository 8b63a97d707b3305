"""The assertion that goes with every request to an organisation elsewhere: who asks, for whom, how sure, for what.

Signed by who operates the portal, for one organisation, one request and one minute; used once. The numbers of the
person who acts and of the person it is about are encrypted to the organisation that is asked; nobody between reads
them. It proves a login at the portal and nothing more: the organisation that is asked asks its own `may`. Who
else agreed there, where nobody acts alone, is said with it; whether they have a say is asked there too.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from dichterbij.ground.authority import agreements
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import Act, Stated
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations import tokens
from dichterbij.ground.organisations.domain import TokenRefused, UnknownOrganisation
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission, Role
from dichterbij.kernel.identifiers import Bsn, Number, Oin, number_of
from dichterbij.kernel.levels import Level
from dichterbij.kernel.problems import InvalidIdentifier, Problem

from . import stating
from .models import UsedAssertion

KIND = "dichterbij-asks+jwt"
VALID_FOR = timedelta(seconds=60)
SKEW = timedelta(seconds=5)
"""How far clocks of two bodies may be apart."""


class AssertionExpired(Problem):
    """The minute of an assertion is over, or has not begun."""

    code = "assertion-expired"
    title = "Deze vraag kwam te laat aan"
    status = 401


class AssertionUsed(Problem):
    """An assertion came a second time."""

    code = "assertion-used"
    title = "Deze vraag is al eens gesteld"
    status = 401


class AssertionForOther(Problem):
    """An assertion is for another organisation or another request than the one it came with."""

    code = "assertion-for-other"
    title = "Deze vraag hoort bij iets anders"
    status = 401


class NotAsker(Problem):
    """This organisation may not ask here in the name of people."""

    code = "not-asker"
    title = "Deze organisatie mag hier niets vragen namens mensen"
    status = 403


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request as it travels: what is asked where, with which body. An assertion holds for this one only."""

    method: str
    path: str
    body: bytes

    def digest(self) -> str:
        """Return what ties an assertion to this request."""
        content = b"\0".join((self.method.encode(), self.path.encode(), self.body))
        return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asserted:
    """What an accepted assertion says. `asker`: who operates the portal; `number`: of the assertion itself.

    `mandate`: by which the actor acts for the subject, when it was given there and the portal is believed in that;
    `agreed`: who else said yes there to what is sent.
    """

    number: UUID
    asker: Oin
    organisation: Oin
    actor: Bsn
    subject: Number
    level: Level
    act: Act
    asked_at: datetime
    mandate: Stated | None = None
    agreed: tuple[Bsn, ...] = ()


def make(access: Access, call: Call) -> str:
    """Return the assertion for one request to the organisation of an access.

    Raises `NotAsker` for a worker or a job: only who is logged in as themself, or for another person, asks elsewhere.
    """
    if access.actor.role not in (Role.CITIZEN, Role.REPRESENTATIVE) or access.subject.number is None:
        raise NotAsker
    now = clock.now()
    claims = {
        "aud": access.organisation.value,
        "iat": int(now.timestamp()),
        "exp": int((now + VALID_FOR).timestamp()),
        "jti": str(uuid4()),
        "sub": tokens.encrypt(access.organisation, _people(access)),
        "level": int(access.level),
        "act": str(access.act),
        "trace": access.trace,
        "digest": call.digest(),
    }
    return tokens.sign(organisations.operator().oin, claims, kind=KIND)


def accept(token: str, call: Call) -> Asserted:
    """Return what an assertion says, the first time it comes.

    Raises `TokenRefused`, `NotAsker`, `AssertionForOther`, `AssertionExpired` and `AssertionUsed`.
    """
    asker, claims = tokens.signed_by(token, kind=KIND)
    if not organisations.organisation(asker).may_ask:
        raise NotAsker
    found = _read(asker, claims)
    if claims.get("digest") != call.digest():
        raise AssertionForOther
    ensure_in_time(found.asked_at, claims)
    use_once(found.number, found.asked_at)
    return found


def _people(access: Access) -> bytes:
    subject = access.subject.number
    actor = subject if access.is_own() or access.actor.party is None else identity.bsn_of(access.actor.party)
    sends = not access.is_own() and access.permission is Permission.SUBMIT
    agreed = identity.subjects_of(agreements.others(access)).values() if sends else ()
    people = {
        "actor": str(actor and actor.value),
        "subject": str(subject and subject.value),
        "mandate": stating.said(access.on_behalf_of, (access.organisation,)),
        "agreed": [each.bsn.value for each in agreed if each.bsn],
    }
    return json.dumps(people).encode()


def _read(asker: Oin, claims: Mapping[str, Any]) -> Asserted:
    try:
        organisation = Oin(claims["aud"])
        if not organisations.organisation(organisation).hosted:
            raise AssertionForOther
        people = json.loads(tokens.decrypt(organisation, claims["sub"]))
        return Asserted(
            number=UUID(claims["jti"]),
            asker=asker,
            organisation=organisation,
            actor=Bsn(people["actor"]),
            subject=number_of(people["subject"]),
            level=Level(claims["level"]),
            act=Act(id=UUID(claims["act"]), trace=trace_of(claims["trace"])),
            asked_at=datetime.fromtimestamp(claims["iat"], UTC),
            mandate=stating.believed(asker, people.get("mandate")),
            agreed=tuple(Bsn(each) for each in people.get("agreed", ())),
        )
    except UnknownOrganisation:
        raise AssertionForOther from None
    except (InvalidIdentifier, KeyError, ValueError, TypeError, AttributeError, OverflowError, OSError):
        raise TokenRefused from None


def trace_of(text: str) -> str:
    """Return a W3C trace id as it is kept; raises `ValueError` for what is none."""
    if len(text) != 32 or int(text, 16) == 0:
        raise ValueError("a trace has 32 hexadecimal digits")
    return text.lower()


def number_and_instant(claims: Mapping[str, Any]) -> tuple[UUID, datetime]:
    """Return the number of a token and when it was made; raises `TokenRefused`."""
    try:
        return UUID(claims["jti"]), datetime.fromtimestamp(claims["iat"], UTC)
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError, OSError):
        raise TokenRefused from None


def ensure_in_time(asked_at: datetime, claims: Mapping[str, Any]) -> None:
    """Raise `AssertionExpired` unless a token was made this minute and ends within one."""
    exp = claims.get("exp")
    lasts = exp - int(asked_at.timestamp()) if isinstance(exp, int) else 0
    if not 0 < lasts <= VALID_FOR.total_seconds():
        raise AssertionExpired
    if not asked_at - SKEW <= clock.now() < asked_at + timedelta(seconds=lasts):
        raise AssertionExpired


def use_once(number: UUID, asked_at: datetime) -> None:
    """Note that a token was used; the database lets one process do so, once. Raises `AssertionUsed`."""
    until = asked_at + VALID_FOR + SKEW
    try:
        with transaction.atomic():
            UsedAssertion.objects.create(number=number, until=until)
    except IntegrityError:
        raise AssertionUsed from None
