"""Looking at what an identity provider sent: exactly one of this, signed by them, of now. Pure.

Source: SAML 2.0 core (OASIS 2005), sections 2 and 5.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from cryptography.x509 import Certificate
from lxml import etree
from signxml.algorithms import SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.verifier import SignatureConfiguration, VerifyResult, XMLVerifier

from ..domain import AssertionRefused
from .names import all_in, instant, parsed, text_of

SKEW = timedelta(minutes=1)
LONGEST = 200
"""How many characters of a session or message at the identity provider are kept; a longer one is refused."""
METHODS = frozenset({SignatureMethod.RSA_SHA256, SignatureMethod.RSA_SHA384, SignatureMethod.RSA_SHA512})
SIGNED = SignatureConfiguration(location="./", expect_references=1, signature_methods=METHODS)


class AnswerRefused(AssertionRefused):
    """An answer is not exactly right. `check`: the element or rule that failed, for the log of the operator."""

    def __init__(self, check: str) -> None:
        super().__init__("Het antwoord van de inlogdienst klopt niet.", remedy="Probeer het opnieuw, of log anders in.")
        self.check = check


def ensure(is_right: bool, what: str) -> None:
    """Raise `AnswerRefused` for what is not right."""
    if not is_right:
        raise AnswerRefused(what)


def only(element: etree._Element, path: str) -> etree._Element:
    """Return the one element at a path; raises `AnswerRefused` when there is none, or another."""
    found = all_in(element, path)
    ensure(len(found) == 1, path)
    return found[0]


def signed(element: etree._Element, certificates: Mapping[str, Certificate]) -> etree._Element:
    """Return an element as its signature covers it: whatever stands outside is not there any more."""
    alone = parsed(etree.tostring(element, with_tail=False))
    for certificate in certificates.values():
        try:
            result = XMLVerifier().verify(alone, x509_cert=certificate, expect_config=SIGNED, id_attribute="ID")
        except (SignXMLException, ValueError, etree.LxmlError):
            continue
        found = result.signed_xml if isinstance(result, VerifyResult) else None
        if found is not None and found.tag == alone.tag and found.get("ID") == alone.get("ID"):
            return found
    raise AnswerRefused("Signature")


def ensure_within(element: etree._Element, at: datetime, check: str) -> None:
    """Refuse what is not valid yet, or no longer; a moment that is named must be one."""
    if "NotBefore" in element.attrib:
        since = instant(element.get("NotBefore"))
        ensure(since is not None and since <= at + SKEW, f"{check} NotBefore")
    if "NotOnOrAfter" in element.attrib:
        until = instant(element.get("NotOnOrAfter"))
        ensure(until is not None and at - SKEW < until, f"{check} NotOnOrAfter")


def id_of(element: etree._Element) -> str:
    """Return the id under which a message counts once."""
    found = str(element.get("ID", ""))
    ensure(0 < len(found) <= LONGEST, "ID")
    return found


def issuer_of(element: etree._Element) -> str:
    """Return who made a message; empty when it does not say."""
    found = all_in(element, "saml:Issuer")
    ensure(len(found) <= 1, "Issuer")
    return text_of(found[0]) if found else ""
