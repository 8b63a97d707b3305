"""Login by OpenID Connect against an independent provider that runs here: every right way in, and the wrong ones."""

import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.http import HttpResponse
from django.test import Client
from joserfc.jwk import ECKey, RSAKey

from dichterbij.ground.identity import means
from dichterbij.ground.identity.configuration import Provider
from dichterbij.ground.identity.domain import Audience, IdentifierType, Level
from dichterbij.ground.identity.models import LoginRow
from dichterbij.ground.identity.openid import means as openid
from dichterbij.ground.identity.openid.provider import Peer
from dichterbij.ground.identity.parties import value_of
from dichterbij.web import security

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, databases=["default", "logbook"])]

FOLDER = Path(__file__).parents[1] / "peers" / "openid"
PORT, OURS = 18471, 18472
ISSUER, HERE = f"http://127.0.0.1:{PORT}", "http://testserver"
EIDAS = "http://eidas.europa.eu/LoA/"
ANNA, BORIS = "999990007", "999990019"


@dataclass
class Elsewhere:
    """The provider: who logs in next, a browser at its site, and what it told us over the back channel.

    `seen`: what the browser met there on its last visit, a redirect or a page, in order.
    """

    told: list[str]
    browser: httpx.Client
    seen: list[str] = field(default_factory=list)

    def says(
        self,
        account: str = ANNA,
        level: str = "substantial",
        *,
        cancel: bool = False,
        careless: bool = False,
        kind: IdentifierType = IdentifierType.BSN,
        represents: dict[str, object] | None = None,
    ) -> None:
        """Decide who logs in next, and for whom they act; `careless`: a level that is too low is a success there."""
        claims: dict[str, object] = {"sub_id_type": kind, "name": "A. Verzonnen"}
        claims |= {"represents": represents} if represents else {}
        said = {"account": account, "acr": EIDAS + level, "claims": claims, "cancel": cancel, "careless": careless}
        httpx.post(f"{ISSUER}/control", json=said).raise_for_status()

    def walk(self, address: str) -> str:
        """Follow somebody through the provider's site; returns the address with which they come back."""
        self.seen = []
        for _step in range(8):
            if not address.startswith(ISSUER):
                return address
            answer = self.browser.get(address)
            if answer.status_code == 200:
                self.seen.append("page")
                answer = self.browser.post(address)
            assert answer.status_code in (302, 303), answer.text
            self.seen.append("redirect")
            address = str(httpx.URL(address).join(answer.headers["Location"]))
        raise AssertionError("the provider keeps sending us round")


