"""The other machine: what its metadata says of it, and fetching what an artifact stands for."""

import base64
import hashlib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex

import httpx
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import Certificate, load_der_x509_certificate, load_pem_x509_certificate
from django.core.exceptions import ImproperlyConfigured
from lxml import etree

from dichterbij.kernel import clock

from ..configuration import Service, ensure_https
from ..fetching import DEADLINE, fetch
from ..refusals import MeansUnavailable
from . import messages
from .checks import AnswerRefused
from .names import POST, REDIRECT, SOAP_BINDING, NotXml, all_in, instant, parsed, text_of

ARTIFACT_TYPE = b"\x00\x04"
"""The one kind of artifact of SAML 2.0 (bindings, section 3.6.4): kind, index, hash of who made it, name of message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What the metadata of an identity provider says.

    `logout`: empty when it ends no sessions the way we ask; `until`: when this metadata ends, None if it does not say.
    """

    issuer: str
    login: str
    artifacts: str
    logout: str
    certificates: Mapping[str, Certificate]
    until: datetime | None


class Peer:
    """The connection with one identity provider; one per means and process."""

    def __init__(self, service: Service, *, insecure: bool = False) -> None:
        """Read the files of the operator; raises `ImproperlyConfigured` when one does not fit."""
        self.service = service
        self.described = described(service, insecure=insecure)
        self.own = own_of(service)
        self.reader = reader_of(service, self.own)
        self._http = httpx.Client(follow_redirects=False, verify=self._context())

    def fetch(self, artifact: str) -> tuple[str, bytes]:
        """Return what an artifact stands for, with the id of the question; raises `MeansUnavailable`.

        Raises `AnswerRefused` for an artifact of another provider: nobody else is asked what it stands for.
        """
        self._ensure_its_own(artifact)
        id_, to = f"_{token_hex(20)}", self.described.artifacts
        question = messages.resolve(
            id=id_, at=clock.machine_time(), issuer=self.service.client_id, to=to, artifact=artifact, own=self.own
        )
        headers = {
            "Content-Type": "text/xml; charset=utf-8",
            "SOAPAction": "http://www.oasis-open.org/committees/security",
        }
        answer = fetch(self._http, "POST", to, content=question, headers=headers)
        if answer.status != 200:
            raise MeansUnavailable
        return id_, answer.content

    def knock(self) -> None:
        """Connect as when an answer is fetched, without a question; raises `MeansUnavailable`."""
        try:
            self._http.get(self.described.artifacts, timeout=DEADLINE)
        except httpx.HTTPError:
            raise MeansUnavailable from None

    def _ensure_its_own(self, artifact: str) -> None:
        try:
            content = base64.b64decode(artifact, validate=True)
        except ValueError:
            raise AnswerRefused("artifact") from None
        made_by = hashlib.sha1(self.described.issuer.encode(), usedforsecurity=False).digest()
        if len(content) != 44 or content[:2] != ARTIFACT_TYPE or content[4:24] != made_by:
            raise AnswerRefused("artifact")

    def _context(self) -> ssl.SSLContext:
        """Return how we connect: with our own certificate, for the other side to see who asks."""
        try:
            context = ssl.create_default_context()
            if self.service.trusted is not None:
                context.load_verify_locations(self.service.trusted)
            context.load_cert_chain(self.service.client_certificate, self.service.client_key)
        except OSError as problem:
            raise ImproperlyConfigured(f"{self.service.id}: certificates: {problem}") from None
        return context


def own_of(service: Service) -> messages.Own:
    """Return with what this instance signs; raises `ImproperlyConfigured` when key and certificate do not fit."""
    return _pair(service.id, service.client_key, service.client_certificate)


def reader_of(service: Service, own: messages.Own) -> messages.Own:
    """Return with what we open identities: our own key, or that of the body for which a cluster connection asks."""
    provider = service.routing.provider if service.routing else None
    return own if provider is None else _pair(service.id, provider.key, provider.certificate)


def _pair(means_id: str, key_file: Path, certificate_file: Path) -> messages.Own:
    try:
        key = load_pem_private_key(key_file.read_bytes(), password=None)
        certificate = load_pem_x509_certificate(certificate_file.read_bytes())
    except (OSError, ValueError, TypeError) as problem:
        raise ImproperlyConfigured(f"{means_id}: {type(problem).__name__} in the key or certificate") from None
    if not isinstance(key, RSAPrivateKey) or certificate.public_key() != key.public_key():
        raise ImproperlyConfigured(f"{means_id}: the certificate is not of the key, or the key is not RSA")
    return messages.Own(key, certificate)


def described(service: Service, *, insecure: bool = False) -> Described:
    """Return what the metadata of an identity provider says; raises `ImproperlyConfigured` when that is not enough."""
    path, binding = service.metadata, POST if service.routing else REDIRECT
    try:
        root = parsed(path.read_bytes())
        role = all_in(root, "md:IDPSSODescriptor")[0]
        found = Described(
            issuer=root.attrib["entityID"],
            login=_location(role, "md:SingleSignOnService", binding),
            artifacts=_location(role, "md:ArtifactResolutionService", SOAP_BINDING),
            logout=_location(role, "md:SingleLogoutService", binding),
            certificates=_certificates(role),
            until=instant(root.get("validUntil")),
        )
    except (OSError, NotXml, IndexError, KeyError, ValueError):
        raise ImproperlyConfigured(f"{path}: not the metadata of an identity provider") from None
    for address in filter(None, (found.login, found.artifacts, found.logout)):
        ensure_https(address, str(path), insecure)
    if not (found.login and found.artifacts and found.certificates):
        how = "a posted form" if service.routing else "redirect"
        raise ImproperlyConfigured(f"{path}: no login by {how}, no resolution of artifacts, or no certificate")
    return found


def _location(role: etree._Element, path: str, binding: str) -> str:
    return next((each.get("Location", "") for each in all_in(role, path) if each.get("Binding") == binding), "")


def _certificates(role: etree._Element) -> dict[str, Certificate]:
    keys = [each for each in all_in(role, "md:KeyDescriptor") if each.get("use") in (None, "signing")]
    found = [text_of(each) for key in keys for each in all_in(key, ".//ds:X509Certificate")]
    return {text: load_der_x509_certificate(base64.b64decode(text)) for text in found}
