"""An identity provider in one function: answers as they should be, to change one thing at a time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from lxml import etree
from signxml import CanonicalizationMethod, XMLSigner

from dichterbij.ground.identity.saml.names import BEARER, DS, SAML, SAMLP, SOAP, SUCCESS
from dichterbij.ground.identity.saml.people import Expected

NOW = datetime(2026, 6, 15, 8, 0, tzinfo=UTC)
IDP, US, HERE = "https://idp.example", "https://mijn.example/saml", "https://mijn.example/login/saml/digid"
SUBSTANTIAL = "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard"


@dataclass(frozen=True)
class Signer:
    """A key with its certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate


@cache
def signer(name: str) -> Signer:
    """Return the key of somebody, made once."""
    key = rsa.generate_private_key(65537, 2048)
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(issuer_name=called, subject_name=called, public_key=key.public_key())
    builder = builder.serial_number(1).not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
    made = builder.not_valid_after(datetime(2040, 1, 1, tzinfo=UTC)).sign(key, SHA256())
    return Signer(key, made)


EXPECTED = Expected(issuer=IDP, audience=US, recipient=HERE, request="_asked", resolve="_resolve", key=signer("us").key)
USUAL = {
    "issuer": IDP,
    "name_id": "s00000000:999990007",
    "method": BEARER,
    "confirmed": f'Recipient="{HERE}" InResponseTo="_asked" NotOnOrAfter="{NOW + timedelta(minutes=2):%FT%TZ}"',
    "conditions": f'NotBefore="{NOW - timedelta(minutes=1):%FT%TZ}" NotOnOrAfter="{NOW + timedelta(minutes=2):%FT%TZ}"',
    "audience": f"<saml:AudienceRestriction><saml:Audience>{US}</saml:Audience></saml:AudienceRestriction>",
    "statement": f'AuthnInstant="{NOW:%FT%TZ}" SessionIndex="session-1"',
    "level": f"<saml:AuthnContextClassRef>{SUBSTANTIAL}</saml:AuthnContextClassRef>",
}


def assertion(**changed: str) -> str:
    """Return an unsigned assertion with some parts changed."""
    part = USUAL | changed
    return (
        f'<saml:Assertion xmlns:saml="{SAML}" ID="_assertion" Version="2.0" IssueInstant="{NOW:%FT%TZ}">'
        f"<saml:Issuer>{part['issuer']}</saml:Issuer>"
        f'<ds:Signature xmlns:ds="{DS}" Id="placeholder"/>'
        f"<saml:Subject>{part.get('subject') or '<saml:NameID>' + part['name_id'] + '</saml:NameID>'}"
        f'<saml:SubjectConfirmation Method="{part["method"]}">'
        f"<saml:SubjectConfirmationData {part['confirmed']}/></saml:SubjectConfirmation></saml:Subject>"
        f"<saml:Conditions {part['conditions']}>{part['audience']}</saml:Conditions>"
        f"<saml:AuthnStatement {part['statement']}><saml:AuthnContext>{part['level']}</saml:AuthnContext>"
        f"</saml:AuthnStatement>{part.get('attributes', '')}</saml:Assertion>"
    )


def signed(text: str, by: str = "idp", algorithm: str = "rsa-sha256") -> str:
    """Return an assertion with a signature."""
    who = signer(by)
    method = CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0
    tool = XMLSigner(signature_algorithm=algorithm, c14n_algorithm=method)
    element = tool.sign(
        etree.fromstring(text), key=who.key, cert=[who.certificate], reference_uri="_assertion", id_attribute="ID"
    )
    return etree.tostring(element).decode()


def answer(
    inside: str, *, status: str = SUCCESS, detail: str = "", asked: str = "_asked", resolve: str = "_resolve"
) -> bytes:
    """Return the envelope with which the identity provider answers what an artifact stands for."""
    inner = f'<samlp:StatusCode Value="{detail}"/>' if detail else ""
    return (
        f'<soap:Envelope xmlns:soap="{SOAP}"><soap:Body>'
        f'<samlp:ArtifactResponse xmlns:samlp="{SAMLP}" xmlns:saml="{SAML}" ID="_1" InResponseTo="{resolve}">'
        f"<saml:Issuer>{IDP}</saml:Issuer>"
        f'<samlp:Status><samlp:StatusCode Value="{SUCCESS}"/></samlp:Status>'
        f'<samlp:Response ID="_2" InResponseTo="{asked}" Destination="{HERE}"><saml:Issuer>{IDP}</saml:Issuer>'
        f'<samlp:Status><samlp:StatusCode Value="{status}">{inner}</samlp:StatusCode></samlp:Status>'
        f"{inside}</samlp:Response></samlp:ArtifactResponse></soap:Body></soap:Envelope>"
    ).encode()
