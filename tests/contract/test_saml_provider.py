"""Login by SAML against an independent identity provider that runs here: every right way in, and the wrong ones."""

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from ipaddress import IPv4Address
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from django.http import HttpResponse
from django.test import Client

from dichterbij.ground.identity import means
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.configuration import Service
from dichterbij.ground.identity.domain import Audience, IdentifierType, Level
from dichterbij.ground.identity.models import LoginRow
from dichterbij.ground.identity.saml import connections, messages
from dichterbij.ground.identity.saml import means as saml
from dichterbij.ground.identity.saml.peer import own_of
from dichterbij.kernel.identifiers import Bsn
from dichterbij.web import security

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, databases=["default", "logbook"])]

FOLDER = Path(__file__).parents[1] / "peers" / "saml"
PORT = 18473
IDP, HERE, US = f"http://127.0.0.1:{PORT}", "http://testserver", "http://testserver/saml"
CLASSES = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
LOW, SUBSTANTIAL, HIGH = CLASSES + "MobileTwoFactorContract", CLASSES + "Smartcard", CLASSES + "SmartcardPKI"
ANNA, BORIS = "s00000000:999990007", "s00000000:999990019"


@dataclass
class Elsewhere:
    """The identity provider, and a browser at its site."""

    service: Service

    def says(self, name_id: str = ANNA, level: str = SUBSTANTIAL, *, wrong: str = "", encrypted: str = "") -> list[str]:
        """Decide who logs in next and what is wrong with the answer; returns who was logged out until now."""
        told = {"name_id": name_id, "level": level, "wrong": wrong, "encrypted": encrypted}
        return list(httpx.post(f"{IDP}/control", content=json.dumps(told)).raise_for_status().json())

    def ends(self, *sessions: str, to: str = "", signed: bool = True) -> str:
        """Return the message that sessions ended there; without any, all of Anna."""
        address = to or self.service.ended_at
        told = {"to": address, "for": US, "name_id": ANNA, "sessions": sessions, "signed": signed}
        return httpx.post(f"{IDP}/end", content=json.dumps(told)).raise_for_status().text

    def hears(self, answer: bytes) -> str:
        """Return the status that the provider reads in our signed answer."""
        return httpx.post(f"{IDP}/ended", content=answer).raise_for_status().text

    def walk(self, address: str) -> str:
        """Return the address with which somebody comes back."""
        assert address.startswith(IDP)
        answer = httpx.get(address)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]


