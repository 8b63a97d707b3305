"""The session of a browser: it knows only the id of a login; everything else stands in the table of logins."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from dichterbij.ground.organisations.queries import staff_roles
from dichterbij.kernel import clock
from dichterbij.kernel.access import Subject
from dichterbij.kernel.identifiers import Bsn, KvkNumber
from dichterbij.kernel.levels import Level

from . import means, switching
from .domain import IDLE_FOR, ActingFor, AssertionRefused, Audience, Ended, IdentifierType, Login, LoginNeeded, Posted
from .models import LoginRow
from .parties import seal, unseal, value_of

KEY = "login"
NAME_PURPOSE = "identity.login-name"
ACTING_PURPOSE = "identity.login-acting-for"
TOKEN_PURPOSE = "identity.login-token"  # noqa: S105 a purpose of sealing, no password
WRITE_EVERY = timedelta(minutes=1)
"""Activity is written at most once a minute; the time shown to people is the time that is written."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a browser's session says: a login that holds, or one that ended (whose, and why), or neither."""

    login: Login | None = None
    owner: str = ""
    ended: Ended | None = None


def find(request: HttpRequest) -> Found:
    """Return the login of a browser; one whose time is over is ended on the spot."""
    row = row_of(request)
    if row is None:
        return Found()
    now, login = clock.now(), value(row)
    if row.ended:
        return Found(owner=login.owner, ended=Ended(row.ended))
    if login.is_valid(now):
        return Found(login=login, owner=login.owner)
    ended = Ended.ABSOLUTE if now >= login.absolute_until else Ended.IDLE
    end(row.id, ended)
    return Found(owner=login.owner, ended=ended)


def row_of(request: HttpRequest) -> LoginRow | None:
    """Return the row of the login that the session names, whether it still holds or not."""
    login_id = request.session.get(KEY)
    return LoginRow.objects.select_related("party", "identifier").filter(id=login_id).first() if login_id else None


def bind(request: HttpRequest, row: LoginRow, previous: LoginRow | None) -> None:
    """Give the browser a new session id that leads to this login.

    What an anonymous visitor left in the session stays; what another party left is erased.
    """
    if previous is not None and previous.party_id != row.party_id:
        request.session.flush()
    else:
        request.session.cycle_key()
    request.session[KEY] = str(row.id)
    rotate_token(request)


def end(login_id: UUID, why: Ended) -> None:
    """End a login, once."""
    LoginRow.objects.filter(id=login_id, ended="").update(**ending(why))


def ending(why: Ended) -> dict[str, object]:
    """Return what is written of a login that ends; what its means needed for logging out is forgotten."""
    return {"ended": why, "ended_at": clock.now(), "upstream_token_sealed": b""}


def sealed_token(token: str) -> bytes:
    """Return the token of a means as it is kept while the login lasts."""
    return seal(token, purpose=TOKEN_PURPOSE) if token else b""


def end_elsewhere(row: LoginRow) -> str | Posted:
    """Return the address or form with which the means of a login ends its own session, empty when there is none."""
    sealed = bytes(row.upstream_token_sealed)
    try:
        leave = means.named(row.means).end if sealed else None
    except AssertionRefused:  # not admitted any more
        return ""
    return leave(unseal(sealed, purpose=TOKEN_PURPOSE)) if leave else ""


def touch(login: Login) -> Login:
    """Note that the person is active, and return the login with its new end."""
    now = clock.now()
    if now - (login.idle_until - IDLE_FOR) < WRITE_EVERY:
        return login
    LoginRow.objects.filter(id=login.id, ended="").update(last_seen_at=now)
    return extended(login, now)


def extended(login: Login, now: datetime) -> Login:
    """Return the login as it is after activity at an instant."""
    return replace(login, idle_until=now + IDLE_FOR)


def keep_name(login: UUID, name: str) -> None:
    """Keep how pages name who logged in."""
    LoginRow.objects.filter(id=login).update(name_sealed=seal(name, purpose=NAME_PURPOSE))


def value(row: LoginRow) -> Login:
    """Return a row as the value that travels with a request. A login with a pseudonym reaches no BSN."""
    audience = Audience(row.audience)
    has_bsn = row.identifier.type == IdentifierType.BSN
    return Login(
        id=row.id,
        party=row.party_id,
        bsn=Bsn(value_of(row.identifier)) if has_bsn else None,
        name=unseal(row.name_sealed, purpose=NAME_PURPOSE),
        audience=audience,
        level=Level(row.level),
        means=row.means,
        authenticated_at=row.authenticated_at,
        idle_until=row.last_seen_at + IDLE_FOR,
        absolute_until=row.absolute_until,
        staff=staff_roles(row.party_id, clock.today()) if audience is Audience.STAFF else (),
        language=row.party.language or "nl",
        acting_for=_acting_for(bytes(row.acting_for_sealed)),
        represents=_acting_for(bytes(row.represents_sealed)),
    )


def act_for(request: HttpRequest, acting_for: ActingFor | None) -> None:
    """Put the matters of another before this login, or their own again, under a new session id.

    Forms that stand open in another window carry the old security token, so none of them is sent for the wrong person.
    """
    row = row_of(request)
    if row is None or row.ended:
        raise LoginNeeded
    row.acting_for_sealed = sealed_party(acting_for)
    row.save(update_fields=["acting_for_sealed"])
    left = switching.leave(request)
    bind(request, row, row)
    switching.remember(request, left)


def acting_on(previous: LoginRow | None, party: UUID, audience: Audience) -> bytes:
    """Return, sealed, for whom somebody goes on acting who logs in again before their login ended (a step up)."""
    goes_on = previous is not None and not previous.ended and previous.audience == audience
    return bytes(previous.acting_for_sealed) if previous and goes_on and previous.party_id == party else b""


def sealed_party(acting_for: ActingFor | None) -> bytes:
    """Return somebody for whom a login acts or may act, as it is kept; nothing for nobody."""
    if acting_for is None:
        return b""
    subject = acting_for.subject
    company = subject.kvk_number.value if subject.kvk_number else ""
    said = [str(subject.party), subject.bsn.value if subject.bsn else "", acting_for.name, company]
    return seal(json.dumps(said), purpose=ACTING_PURPOSE)


def _acting_for(sealed: bytes) -> ActingFor | None:
    if not sealed:
        return None
    party, bsn, name, company = [*json.loads(unseal(sealed, purpose=ACTING_PURPOSE)), ""][:4]  # once without company
    number = KvkNumber(company) if company else None
    subject = Subject(party=UUID(party), bsn=Bsn(bsn) if bsn else None, kvk_number=number)
    return ActingFor(subject=subject, name=name)
