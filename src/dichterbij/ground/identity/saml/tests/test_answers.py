"""What of an answer by SAML is believed: every check alone, with everything else right."""

from datetime import timedelta

import pytest

from dichterbij.ground.identity.domain import Identifier, IdentifierType
from dichterbij.ground.identity.refusals import LoginCancelled
from dichterbij.ground.identity.saml.answers import Believed, believed
from dichterbij.ground.identity.saml.checks import AnswerRefused
from dichterbij.ground.identity.saml.names import CANCELLED

from .answering import EXPECTED, HERE, IDP, NOW, SUBSTANTIAL, US, answer, assertion, signed, signer

LATE, EARLY = f"{NOW - timedelta(minutes=2):%FT%TZ}", f"{NOW + timedelta(minutes=2):%FT%TZ}"

REMEMBERED = f"{NOW - timedelta(minutes=17):%FT%TZ}"


def _read(content: bytes) -> Believed:
    return believed(content, {"idp": signer("idp").certificate}, EXPECTED, NOW)


def test_an_answer_that_is_right_says_who_is_there_and_how_surely():
    found = _read(answer(signed(assertion())))
    assert found.identifiers[0] == Identifier(type=IdentifierType.BSN, value="999990007")
    assert (found.level, found.session, found.id) == (SUBSTANTIAL, "session-1", "_assertion")


def test_a_name_without_a_sector_is_a_name_of_this_provider_only():
    found = _read(answer(signed(assertion(name_id="pseudonym-1"))))
    assert found.identifiers[0] == Identifier(type=IdentifierType.PSEUDONYM, value=f"{IDP} pseudonym-1")


CONFIRMED = f'Recipient="{HERE}" InResponseTo="_asked" NotOnOrAfter="{EARLY}"'
WRONG_ASSERTIONS = {
    "another issuer": {"issuer": "https://evil.example"},
    "no name": {"name_id": ""},
    "another sector": {"name_id": "s00000001:999990007"},
    "a number that cannot be": {"name_id": "s00000000:999990008"},
    "not for the bearer": {"method": "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"},
    "for another address": {"confirmed": CONFIRMED.replace(HERE, "https://evil.example/")},
    "for an address that begins alike": {"confirmed": CONFIRMED.replace(HERE, HERE + "/x")},
    "for no address": {"confirmed": CONFIRMED.replace(f'Recipient="{HERE}"', "")},
    "to another question": {"confirmed": CONFIRMED.replace("_asked", "_other")},
    "to no question": {"confirmed": CONFIRMED.replace('InResponseTo="_asked"', "")},
    "too late": {"confirmed": CONFIRMED.replace(EARLY, LATE)},
    "without an end": {"confirmed": CONFIRMED.replace(f'NotOnOrAfter="{EARLY}"', "")},
    "an end that is no moment": {"confirmed": CONFIRMED.replace(EARLY, "tomorrow")},
    "conditions that are over": {"conditions": f'NotOnOrAfter="{LATE}"'},
    "conditions that have not begun": {"conditions": f'NotBefore="{EARLY}"'},
    "no audience": {"audience": ""},
    "another audience": {
        "audience": "<saml:AudienceRestriction><saml:Audience>x</saml:Audience></saml:AudienceRestriction>"
    },
    "two restrictions of which one is not ours": {
        "audience": f"<saml:AudienceRestriction><saml:Audience>{US}</saml:Audience></saml:AudienceRestriction>"
        "<saml:AudienceRestriction><saml:Audience>x</saml:Audience></saml:AudienceRestriction>"
    },
    "logged in too long ago": {"statement": f'AuthnInstant="{REMEMBERED}"'},
    "logged in tomorrow": {"statement": f'AuthnInstant="{EARLY}"'},
    "a session that is over": {"statement": f'AuthnInstant="{NOW:%FT%TZ}" SessionNotOnOrAfter="{LATE}"'},
    "a session of great length": {"statement": f'AuthnInstant="{NOW:%FT%TZ}" SessionIndex="{"x" * 201}"'},
    "no level": {"level": ""},
    "two levels": {"level": "<saml:AuthnContextClassRef>a</saml:AuthnContextClassRef>" * 2},
}


