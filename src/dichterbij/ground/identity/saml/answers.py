"""What of an answer can be believed. Pure: the answer, what was asked, the certificates and the moment are given.

Sources: SAML 2.0 core and profiles (section 4.1.4.3) and bindings (section 3.6), OASIS 2005; DigiD and eID SAML 4.4 for
level, audience and recipient. Each check has its test in `tests/test_answers.py`.
"""

import re
from collections.abc import Callable, Mapping
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
    ETD_KVK,
    ETD_PSEUDONYM,
    ETD_RSIN,
    LEGAL_SUBJECT,
    SAML,
    SERVICE_UUID,
    SUCCESS,
    TRANSIENT,
    NotXml,
    all_in,
    instant,
    parsed,
    text_of,
)

BSN_SECTOR = "s00000000"
KINDS: Mapping[str, IdentifierType] = {
    EID_BSN: IdentifierType.BSN,
    ETD_PSEUDONYM: IdentifierType.PSEUDONYM,
    ETD_KVK: IdentifierType.KVK,
    ETD_RSIN: IdentifierType.RSIN,
}
"""What kinds of name mean: eID SAML 4.4 section 10.1, and what eHerkenning calls companies and employees."""
FORMS: Mapping[IdentifierType, Callable[[str], bool]] = {
    IdentifierType.BSN: passes_eleven_test,
    IdentifierType.RSIN: passes_eleven_test,
    IdentifierType.KVK: lambda text: re.fullmatch("[0-9]{8}", text) is not None,
}
OURS = frozenset({ACTING_SUBJECT, LEGAL_SUBJECT, SERVICE_UUID})
NARROWS_NOTHING = frozenset({"urn:etoegang:core:ServiceID", "urn:etoegang:core:ServiceUUID"})
"""What eHerkenning calls the service by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What an answer must fit: who made it, for whom, where it was asked to come, and to which two requests.

    `request`: id of the question to log in; `resolve`: id of the question what the artifact stands for. `key`: with
    which we open what is encrypted for us, or for `provider` when we ask as the cluster connection of another body.
    `service`: the ServiceUUID that a routing service was asked for, empty for an identity provider. `represents`: it
    may say for whom somebody acts; `mandated`: it must.
    """

    issuer: str
    audience: str
    recipient: str
    request: str
    resolve: str
    key: RSAPrivateKey
    provider: str = ""
    service: str = ""
    represents: bool = False
    mandated: bool = False

    @property
    def reader(self) -> str:
        """Return for whom identities are encrypted."""
        return self.provider or self.audience


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
    acting, represented = _who(assertion, expected)
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
    return plain[0] if plain else _opened(sealed[0], expected, "Assertion", is_signed=False)


def _who(assertion: etree._Element, expected: Expected) -> tuple[tuple[Identifier, ...], tuple[Identifier, ...]]:
    """Return who acts and for whom, as attributes say that are encrypted for us; nothing of either when not said.

    Source: eID SAML 4.4, section 7.6.3.4. What else is said beside for whom somebody acts could narrow it (one branch,
    a kind of authority, the services of a mandate, a chain), so an attribute that we do not know is refused there.
    """
    said = all_in(assertion, "saml:AttributeStatement/saml:Attribute")
    names = [str(each.get("Name")) for each in said]
    ensure(all(names.count(each) == 1 for each in OURS if each in names), "Attribute")
    by_name = dict(zip(names, said, strict=True))
    ensure(expected.represents or LEGAL_SUBJECT not in names, "LegalSubjectID")
    ensure(not expected.mandated or LEGAL_SUBJECT in names, "no LegalSubjectID")
    if expected.service:
        ensure(ACTING_SUBJECT in names, "ActingSubjectID")
        services = all_in(by_name[SERVICE_UUID], "saml:AttributeValue") if SERVICE_UUID in names else []
        ensure([text_of(each) for each in services] == [expected.service], "ServiceUUID")
    if LEGAL_SUBJECT in names:
        ensure(set(names) <= OURS | NARROWS_NOTHING, "Attribute beside LegalSubjectID")
    return _of_one(by_name.get(ACTING_SUBJECT), expected), _of_one(by_name.get(LEGAL_SUBJECT), expected)


def _of_one(attribute: etree._Element | None, expected: Expected) -> tuple[Identifier, ...]:
    """Return what somebody is called in an attribute, each kind once; nothing without the attribute."""
    if attribute is None:
        return ()
    found = all_in(attribute, "saml:AttributeValue/saml:EncryptedID")
    ours = [each for each in found if encryption.is_for(each, expected.reader)]
    opened = [_opened(each, expected, "NameID") for each in ours]
    ensure(all(each.get("NameQualifier") in KINDS for each in opened), "NameQualifier")
    names = tuple(identifier_of(each, expected.issuer) for each in opened)
    ensure(0 < len({each.type for each in names}) == len(names), str(attribute.get("Name")).rpartition(":")[2])
    return names


def name_of(element: etree._Element, expected: Expected) -> etree._Element:
    """Return the one name of somebody, opened when it was encrypted for us."""
    plain, sealed = all_in(element, "saml:NameID"), all_in(element, "saml:EncryptedID")
    ensure(len(plain) + len(sealed) == 1, "NameID")
    return plain[0] if plain else _opened(sealed[0], expected, "NameID")


def _opened(sealed: etree._Element, expected: Expected, kind: str, *, is_signed: bool = True) -> etree._Element:
    found = encryption.opened(sealed, expected.key, expected.reader, is_signed=is_signed)
    ensure(found.tag == f"{{{SAML}}}{kind}", kind)
    return found


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
    """Return who a NameID is about: with the sector or type of a number that number, else a name of this provider only.

    What the profile encrypts for each body anew (types `BSN` and `Pseudonym` of the routing service) is refused: only
    keys of BSNk open it, and we have none.
    """
    text, kind = text_of(name), name.get("NameQualifier", "")
    ensure(bool(text) and name.get("Format") != TRANSIENT, "NameID")
    sector, colon, number = text.partition(":")
    if colon:
        ensure(sector == BSN_SECTOR, "NameID")
        type_, value = IdentifierType.BSN, number
    else:
        ensure(kind in KINDS or not kind.startswith(("urn:nl-eid-gdi:", "urn:etoegang:")), "NameID")
        type_, value = KINDS.get(kind, IdentifierType.PSEUDONYM), text
    form = FORMS.get(type_)
    ensure(form is None or form(value), "NameID")
    return Identifier(type=type_, value=f"{issuer} {value}" if type_ is IdentifierType.PSEUDONYM else value)


def status_of(element: etree._Element) -> list[str]:
    """Return the codes with which a message says how it went, the outermost first."""
    return [each.get("Value", "") for each in all_in(element, "samlp:Status//samlp:StatusCode")]
