"""What of an answer can be believed. Pure: the answer, what was asked, the certificates and the moment are given.

Sources: SAML 2.0 core and profiles (section 4.1.4.3) and bindings (section 3.6), OASIS 2005; DigiD and eID SAML 4.4 for
level, audience and recipient. Each check has its test in `tests/test_answers.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.x509 import Certificate
from lxml import etree
from signxml.algorithms import SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.verifier import SignatureConfiguration, VerifyResult, XMLVerifier

from dichterbij.kernel.identifiers import passes_eleven_test

from ..domain import AssertionRefused, Identifier, IdentifierType
from ..refusals import LoginCancelled
from .names import BEARER, CANCELLED, SUCCESS, NotXml, all_in, instant, parsed, text_of

SKEW = timedelta(minutes=1)
LONGEST = 200
"""How many characters of a session or message at the identity provider are kept; a longer one is refused."""
BSN_SECTOR = "s00000000"
METHODS = frozenset({SignatureMethod.RSA_SHA256, SignatureMethod.RSA_SHA384, SignatureMethod.RSA_SHA512})
SIGNED = SignatureConfiguration(location="./", expect_references=1, signature_methods=METHODS)


class AnswerRefused(AssertionRefused):
    """An answer is not exactly right. `check`: the element or rule that failed, for the log of the operator."""

    def __init__(self, check: str) -> None:
        super().__init__("Het antwoord van de inlogdienst klopt niet.", remedy="Probeer het opnieuw, of log anders in.")
        self.check = check


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What an answer must fit: who made it, for whom, where it was asked to come, and to which two requests.

    `request`: id of the question to log in; `resolve`: id of the question what the artifact stands for.
    """

    issuer: str
    audience: str
    recipient: str
    request: str
    resolve: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Believed:
    """Who the identity provider says is there. `level`: its own word; `id`: of the assertion, which counts once.

    `name_id` is what it calls the person, `session` their session there: both are needed to log out there.
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
    response = _response(content, expected)
    found = all_in(response, ".//saml:Assertion")
    _ensure(len(found) == 1 and found[0].getparent() is response, "Assertion")
    assertion = _signed(found[0], certificates)
    _ensure_for_us(assertion, expected, at)
    statement = _only(assertion, "saml:AuthnStatement")
    level = text_of(_only(statement, "saml:AuthnContext/saml:AuthnContextClassRef"))
    name_id = text_of(_only(assertion, "saml:Subject/saml:NameID"))
    session = statement.get("SessionIndex", "")
    _ensure(len(session) <= LONGEST, "SessionIndex")
    return Believed(
        identifier=_identifier(name_id, expected.issuer),
        level=level,
        session=session,
        name_id=name_id,
        id=_id(assertion),
    )


def _response(content: bytes, expected: Expected) -> etree._Element:
    """Return the answer to the login out of the envelope that was fetched for the artifact."""
    try:
        envelope = parsed(content)
    except NotXml:
        raise AnswerRefused("xml") from None
    fetched = _only(envelope, "soap:Body/samlp:ArtifactResponse")
    _ensure(fetched.get("InResponseTo") == expected.resolve, "InResponseTo")
    _ensure(_issuer(fetched) == expected.issuer, "Issuer")
    _ensure(_status(fetched)[:1] == [SUCCESS], "Status")
    response = _only(fetched, "samlp:Response")
    _ensure(response.get("InResponseTo") == expected.request, "InResponseTo")
    _ensure(response.get("Destination", expected.recipient) == expected.recipient, "Destination")
    _ensure(_issuer(response) in ("", expected.issuer), "Issuer")
    if CANCELLED in _status(response):
        raise LoginCancelled
    _ensure(_status(response) == [SUCCESS], "Status")
    return response


def _signed(assertion: etree._Element, certificates: Mapping[str, Certificate]) -> etree._Element:
    """Return the assertion as the signature covers it: whatever stands outside is not there any more."""
    alone = parsed(etree.tostring(assertion, with_tail=False))
    for certificate in certificates.values():
        try:
            result = XMLVerifier().verify(alone, x509_cert=certificate, expect_config=SIGNED, id_attribute="ID")
        except (SignXMLException, ValueError, etree.LxmlError):
            continue
        signed = result.signed_xml if isinstance(result, VerifyResult) else None
        if signed is not None and signed.tag == alone.tag and signed.get("ID") == alone.get("ID"):
            return signed
    raise AnswerRefused("Signature")


def _ensure_for_us(assertion: etree._Element, expected: Expected, at: datetime) -> None:
    _ensure(_issuer(assertion) == expected.issuer, "Issuer")
    _ensure_confirmed(assertion, expected, at)
    conditions = _only(assertion, "saml:Conditions")
    _ensure_within(conditions, at, "Conditions")
    restrictions = all_in(conditions, "saml:AudienceRestriction")
    _ensure(bool(restrictions), "Audience")
    for each in restrictions:
        _ensure(expected.audience in map(text_of, all_in(each, "saml:Audience")), "Audience")
    statement = _only(assertion, "saml:AuthnStatement")
    authenticated = instant(statement.get("AuthnInstant"))
    _ensure(authenticated is not None and authenticated <= at + SKEW, "AuthnInstant")
    if "SessionNotOnOrAfter" in statement.attrib:
        until = instant(statement.get("SessionNotOnOrAfter"))
        _ensure(until is not None and at - SKEW < until, "SessionNotOnOrAfter")


def _ensure_confirmed(assertion: etree._Element, expected: Expected, at: datetime) -> None:
    confirmation = _only(assertion, "saml:Subject/saml:SubjectConfirmation")
    _ensure(confirmation.get("Method") == BEARER, "SubjectConfirmation")
    data = _only(confirmation, "saml:SubjectConfirmationData")
    _ensure(data.get("Recipient") == expected.recipient, "Recipient")
    _ensure(data.get("InResponseTo") == expected.request, "InResponseTo")
    _ensure("NotOnOrAfter" in data.attrib, "NotOnOrAfter")
    _ensure_within(data, at, "SubjectConfirmationData")


def _ensure_within(element: etree._Element, at: datetime, check: str) -> None:
    """Refuse what is not valid yet, or no longer; a moment that is named must be one."""
    if "NotBefore" in element.attrib:
        since = instant(element.get("NotBefore"))
        _ensure(since is not None and since <= at + SKEW, f"{check} NotBefore")
    if "NotOnOrAfter" in element.attrib:
        until = instant(element.get("NotOnOrAfter"))
        _ensure(until is not None and at - SKEW < until, f"{check} NotOnOrAfter")


def _identifier(name_id: str, issuer: str) -> Identifier:
    """Return who a NameID is about: with the sector of the BSN a number, without one a name of this provider only."""
    _ensure(bool(name_id), "NameID")
    sector, colon, number = name_id.partition(":")
    if not colon:
        return Identifier(type=IdentifierType.PSEUDONYM, value=f"{issuer} {name_id}")
    _ensure(sector == BSN_SECTOR and passes_eleven_test(number), "NameID")
    return Identifier(type=IdentifierType.BSN, value=number)


def _id(assertion: etree._Element) -> str:
    found = str(assertion.get("ID", ""))
    _ensure(0 < len(found) <= LONGEST, "ID")
    return found


def _issuer(element: etree._Element) -> str:
    found = all_in(element, "saml:Issuer")
    _ensure(len(found) <= 1, "Issuer")
    return text_of(found[0]) if found else ""


def _status(element: etree._Element) -> list[str]:
    return [each.get("Value", "") for each in all_in(element, "samlp:Status//samlp:StatusCode")]


def _only(element: etree._Element, path: str) -> etree._Element:
    found = all_in(element, path)
    _ensure(len(found) == 1, path)
    return found[0]


def _ensure(is_right: bool, what: str) -> None:
    if not is_right:
        raise AnswerRefused(what)
