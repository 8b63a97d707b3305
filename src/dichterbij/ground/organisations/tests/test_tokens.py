"""Tokens between organisations: only who signed, only to whom, only as it was."""

import base64

import pytest
from joserfc import jwe, jws
from joserfc.jwk import OctKey

from dichterbij.ground.organisations import keys, queries, services, tokens
from dichterbij.ground.organisations.domain import InvalidOrganisationFile, TokenRefused
from dichterbij.kernel.identifiers import Oin

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
KIND = "test+jwt"


@pytest.fixture
def duo(organisations):
    return queries.by_key("duo").oin


@pytest.fixture
def svb(organisations):
    return queries.by_key("svb").oin


def test_what_an_organisation_signed_is_read_with_who_signed(duo):
    assert tokens.signed_by(tokens.sign(duo, {"iss": "x"}, kind=KIND), kind=KIND) == (duo, {"iss": "x"})


def test_a_token_for_something_else_is_refused(duo):
    with pytest.raises(TokenRefused):
        tokens.signed_by(tokens.sign(duo, {}, kind="other+jwt"), kind=KIND)


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_token_with_one_character_changed_is_refused(duo, part):
    parts = tokens.sign(duo, {"level": 1}, kind=KIND).split(".")
    parts[part] = parts[part][:-2] + ("AA" if parts[part][-2:] != "AA" else "BB")
    with pytest.raises(TokenRefused):
        tokens.signed_by(".".join(parts), kind=KIND)


def test_a_token_in_the_name_of_another_organisation_is_refused(duo, svb):
    _, content, signature = tokens.sign(duo, {}, kind=KIND).split(".")
    header, _, _ = tokens.sign(svb, {}, kind=KIND).split(".")
    with pytest.raises(TokenRefused):
        tokens.signed_by(f"{header}.{content}.{signature}", kind=KIND)


@pytest.mark.filterwarnings("ignore:.*deprecated")
@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_a_token_that_chooses_its_own_algorithm_is_refused(duo, algorithm):
    public = base64.urlsafe_b64decode(tokens.public_keys(duo)["sign"] + "=")
    header = {"alg": algorithm, "typ": KIND, "kid": duo.value}
    key = OctKey.import_key(public.ljust(64, b"x"))
    forged = jws.serialize_compact(header, b"{}", key, algorithms=[algorithm])
    with pytest.raises(TokenRefused):
        tokens.signed_by(forged, kind=KIND)


@pytest.mark.parametrize("junk", ["", "a", "a.b.c", "é", "." * 40, "x" * 9_000])
def test_what_is_no_token_is_refused(duo, junk):
    with pytest.raises(TokenRefused):
        tokens.signed_by(junk, kind=KIND)
    with pytest.raises(TokenRefused):
        tokens.decrypt(duo, junk)


def test_only_the_receiver_can_read_what_was_encrypted_to_it(duo, svb):
    token = tokens.encrypt(svb, b"999993653")
    assert tokens.decrypt(svb, token) == b"999993653"
    with pytest.raises(TokenRefused):
        tokens.decrypt(duo, token)


def test_a_compressed_token_is_refused(duo):
    key = tokens._public_key(duo, "exchange")
    header = {"alg": "ECDH-ES", "enc": "A256GCM", "zip": "DEF"}
    bomb = jwe.encrypt_compact(header, b"0" * 500_000, key, algorithms=["ECDH-ES", "A256GCM", "DEF"])
    with pytest.raises(TokenRefused):
        tokens.decrypt(duo, bomb)


def test_an_organisation_without_a_known_key_is_no_sender_and_no_receiver(organisations):
    cak = queries.by_key("cak").oin
    with pytest.raises(TokenRefused):
        tokens.encrypt(cak, b"x")
    with pytest.raises(TokenRefused):
        tokens.encrypt(Oin("0" * 20), b"x")


FILE = """
oin: "00000099100000009999"
key: elsewhere
name: Elders
kind: agency
territory: NL
provider_url: https://elders.example/api/provider/v1
may_ask: true
public_keys:
  sign: {sign}
  exchange: {exchange}
contact: {{url: https://elders.example}}
"""


def test_the_keys_in_the_file_of_an_organisation_elsewhere_are_the_ones_that_count(tmp_path, duo, organisations):
    given = tokens.public_keys(duo)
    (tmp_path / "elsewhere.yaml").write_text(FILE.format(**given), encoding="utf-8")
    made = services.set_up(tmp_path / "elsewhere.yaml")
    assert (made.may_ask, made.public_keys) == (True, given)
    assert not keys.present(made.oin)
    assert tokens.decrypt(duo, tokens.encrypt(made.oin, b"to the same key")) == b"to the same key"


@pytest.mark.parametrize("wrong", ["", "short", "#" * 43, "A" * 44])
def test_a_public_key_of_another_form_is_refused_with_the_file_named(tmp_path, duo, wrong):
    path = tmp_path / "elsewhere.yaml"
    path.write_text(FILE.format(sign=wrong or '""', exchange=tokens.public_keys(duo)["exchange"]), encoding="utf-8")
    with pytest.raises(InvalidOrganisationFile, match=r"elsewhere\.yaml"):
        services.set_up(path)


def test_an_organisation_of_before_the_exchange_key_gets_one_when_it_is_first_used(duo):
    (keys._folder(duo) / "exchange.key").unlink()
    keys._read.cache_clear()
    assert keys.present(duo)
    assert tokens.decrypt(duo, tokens.encrypt(duo, b"x")) == b"x"
