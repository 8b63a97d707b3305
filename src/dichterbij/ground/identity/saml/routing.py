"""What we say to a routing service: as eID SAML 4.4 asks (Logius, 16 September 2020, sections 7.3, 7.7 and 8).

It is asked with a signed form instead of an address, for a service of its catalogue and not for a level, and by numbers
of our metadata instead of addresses. Where Stelsel Toegang SAML 1.0, which goes on from 4.4 and 4.5, asks more, we do
that as well: a register of mandates that must be used stands among the preselected too.
"""

import base64
from collections.abc import Sequence
from datetime import datetime

from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from lxml.builder import ElementMaker

from dichterbij.kernel.levels import Level

from ..configuration import Routing, Service
from ..domain import Posted
from .messages import FORCED, Own, head, place, signed, written
from .names import ARTIFACT, DS, INTENDED_AUDIENCE, MD, POST, SAML, SAMLP, SERVICE_UUID

XML = "http://www.w3.org/XML/1998/namespace"
_saml = ElementMaker(namespace=SAML, nsmap={"saml": SAML})
_samlp = ElementMaker(namespace=SAMLP, nsmap={"samlp": SAMLP, "saml": SAML})
_md = ElementMaker(namespace=MD, nsmap={"md": MD, "ds": DS, "saml": SAML})
_ds = ElementMaker(namespace=DS, nsmap={"ds": DS})


def login(
    *, id: str, at: datetime, issuer: str, to: str, routing: Routing, level: Level, state: str, own: Own
) -> Posted:
    """Return the form that asks to log somebody in for the service that asks at least this level."""
    number, service = routing.service_for(level)
    by_index = {"AttributeConsumingServiceIndex": str(number)} if routing.by_index else {}
    asked = [] if routing.by_index else [_extensions(routing, issuer, service)]
    question = _samlp.AuthnRequest(
        _saml.Issuer(issuer),
        place(),
        *asked,
        *_scoping(routing),
        **head(id, at, to),
        AssertionConsumerServiceIndex=str(routing.place),
        **by_index,
        **FORCED,
    )
    return _form(question, id, to, own, state)


def logout(*, id: str, at: datetime, issuer: str, to: str, name_id: str, session: str, own: Own) -> Posted:
    """Return the form that asks to end somebody's session there too."""
    ended = [_samlp.SessionIndex(session)] if session else []
    question = _samlp.LogoutRequest(_saml.Issuer(issuer), place(), _saml.NameID(name_id), *ended, **head(id, at, to))
    return _form(question, id, to, own, "")


def metadata(services: Sequence[Service], own: Own, reader: Own) -> bytes:
    """Return who this instance is for all means under one name, signed; with the body for which it asks, if another.

    `reader`: with whose key identities are encrypted. It holds as long as our certificates do.
    """
    until = min(own.certificate.not_valid_after_utc, reader.certificate.not_valid_after_utc)
    attributes = {"ID": f"_{own.name}", "validUntil": f"{until:%Y-%m-%dT%H:%M:%SZ}"}
    signing, encryption = _key(own, "signing"), _key(reader, "encryption")
    first, *_others = services
    left = _md.SingleLogoutService(Binding=POST, Location=first.left_at)
    provider = first.routing.provider if first.routing else None
    if provider is None:
        role = _role(signing, encryption, left, *_arrivals(services), *_numbered(services))
        found = _md.EntityDescriptor(place(), role, entityID=first.client_id, **attributes)
    else:
        found = _md.EntitiesDescriptor(
            place(),
            _md.EntityDescriptor(_role(signing, left, *_arrivals(services)), entityID=first.client_id),
            _md.EntityDescriptor(_role(encryption, *_arrivals(services)[:1]), entityID=provider.id),
            **attributes,
        )
    return written(signed(found, attributes["ID"], own, own.name))


def _form(question: etree._Element, id: str, to: str, own: Own, state: str) -> Posted:
    """Return a signed question as a browser posts it (HTTP-POST)."""
    packed = base64.b64encode(written(signed(question, id, own, own.name))).decode()
    return Posted(to, {"SAMLRequest": packed} | ({"RelayState": state} if state else {}))


def _extensions(routing: Routing, issuer: str, service: str) -> etree._Element:
    """Return for whom and for which service of the catalogue we ask."""
    audience = routing.provider.id if routing.provider else issuer
    said = {INTENDED_AUDIENCE: audience, SERVICE_UUID: service}
    return _samlp.Extensions(*(_saml.Attribute(_saml.AttributeValue(text), Name=name) for name, text in said.items()))


def _scoping(routing: Routing) -> list[etree._Element]:
    """Return through which means and registers of mandates somebody goes, when they do not choose that there."""
    also = [each for each in routing.mandates if each not in routing.preselected]
    listed = [*routing.preselected, *also] if routing.preselected else []
    entries = [_samlp.IDPEntry(ProviderID=each) for each in listed]
    asked = [_samlp.RequesterID(each) for each in routing.mandates]
    return [_samlp.Scoping(*([_samlp.IDPList(*entries)] if entries else []), *asked)] if entries or asked else []


def _role(*parts: etree._Element) -> etree._Element:
    said = {"AuthnRequestsSigned": "true", "WantAssertionsSigned": "true"}
    return _md.SPSSODescriptor(*parts, protocolSupportEnumeration=SAMLP, **said)


def _key(owner: Own, use: str) -> etree._Element:
    encoded = base64.b64encode(owner.certificate.public_bytes(Encoding.DER)).decode()
    info = _ds.KeyInfo(_ds.KeyName(owner.name), _ds.X509Data(_ds.X509Certificate(encoded)))
    return _md.KeyDescriptor(info, use=use)


def _arrivals(services: Sequence[Service]) -> list[etree._Element]:
    """Return where people come back to, under the place of each means; the first is the usual one."""
    return [
        _md.AssertionConsumerService(
            Binding=ARTIFACT, Location=each.arrival, index=str(each.place), isDefault=str(each is services[0]).lower()
        )
        for each in services
    ]


def _numbered(services: Sequence[Service]) -> list[etree._Element]:
    """Return the services that are asked for by their number."""
    return [
        _md.AttributeConsumingService(
            _md.ServiceName(each.name, {f"{{{XML}}}lang": "nl"}),
            _md.RequestedAttribute(_saml.AttributeValue(service), Name=SERVICE_UUID),
            index=str(number),
        )
        for each in services
        if each.routing and each.routing.by_index
        for number, service in each.routing.numbered.items()
    ]
