"""An identity or assertion that was encrypted for us, and everything that only looks like one."""

import pytest

from dichterbij.ground.identity.domain import Identifier, IdentifierType
from dichterbij.ground.identity.saml.answers import Believed, believed
from dichterbij.ground.identity.saml.checks import AnswerRefused
from dichterbij.ground.identity.saml.names import ACTING_SUBJECT, EID_BSN, LEGAL_SUBJECT, TRANSIENT, XENC

from .answering import EXPECTED, NOW, US, answer, assertion, signed, signer
from .sealing import CBC_METHOD, GCM, encrypted

NAME = f'<saml:NameID NameQualifier="{EID_BSN}">999990007</saml:NameID>'
PASSING = f'<saml:NameID Format="{TRANSIENT}">a-name-for-once</saml:NameID>'
ANNA = Identifier(type=IdentifierType.BSN, value="999990007")


def _read(inside: str) -> Believed:
    return believed(answer(inside), {"idp": signer("idp").certificate}, EXPECTED, NOW)


def _said(*values: str, name: str = ACTING_SUBJECT) -> dict[str, str]:
    """Return what the routing service says: a name for once, and who acts, encrypted."""
    inside = "".join(f"<saml:AttributeValue>{value}</saml:AttributeValue>" for value in values)
    said = f'<saml:AttributeStatement><saml:Attribute Name="{name}">{inside}</saml:Attribute></saml:AttributeStatement>'
    return {"subject": PASSING, "attributes": said}


def _passed(**changed: str) -> Believed:
    return _read(signed(assertion(**changed)))


@pytest.mark.parametrize("method", [GCM, CBC_METHOD])
def test_who_acts_is_read_from_what_the_routing_service_encrypted_for_us(method: str):
    found = _passed(**_said(encrypted(NAME, method=method)))
    assert found.identifiers[0] == ANNA
    assert found.name_id == "a-name-for-once", "what an address carries says nothing about who it is"


def test_a_name_encrypted_in_the_subject_is_read_and_stays_out_of_addresses():
    found = _passed(subject=encrypted("<saml:NameID>s00000000:999990007</saml:NameID>"))
    assert (found.identifiers[0], found.name_id) == (ANNA, "")


def test_of_several_only_what_is_for_us_is_opened():
    theirs, ours = encrypted(NAME, by=(("another", "https://other.example"),)), encrypted(NAME)
    assert _passed(**_said(theirs, ours)).identifiers[0] == ANNA
    both = encrypted(NAME, by=(("another", "https://other.example"), ("us", US)))
    assert _passed(**_said(both)).identifiers[0] == ANNA


def test_a_whole_assertion_can_be_encrypted_around_its_signature():
    assert _read(encrypted(signed(assertion()), "EncryptedAssertion")).identifiers[0] == ANNA


WRONG = {
    "for somebody else": encrypted(NAME, by=(("another", "https://other.example"),)),
    "with the key of somebody else under our name": encrypted(NAME, by=(("another", US),)),
    "under the older padding": encrypted(NAME, transport=f"{XENC}rsa-1_5"),
    "with a cipher that is too weak": encrypted(NAME).replace(GCM, f"{XENC}tripledes-cbc"),
    "without a method": encrypted(NAME).replace(f'Algorithm="{GCM}"', ""),
    "something else than a name": encrypted("<saml:Issuer>999990007</saml:Issuer>"),
    "two names": encrypted(NAME + NAME),
    "no element": encrypted("999990007"),
    "a document type": encrypted("<!DOCTYPE x [<!ENTITY e 'x'>]>" + NAME),
    "a number that cannot be": encrypted(NAME.replace("999990007", "999990008")),
    "a name that is only for once": encrypted(PASSING),
    "an identity of a kind that only others can open": encrypted(NAME.replace("legacy-BSN", "BSN")),
    "something encrypted beside it": encrypted(NAME).replace("<ds:KeyInfo>", "<ds:KeyInfo><xenc:EncryptedData/>"),
}


@pytest.mark.parametrize("sealed", WRONG.values(), ids=WRONG.keys())
def test_an_encrypted_identity_with_one_thing_wrong_is_refused(sealed: str):
    with pytest.raises(AnswerRefused):
        _passed(**_said(sealed))


def test_for_whom_somebody_acts_is_not_read_and_therefore_refused():
    with pytest.raises(AnswerRefused) as refused:
        _passed(**_said(encrypted(NAME), name=LEGAL_SUBJECT))
    assert refused.value.check == "LegalSubjectID"


def test_nobody_is_known_by_a_name_that_is_only_for_once():
    with pytest.raises(AnswerRefused):
        _passed(subject=PASSING)


@pytest.mark.parametrize("changed", ["method", "unsigned", "wrapped"])
def test_an_encrypted_assertion_is_only_believed_with_its_signature_inside(changed: str):
    if changed == "method":
        sealed = encrypted(signed(assertion()), "EncryptedAssertion", method=CBC_METHOD)
    elif changed == "unsigned":
        sealed = encrypted(assertion(), "EncryptedAssertion")
    else:
        sealed = signed(assertion()) + encrypted(signed(assertion(name_id="s00000000:999990019")), "EncryptedAssertion")
    with pytest.raises(AnswerRefused):
        _read(sealed)


def test_one_changed_byte_is_noticed():
    sealed = encrypted(signed(assertion()), "EncryptedAssertion")
    start = sealed.rindex("<xenc:CipherValue>") + 60
    other = "B" if sealed[start] == "A" else "A"
    with pytest.raises(AnswerRefused):
        _read(sealed[:start] + other + sealed[start + 1 :])
