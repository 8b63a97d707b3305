"""A session that ends at the identity provider: every check of its message alone, with everything else right."""

from datetime import timedelta

import pytest
from lxml import etree
from signxml import CanonicalizationMethod, XMLSigner

from dichterbij.ground.identity.domain import Identifier, IdentifierType
from dichterbij.ground.identity.saml.checks import AnswerRefused
from dichterbij.ground.identity.saml.ending import Ended, ended
from dichterbij.ground.identity.saml.names import DS, SAML, SAMLP, SOAP, TRANSIENT

from .answering import EXPECTED, HERE, IDP, NOW, signer

USUAL = {
    "issuer": IDP,
    "made": f"{NOW:%FT%TZ}",
    "to": f'Destination="{HERE}"',
    "name": "<saml:NameID>s00000000:999990007</saml:NameID>",
    "sessions": "<samlp:SessionIndex>session-1</samlp:SessionIndex>",
    "until": f'NotOnOrAfter="{NOW + timedelta(minutes=2):%FT%TZ}"',
    "id": "_end",
}


def _message(by: str = "idp", **changed: str) -> bytes:
    part = USUAL | changed
    text = (
        f'<samlp:LogoutRequest xmlns:samlp="{SAMLP}" xmlns:saml="{SAML}" ID="{part["id"]}" Version="2.0" '
        f'IssueInstant="{part["made"]}" {part["to"]} {part["until"]}><saml:Issuer>{part["issuer"]}</saml:Issuer>'
        f'<ds:Signature xmlns:ds="{DS}" Id="placeholder"/>{part["name"]}{part["sessions"]}</samlp:LogoutRequest>'
    )
    if by:
        tool = XMLSigner(c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0)
        who = signer(by)
        element = tool.sign(
            etree.fromstring(text), key=who.key, cert=[who.certificate], reference_uri=part["id"], id_attribute="ID"
        )
        text = etree.tostring(element).decode()
    return f'<soap:Envelope xmlns:soap="{SOAP}"><soap:Body>{text}</soap:Body></soap:Envelope>'.encode()


def _read(content: bytes) -> Ended:
    return ended(content, {"idp": signer("idp").certificate}, EXPECTED, NOW)


def test_a_message_that_is_right_names_the_sessions_that_end():
    assert _read(_message()) == Ended(id="_end", sessions=("session-1",), whom=None)


def test_a_message_without_a_session_ends_all_of_that_person():
    found = _read(_message(sessions=""))
    assert found == Ended(id="_end", sessions=(), whom=Identifier(type=IdentifierType.BSN, value="999990007"))


WRONG = {
    "unsigned": {"by": ""},
    "signed by another": {"by": "another"},
    "another issuer": {"issuer": "https://evil.example"},
    "for another address": {"to": 'Destination="https://evil.example/"'},
    "for no address": {"to": ""},
    "made long ago": {"made": f"{NOW - timedelta(minutes=7):%FT%TZ}"},
    "made tomorrow": {"made": f"{NOW + timedelta(days=1):%FT%TZ}"},
    "over": {"until": f'NotOnOrAfter="{NOW - timedelta(minutes=2):%FT%TZ}"'},
    "of nobody": {"name": ""},
    "of nobody we know, without a session": {
        "name": f'<saml:NameID Format="{TRANSIENT}">x</saml:NameID>',
        "sessions": "",
    },
    "a session without a name": {"sessions": "<samlp:SessionIndex/>"},
    "a session of great length": {"sessions": f"<samlp:SessionIndex>{'x' * 201}</samlp:SessionIndex>"},
    "an id of great length": {"id": "_" + "x" * 200},
}


@pytest.mark.parametrize("changed", WRONG.values(), ids=WRONG.keys())
def test_a_message_to_log_out_with_one_thing_wrong_is_refused(changed: dict[str, str]):
    with pytest.raises(AnswerRefused):
        _read(_message(**changed))


@pytest.mark.parametrize("content", [b"", b"<x/>", b"<!DOCTYPE x><x/>", b"logout"])
def test_what_is_no_message_is_refused(content: bytes):
    with pytest.raises(AnswerRefused):
        _read(content)
