"""What we say to an identity provider: the question to log in or out, what an artifact stands for, and who we are."""

import base64
import zlib
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate
from lxml import etree
from lxml.builder import ElementMaker
from signxml.algorithms import CanonicalizationMethod
from signxml.signer import XMLSigner

from .names import ARTIFACT, ASLO, DS, MD, RSA_SHA256, SAML, SAMLP, SOAP

_saml = ElementMaker(namespace=SAML, nsmap={"saml": SAML})
_samlp = ElementMaker(namespace=SAMLP, nsmap={"samlp": SAMLP, "saml": SAML})
_aslo = ElementMaker(namespace=ASLO, nsmap={"aslo": ASLO})
_md = ElementMaker(namespace=MD, nsmap={"md": MD, "ds": DS})
_ds = ElementMaker(namespace=DS, nsmap={"ds": DS})
_soap = ElementMaker(namespace=SOAP, nsmap={"soap": SOAP})


@dataclass(frozen=True, slots=True)
class Own:
    """With what this instance signs what it says."""

    key: RSAPrivateKey
    certificate: Certificate


def login(*, id: str, at: datetime, issuer: str, to: str, back_to: str, level: str) -> etree._Element:
    """Return the question to log somebody in at least at this level, and to send them back with an artifact."""
    wanted = _samlp.RequestedAuthnContext(_saml.AuthnContextClassRef(level), Comparison="minimum")
    return _samlp.AuthnRequest(
        _saml.Issuer(issuer),
        wanted,
        **_head(id, at, to),
        AssertionConsumerServiceURL=back_to,
        ProtocolBinding=ARTIFACT,
    )


def logout(*, id: str, at: datetime, issuer: str, to: str, name_id: str, session: str) -> etree._Element:
    """Return the question to end somebody's session there too, without an answer: they are logged out here already.

    Source: SAML 2.0 Asynchronous Single Logout Profile Extension, OASIS 2012.
    """
    ended = [_samlp.SessionIndex(session)] if session else []
    alone = _samlp.Extensions(_aslo.Asynchronous())
    return _samlp.LogoutRequest(_saml.Issuer(issuer), alone, _saml.NameID(name_id), *ended, **_head(id, at, to))


def resolve(*, id: str, at: datetime, issuer: str, to: str, artifact: str, own: Own) -> bytes:
    """Return the signed question what an artifact stands for, in its envelope."""
    place = _ds.Signature(Id="placeholder")
    question = _samlp.ArtifactResolve(_saml.Issuer(issuer), place, _samlp.Artifact(artifact), **_head(id, at, to))
    signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0)
    signed = signer.sign(question, key=own.key, cert=[own.certificate], reference_uri=id, id_attribute="ID")
    return _written(_soap.Envelope(_soap.Body(signed)))


def address(to: str, question: etree._Element, state: str, own: Own) -> str:
    """Return the address that brings a browser with a signed question to the identity provider (HTTP-Redirect)."""
    packed = zlib.compressobj(wbits=-15)
    deflated = packed.compress(etree.tostring(question)) + packed.flush()
    said = {"SAMLRequest": base64.b64encode(deflated).decode()}
    said |= {"RelayState": state} if state else {}
    query = urlencode(said | {"SigAlg": RSA_SHA256}, quote_via=quote, safe="")
    signature = base64.b64encode(own.key.sign(query.encode(), PKCS1v15(), SHA256())).decode()
    return f"{to}{'&' if '?' in to else '?'}{query}&{urlencode({'Signature': signature})}"


def metadata(*, issuer: str, back_to: str, own: Own) -> bytes:
    """Return who this instance is, for the operator of the identity provider."""
    encoded = base64.b64encode(own.certificate.public_bytes(Encoding.DER)).decode()
    key = _md.KeyDescriptor(_ds.KeyInfo(_ds.X509Data(_ds.X509Certificate(encoded))), use="signing")
    arrives = _md.AssertionConsumerService(Binding=ARTIFACT, Location=back_to, index="0", isDefault="true")
    role = _md.SPSSODescriptor(
        key, arrives, protocolSupportEnumeration=SAMLP, AuthnRequestsSigned="true", WantAssertionsSigned="true"
    )
    return _written(_md.EntityDescriptor(role, entityID=issuer))


def _written(element: etree._Element) -> bytes:
    return bytes(etree.tostring(element, encoding="utf-8", xml_declaration=True))


def _head(id: str, at: datetime, to: str) -> dict[str, str]:
    return {"ID": id, "Version": "2.0", "IssueInstant": f"{at:%Y-%m-%dT%H:%M:%SZ}", "Destination": to}
