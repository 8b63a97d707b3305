"""What changes who is logged in. `sign_in` is the one place where a session is made."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language

from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Number
from dichterbij.kernel.levels import Level

from . import asking, blocking, means, parties, queries, sessions
from .domain import (
    AT_MOST,
    ActingFor,
    Assertion,
    AssertionRefused,
    Audience,
    Ended,
    Identifier,
    IdentifierType,
    Login,
    LoginRequest,
    Means,
    Posted,
)
from .models import LoginRow, Party, PartyIdentifier
from .refusals import LevelTooLow, LoginBlocked, LoginClosed, OtherPerson


def sign_in(request: HttpRequest, assertion: Assertion) -> Login:
    """Make a session from what a means of login asserts.

    Raises `AssertionRefused` when no such login was asked for in this browser or the means may not assert this,
    `LevelTooLow` when it is less sure than was asked, `LoginClosed` for who died, `OtherPerson` when somebody else was
    still logged in here.
    """
    asked = _asked(request, assertion)
    through = means.named(assertion.means)
    level = _level(through, assertion, asked)
    rows = parties.rows_for(_identifiers(through, assertion))
    represents = _represented(through, assertion, rows[0].party_id)
    if rows[0].party.died_at is not None:
        raise LoginClosed
    if through.audience is Audience.CITIZEN and blocking.is_blocked(rows[0].party_id, through.id):
        raise LoginBlocked
    previous = sessions.row_of(request)
    _refuse_another(request, previous, rows[0].party_id)
    acting = {
        "represents_sealed": sessions.sealed_party(represents),
        "acting_for_sealed": sessions.sealed_party(represents)
        or sessions.acting_on(previous, rows[0].party_id, through.audience),
    }
    row = _write(through, level, assertion, rows, acting)
    if through.audience is Audience.CITIZEN and blocking.is_blocked(rows[0].party_id, through.id):
        sessions.end(row.id, Ended.BLOCKED)  # blocked while this login was being made
        raise LoginBlocked
    sessions.bind(request, row, previous)
    if previous is not None:
        sessions.end(previous.id, Ended.REPLACED)
    login = sessions.value(row)
    request.login, request.login_ended = login, None  # type: ignore[attr-defined]
    return login


def sign_out(request: HttpRequest) -> str | Posted:
    """End the login of this browser and forget everything its session held.

    Returns the address or form with which the means ends its own session, empty when there is none.
    """
    row = sessions.row_of(request)
    elsewhere = sessions.end_elsewhere(row) if row is not None else ""
    if row is not None:
        sessions.end(row.id, Ended.SIGNED_OUT)
    request.session.flush()
    request.login, request.login_ended = None, None  # type: ignore[attr-defined]
    return elsewhere


def act_for(request: HttpRequest, acting_for: ActingFor | None) -> str:
    """Put the matters of another before a login, or their own again; returns where to go on.

    Raises `LoginNeeded`. Whether they may is asked at every act that follows.
    """
    sessions.act_for(request, acting_for)
    row = sessions.row_of(request)
    return asking.destination(sessions.value(row), asking.START) if row else asking.START


def end_helping(worker: UUID) -> None:
    """Put a worker's own work before their logins again: the help they gave somebody is over."""
    LoginRow.objects.filter(party=worker, audience=Audience.STAFF, ended="").update(acting_for_sealed=b"")


def end_upstream(means_id: str, upstream_session: str) -> int:
    """End the logins of a session at the means (its back-channel logout); return how many there were."""
    logins = LoginRow.objects.filter(means=means_id, upstream_session=upstream_session, ended="")
    return logins.update(**sessions.ending(Ended.SIGNED_OUT)) if upstream_session else 0


def end_all_of(means_id: str, whom: Identifier) -> int:
    """End every login of somebody through a means that ended all their sessions; return how many there were."""
    logins = LoginRow.objects.filter(means=means_id, party=parties.party_of(whom), ended="")
    return logins.update(**sessions.ending(Ended.SIGNED_OUT))


