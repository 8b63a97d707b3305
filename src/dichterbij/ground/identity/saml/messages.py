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

from .names import ARTIFACT, ASLO, DS, MD, RSA_SHA256, SAML, SAMLP, SOAP, SOAP_BINDING, SUCCESS

FORCED = {"ForceAuthn": "true"}
"""Not by a session of before: SAML 2.0 core, section 3.4.1; eID SAML 4.4, section 7.3."""
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

    @property
    def name(self) -> str:
        """Return how messages and metadata name the key: the SHA-256 fingerprint of its certificate."""
        return self.certificate.fingerprint(SHA256()).hex()


def login(*, id: str, at: datetime, issuer: str, to: str, back_to: str, level: str) -> etree._Element:
    """Return the question to log somebody in at least at this level, and to send them back with an artifact.

    Whoever is at the keyboard shows who they are, also when somebody was still logged in there (`FORCED`).
    """
    wanted = _samlp.RequestedAuthnContext(_saml.AuthnContextClassRef(level), Comparison="minimum")
    return _samlp.AuthnRequest(
        _saml.Issuer(issuer),
        wanted,
        **head(id, at, to),
        AssertionConsumerServiceURL=back_to,
        ProtocolBinding=ARTIFACT,
        **FORCED,
    )


def logout(*, id: str, at: datetime, issuer: str, to: str, name_id: str, session: str) -> etree._Element:
    """Return the question to end somebody's session there too, without an answer: they are logged out here already.

    Source: SAML 2.0 Asynchronous Single Logout Profile Extension, OASIS 2012.
    """
    ended = [_samlp.SessionIndex(session)] if session else []
    alone = _samlp.Extensions(_aslo.Asynchronous())
    return _samlp.LogoutRequest(_saml.Issuer(issuer), alone, _saml.NameID(name_id), *ended, **head(id, at, to))


def resolve(*, id: str, at: datetime, issuer: str, to: str, artifact: str, own: Own) -> bytes:
    """Return the signed question what an artifact stands for, in its envelope."""
    question = _samlp.ArtifactResolve(_saml.Issuer(issuer), place(), _samlp.Artifact(artifact), **head(id, at, to))
    return _enveloped(question, id, own)


def logged_out(*, id: str, at: datetime, issuer: str, asked: str, own: Own) -> bytes:
    """Return the signed answer, in its envelope, that the sessions here ended; `asked`: id of the request."""
    done = _samlp.Status(_samlp.StatusCode(Value=SUCCESS))
    said = {name: value for name, value in head(id, at, "").items() if value}
    answer = _samlp.LogoutResponse(_saml.Issuer(issuer), place(), done, **said, InResponseTo=asked)
    return _enveloped(answer, id, own)


def address(to: str, question: etree._Element, state: str, own: Own) -> str:
    """Return the address that brings a browser with a signed question to the identity provider (HTTP-Redirect)."""
    packed = zlib.compressobj(wbits=-15)
    deflated = packed.compress(etree.tostring(question)) + packed.flush()
    said = {"SAMLRequest": base64.b64encode(deflated).decode()}
    said |= {"RelayState": state} if state else {}
    query = urlencode(said | {"SigAlg": RSA_SHA256}, quote_via=quote, safe="")
    signature = base64.b64encode(own.key.sign(query.encode(), PKCS1v15(), SHA256())).decode()
    return f"{to}{'&' if '?' in to else '?'}{query}&{urlencode({'Signature': signature})}"


def metadata(*, issuer: str, back_to: str, ended_at: str, own: Own) -> bytes:
    """Return who this instance is, for the operator of the identity provider.

    `back_to`: where people come back; `ended_at`: where we hear that a session ended there.
    """
    encoded = base64.b64encode(own.certificate.public_bytes(Encoding.DER)).decode()
    keys = [
        _md.KeyDescriptor(_ds.KeyInfo(_ds.X509Data(_ds.X509Certificate(encoded))), use=use)
        for use in ("signing", "encryption")
    ]
    hears = _md.SingleLogoutService(Binding=SOAP_BINDING, Location=ended_at)
    arrives = _md.AssertionConsumerService(Binding=ARTIFACT, Location=back_to, index="0", isDefault="true")
    role = _md.SPSSODescriptor(
        *keys, hears, arrives, protocolSupportEnumeration=SAMLP, AuthnRequestsSigned="true", WantAssertionsSigned="true"
    )
    return written(_md.EntityDescriptor(role, entityID=issuer))


def place() -> etree._Element:
    """Return where the signature of a message comes: the standard says, after who made it."""
    return _ds.Signature(Id="placeholder")


def signed(message: etree._Element, id: str, own: Own, name: str | None = None) -> etree._Element:
    """Return a message with our signature in its place; `name`: of the key, beside the certificate."""
    signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0)
    return signer.sign(message, key=own.key, cert=[own.certificate], reference_uri=id, key_name=name, id_attribute="ID")


def _enveloped(message: etree._Element, id: str, own: Own) -> bytes:
    return written(_soap.Envelope(_soap.Body(signed(message, id, own))))


def written(element: etree._Element) -> bytes:
    """Return a document as it is sent."""
    return bytes(etree.tostring(element, encoding="utf-8", xml_declaration=True))


def head(id: str, at: datetime, to: str) -> dict[str, str]:
    """Return what every message begins with."""
    return {"ID": id, "Version": "2.0", "IssueInstant": f"{at:%Y-%m-%dT%H:%M:%SZ}", "Destination": to}