@pytest.fixture(scope="module")
def own_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The private key of this instance, as an operator would make it."""
    key = ec.generate_private_key(ec.SECP256R1())
    path = tmp_path_factory.mktemp("means") / "client.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(key.private_bytes(*form))
    return path


@pytest.fixture(scope="module")
def provider(own_key: Path) -> Provider:
    """The means as an operator configures it: at most substantial, though the provider can say high."""
    return Provider(
        id="peer",
        name="Inlogdienst van de tests",
        audience=Audience.CITIZEN,
        issuer=ISSUER,
        client_id="dichterbij",
        client_key=own_key,
        address=HERE,
        identifier_types=frozenset({IdentifierType.BSN}),
        levels={EIDAS + "low": Level.LOW, EIDAS + "substantial": Level.SUBSTANTIAL},
    )


@pytest.fixture(scope="module")
def process(provider: Provider) -> Iterator[None]:
    """Run the provider; its packages must be there, because a peer that is not tried proves nothing."""
    assert (FOLDER / "node_modules").is_dir(), f"run `npm ci` in {FOLDER.name} first"
    client = {
        "client_id": "dichterbij",
        "redirect_uris": [provider.redirect_uri],
        "post_logout_redirect_uris": [provider.after_logout],
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "ES256",
        "id_token_signed_response_alg": "PS256",
        "jwks": Peer(provider).public_keys(),
        "backchannel_logout_uri": f"http://127.0.0.1:{OURS}/",
        "backchannel_logout_session_required": True,
    }
    signing = [RSAKey.generate_key(2048, auto_kid=True).as_dict(private=True)]
    without_number = client | {
        "client_id": "pairwise",
        "subject_type": "pairwise",
        "redirect_uris": [replace(provider, id="pairwise").redirect_uri],
    }
    given = {"port": PORT, "clients": [client, without_number], "signingKeys": signing}
    node = shutil.which("node")
    assert node
    running = subprocess.Popen(
        [node, "provider.mjs"],
        cwd=FOLDER,
        env=os.environ | {"PEER": json.dumps(given)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline().strip() == "ready"
    yield
    running.kill()
    running.communicate()


@pytest.fixture
def elsewhere(process: None, provider: Provider, organisations: None) -> Iterator[Elsewhere]:
    """Admit the means, and listen for what the provider says over the back channel."""
    listening = HTTPServer(("127.0.0.1", OURS), _listener(told := []))
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    with httpx.Client(timeout=30) as ours, httpx.Client(timeout=30) as browser:
        openid.admit(Peer(provider, ours))
        yield Elsewhere(told=told, browser=browser)
    means._means.pop("peer")
    security.form_targets.clear()
    security.form_targets.add("'self'")
    listening.shutdown()
    listening.server_close()


@pytest.fixture
def organisations(transactional_db: None) -> Iterator[None]:
    """Set up the shipped organisations, with keys."""
    from dichterbij.ground.organisations import queries, services

    queries.forget()
    services.set_up_all()
    yield
    queries.forget()


def _listener(told: list[str]) -> type[BaseHTTPRequestHandler]:
    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told.extend(parse_qs(body)["logout_token"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_said: object) -> None: ...

    return Listener


def _start(client: Client, level: str = "low", page: str = "/applications", through: str = "peer") -> str:
    answer = client.post("/login/start", {"means": through, "next": page, "for": "citizen", "level": level})
    assert answer.status_code == 302
    return answer["Location"]


def _come_back(client: Client, address: str) -> HttpResponse:
    assert address.startswith(f"{HERE}/login/oidc/")
    return client.get(address.removeprefix(HERE))


def _log_in(client: Client, elsewhere: Elsewhere, level: str = "low") -> HttpResponse:
    return _come_back(client, elsewhere.walk(_start(client, level)))


def _login() -> LoginRow:
    return LoginRow.objects.get(ended="")


def _redirects(client: Client, elsewhere: Elsewhere, level: str = "low") -> list[int]:
    """Log in as a browser does, to the page that was wanted; return how many redirects came before each page."""
    asked = client.post("/login/start", {"means": "peer", "next": "/applications", "for": "citizen", "level": level})
    back = elsewhere.walk(asked["Location"])
    answer, ours = client.get(back.removeprefix(HERE)), [asked.status_code]
    while answer.status_code == 302:
        ours.append(answer.status_code)
        answer = client.get(answer["Location"])
    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, "/applications")
    assert ours == [302, 302], "we send somebody away once and to their page once"
    seen = ["redirect", *elsewhere.seen, "redirect", "page"]
    pages = [number for number, each in enumerate(seen) if each == "page"]
    return [last - first - 1 for first, last in zip([-1, *pages], pages, strict=False)]


def test_a_login_of_a_browser_never_takes_more_than_four_redirects_before_the_next_page(
    client: Client, elsewhere: Elsewhere
) -> None:
    elsewhere.says()
    before_their_page, after_it = _redirects(client, elsewhere)
    assert (before_their_page, after_it) == (2, 3), "ours and theirs; then two of theirs and ours"
    assert (_login().level, _login().means) == (Level.SUBSTANTIAL, "peer")
    assert _redirects(Client(), elsewhere) == [before_their_page, after_it], "also when they know who was there last"


def test_somebody_who_was_still_logged_in_at_the_provider_shows_again_who_they_are(
    client: Client, elsewhere: Elsewhere
) -> None:
    elsewhere.says()
    _log_in(client, elsewhere)
    _log_in(Client(), elsewhere)
    assert "page" in elsewhere.seen


def test_a_step_up_takes_no_more_redirects_than_a_login(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says(level="low")
    _redirects(client, elsewhere)
    elsewhere.says()
    assert max(_redirects(client, elsewhere, "substantial")) <= 4
    assert _login().level == Level.SUBSTANTIAL


def test_the_request_has_everything_the_profile_asks(client: Client, elsewhere: Elsewhere) -> None:
    query = parse_qs(urlsplit(_start(client, "substantial")).query)
    assert query["response_type"] == ["code"]
    assert query["code_challenge_method"] == ["S256"]
    assert json.loads(query["claims"][0])["id_token"]["acr"] == {"essential": True, "values": [EIDAS + "substantial"]}
    assert "acr_values" not in query, "with both it is not specified which one counts"
    assert min(len(query[name][0]) for name in ("state", "nonce", "code_challenge")) >= 32


def test_a_lower_level_than_was_asked_is_refused_though_the_provider_calls_it_a_success(
    client: Client, elsewhere: Elsewhere
) -> None:
    elsewhere.says(level="low", careless=True)
    assert _log_in(client, elsewhere, "substantial").status_code == 403
    assert not LoginRow.objects.exists()


def test_a_level_the_means_was_not_admitted_for_counts_as_none(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says(level="high", careless=True)
    assert _log_in(client, elsewhere).status_code == 403


def test_stopping_at_the_provider_leads_back_to_the_choice(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says(cancel=True)
    answer = _log_in(client, elsewhere)
    assert answer.status_code == 302
    assert "cancelled=1" in answer["Location"]
    page = client.get(answer["Location"])
    assert "U bent gestopt met inloggen" in page.content.decode()


@pytest.mark.urls("dichterbij.project.urls")
def test_who_comes_back_from_the_provider_reads_their_own_language(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says(cancel=True)
    asked = {"means": "peer", "next": "/pap/applications", "for": "citizen", "level": "substantial"}
    answer = _come_back(client, elsewhere.walk(client.post("/pap/login/start", asked)["Location"]))
    assert answer["Location"].startswith("/pap/login?next=/pap/applications")
    elsewhere.says(level="low", careless=True)
    refused = _come_back(client, elsewhere.walk(client.post("/pap/login/start", asked)["Location"]))
    assert '<html lang="pap">' in refused.content.decode()


def test_an_answer_of_another_browser_or_a_second_time_is_refused(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says()
    back = elsewhere.walk(_start(client))
    stranger = _come_back(Client(), back)
    assert stranger.status_code == 403 and "Opnieuw inloggen" in stranger.content.decode()
    assert _come_back(client, back).status_code == 302
    again = _come_back(client, back)
    assert again.status_code == 403 and "Ga verder" in again.content.decode(), "they are logged in already"


@pytest.mark.parametrize(
    ("error", "status", "read"),
    [
        ("temporarily_unavailable", 503, "geeft nu geen antwoord"),
        ("unmet_authentication_requirements", 403, "een hoger niveau"),
        ("invalid_request", 403, "Het antwoord van de inlogdienst klopt niet"),
    ],
)
def test_what_the_provider_cannot_do_is_said_in_words(
    client: Client, elsewhere: Elsewhere, error: str, status: int, read: str
) -> None:
    state = parse_qs(urlsplit(_start(client)).query)["state"][0]
    answer = client.get("/login/oidc/peer", {"error": error, "state": state, "iss": ISSUER})
    assert answer.status_code == status
    assert read in answer.content.decode()


CHANGES: dict[str, Callable[[dict[str, str]], dict[str, str]]] = {
    "another state": lambda query: query | {"state": "x" * 32},
    "no state": lambda query: {name: value for name, value in query.items() if name != "state"},
    "another issuer": lambda query: query | {"iss": "https://evil.example"},
    "no issuer": lambda query: {name: value for name, value in query.items() if name != "iss"},
    "another code": lambda query: query | {"code": "x" * 43},
    "no code": lambda query: {name: value for name, value in query.items() if name != "code"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_an_answer_with_one_thing_changed_is_refused(
    client: Client, elsewhere: Elsewhere, change: Callable[[dict[str, str]], dict[str, str]]
) -> None:
    elsewhere.says()
    back = urlsplit(elsewhere.walk(_start(client)))
    query = {name: value[0] for name, value in parse_qs(back.query).items()}
    assert client.get(back.path, change(query)).status_code == 403
    assert not LoginRow.objects.exists()


def test_an_answer_at_the_address_of_another_means_is_refused(
    client: Client, elsewhere: Elsewhere, provider: Provider
) -> None:
    openid.admit(Peer(replace(provider, id="other")))
    elsewhere.says()
    back = elsewhere.walk(_start(client)).replace("/oidc/peer?", "/oidc/other?")
    assert client.get(back.removeprefix(HERE)).status_code == 403
    means._means.pop("other")


def test_a_code_does_not_work_without_the_secret_of_the_browser_that_asked(
    client: Client, elsewhere: Elsewhere, provider: Provider
) -> None:
    elsewhere.says()
    code = parse_qs(urlsplit(elsewhere.walk(_start(client))).query)["code"][0]
    stolen = Client()
    answer = stolen.post("/login/start", {"means": "peer", "next": "/", "for": "citizen", "level": "low"})
    state = parse_qs(urlsplit(answer["Location"]).query)["state"][0]
    used = stolen.get("/login/oidc/peer", {"code": code, "state": state, "iss": ISSUER})
    assert used.status_code == 403


def test_logging_out_here_leads_to_the_provider_which_tells_us_once(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says()
    _log_in(client, elsewhere)
    answer = client.post("/logout")
    assert answer["Location"].startswith(f"{ISSUER}/session/end?")
    assert not LoginRow.objects.filter(ended="").exists()
    assert not bytes(LoginRow.objects.get().upstream_token_sealed)


def test_a_logout_at_the_provider_ends_the_login_here_and_counts_once(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says()
    _log_in(client, elsewhere)
    _end_there(elsewhere)
    assert LoginRow.objects.filter(ended="").count() == 1
    token = elsewhere.told[0]
    assert client.post("/login/oidc/peer/back-channel-logout", {"logout_token": token}).status_code == 200
    assert not LoginRow.objects.filter(ended="").exists()
    assert client.post("/login/oidc/peer/back-channel-logout", {"logout_token": token}).status_code == 400


def test_a_logout_that_the_provider_says_in_the_browser_ends_the_login_it_names_without_a_cookie(
    client: Client, elsewhere: Elsewhere
) -> None:
    elsewhere.says()
    _log_in(client, elsewhere)
    address, named = "/login/oidc/peer/front-channel-logout", {"sid": _login().upstream_session}
    assert Client().get(address, {**named, "iss": "https://evil.example"}).status_code == 403
    assert Client().get(address, {"sid": "x", "iss": ISSUER}).status_code == 204
    assert _login()
    assert Client().get(address, {**named, "iss": ISSUER}).status_code == 204
    assert not LoginRow.objects.filter(ended="").exists()


def _end_there(elsewhere: Elsewhere) -> None:
    """Log out at the site of the provider itself, as a person would, in the browser where they logged in."""
    form = elsewhere.browser.get(f"{ISSUER}/session/end").text
    secret = form.partition('name="xsrf" value="')[2].partition('"')[0]
    elsewhere.browser.post(f"{ISSUER}/session/end/confirm", data={"xsrf": secret, "logout": "yes"})
    arrived = next((True for _ in range(600) if elsewhere.told or time.sleep(0.05)), False)
    assert arrived, "the provider did not tell"


def test_the_same_person_through_another_means_is_the_same_person_at_the_level_of_this_login(
    client: Client, elsewhere: Elsewhere
) -> None:
    from dichterbij.ground.identity.tests.clients import sign_in_client

    first = sign_in_client(Client(), ANNA, Level.HIGH)
    elsewhere.says(level="low")
    _log_in(client, elsewhere)
    row = LoginRow.objects.get(means="peer")
    assert (row.party_id, row.level) == (first.party, Level.LOW)


def test_who_has_another_name_at_every_service_is_the_same_person_here_and_has_no_number(
    client: Client, elsewhere: Elsewhere, provider: Provider
) -> None:
    pseudonym = frozenset({IdentifierType.PSEUDONYM})
    openid.admit(Peer(replace(provider, id="pairwise", client_id="pairwise", identifier_types=pseudonym)))
    elsewhere.says(kind=IdentifierType.PSEUDONYM)
    for browser in (client, Client()):
        assert _come_back(browser, elsewhere.walk(_start(browser, through="pairwise"))).status_code == 302
    means._means.pop("pairwise")
    rows = LoginRow.objects.select_related("identifier")
    assert len({row.party_id for row in rows}) == 1
    assert {row.identifier.type for row in rows} == pseudonym
    assert ANNA not in {value_of(row.identifier).rpartition(" ")[2] for row in rows}


def test_a_step_up_that_comes_back_as_somebody_else_ends_everything(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says(ANNA, "low")
    _log_in(client, elsewhere)
    elsewhere.browser.cookies.clear()
    elsewhere.says(BORIS)
    assert _log_in(client, elsewhere, "substantial").status_code == 403
    assert not LoginRow.objects.filter(ended="").exists()


def test_a_provider_that_is_down_is_said_and_another_way_is_offered(
    client: Client, elsewhere: Elsewhere, provider: Provider
) -> None:
    openid.admit(Peer(replace(provider, id="away", issuer="http://127.0.0.1:9")))
    answer = client.post("/login/start", {"means": "away", "next": "/", "for": "citizen", "level": "low"})
    assert answer.status_code == 503
    assert "geeft nu geen antwoord" in answer.content.decode()
    means._means.pop("away")


COMPANY = {"sub": "90123456", "sub_id_type": IdentifierType.KVK, "name": "Trattoria Verzonnen B.V."}
CHAIN = {"sub": "90123457", "sub_id_type": IdentifierType.KVK, "name": "Kantoor Verzonnen", "represents": COMPANY}


def test_a_provider_that_was_not_admitted_for_it_does_not_say_for_whom_somebody_acts(
    client: Client, elsewhere: Elsewhere
) -> None:
    elsewhere.says(represents=COMPANY)
    assert _log_in(client, elsewhere).status_code == 403
    assert not LoginRow.objects.exists()


@pytest.mark.parametrize("said", [COMPANY, CHAIN], ids=["a company", "a chain"])
def test_a_provider_that_was_admitted_for_it_says_for_which_company_somebody_acts(
    client: Client, elsewhere: Elsewhere, provider: Provider, said: dict[str, object]
) -> None:
    means._means.pop("peer")
    admitted = replace(provider, represents=frozenset({IdentifierType.KVK}), represented_in=frozenset({"zorgtoeslag"}))
    elsewhere.says(represents=said)
    with httpx.Client(timeout=30) as ours:
        openid.admit(Peer(admitted, ours))
        answer = _log_in(client, elsewhere, "substantial")
    assert (answer.status_code, answer["Location"]) == (302, "/applications")
    assert "U handelt nu voor <strong>Trattoria Verzonnen B.V.</strong>" in client.get("/applications").content.decode()


def test_our_key_is_published_without_its_secret(client: Client, elsewhere: Elsewhere) -> None:
    published = client.get("/login/oidc/peer/keys").json()["keys"]
    assert [key["kty"] for key in published] == ["EC"]
    assert not any("d" in key for key in published)
    assert ECKey.import_key(published[0])