def end_former_means() -> int:
    """End every login by a means that is not admitted any more (switched off in an emergency); return how many."""
    logins = LoginRow.objects.filter(ended="").exclude(means__in=means.ids())
    return logins.update(**sessions.ending(Ended.SIGNED_OUT))


def party_for(number: Number) -> UUID:
    """Return the party of a natural person or a company, made when it did not exist yet."""
    return parties.rows_for([Identifier.of(number)])[0].party_id


def party_of_employee(name: str) -> UUID:
    """Return the party of a worker whom the provider of their employer calls so, made when it did not exist yet."""
    return parties.rows_for([Identifier(type=IdentifierType.EMPLOYEE, value=name)])[0].party_id


def keep_language(party: UUID, language: str) -> None:
    """Remember in which language a person reads."""
    Party.objects.filter(id=party).update(language=language)


def _asked(request: HttpRequest, assertion: Assertion) -> LoginRequest:
    try:
        return asking.expected(request, assertion.means, assertion.state)
    finally:
        asking.take(request, assertion.state)


def _level(through: Means, assertion: Assertion, asked: LoginRequest) -> Level:
    level = through.levels.get(assertion.level, Level.NONE)
    if level < max(asked.level, Level.LOW):
        raise LevelTooLow
    return level


def _identifiers(through: Means, assertion: Assertion) -> tuple[Identifier, ...]:
    types = [identifier.type for identifier in assertion.identifiers]
    if not types or len(set(types)) != len(types) or not set(types) <= through.identifier_types:
        raise AssertionRefused("Deze manier van inloggen mag deze gegevens niet geven.")
    return _without_foreign(assertion.identifiers) if IdentifierType.BSN in types else assertion.identifiers


def _without_foreign(said: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
    """Leave out what another country calls somebody whose number the means gave.

    The national link between the two is asserted at every login and kept nowhere: a link that ends leads to nothing.
    """
    return tuple(each for each in said if each.type is not IdentifierType.EIDAS)


def _represented(through: Means, assertion: Assertion, party: UUID) -> ActingFor | None:
    """Return for whom the means says this login acts; raises `AssertionRefused` for what it may not say."""
    if assertion.represents is None:
        return None
    if assertion.represents.type not in through.represents:
        raise AssertionRefused("Deze manier van inloggen mag niet zeggen voor wie u handelt.")
    found = parties.rows_for([assertion.represents])[0].party_id
    if found == party:
        raise AssertionRefused("U kunt niet inloggen namens uzelf.")
    return ActingFor(subject=queries.subjects_of([found])[found], name=assertion.represents_name)


def _refuse_another(request: HttpRequest, previous: LoginRow | None, party: UUID) -> None:
    if previous is None or previous.ended or previous.party_id == party:
        return
    still_valid = sessions.value(previous).is_valid(clock.now())
    if still_valid:
        sign_out(request)
        raise OtherPerson(
            "Op dit apparaat was nog iemand anders ingelogd. Voor de veiligheid is nu niemand ingelogd.",
            remedy="Bent u het echt? Log dan opnieuw in.",
        )


def _write(
    through: Means,
    level: Level,
    assertion: Assertion,
    rows: list[PartyIdentifier],
    acting: dict[str, bytes],
) -> LoginRow:
    now = clock.now()
    since = min(assertion.authenticated_at or now, now)
    by_bsn = next((row for row in rows if row.type == IdentifierType.BSN), rows[0])
    _prefer_language(by_bsn.party)
    return LoginRow.objects.create(
        party=by_bsn.party,
        identifier=by_bsn,
        name_sealed=parties.seal(assertion.name, purpose=sessions.NAME_PURPOSE),
        means=through.id,
        audience=through.audience,
        level=level,
        authenticated_at=since,
        last_seen_at=now,
        absolute_until=min(since + AT_MOST, assertion.until or since + AT_MOST),
        **acting,
        upstream_session=assertion.upstream_session,
        upstream_token_sealed=sessions.sealed_token(assertion.upstream_token),
    )


def _prefer_language(party: Party) -> None:
    if not party.language:
        party.language = get_language() or "nl"
        party.save(update_fields=["language"])