@pytest.mark.parametrize("changed", WRONG_ASSERTIONS.values(), ids=WRONG_ASSERTIONS.keys())
def test_an_assertion_with_one_thing_wrong_is_refused(changed: dict[str, str]):
    with pytest.raises(AnswerRefused):
        _read(answer(signed(assertion(**changed))))


def test_a_session_that_never_ends_is_believed():
    for never in ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999Z"):
        within = {"conditions": f'NotOnOrAfter="{never}"', "confirmed": CONFIRMED.replace(EARLY, never)}
        statement = f'AuthnInstant="{NOW:%FT%TZ}" SessionNotOnOrAfter="{never}"'
        assert _read(answer(signed(assertion(**within, statement=statement)))).id == "_assertion"


def _elsewhere(evil: str, good: str) -> str:
    """Hide the signed assertion inside one that says something else."""
    return evil.replace("</saml:Assertion>", f"<saml:Advice>{good}</saml:Advice></saml:Assertion>")


EVIL = assertion(name_id="s00000000:999990019").replace('ID="_assertion"', 'ID="_evil"')
NOT_SIGNED = {
    "no signature": assertion(),
    "a signature of somebody else": signed(assertion(), by="evil"),
    "a changed level": signed(assertion()).replace(SUBSTANTIAL, SUBSTANTIAL + "PKI"),
    "a changed person": signed(assertion()).replace("999990007", "999990019"),
    "two assertions": EVIL + signed(assertion()),
    "the signed one hidden in another": _elsewhere(EVIL, signed(assertion())),
    "the signed one hidden in one of the same name": _elsewhere(
        EVIL.replace("_evil", "_assertion"), signed(assertion())
    ),
    "no assertion": "",
}


@pytest.mark.parametrize("inside", NOT_SIGNED.values(), ids=NOT_SIGNED.keys())
def test_only_what_the_signature_covers_is_believed(inside: str):
    with pytest.raises(AnswerRefused):
        _read(answer(inside))


def test_a_signature_that_is_moved_to_another_assertion_does_not_cover_it():
    good = signed(assertion())
    signature = good[good.index("<ds:Signature") : good.index("</ds:Signature>") + len("</ds:Signature>")]
    evil = EVIL.replace(EVIL[EVIL.index("<ds:Signature") : EVIL.index("<saml:Subject>")], signature)
    wrapped = evil.replace("</ds:Signature>", f"<ds:Object>{good}</ds:Object></ds:Signature>")
    for inside in (evil, wrapped):
        with pytest.raises(AnswerRefused):
            _read(answer(inside))


@pytest.mark.parametrize(
    "changed",
    [{"asked": "_other"}, {"resolve": "_other"}, {"status": "urn:oasis:names:tc:SAML:2.0:status:Requester"}],
    ids=["to another login", "to another artifact", "no success"],
)
def test_an_answer_to_something_else_is_refused(changed: dict[str, str]):
    with pytest.raises(AnswerRefused):
        _read(answer(signed(assertion()), **changed))


def test_stopping_there_is_told_apart_from_what_is_wrong():
    responder = "urn:oasis:names:tc:SAML:2.0:status:Responder"
    with pytest.raises(LoginCancelled):
        _read(answer("", status=responder, detail=CANCELLED))


def test_a_comment_in_the_name_changes_nothing_of_who_it_is():
    commented = signed(assertion()).replace("999990007<", "999990<!-- -->007<")
    assert _read(answer(commented)).identifiers[0].value == "999990007"
    cut = signed(assertion(name_id="pseudonym-10")).replace("pseudonym-10<", "pseudonym-1<!-- -->0<")
    assert _read(answer(cut)).identifiers[0].value == f"{IDP} pseudonym-10"


def test_a_document_type_or_entity_is_refused_before_anything_is_read():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    for content in (bomb + answer(signed(assertion())), b"no xml", b"", b"\x00"):
        with pytest.raises(AnswerRefused):
            _read(content)
