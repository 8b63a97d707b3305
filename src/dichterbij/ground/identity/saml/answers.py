"""What of an answer can be believed. Pure: the answer, what was asked, the certificates and the moment are given.

Sources: SAML 2.0 core and profiles (section 4.1.4.3) and bindings (section 3.6), OASIS 2005; DigiD and eID SAML 4.4 for
level, audience and recipient. Each check has its test in `tests/test_answers.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509 import Certificate
from lxml import etree

from dichterbij.kernel.identifiers import passes_eleven_test

from ..domain import Identifier, IdentifierType
from ..refusals import LoginCancelled
from . import encryption
from .checks import LONGEST, SKEW, AnswerRefused, ensure, ensure_within, id_of, issuer_of, only, signed
from .names import (
    ACTING_SUBJECT,
    BEARER,
    CANCELLED,
    EID_BSN,
    EID_PSEUDONYM,
    LEGAL_SUBJECT,
    SAML,
    SUCCESS,
    TRANSIENT,
    NotXml,
    all_in,
    instant,
    parsed,
    text_of,
)

BSN_SECTOR = "s00000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What an answer must fit: who made it, for whom, where it was asked to come, and to which two requests.

    `request`: id of the question to log in; `resolve`: id of the question what the artifact stands for. `key`: with
    which we open what is encrypted for us.
    """

    issuer: str
    audience: str
    recipient: str
    request: str
    resolve: str
    key: RSAPrivateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Believed:
    """Who the identity provider says is there. `level`: its own word; `id`: of the assertion, which counts once.

    `name_id` is what it calls the person, `session` their session there: both are needed to log out there. Who is only
    named encrypted has no `name_id` for an address that a browser goes to.
    """

    identifier: Identifier
    level: str
    session: str
    name_id: str
    id: str


def believed(content: bytes, certificates: Mapping[str, Certificate], expected: Expected, at: datetime) -> Believed:
    """Return who an answer is about; raises `AnswerRefused` for one that is not exactly right, and `LoginCancelled`.

    `certificates`: those with which the identity provider signs, by any name.
    """
    assertion = signed(_assertion(_response(content, expected), expected), certificates)
    _ensure_for_us(assertion, expected, at)
    statement = only(assertion, "saml:AuthnStatement")
    session = statement.get("SessionIndex", "")
    ensure(len(session) <= LONGEST, "SessionIndex")
    subject = only(assertion, "saml:Subject")
    acting = _acting(assertion, expected)
    return Believed(
        identifier=identifier_of(name_of(subject, expected) if acting is None else acting, expected.issuer),
        level=text_of(only(statement, "saml:AuthnContext/saml:AuthnContextClassRef")),
        session=session,
        name_id="".join(map(text_of, all_in(subject, "saml:NameID"))),
        id=id_of(assertion),
    )


def _assertion(response: etree._Element, expected: Expected) -> etree._Element:
    """Return the one assertion of an answer, opened when it was encrypted for us."""
    plain, sealed = all_in(response, ".//saml:Assertion"), all_in(response, ".//saml:EncryptedAssertion")
    ensure(len(plain) + len(sealed) == 1, "Assertion")
    ensure((*plain, *sealed)[0].getparent() is response, "Assertion")
    return plain[0] if plain else _opened(sealed[0], expected, "Assertion", is_signed=False)


def _acting(assertion: etree._Element, expected: Expected) -> etree._Element | None:
    """Return who acts, as the routing service says it encrypted for us (eID SAML 4.4, section 7.6.3.4); None when not.

    For whom somebody acts is not read, so an assertion that says so is refused.
    """
    said = {each.get("Name"): each for each in all_in(assertion, "saml:AttributeStatement/saml:Attribute")}
    ensure(LEGAL_SUBJECT not in said, "LegalSubjectID")
    if ACTING_SUBJECT not in said:
        return None
    found = all_in(said[ACTING_SUBJECT], "saml:AttributeValue/saml:EncryptedID")
    ours = [each for each in found if encryption.is_for(each, expected.audience)]
    ensure(len(ours) == 1, "ActingSubjectID")
    return _opened(ours[0], expected, "NameID")


