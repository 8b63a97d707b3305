"""What an operator must mend before people log in by a means: certificates, names, and whether its machine answers.

Sources: eID SAML 4.4 (Logius, 2020) sections 8 to 10 for a routing service: names, keys of 2048 bits, levels.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from re import compile as pattern

from cryptography.x509 import Certificate
from cryptography.x509.oid import NameOID

from ..configuration import Routing, Service
from ..refusals import MeansUnavailable
from .peer import Peer

SOON = timedelta(days=60)
"""How long before a certificate ends there is something to do: a new one must be made known to the other side first."""
LEAST_BITS = 2048
ENTITY = pattern(r"urn:nl-eid-gdi:1\.0:(AD|BVD|DV|LC|RD):(\d{20}):entities:\d{4}")
LEVELS = frozenset(
    {
        "http://eID.logius.nl/LoA/basic",
        "http://eidas.europa.eu/LoA/low",
        "http://eidas.europa.eu/LoA/substantial",
        "http://eidas.europa.eu/LoA/high",
    }
)


def to_mend(peer: Peer, at: datetime) -> list[str]:
    """Return what is not right with a means at an instant, each as a sentence; asks its machine whether it answers."""
    service = peer.service
    found = [*_of_certificate("our certificate", peer.own.certificate, at), *_of_other_side(peer, at)]
    if service.routing is not None:
        found += _of_routing(peer, service.routing, at)
    return [*found, *_of_machine(peer)]


def _of_certificate(whose: str, certificate: Certificate, at: datetime) -> Iterator[str]:
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if at < begins:
        yield f"{whose} begins on {begins:%F}"
    if at >= ends:
        yield f"{whose} ended on {ends:%F}"
    elif at >= ends - SOON:
        yield f"{whose} ends on {ends:%F}: get a new one and make it known to the other side"
    if getattr(certificate.public_key(), "key_size", 0) < LEAST_BITS:
        yield f"{whose} has a key of less than {LEAST_BITS} bits"


def _of_other_side(peer: Peer, at: datetime) -> Iterator[str]:
    until, signing = peer.described.until, peer.described.certificates.values()
    if until is not None and at >= until:
        yield f"{peer.service.metadata} was valid until {until:%F}: fetch it again"
    if all(at >= each.not_valid_after_utc for each in signing):
        yield f"{peer.service.metadata} has no signing certificate that is still valid: fetch it again"
    if not peer.described.logout:
        yield "the other side ends no sessions: logging out ends only here"


def _of_routing(peer: Peer, routing: Routing, at: datetime) -> Iterator[str]:
    """Yield what does not fit the profile of the routing service."""
    service, provider = peer.service, routing.provider
    yield from _of_name("client_id", service.client_id, "LC" if provider else "DV")
    yield from _of_number("client_id", service.client_id, peer.own.certificate)
    if provider:
        yield from _of_name("provider", provider.id, "DV")
        yield from _of_number("provider", provider.id, peer.reader.certificate)
        yield from _of_certificate("the certificate of provider", peer.reader.certificate, at)
    yield from _of_name("the routing service", peer.described.issuer, "RD")
    for name in routing.preselected:
        yield from _of_name("preselected", name, "AD", "BVD")
    for name in routing.mandates:
        yield from _of_name("mandates", name, "BVD")
    yield from (f"levels: {word} is no level of the profile" for word in sorted(set(service.levels) - LEVELS))
    yield from _of_admission(service, routing)


def _of_name(what: str, name: str, *roles: str) -> Iterator[str]:
    found = ENTITY.fullmatch(name)
    if found is None or found[1] not in roles:
        yield f"{what}: {name} is not urn:nl-eid-gdi:1.0:{'|'.join(roles)}:<OIN>:entities:<index>"


def _of_number(what: str, name: str, certificate: Certificate) -> Iterator[str]:
    """Yield that a certificate is of another body: PKIoverheid gives the OIN as serial number of the subject."""
    found = ENTITY.fullmatch(name)
    said = [str(each.value) for each in certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)]
    if found and said != [found[2]]:
        yield f"{what}: the certificate is not of the OIN {found[2]}"


def _of_admission(service: Service, routing: Routing) -> Iterator[str]:
    if max(routing.services) > max(service.levels.values()):
        yield "services: one asks a level that this means was not admitted for, so nobody gets in"
    if routing.mandates and not service.represents:
        yield "mandates: the means may not say for whom somebody acts (represents), so nobody gets in"
    if service.represents and not service.represented_in:
        yield "represents: no products (represented_in), so nobody can do anything for another"


def _of_machine(peer: Peer) -> Iterator[str]:
    try:
        peer.knock()
    except MeansUnavailable:
        yield f"{peer.described.artifacts} does not answer, or does not accept our certificate, or is not trusted here"
