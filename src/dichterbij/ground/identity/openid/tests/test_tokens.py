"""A token is believed when everything about it is right, and refused when one thing is not."""

import base64
import hmac
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from dichterbij.ground.identity.domain import AssertionRefused, Identifier, IdentifierType
from dichterbij.ground.identity.openid import tokens

AT = datetime(2026, 6, 15, 8, 0, tzinfo=UTC)
KEY = ECKey.generate_key("P-256", parameters={"kid": "one"})
RSA = RSAKey.generate_key(2048, parameters={"kid": "rsa"})
KEYS = KeySet([KEY, RSA])
EXPECTED = tokens.Expected(issuer="https://broker.example", client="dichterbij")
ID = {
    "iss": "https://broker.example",
    "aud": "dichterbij",
    "sub": "999990007",
    "sub_id_type": "urn:nl-eid-gdi:1.0:id:BSN",
    "acr": "http://eidas.europa.eu/LoA/substantial",
    "nonce": "n",
    "sid": "s",
    "iat": int(AT.timestamp()),
    "exp": int(AT.timestamp()) + 300,
    "auth_time": int(AT.timestamp()) - 60,
}
LOGOUT = {
    "iss": "https://broker.example",
    "aud": "dichterbij",
    "jti": "message",
    "sid": "s",
    "events": {tokens.LOGOUT_EVENT: {}},
    "iat": int(AT.timestamp()),
    "exp": int(AT.timestamp()) + 120,
}
GONE = object()


def _signed(claims: dict[str, object], key=KEY, alg: str = "ES256", **header: str) -> str:
    left = {name: value for name, value in claims.items() if value is not GONE}
    return jwt.encode({"alg": alg, "kid": key.kid, **header}, left, key, algorithms=[alg])


def _identity(token: str, at: datetime = AT) -> tokens.Identity:
    return tokens.identity(token, KEYS, expected=EXPECTED, nonce="n", at=at)


def _logged_out(token: str, at: datetime = AT) -> tokens.LoggedOut:
    return tokens.logged_out(token, KEYS, expected=EXPECTED, at=at)


def test_a_right_token_says_who_is_there_and_how_surely():
    found = _identity(_signed(ID))
    assert found.identifiers == (Identifier(type=IdentifierType.BSN, value="999990007"),)
    assert (found.level, found.session) == ("http://eidas.europa.eu/LoA/substantial", "s")


@pytest.mark.parametrize("alg", ["RS256", "PS256"])
def test_the_algorithms_of_the_profile_are_understood(alg: str):
    assert _identity(_signed(ID, RSA, alg)).session == "s"


def test_a_token_without_type_of_number_is_about_a_pseudonym():
    assert _identity(_signed(ID | {"sub_id_type": GONE})).identifiers[0].type is IdentifierType.PSEUDONYM


def test_a_pseudonym_of_one_provider_is_not_that_of_another():
    elsewhere = tokens.Expected(issuer="https://other.example", client="dichterbij")
    name = {"sub_id_type": GONE, "sub": "1"}
    there = _signed(ID | name | {"iss": elsewhere.issuer})
    found = tokens.identity(there, KEYS, expected=elsewhere, nonce="n", at=AT)
    assert found.identifiers != _identity(_signed(ID | name)).identifiers


@pytest.mark.parametrize("changed", [{"sub": "999990008"}, {"sub": "x"}, {"sid": "s" * 201}])
def test_a_number_that_does_not_exist_or_a_session_too_long_to_keep_is_refused(changed: dict[str, object]):
    with pytest.raises(tokens.TokenRefused):
        _identity(_signed(ID | changed))


@pytest.mark.parametrize("acr", [GONE, None, 3, ["high"]])
def test_a_level_that_is_missing_or_no_text_is_no_level(acr: object):
    assert not _identity(_signed(ID | {"acr": acr})).level


COMPANY = {"sub": "90123456", "sub_id_type": IdentifierType.KVK, "name": "Verzonnen B.V."}
MAY_REPRESENT = replace(EXPECTED, represents=True)


@pytest.mark.parametrize("said", [COMPANY, {"sub": "1", "sub_id_type": IdentifierType.KVK, "represents": COMPANY}])
def test_the_last_of_a_chain_is_for_whom_somebody_acts(said: dict[str, object]):
    token = _signed(ID | {"represents": said})
    found = tokens.identity(token, KEYS, expected=MAY_REPRESENT, nonce="n", at=AT)
    assert (found.represents, found.represents_name) == (
        Identifier(type=IdentifierType.KVK, value="90123456"),
        "Verzonnen B.V.",
    )


TWICE = {"sub": "1", "sub_id_type": IdentifierType.KVK}


@pytest.mark.parametrize(
    "said",
    [
        "90123456",
        [],
        {"sub": "90123456"},
        {"sub_id_type": IdentifierType.KVK},
        {"sub": "999990008", "sub_id_type": IdentifierType.BSN},
        {**TWICE, "represents": None},
        {**TWICE, "represents": {**TWICE, "represents": COMPANY}},
        {**COMPANY, "name": "x" * 201},
    ],
)
def test_for_whom_somebody_acts_is_refused_when_it_is_not_exactly_right(said: object):
    with pytest.raises(tokens.TokenRefused):
        token = _signed(ID | {"represents": said})
        tokens.identity(token, KEYS, expected=MAY_REPRESENT, nonce="n", at=AT)


