"""What of a token can be believed. Pure: the keys and the moment are given.

Sources: OpenID NL GOV 1.0.1, OpenID Connect Core 1.0 section 3.1.3.7, OpenID Connect Back-Channel Logout 1.0
section 2.6, RFC 9700. Each check has its test in `tests/test_tokens.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import nan

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from dichterbij.kernel.identifiers import passes_eleven_test

from ..domain import EIDAS_FORM, SHOWN_WITHIN, AssertionRefused, Identifier, IdentifierType

ALGORITHMS = ["PS256", "RS256", "ES256"]
SKEW = timedelta(minutes=1)
LIFE = timedelta(minutes=5)
LONGEST = 200
"""How many characters of a session or message at the provider are kept; a longer one is refused."""
MOST_LINKS = 2
"""How long a chain of who acts for whom may be: a person for a company, that acts for another."""
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"


class TokenRefused(AssertionRefused):
    """A token is not exactly right. `check`: the claim or rule that failed, for the log of the operator."""

    def __init__(self, check: str) -> None:
        super().__init__("Het antwoord van de inlogdienst klopt niet.", remedy="Probeer het opnieuw, of log anders in.")
        self.check = check


class KeyUnknown(TokenRefused):
    """The token names a key that the provider did not publish when its keys were last fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """For whom a token must be meant and by whom it must be made; `represents`: it may say for whom somebody acts."""

    issuer: str
    client: str
    represents: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the provider says is there. `level`: in the words of the provider, empty when it said none.

    `identifiers`: the subject, then what else the provider calls them for us; `represents`: the last one of a chain.
    """

    identifiers: tuple[Identifier, ...]
    level: str
    session: str
    name: str
    represents: Identifier | None
    represents_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedOut:
    """Which session the provider ended. `id`: of the message, which counts once."""

    session: str
    id: str


def identity(token: str, keys: KeySet, *, expected: Expected, nonce: str, at: datetime) -> Identity:
    """Return who an ID token is about; raises `TokenRefused` for every token that is not exactly right.

    A token that says somebody acts for another is refused where the means was not admitted for that.
    """
    claims = _claims(token, keys, expected)
    _ensure_of_now(claims, at)
    _ensure_shown(claims, at)
    _ensure(claims.get("nonce") == nonce, "nonce")
    _ensure(expected.represents or "represents" not in claims, "represents")
    _ensure(len(_text(claims, "sid")) <= LONGEST, "sid")
    represented = _represented(claims)
    return Identity(
        identifiers=(_identifier(claims), *_alternatives(claims, expected.client)),
        level=_text(claims, "acr"),
        session=_text(claims, "sid"),
        name=_text(claims, "name"),
        represents=_identifier({**represented, "iss": claims["iss"]}) if represented else None,
        represents_name=_text(represented, "name") if represented else "",
    )


def logged_out(token: str, keys: KeySet, *, expected: Expected, at: datetime) -> LoggedOut:
    """Return which session a logout token ends; raises `TokenRefused`."""
    claims = _claims(token, keys, expected)
    _ensure_of_now(claims, at)
    events = claims.get("events")
    _ensure(isinstance(events, dict) and isinstance(events.get(LOGOUT_EVENT), dict), "events")
    _ensure("nonce" not in claims, "nonce")
    found = LoggedOut(session=_text(claims, "sid"), id=_text(claims, "jti"))
    _ensure(0 < len(found.session) <= LONGEST, "sid")
    _ensure(0 < len(found.id) <= LONGEST, "jti")
    return found


def _claims(token: str, keys: KeySet, expected: Expected) -> Mapping[str, object]:
    try:
        claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
    except InvalidKeyIdError:
        raise KeyUnknown("key") from None
    except (JoseError, ValueError) as problem:
        raise TokenRefused(getattr(problem, "error", "form")) from None
    _ensure(claims.get("iss") == expected.issuer, "iss")
    audience = claims.get("aud")
    clients = audience if isinstance(audience, list) else [audience]
    several = len(clients) > 1
    _ensure(expected.client in clients, "aud")
    _ensure(claims.get("azp", None if several else expected.client) == expected.client, "azp")
    return claims


def _ensure_of_now(claims: Mapping[str, object], at: datetime) -> None:
    issued, until = claims.get("iat"), claims.get("exp")
    _ensure(isinstance(issued, int) and isinstance(until, int), "exp")
    now, skew = at.timestamp(), SKEW.total_seconds()
    assert isinstance(issued, int) and isinstance(until, int)  # noqa: S101 for the type checker
    _ensure(now < until + skew, "exp")
    _ensure(issued <= now + skew, "iat")
    _ensure(_number(claims.get("nbf", issued)) <= now + skew, "nbf")
    _ensure(until - issued <= LIFE.total_seconds(), "life")


def _ensure_shown(claims: Mapping[str, object], at: datetime) -> None:
    """Refuse who did not show now that it is them (`max_age`, OpenID Connect Core 1.0, section 3.1.3.7, rule 13)."""
    since = at.timestamp() - _number(claims.get("auth_time"))
    _ensure(since <= (SHOWN_WITHIN + SKEW).total_seconds(), "auth_time")


def _number(value: object) -> float:
    """Return an instant of a token; what is none is infinitely wrong on either side."""
    return value if isinstance(value, int) else nan


def _represented(claims: Mapping[str, object]) -> Mapping[str, object]:
    """Return the last party of the chain of who acts for whom (NL GOV `represents`, nested); empty for oneself."""
    found = claims.get("represents")
    if found is None:
        return {}
    for _link in range(MOST_LINKS):
        if not isinstance(found, dict):
            break
        if "represents" not in found:
            _ensure("sub_id_type" in found and len(_text(found, "name")) <= LONGEST, "represents")
            return found
        found = found["represents"]
    raise TokenRefused("represents")


def _alternatives(claims: Mapping[str, object], client: str) -> tuple[Identifier, ...]:
    """Return what else the subject is called for us (NL GOV `alt_sub`), such as a number beside a foreign identity."""
    said = claims.get("alt_sub", [])
    _ensure(
        isinstance(said, list) and all(isinstance(each, dict) and "sub_id_type" in each for each in said), "alt_sub"
    )
    ours = [each for each in said if each.get("aud") == client] if isinstance(said, list) else []
    return tuple(_identifier({**each, "iss": claims["iss"]}) for each in ours)


def _identifier(claims: Mapping[str, object]) -> Identifier:
    subject = _text(claims, "sub")
    _ensure(bool(subject), "sub")
    try:
        kind = IdentifierType(str(claims.get("sub_id_type", IdentifierType.PSEUDONYM)))
    except ValueError:
        raise TokenRefused("sub_id_type") from None
    _ensure(kind is not IdentifierType.BSN or passes_eleven_test(subject), "sub")
    _ensure(kind is not IdentifierType.EIDAS or EIDAS_FORM.fullmatch(subject) is not None, "sub")
    is_own_name = kind is IdentifierType.PSEUDONYM  # unique within one provider only (OpenID Connect Core, section 2)
    return Identifier(type=kind, value=f"{claims['iss']} {subject}" if is_own_name else subject)


def _text(claims: Mapping[str, object], name: str) -> str:
    value = claims.get(name, "")
    return value if isinstance(value, str) else ""


def _ensure(is_right: bool, what: str) -> None:
    if not is_right:
        raise TokenRefused(what)
