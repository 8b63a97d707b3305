"""Who an answer is about: the names and numbers in it, opened where they were encrypted for us. Pure.

Sources: SAML 2.0 core (OASIS 2005), sections 2.2 and 2.7; eID SAML 4.4 (Logius 2020), sections 7.6.3.4 and 10.1.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from lxml import etree

from dichterbij.kernel.identifiers import passes_eleven_test

from ..domain import Identifier, IdentifierType
from . import encryption
from .checks import ensure
from .names import (
    ACTING_SUBJECT,
    EID_BSN,
    ETD_KVK,
    ETD_PSEUDONYM,
    ETD_RSIN,
    LEGAL_SUBJECT,
    SAML,
    SERVICE_UUID,
    TRANSIENT,
    all_in,
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


def who(assertion: etree._Element, expected: Expected) -> tuple[tuple[Identifier, ...], tuple[Identifier, ...]]:
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
        others = all_in(assertion, "saml:AttributeStatement/saml:EncryptedAttribute")
        ensure(not others and set(names) <= OURS | NARROWS_NOTHING, "Attribute beside LegalSubjectID")
    return _of_one(by_name.get(ACTING_SUBJECT), expected), _of_one(by_name.get(LEGAL_SUBJECT), expected)


def _of_one(attribute: etree._Element | None, expected: Expected) -> tuple[Identifier, ...]:
    """Return what somebody is called in an attribute, each kind once; nothing without the attribute."""
    if attribute is None:
        return ()
    found = all_in(attribute, "saml:AttributeValue/saml:EncryptedID")
    ours = [each for each in found if encryption.is_for(each, expected.reader)]
    inside = [opened(each, expected, "NameID") for each in ours]
    ensure(all(each.get("NameQualifier") in KINDS for each in inside), "NameQualifier")
    names = tuple(identifier_of(each, expected.issuer) for each in inside)
    ensure(0 < len({each.type for each in names}) == len(names), str(attribute.get("Name")).rpartition(":")[2])
    return names


def name_of(element: etree._Element, expected: Expected) -> etree._Element:
    """Return the one name of somebody, opened when it was encrypted for us."""
    plain, sealed = all_in(element, "saml:NameID"), all_in(element, "saml:EncryptedID")
    ensure(len(plain) + len(sealed) == 1, "NameID")
    return plain[0] if plain else opened(sealed[0], expected, "NameID")


def opened(sealed: etree._Element, expected: Expected, kind: str, *, is_signed: bool = True) -> etree._Element:
    """Return what stands encrypted for us, of one kind."""
    found = encryption.opened(sealed, expected.key, expected.reader, is_signed=is_signed)
    ensure(found.tag == f"{{{SAML}}}{kind}", kind)
    return found


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
