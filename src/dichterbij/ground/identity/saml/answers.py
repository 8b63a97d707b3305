"""What of an answer can be believed. Pure: the answer, what was asked, the certificates and the moment are given.

Sources: SAML 2.0 core and profiles (section 4.1.4.3) and bindings (section 3.6), OASIS 2005; DigiD and eID SAML 4.4 for
level, audience and recipient. Each check has its test in `tests/test_answers.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.x509 import Certificate
from lxml import etree

from ..domain import SHOWN_WITHIN, Identifier
from ..refusals import LoginCancelled
from .checks import LONGEST, SKEW, AnswerRefused, ensure, ensure_within, id_of, issuer_of, only, signed
from .names import BEARER, CANCELLED, SUCCESS, NotXml, all_in, instant, parsed, text_of
from .people import Expected, identifier_of, name_of, opened, who


@dataclass(frozen=True, slots=True, kw_only=True)
class Believed:
    """Who the identity provider says is there. `level`: its own word; `id`: of the assertion, which counts once.

    `identifiers` are all of one person, `represents` all of the one person or company for whom they act. `name_id` is
    what it calls the person, `session` their session there: both are needed to log out there. Who is only named
    encrypted has no `name_id` for an address that a browser goes to.
    """

    identifiers: tuple[Identifier, ...]
    represents: tuple[Identifier, ...]
    level: str
    session: str
    name_id: str
    id: str


def believed(content: bytes, certificates: Mapping[str, Certificate], expected: Expected, at: datetime) -> Believed:
    """Return who an answer is about; raises `AnswerRefused` for one that is not exactly right, and `LoginCancelled`.

    `certificates`: those with which the identity provider signs, by any name.
    """
    assertion = signed(_assertion(_response(content, certificates, expected), expected), certificates)
    _ensure_for_us(assertion, expected, at)
    statement = only(assertion, "saml:AuthnStatement")
    session = statement.get("SessionIndex", "")
    ensure(len(session) <= LONGEST, "SessionIndex")
    subject = only(assertion, "saml:Subject")
    acting, represented = who(assertion, expected)
    return Believed(
        identifiers=acting or (identifier_of(name_of(subject, expected), expected.issuer),),
        represents=represented,
        level=text_of(only(statement, "saml:AuthnContext/saml:AuthnContextClassRef")),
        session=session,
        name_id="".join(map(text_of, all_in(subject, "saml:NameID"))),
        id=id_of(assertion),
    )


def _assertion(response: etree._Element, expected: Expected) -> etree._Element:
    """Return the one assertion of an answer, opened when it was encrypted for us.

    A routing service gives the assertions that it received along inside its own; they are not read.
    """
    within = "saml:" if expected.service else ".//saml:"
    plain, sealed = all_in(response, f"{within}Assertion"), all_in(response, f"{within}EncryptedAssertion")
    ensure(len(plain) + len(sealed) == 1, "Assertion")
    ensure((*plain, *sealed)[0].getparent() is response, "Assertion")
    return plain[0] if plain else opened(sealed[0], expected, "Assertion", is_signed=False)


def _response(content: bytes, certificates: Mapping[str, Certificate], expected: Expected) -> etree._Element:
    """Return the answer to the login out of the envelope that was fetched for the artifact.

    A routing service signs what is in the envelope as a whole (eID SAML 4.4, section 7.6.1).
    """
    try:
        envelope = parsed(content)
    except NotXml:
        raise AnswerRefused("xml") from None
    fetched = only(envelope, "soap:Body/samlp:ArtifactResponse")
    if expected.service:
        signed(fetched, certificates)  # all of it; it is read as it came, because inside stands a signature as well
    ensure(fetched.get("InResponseTo") == expected.resolve, "InResponseTo")
    ensure(issuer_of(fetched) == expected.issuer, "Issuer")
    ensure(status_of(fetched)[:1] == [SUCCESS], "Status")
    response = only(fetched, "samlp:Response")
    ensure(response.get("InResponseTo") == expected.request, "InResponseTo")
    ensure(response.get("Destination", expected.recipient) == expected.recipient, "Destination")
    ensure(issuer_of(response) in ("", expected.issuer), "Issuer")
    if CANCELLED in status_of(response):
        raise LoginCancelled
    ensure(status_of(response) == [SUCCESS], "Status")
    return response


def _ensure_for_us(assertion: etree._Element, expected: Expected, at: datetime) -> None:
    ensure(issuer_of(assertion) == expected.issuer, "Issuer")
    _ensure_confirmed(assertion, expected, at)
    conditions = only(assertion, "saml:Conditions")
    ensure_within(conditions, at, "Conditions")
    ensure(not expected.service or {"NotBefore", "NotOnOrAfter"} <= set(conditions.attrib), "Conditions")
    restrictions = all_in(conditions, "saml:AudienceRestriction")
    ensure(bool(restrictions), "Audience")
    for each in restrictions:
        ensure({expected.audience, expected.reader} <= set(map(text_of, all_in(each, "saml:Audience"))), "Audience")
    statement = only(assertion, "saml:AuthnStatement")
    authenticated = instant(statement.get("AuthnInstant"))
    ensure(authenticated is not None and -SKEW <= at - authenticated <= SHOWN_WITHIN + SKEW, "AuthnInstant")
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


def status_of(element: etree._Element) -> list[str]:
    """Return the codes with which a message says how it went, the outermost first."""
    return [each.get("Value", "") for each in all_in(element, "samlp:Status//samlp:StatusCode")]
