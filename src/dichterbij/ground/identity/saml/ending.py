"""Whose session an identity provider ends first: what of its message can be believed. Pure.

Source: SAML 2.0 profiles (OASIS 2005) section 4.4, over SOAP (bindings, section 3.2); each check has its test.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.x509 import Certificate
from lxml import etree

from ..domain import Identifier
from .answers import status_of
from .checks import LONGEST, SKEW, AnswerRefused, ensure, ensure_within, id_of, issuer_of, only, signed
from .names import SAMLP, SUCCESS, TRANSIENT, NotXml, all_in, instant, parsed, text_of
from .people import Expected, identifier_of, name_of

LOGOUT_RESPONSE = f"{{{SAMLP}}}LogoutResponse"
FRESH = timedelta(minutes=5)
"""How long after it was made a message to log out still counts; far shorter than we remember that it came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Which sessions the identity provider ended; without any it means all of `whom`. `id`: the message counts once."""

    id: str
    sessions: tuple[str, ...]
    whom: Identifier | None


def ended(content: bytes, certificates: Mapping[str, Certificate], expected: Expected, at: datetime) -> Ended:
    """Return what a message to log out ends; raises `AnswerRefused` for one that is not exactly right."""
    try:
        envelope = parsed(content)
    except NotXml:
        raise AnswerRefused("xml") from None
    request = signed(only(envelope, "soap:Body/samlp:LogoutRequest"), certificates)
    _ensure_fresh_and_for_us(request, expected, at)
    ensure_within(request, at, "LogoutRequest")
    sessions = tuple(text_of(each) for each in all_in(request, "samlp:SessionIndex"))
    ensure(all(0 < len(each) <= LONGEST for each in sessions), "SessionIndex")
    name = name_of(request, expected)
    ensure(bool(sessions) or name.get("Format") != TRANSIENT, "NameID")
    return Ended(id=id_of(request), sessions=sessions, whom=None if sessions else identifier_of(name, expected.issuer))


def ensure_left(content: bytes, certificates: Mapping[str, Certificate], expected: Expected, at: datetime) -> str:
    """Return to which question a routing service answers that it ended a session (eID SAML 4.4, section 7.7.2).

    Raises `AnswerRefused` for anything else.
    """
    try:
        root = parsed(content)
    except NotXml:
        raise AnswerRefused("xml") from None
    ensure(root.tag == LOGOUT_RESPONSE, "LogoutResponse")
    answer = signed(root, certificates)
    _ensure_fresh_and_for_us(answer, expected, at)
    ensure(status_of(answer) == [SUCCESS], "Status")
    return str(answer.get("InResponseTo", ""))


def _ensure_fresh_and_for_us(message: etree._Element, expected: Expected, at: datetime) -> None:
    ensure(issuer_of(message) == expected.issuer, "Issuer")
    ensure(message.get("Destination") == expected.recipient, "Destination")
    made = instant(message.get("IssueInstant"))
    ensure(made is not None and made - SKEW <= at < made + FRESH, "IssueInstant")