WRONG = {
    "another issuer": {"iss": "https://other.example"},
    "no issuer": {"iss": GONE},
    "another client": {"aud": "somebody"},
    "two clients, not saying for which": {"aud": ["dichterbij", "somebody"]},
    "for another client": {"aud": ["dichterbij", "somebody"], "azp": "somebody"},
    "another nonce": {"nonce": "m"},
    "no nonce": {"nonce": GONE},
    "nobody": {"sub": GONE},
    "an unheard-of number": {"sub_id_type": "urn:other"},
    "over": {"exp": ID["iat"] - 61, "iat": ID["iat"] - 200},
    "no end": {"exp": GONE},
    "an end that is no number": {"exp": "tomorrow"},
    "from the future": {"iat": ID["iat"] + 61, "exp": ID["iat"] + 120},
    "a life longer than five minutes": {"exp": ID["iat"] + 301},
    "not valid yet": {"nbf": ID["iat"] + 61},
    "valid from a moment that is no number": {"nbf": "now"},
    "of a session that was left open": {"auth_time": ID["iat"] - 961},
    "not saying when somebody showed who they are": {"auth_time": GONE},
    "on behalf of another": {"represents": {"sub": "999990019"}},
}


@pytest.mark.parametrize("changed", WRONG.values(), ids=WRONG.keys())
def test_an_id_token_with_one_thing_wrong_is_refused(changed: dict[str, object]):
    with pytest.raises(AssertionRefused):
        _identity(_signed(ID | changed))


def test_two_clients_are_right_when_the_token_says_it_is_for_us():
    assert _identity(_signed(ID | {"aud": ["dichterbij", "somebody"], "azp": "dichterbij"})).session == "s"


def test_a_minute_of_difference_between_clocks_is_accepted():
    assert _identity(_signed(ID), AT + timedelta(seconds=359)).session == "s"
    assert _identity(_signed(ID), AT - timedelta(seconds=60)).session == "s"


def test_a_token_without_signature_or_with_the_public_key_as_secret_is_refused():
    public = RSA.as_pem(private=False)
    for token in (
        _by_hand({"alg": "none"}, lambda _signed: b""),
        _by_hand({"alg": "HS256", "kid": "rsa"}, lambda signed: hmac.digest(public, signed, "sha256")),
        "",
        "a.b.c",
        _signed(ID)[:-4] + "AAAA",
    ):
        with pytest.raises(AssertionRefused):
            _identity(token)


def _by_hand(header: dict[str, str], sign: Callable[[bytes], bytes]) -> str:
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, ID)]
    signature = base64.urlsafe_b64encode(sign(b".".join(parts))).rstrip(b"=")
    return b".".join((*parts, signature)).decode()


def test_an_unknown_key_is_told_apart_so_that_the_keys_can_be_asked_again():
    other = ECKey.generate_key("P-256", parameters={"kid": "two"})
    with pytest.raises(tokens.KeyUnknown):
        _identity(_signed(ID, other))


def test_another_key_under_a_known_name_is_refused():
    other = ECKey.generate_key("P-256", parameters={"kid": "one"})
    with pytest.raises(AssertionRefused):
        _identity(_signed(ID, other))


def test_a_right_logout_token_says_which_session_ended():
    assert _logged_out(_signed(LOGOUT)) == tokens.LoggedOut(session="s", id="message")


@pytest.mark.parametrize(
    "changed",
    [{"aud": "other"}, {"nonce": "n"}, {"events": GONE}, {"events": {}}, {"events": "x"}, {"sid": GONE}, {"jti": GONE}],
    ids=["aud", "nonce", "no events", "other events", "text events", "no session", "no message id"],
)
def test_a_logout_token_with_one_thing_wrong_is_refused(changed: dict[str, object]):
    with pytest.raises(AssertionRefused):
        _logged_out(_signed(LOGOUT | changed))


ABROAD = {"sub": "ES/NL/48123456X", "sub_id_type": IdentifierType.EIDAS}
NUMBER = {"sub": "999990007", "sub_id_type": IdentifierType.BSN, "aud": "dichterbij"}


def test_what_another_country_calls_somebody_comes_with_the_number_that_the_national_link_gives():
    alone, linked = _identity(_signed(ID | ABROAD)), _identity(_signed(ID | ABROAD | {"alt_sub": [NUMBER]}))
    assert [each.type for each in alone.identifiers] == [IdentifierType.EIDAS]
    assert [each.type for each in linked.identifiers] == [IdentifierType.EIDAS, IdentifierType.BSN]
    for_another = _identity(_signed(ID | ABROAD | {"alt_sub": [NUMBER | {"aud": "somebody"}]}))
    assert for_another.identifiers == alone.identifiers


@pytest.mark.parametrize("foreign", ["48123456X", "ES/BE/48123456X", "es/NL/1", "ES/NL/", "ES/NL/1 2", "ES/NL/1/2"])
def test_what_another_country_calls_somebody_has_the_form_of_the_profile(foreign: str):
    with pytest.raises(tokens.TokenRefused):
        _identity(_signed(ID | ABROAD | {"sub": foreign}))


@pytest.mark.parametrize("said", ["999990007", {}, ["999990007"], [{"sub": "1", "aud": "dichterbij"}]])
def test_another_name_that_is_not_exactly_right_is_refused(said: object):
    with pytest.raises(tokens.TokenRefused):
        _identity(_signed(ID | ABROAD | {"alt_sub": said}))