def name_of(element: etree._Element, expected: Expected) -> etree._Element:
    """Return the one name of somebody, opened when it was encrypted for us."""
    plain, sealed = all_in(element, "saml:NameID"), all_in(element, "saml:EncryptedID")
    ensure(len(plain) + len(sealed) == 1, "NameID")
    return plain[0] if plain else _opened(sealed[0], expected, "NameID")


def _opened(sealed: etree._Element, expected: Expected, kind: str, *, is_signed: bool = True) -> etree._Element:
    found = encryption.opened(sealed, expected.key, expected.audience, is_signed=is_signed)
    ensure(found.tag == f"{{{SAML}}}{kind}", kind)
    return found


def _response(content: bytes, expected: Expected) -> etree._Element:
    """Return the answer to the login out of the envelope that was fetched for the artifact."""
    try:
        envelope = parsed(content)
    except NotXml:
        raise AnswerRefused("xml") from None
    fetched = only(envelope, "soap:Body/samlp:ArtifactResponse")
    ensure(fetched.get("InResponseTo") == expected.resolve, "InResponseTo")
    ensure(issuer_of(fetched) == expected.issuer, "Issuer")
    ensure(_status(fetched)[:1] == [SUCCESS], "Status")
    response = only(fetched, "samlp:Response")
    ensure(response.get("InResponseTo") == expected.request, "InResponseTo")
    ensure(response.get("Destination", expected.recipient) == expected.recipient, "Destination")
    ensure(issuer_of(response) in ("", expected.issuer), "Issuer")
    if CANCELLED in _status(response):
        raise LoginCancelled
    ensure(_status(response) == [SUCCESS], "Status")
    return response


def _ensure_for_us(assertion: etree._Element, expected: Expected, at: datetime) -> None:
    ensure(issuer_of(assertion) == expected.issuer, "Issuer")
    _ensure_confirmed(assertion, expected, at)
    conditions = only(assertion, "saml:Conditions")
    ensure_within(conditions, at, "Conditions")
    restrictions = all_in(conditions, "saml:AudienceRestriction")
    ensure(bool(restrictions), "Audience")
    for each in restrictions:
        ensure(expected.audience in map(text_of, all_in(each, "saml:Audience")), "Audience")
    statement = only(assertion, "saml:AuthnStatement")
    authenticated = instant(statement.get("AuthnInstant"))
    ensure(authenticated is not None and authenticated <= at + SKEW, "AuthnInstant")
    if "SessionNotOnOrAfter" in statement.attrib:
        until = instant(statement.get("SessionNotOnOrAfter"))
        ensure(until is not None and at - SKEW < until, "SessionNotOnOrAfter")


def _ensure_confirmed(assertion: etree._Element, expected: Expected, at: datetime) -> None:
    confirmation = only(assertion, "saml:Subject/saml:SubjectConfirmation")
    ensure(confirmation.get("Method") == BEARER, "SubjectConfirmation")
    data = only(confirmation, "saml:SubjectConfirmationData")
    ensure(data.get("Recipient") == expected.recipient, "Recipient")
    ensure(data.get("InResponseTo") == expected.request, "InResponseTo")
    ensure("NotOnOrAfter" in data.attrib, "NotOnOrAfter")
    ensure_within(data, at, "SubjectConfirmationData")


def identifier_of(name: etree._Element, issuer: str) -> Identifier:
    """Return who a NameID is about: with the sector or type of the BSN a number, else a name of this provider only."""
    text, kind = text_of(name), name.get("NameQualifier", "")
    ensure(bool(text) and name.get("Format") != TRANSIENT, "NameID")
    sector, colon, number = text.partition(":")
    if not colon and kind != EID_BSN:
        ensure(kind == EID_PSEUDONYM or not kind.startswith("urn:nl-eid-gdi:"), "NameID")
        return Identifier(type=IdentifierType.PSEUDONYM, value=f"{issuer} {text}")
    ensure(not colon or sector == BSN_SECTOR, "NameID")
    ensure(passes_eleven_test(number if colon else text), "NameID")
    return Identifier(type=IdentifierType.BSN, value=number if colon else text)


def _status(element: etree._Element) -> list[str]:
    return [each.get("Value", "") for each in all_in(element, "samlp:Status//samlp:StatusCode")]