def make_key(folder: Path, name: str) -> None:
    """Write a key and a certificate, as an operator would make them, also for a machine here."""
    key = rsa.generate_private_key(65537, 2048)
    called, today = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]), datetime.now(UTC)
    builder = x509.CertificateBuilder(issuer_name=called, subject_name=called, public_key=key.public_key())
    builder = builder.serial_number(1).not_valid_before(today - timedelta(days=1))
    here = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    builder = builder.add_extension(here, critical=False).not_valid_after(today + timedelta(days=1))
    certificate = builder.sign(key, SHA256())
    encoding = serialization.Encoding.PEM
    form = (serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
    (folder / f"{name}.key").write_bytes(key.private_bytes(encoding, *form))
    (folder / f"{name}.crt").write_bytes(certificate.public_bytes(encoding))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The means as an operator configures it: at most substantial, though the provider can say high."""
    folder = tmp_path_factory.mktemp("saml")
    for name in ("ours", "idp"):
        make_key(folder, name)
    return Service(
        id="digid",
        name="Inlogdienst van de tests",
        audience=Audience.CITIZEN,
        client_id=US,
        client_key=folder / "ours.key",
        client_certificate=folder / "ours.crt",
        metadata=folder / "idp.xml",
        address=HERE,
        identifier_types=frozenset({IdentifierType.BSN}),
        levels={LOW: Level.LOW, SUBSTANTIAL: Level.SUBSTANTIAL},
    )


@pytest.fixture(scope="module")
def process(service: Service) -> Iterator[None]:
    """Run the provider; its packages must be there, because a peer that is not tried proves nothing."""
    python, folder = Path(sys.prefix) / "saml-peer" / "bin" / "python", service.metadata.parent
    assert python.exists(), f"make {python.parents[1]} with the packages of {FOLDER.name}/requirements.txt first"
    assert shutil.which("xmlsec1")
    ours = messages.metadata(issuer=US, back_to=service.arrival, ended_at=service.ended_at, own=own_of(service))
    (folder / "ours.xml").write_bytes(ours)
    (folder / "theirs.xml").write_bytes(ours.replace(US.encode(), b"https://evil.example/saml"))
    given = {"port": PORT, "folder": str(folder), "evil": BORIS}
    with (folder / "log").open("w") as log:
        command = [python, FOLDER / "provider.py", json.dumps(given)]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert running.stdout is not None
        assert running.stdout.readline().strip() == "ready", (folder / "log").read_text()
        yield
        running.kill()
        running.communicate()


@pytest.fixture
def elsewhere(process: None, service: Service, organisations: None) -> Iterator[Elsewhere]:
    """Admit the means; a demonstration allows it without https."""
    saml.register(service)
    yield Elsewhere(service)
    means._means.pop("digid")
    connections._connections.pop("digid")
    security.form_targets.clear()
    security.form_targets.add("'self'")


@pytest.fixture
def organisations(transactional_db: None) -> Iterator[None]:
    """Set up the shipped organisations, with keys."""
    from dichterbij.ground.organisations import queries, services

    queries.forget()
    services.set_up_all()
    yield
    queries.forget()


def _start(client: Client, level: str = "low") -> str:
    answer = client.post("/login/start", {"means": "digid", "next": "/applications", "for": "citizen", "level": level})
    assert answer.status_code == 302
    return str(answer["Location"])


def _come_back(client: Client, address: str) -> HttpResponse:
    assert address.startswith(f"{HERE}/login/saml/digid?")
    return client.get(address.removeprefix(HERE))


def _log_in(client: Client, elsewhere: Elsewhere, level: str = "low") -> HttpResponse:
    return _come_back(client, elsewhere.walk(_start(client, level)))


@pytest.mark.parametrize("level", ["low", "substantial"])
def test_somebody_logs_in_or_steps_up_with_three_redirects_and_returns_to_their_page(
    client: Client, elsewhere: Elsewhere, level: str
) -> None:
    """One away, one back from the provider, one to the page: everything the browser followed."""
    elsewhere.says(level=LOW)
    _log_in(client, elsewhere)
    elsewhere.says()
    followed = [_start(client, level)]
    followed.append(elsewhere.walk(followed[0]))
    answer = _come_back(client, followed[1])
    while answer.status_code == 302:
        followed.append(answer["Location"])
        answer = client.get(followed[-1])
    assert (answer.status_code, len(followed), followed[-1]) == (200, 3, "/applications")
    row = LoginRow.objects.get(ended="")
    assert (row.level, row.means) == (Level.SUBSTANTIAL, "digid")


def test_somebody_who_was_still_logged_in_at_the_provider_shows_again_who_they_are(
    client: Client, elsewhere: Elsewhere
) -> None:
    """A shared computer: the provider remembers Anna, but it is Boris who sits there now."""
    elsewhere.says()
    _log_in(client, elsewhere)
    elsewhere.says(BORIS)
    _log_in(Client(), elsewhere)
    parties = {row.party_id for row in LoginRow.objects.all()}
    assert parties == {identity.party_for(Bsn("999990007")), identity.party_for(Bsn("999990019"))}


def test_the_browser_carries_no_number_of_the_person(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says()
    asked = _start(client)
    assert "999990007" not in asked + elsewhere.walk(asked)


def test_a_lower_level_than_was_asked_is_refused_though_the_provider_calls_it_a_success(
    client: Client, elsewhere: Elsewhere
) -> None:
    elsewhere.says(level=LOW)
    assert _log_in(client, elsewhere, "substantial").status_code == 403
    assert not LoginRow.objects.exists()


def test_a_level_the_means_was_not_admitted_for_counts_as_none(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says(level=HIGH)
    assert _log_in(client, elsewhere).status_code == 403


WRONG = {
    "level": "Signature",
    "unsigned": "Signature",
    "wrapped": "Assertion",
    "audience": "Audience",
    "recipient": "Destination",
    "request": "InResponseTo",
    "expired": "NotOnOrAfter",
    "long ago": "AuthnInstant",
}


@pytest.mark.parametrize(("wrong", "check"), WRONG.items(), ids=WRONG.keys())
def test_an_answer_with_one_thing_wrong_is_refused_for_that(
    client: Client, elsewhere: Elsewhere, wrong: str, check: str, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere.says(wrong=wrong)
    assert _log_in(client, elsewhere).status_code == 403
    assert any(check in message and "through digid" in message for message in caplog.messages), caplog.messages
    assert not LoginRow.objects.exists()
    elsewhere.says()
    assert _log_in(client, elsewhere).status_code == 302


def test_an_answer_of_another_browser_or_a_second_time_is_refused(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says()
    back = elsewhere.walk(_start(client))
    assert _come_back(Client(), back).status_code == 403
    assert _come_back(client, back).status_code == 302
    assert _come_back(client, back).status_code == 403


def test_an_artifact_counts_once_also_when_the_provider_gives_its_answer_twice(
    client: Client, elsewhere: Elsewhere
) -> None:
    elsewhere.says(wrong="artifact twice")
    back = elsewhere.walk(_start(client))
    session = client.session
    asked = session["login_requests"]
    assert _come_back(client, back).status_code == 302
    other = Client()
    session = other.session
    session["login_requests"] = asked
    session.save()
    assert _come_back(other, back).status_code == 403


def test_an_artifact_of_another_provider_is_shown_to_nobody(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says()
    back = elsewhere.walk(_start(client))
    query = {name: value[0] for name, value in parse_qs(urlsplit(back).query).items()}
    evil = base64.b64encode(
        b"\x00\x04\x00\x00" + sha1(b"https://evil.example", usedforsecurity=False).digest() + bytes(20)
    ).decode()
    assert client.get("/login/saml/digid", query | {"SAMLart": evil}).status_code == 403
    assert not LoginRow.objects.exists()


def test_an_answer_at_the_address_of_another_means_is_refused(
    client: Client, elsewhere: Elsewhere, service: Service
) -> None:
    elsewhere.says()
    back = elsewhere.walk(_start(client)).removeprefix(HERE)
    connections.add("other", connections.named("digid"))
    assert client.get(back.replace("/saml/digid?", "/saml/other?")).status_code == 403
    connections._connections.pop("other")


def test_stopping_at_the_provider_leads_back_to_the_choice(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says(wrong="cancel")
    answer = _log_in(client, elsewhere)
    assert answer.status_code == 302
    assert "cancelled=1" in answer["Location"]


def test_logging_out_here_ends_the_session_there(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says()
    _log_in(client, elsewhere)
    answer = client.post("/logout")
    assert answer["Location"].startswith(f"{IDP}/logout?")
    assert not LoginRow.objects.filter(ended="").exists()
    assert httpx.get(answer["Location"]).text == "logged out"
    assert elsewhere.says()[-1] == ANNA
    assert not bytes(LoginRow.objects.get().upstream_token_sealed)


def test_a_step_up_that_comes_back_as_somebody_else_ends_everything(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says(level=LOW)
    _log_in(client, elsewhere)
    elsewhere.says(BORIS)
    assert _log_in(client, elsewhere, "substantial").status_code == 403
    assert not LoginRow.objects.filter(ended="").exists()


def test_our_metadata_says_where_to_come_back_without_our_secret(client: Client, elsewhere: Elsewhere) -> None:
    told = client.get("/login/saml/digid/metadata").content.decode()
    assert f'Location="{HERE}/login/saml/digid"' in told
    assert "PRIVATE" not in told


@pytest.mark.parametrize("encrypted", ["identity", "assertion"])
def test_what_the_provider_encrypts_for_us_is_read(client: Client, elsewhere: Elsewhere, encrypted: str) -> None:
    elsewhere.says("999990007" if encrypted == "identity" else ANNA, encrypted=encrypted)
    assert _log_in(client, elsewhere, "substantial")["Location"] == "/applications"
    own = identity.party_for(Bsn("999990007"))
    assert LoginRow.objects.get(ended="").party_id == own


@pytest.mark.parametrize("encrypted", ["identity", "assertion"])
def test_what_is_encrypted_for_another_is_refused(client: Client, elsewhere: Elsewhere, encrypted: str) -> None:
    elsewhere.says("999990007", encrypted=encrypted, wrong="key")
    assert _log_in(client, elsewhere).status_code == 403
    assert not LoginRow.objects.exists()


def _end(client: Client, message: str) -> HttpResponse:
    return client.post("/login/saml/digid/logout", message, content_type="text/xml")


def test_a_session_that_ends_at_the_provider_ends_the_login_here_and_counts_once(
    client: Client, elsewhere: Elsewhere
) -> None:
    elsewhere.says()
    _log_in(client, elsewhere)
    message = elsewhere.ends(LoginRow.objects.get(ended="").upstream_session)
    answer = _end(Client(), message)
    assert answer.status_code == 200
    assert elsewhere.hears(answer.content).endswith("status:Success")
    assert not LoginRow.objects.filter(ended="").exists()
    assert "U bent uitgelogd" in client.get("/login?next=/applications").content.decode()
    _log_in(client, elsewhere)
    assert _end(Client(), message).status_code == 400
    assert LoginRow.objects.filter(ended="").exists()


def test_a_provider_that_names_no_session_ends_every_login_of_that_person_through_it(
    client: Client, elsewhere: Elsewhere
) -> None:
    elsewhere.says()
    _log_in(client, elsewhere)
    elsewhere.says(BORIS)
    _log_in(Client(), elsewhere)
    assert _end(Client(), elsewhere.ends()).status_code == 200
    still = LoginRow.objects.get(ended="")
    assert still.party_id == identity.party_for(Bsn("999990019"))


def test_a_message_to_log_out_that_is_not_signed_or_not_for_us_ends_nothing(
    client: Client, elsewhere: Elsewhere
) -> None:
    elsewhere.says()
    _log_in(client, elsewhere)
    session = LoginRow.objects.get(ended="").upstream_session
    right = elsewhere.ends(session)
    spoiled = [
        elsewhere.ends(session, signed=False),
        elsewhere.ends(session, to="https://evil.example/logout"),
        right.replace(session, f"{session}x"),
        "",
    ]
    assert [_end(Client(), message).status_code for message in spoiled] == [400] * 4
    assert LoginRow.objects.filter(ended="").exists()


def test_our_metadata_says_where_we_hear_of_an_end_and_with_which_key_to_encrypt(
    client: Client, elsewhere: Elsewhere
) -> None:
    told = client.get("/login/saml/digid/metadata").content.decode()
    assert f'Location="{HERE}/login/saml/digid/logout"' in told
    assert 'use="encryption"' in told


def test_a_provider_that_is_down_is_said(client: Client, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere.says()
    back = elsewhere.walk(_start(client))

    def away(*_asked: object, **_more: object) -> httpx.Response:
        raise httpx.ConnectTimeout("away")

    monkeypatch.setattr(connections.named("digid").peer._http, "stream", away)
    answer = _come_back(client, back)
    assert answer.status_code == 503
    assert "geeft nu geen antwoord" in answer.content.decode()
