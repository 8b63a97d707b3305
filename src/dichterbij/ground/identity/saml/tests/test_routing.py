"""What a routing service is asked and what of its answer is believed: every rule of its profile alone."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.exceptions import ImproperlyConfigured
from lxml import etree
from signxml import CanonicalizationMethod, XMLSigner

from dichterbij.ground.identity.configuration import Routing, Service, ServiceProvider
from dichterbij.ground.identity.domain import Audience, Identifier, IdentifierType
from dichterbij.ground.identity.saml import going_live, routing
from dichterbij.ground.identity.saml.answers import Believed, believed
from dichterbij.ground.identity.saml.checks import AnswerRefused, signed
from dichterbij.ground.identity.saml.messages import Own
from dichterbij.ground.identity.saml.names import (
    ACTING_SUBJECT,
    DS,
    EID_BSN,
    LEGAL_SUBJECT,
    POST,
    SERVICE_UUID,
    SOAP_BINDING,
    SPACES,
    SUCCESS,
)
from dichterbij.ground.identity.saml.peer import Peer
from dichterbij.kernel.levels import Level

from .answering import EXPECTED, HERE, IDP, NOW, US, answer, assertion, signer
from .answering import signed as signed_assertion
from .sealing import CBC_METHOD, encrypted

DV, LC = (
    "urn:nl-eid-gdi:1.0:DV:00000009999999999001:entities:0000",
    "urn:nl-eid-gdi:1.0:LC:00000009999999999002:entities:0000",
)
AD, BVD = (
    "urn:nl-eid-gdi:1.0:AD:00000009999999999003:entities:0000",
    "urn:nl-eid-gdi:1.0:BVD:00000009999999999004:entities:0000",
)
LOW, SURE = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
ROUTING = Routing(services={Level.LOW: LOW, Level.SUBSTANTIAL: SURE})
OWN = Own(signer("us").key, signer("us").certificate)
ASKED = replace(EXPECTED, service=SURE)
ANNA, BORIS = (
    f'<saml:NameID NameQualifier="{EID_BSN}">{number}</saml:NameID>' for number in ("999990007", "999990019")
)


def _question(asked: Routing, level: Level = Level.LOW, issuer: str = DV) -> etree._Element:
    """Return what is asked, as its signature covers it."""
    form = routing.login(
        id="_asked", at=NOW, issuer=issuer, to=f"{IDP}/login", routing=asked, level=level, state="state", own=OWN
    )
    assert (form.address, form.fields["RelayState"]) == (f"{IDP}/login", "state")
    return signed(etree.fromstring(base64.b64decode(form.fields["SAMLRequest"])), {"us": OWN.certificate})


def _texts(element: etree._Element, path: str) -> list[str]:
    return [str(each) for each in element.xpath(path, namespaces=SPACES)]


@pytest.mark.parametrize(("level", "service"), [(Level.LOW, LOW), (Level.SUBSTANTIAL, SURE), (Level.HIGH, SURE)])
def test_the_service_is_asked_whose_level_is_enough_and_no_level_beside_it(level: Level, service: str):
    question = _question(ROUTING, level)
    assert _texts(question, "samlp:Extensions/saml:Attribute/saml:AttributeValue/text()") == [DV, service]
    assert (question.get("AssertionConsumerServiceIndex"), question.get("AssertionConsumerServiceURL")) == ("0", None)
    assert not _texts(question, "samlp:RequestedAuthnContext")
    assert not _texts(question, "samlp:Scoping")
    assert question.get("ForceAuthn") == "true"


def test_a_service_by_number_stands_alone_and_a_cluster_connection_names_for_whom_it_asks():
    numbered = _question(replace(ROUTING, by_index=True, place=2), Level.SUBSTANTIAL)
    assert (numbered.get("AttributeConsumingServiceIndex"), numbered.get("AssertionConsumerServiceIndex")) == (
        "10",
        "2",
    )
    assert not _texts(numbered, "samlp:Extensions")
    for_another = replace(ROUTING, provider=ServiceProvider(id=DV, key=Path("x"), certificate=Path("x")))
    question = _question(for_another, issuer=LC)
    assert _texts(question, "saml:Issuer/text()") == [LC]
    assert _texts(question, "samlp:Extensions//text()") == [DV, LOW]


def test_a_register_of_mandates_that_must_be_used_stands_among_the_preselected_too():
    question = _question(replace(ROUTING, preselected=(AD,), mandates=(BVD,)))
    assert _texts(question, "samlp:Scoping/samlp:IDPList/samlp:IDPEntry/@ProviderID") == [AD, BVD]
    assert _texts(question, "samlp:Scoping/samlp:RequesterID/text()") == [BVD]


def _attributes(service: str = SURE, represents: str = "", also: str = "", acting: str = ANNA) -> str:
    legal = f'<saml:Attribute Name="{LEGAL_SUBJECT}">{represents}</saml:Attribute>' if represents else ""
    return (
        f'<saml:AttributeStatement><saml:Attribute Name="{SERVICE_UUID}">'
        f"<saml:AttributeValue>{service}</saml:AttributeValue></saml:Attribute>"
        f'<saml:Attribute Name="{ACTING_SUBJECT}">{_sealed(acting)}</saml:Attribute>{legal}{also}'
        "</saml:AttributeStatement>"
    )


def _sealed(name: str, reader: str = US) -> str:
    inside = encrypted(name, method=CBC_METHOD, by=(("us", reader),))
    return f"<saml:AttributeValue>{inside}</saml:AttributeValue>"


def _enveloped(inside: str, by: str = "idp") -> bytes:
    """Return an answer that is signed as a whole."""
    envelope = etree.fromstring(answer(inside))
    fetched = envelope[0][0]
    fetched.insert(1, etree.fromstring(f'<ds:Signature xmlns:ds="{DS}" Id="placeholder"/>'))
    tool = XMLSigner(c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0)
    alone = etree.fromstring(etree.tostring(fetched))
    who = signer(by)
    whole = tool.sign(alone, key=who.key, cert=[who.certificate], reference_uri="_1", id_attribute="ID")
    envelope[0].replace(fetched, whole)
    return etree.tostring(envelope)


def _read(attributes: str, expected: object = ASKED, **changed: str) -> Believed:
    content = _enveloped(signed_assertion(assertion(attributes=attributes, **changed)))
    return believed(content, {"idp": signer("idp").certificate}, expected, NOW)


def test_who_acts_and_for_whom_is_read_where_the_means_may_say_so():
    found = _read(_attributes(represents=_sealed(BORIS)), replace(ASKED, represents=True))
    assert found.identifiers == (Identifier(type=IdentifierType.BSN, value="999990007"),)
    assert found.represents == (Identifier(type=IdentifierType.BSN, value="999990019"),)


def test_the_assertion_of_the_means_inside_is_not_read():
    inside = assertion(name_id="s00000000:999990019").replace('ID="_assertion"', 'ID="_inner"')
    inside = inside.replace(f'<ds:Signature xmlns:ds="{DS}" Id="placeholder"/>', "")
    advice = f"<saml:Advice>{inside}</saml:Advice><saml:AuthnStatement"
    whole = assertion(attributes=_attributes()).replace("<saml:AuthnStatement", advice, 1)
    found = believed(_enveloped(signed_assertion(whole)), {"idp": signer("idp").certificate}, ASKED, NOW)
    assert found.identifiers[0].value == "999990007"


REFUSED = {
    "another service": ({"service": LOW}, {}, "ServiceUUID"),
    "two services": ({"service": f"{SURE}</saml:AttributeValue><saml:AttributeValue>{LOW}"}, {}, "ServiceUUID"),
    "for whom, where the means may not": ({"represents": _sealed(BORIS)}, {}, "LegalSubjectID"),
    "nobody, where a mandate was asked": ({}, {"represents": True, "mandated": True}, "no LegalSubjectID"),
    "for whom, for another reader": ({"represents": _sealed(BORIS, DV)}, {"represents": True}, "LegalSubjectID"),
    "for whom, twice": ({"represents": _sealed(BORIS) + _sealed(ANNA)}, {"represents": True}, "LegalSubjectID"),
    "something unknown beside": (
        {"represents": _sealed(BORIS), "also": '<saml:Attribute Name="urn:nl-eid-gdi:1.0:MandateServices"/>'},
        {"represents": True},
        "Attribute beside LegalSubjectID",
    ),
    "something encrypted beside": (
        {"represents": _sealed(BORIS), "also": "<saml:EncryptedAttribute/>"},
        {"represents": True},
        "Attribute beside LegalSubjectID",
    ),
    "who acts, twice": ({"also": f'<saml:Attribute Name="{ACTING_SUBJECT}"/>'}, {}, "Attribute"),
    "a kind that BSNk opens": ({"acting": ANNA.replace("legacy-BSN", "Pseudonym")}, {}, "NameQualifier"),
}


@pytest.mark.parametrize(("said", "asked", "check"), REFUSED.values(), ids=REFUSED.keys())
def test_an_answer_of_a_routing_service_with_one_thing_wrong_is_refused_for_that(said: dict, asked: dict, check: str):
    with pytest.raises(AnswerRefused) as refused:
        _read(_attributes(**said), replace(ASKED, **asked))
    assert refused.value.check == check


def test_the_envelope_must_be_signed_too():
    right = signed_assertion(assertion(attributes=_attributes()))
    certificates = {"idp": signer("idp").certificate}
    assert believed(_enveloped(right), certificates, ASKED, NOW).id == "_assertion"
    for content in (answer(right), _enveloped(right, by="evil"), _enveloped(right).replace(SUCCESS.encode(), b"x", 1)):
        with pytest.raises(AnswerRefused) as refused:
            believed(content, certificates, ASKED, NOW)
        assert refused.value.check == "Signature"


def test_a_cluster_connection_must_be_named_together_with_the_body_for_which_it_asks():
    audiences = "".join(f"<saml:Audience>{each}</saml:Audience>" for each in (US, DV))
    both = f"<saml:AudienceRestriction>{audiences}</saml:AudienceRestriction>"
    expected, said = replace(ASKED, provider=DV), _attributes().replace(f'Recipient="{US}"', f'Recipient="{DV}"')
    assert _read(said, expected, audience=both).identifiers[0].value == "999990007"
    with pytest.raises(AnswerRefused):
        _read(said, expected)


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """A means that goes live, on files of its own."""
    for name, role in (("us", "us"), ("other", "other")):
        who = signer(role)
        form = (Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
        (tmp_path / f"{name}.key").write_bytes(who.key.private_bytes(*form))
        (tmp_path / f"{name}.crt").write_bytes(who.certificate.public_bytes(Encoding.PEM))
    certificate = base64.b64encode(signer("idp").certificate.public_bytes(Encoding.DER)).decode()
    (tmp_path / "rd.xml").write_text(
        f'<md:EntityDescriptor xmlns:md="{SPACES["md"]}" xmlns:ds="{DS}" entityID="{IDP}" '
        f'validUntil="{NOW - timedelta(days=1):%FT%TZ}"><md:IDPSSODescriptor><md:KeyDescriptor use="signing">'
        f"<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        f'</md:KeyDescriptor><md:ArtifactResolutionService Binding="{SOAP_BINDING}" Location="{IDP}/artifact"/>'
        f'<md:SingleSignOnService Binding="{POST}" Location="{IDP}/login"/></md:IDPSSODescriptor></md:EntityDescriptor>'
    )
    return Service(
        id="digid",
        name="DigiD",
        audience=Audience.CITIZEN,
        client_id=DV,
        client_key=tmp_path / "us.key",
        client_certificate=tmp_path / "us.crt",
        metadata=tmp_path / "rd.xml",
        address=HERE.removesuffix("/login/saml/digid"),
        identifier_types=frozenset({IdentifierType.BSN}),
        levels={"urn:example:level": Level.LOW},
        routing=replace(ROUTING, preselected=("DigiD",), mandates=(BVD,)),
    )


def test_before_going_live_an_operator_reads_what_to_mend(service: Service, monkeypatch: pytest.MonkeyPatch):
    peer = Peer(service)

    def away(*_asked: object, **_more: object) -> httpx.Response:
        raise httpx.ConnectError("away")

    monkeypatch.setattr(peer._http, "get", away)
    found = "\n".join(going_live.to_mend(peer, datetime(2039, 12, 1, tzinfo=UTC)))
    for part in (
        "our certificate ends on 2040-01-01",
        "rd.xml was valid until 2026-06-14",
        "ends no sessions",
        "client_id: the certificate is not of the OIN 00000009999999999001",
        f"the routing service: {IDP} is not urn:nl-eid-gdi:1.0:RD:",
        "preselected: DigiD is not",
        "levels: urn:example:level is no level",
        "services: one asks a level",
        "mandates: the means may not say",
        "/artifact does not answer",
    ):
        assert part in found, found


def test_a_cluster_connection_has_the_key_of_the_body_for_which_it_asks(service: Service):
    folder = service.client_key.parent
    provider = ServiceProvider(id=DV, key=folder / "other.key", certificate=folder / "other.crt")
    cluster = replace(service, client_id=LC, routing=replace(ROUTING, provider=provider))
    peer = Peer(cluster)
    told = etree.fromstring(routing.metadata([cluster], peer.own, peer.reader))
    assert _texts(told, "md:EntityDescriptor/@entityID") == [LC, DV]
    assert _texts(told, ".//md:KeyDescriptor[@use='encryption']//ds:KeyName/text()") == [peer.reader.name]
    assert peer.reader.name != peer.own.name
    wrong = replace(provider, certificate=folder / "us.crt")
    with pytest.raises(ImproperlyConfigured):
        Peer(replace(cluster, routing=replace(ROUTING, provider=wrong)))
