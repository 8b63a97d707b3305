"""Names of SAML 2.0 (OASIS 2005), XML Encryption 1.1 (W3C 2013) and eID SAML 4.4 (Logius).

And reading XML that comes from elsewhere.
"""

from datetime import datetime

from lxml import etree

SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
ASLO = "urn:oasis:names:tc:SAML:2.0:protocol:ext:async-slo"
MD = "urn:oasis:names:tc:SAML:2.0:metadata"
DS = "http://www.w3.org/2000/09/xmldsig#"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
XENC = "http://www.w3.org/2001/04/xmlenc#"
XENC11 = "http://www.w3.org/2009/xmlenc11#"
SPACES = {"saml": SAML, "samlp": SAMLP, "md": MD, "ds": DS, "soap": SOAP, "xenc": XENC, "xenc11": XENC11}

BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
ARTIFACT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
SOAP_BINDING = "urn:oasis:names:tc:SAML:2.0:bindings:SOAP"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
CANCELLED = "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
ACTING_SUBJECT = "urn:nl-eid-gdi:1.0:ActingSubjectID"
LEGAL_SUBJECT = "urn:nl-eid-gdi:1.0:LegalSubjectID"
SERVICE_UUID = "urn:nl-eid-gdi:1.0:ServiceUUID"
INTENDED_AUDIENCE = "urn:nl-eid-gdi:1.0:IntendedAudience"
EID_BSN = "urn:nl-eid-gdi:1.0:id:legacy-BSN"
ETD_KVK = "urn:etoegang:1.9:EntityConcernedID:KvKnr"
ETD_RSIN = "urn:etoegang:1.9:EntityConcernedID:RSIN"
ETD_PSEUDONYM = "urn:etoegang:1.13:EntityConcernedID:Pseudo"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"


class NotXml(ValueError):
    """Something is no XML, or more than plain XML: it declares a document type or entities."""


def parsed(content: bytes) -> etree._Element:
    """Return the root of a document that asks nothing of the reader: no document type, entities or other files."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        raise NotXml from None
    if root.getroottree().docinfo.doctype:
        raise NotXml
    return root


def all_in(root: etree._Element, path: str) -> list[etree._Element]:
    """Return every element at a path, such as `saml:Subject/saml:NameID`."""
    return list(root.findall(path, SPACES))


def text_of(element: etree._Element) -> str:
    """Return the whole text of an element, also around a comment."""
    return "".join(str(part) for part in element.itertext()).strip()


def instant(text: str | None) -> datetime | None:
    """Return an instant as SAML writes it, None for what is none; one without a zone is none."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None
