"""Login by a routing service (eID SAML 4.4) that runs here: posted forms, mutual TLS, encrypted numbers, mandates."""

import base64
import json
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client

from dichterbij.ground.authority import asserted
from dichterbij.ground.identity import means, queries, sessions
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.configuration import Routing, Service, ServiceProvider
from dichterbij.ground.identity.domain import Audience, IdentifierType, Level
from dichterbij.ground.identity.models import LoginRow
from dichterbij.ground.identity.saml import connections, going_live
from dichterbij.ground.identity.saml import means as saml
from dichterbij.ground.identity.saml.peer import own_of, reader_of
from dichterbij.ground.identity.saml.routing import metadata
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Bsn
from dichterbij.web import security
from tests.operation.product import free_port

from .test_saml_provider import make_key, organisations  # noqa: F401 the same set-up

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, databases=["default", "logbook"])]

PEER = Path(__file__).parents[1] / "peers" / "saml" / "routing.py"
HERE = "http://testserver"
US, CLUSTER = (
    "urn:nl-eid-gdi:1.0:DV:00000009999999999001:entities:9001",
    "urn:nl-eid-gdi:1.0:LC:00000009999999999002:entities:9001",
)
AD, BVD = (
    "urn:nl-eid-gdi:1.0:AD:00000009999999999003:entities:9000",
    "urn:nl-eid-gdi:1.0:BVD:00000009999999999004:entities:9000",
)
BODY = "urn:nl-eid-gdi:1.0:DV:00000009999999999005:entities:9001"
ETD = "urn:etoegang:1.9:EntityConcernedID:"
LOA = "http://eidas.europa.eu/LoA/"
LEVELS = {LOA + "low": Level.LOW, LOA + "substantial": Level.SUBSTANTIAL}
SERVICES = {
    name: f"00000000-0000-4000-8000-00000000000{number}"
    for number, name in enumerate(["low", "sure", "mandate", "company", "elsewhere"])
}
ANNA, BORIS = "999990007", "999990019"


def _services(folder: Path) -> dict[str, Service]:
    """Three means on one connection, side by side in the choice, and one for another body."""
    usual = {
        "audience": Audience.CITIZEN,
        "client_id": US,
        "client_key": folder / "ours.key",
        "client_certificate": folder / "ours.crt",
        "metadata": folder / "rd.xml",
        "trusted": folder / "rd.crt",
        "address": HERE,
        "identifier_types": frozenset({IdentifierType.BSN}),
        "levels": LEVELS,
    }
    both = {Level.LOW: SERVICES["low"], Level.SUBSTANTIAL: SERVICES["sure"]}
    mandate = {Level.SUBSTANTIAL: SERVICES["mandate"]}
    company = {Level.SUBSTANTIAL: SERVICES["company"]}
    other = {Level.LOW: SERVICES["elsewhere"]}
    provider = ServiceProvider(id=BODY, key=folder / "reader.key", certificate=folder / "reader.crt")
    acting = {"represented_in": frozenset({"zorgtoeslag"})}
    found = (
        Service(id="digid", name="DigiD", routing=Routing(services=both, preselected=(AD,)), **usual),
        Service(
            id="mandate",
            name="DigiD Machtigen",
            routing=Routing(services=mandate, place=1, preselected=(AD,), mandates=(BVD,)),
            represents=frozenset({IdentifierType.BSN}),
            **acting,
            **usual,
        ),
        Service(
            id="company",
            name="eHerkenning",
            routing=Routing(services=company, place=2, by_index=True),
            represents=frozenset({IdentifierType.KVK}),
            **acting,
            **(usual | {"identifier_types": frozenset({IdentifierType.PSEUDONYM})}),
        ),
        Service(
            id="cluster",
            name="Voor een ander",
            routing=Routing(services=other, provider=provider),
            **(usual | {"client_id": CLUSTER}),
        ),
    )
    return {each.id: each for each in found}


@dataclass
class Elsewhere:
    """The routing service, and a browser at its site."""

    address: str
    services: dict[str, Service]

    def says(
        self, acting: list[list[str]] | None = None, represents: list[list[str]] | None = None, **told: str
    ) -> None:
        """Decide who logs in next, for whom, how surely, and what is wrong with the answer."""
        usual = {
            "level": LOA + "substantial",
            "acting": acting or [["legacy-BSN", ANNA]],
            "represents": represents or [],
        }
        httpx.post(f"{self.address}/control", content=json.dumps(usual | told)).raise_for_status()

    def heard(self) -> dict[str, object]:
        """Return what was asked last, and who was logged out until now."""
        return dict(httpx.get(self.address).raise_for_status().json())

    def walk(self, page: HttpResponse) -> str:
        """Press the button of a page that leads there; returns the address with which somebody comes back."""
        answer = self.press(page)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def press(self, page: HttpResponse) -> httpx.Response:
        """Press the button of a page that leads there, as a browser does that keeps to the policy of the page."""
        text = page.content.decode()
        form = re.search(rf'<form method="post" action="({self.address}/\w+)">(.*?)</form>', text, re.DOTALL)
        assert form, text
        allowed = re.search(r"form-action ([^;]*)", page["Content-Security-Policy"])
        assert allowed and self.address in allowed[1].split()
        fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[2])
        return httpx.post(form[1], data={name: unescape(value) for name, value in fields})


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Run the routing service; its packages must be there, because a peer that is not tried proves nothing."""
    folder = tmp_path_factory.mktemp("routing")
    for name in ("ours", "rd", "reader"):
        make_key(folder, name)
    (folder / "of-us.xml").write_bytes(_metadata(_services(folder), "digid", "mandate", "company"))
    (folder / "of-cluster.xml").write_bytes(_metadata(_services(folder), "cluster"))
    python = Path(sys.prefix) / "saml-peer" / "bin" / "python"
    port, artifacts = free_port(), free_port()
    given = {"port": port, "artifacts": artifacts, "folder": str(folder), "client": "ours.crt", "evil": BORIS}
    given |= {"services": list(SERVICES.values())}
    with (folder / "log").open("w") as log:
        command = [python, PEER, json.dumps(given)]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert running.stdout is not None
        assert running.stdout.readline().strip() == "ready", (folder / "log").read_text()
        yield f"http://127.0.0.1:{port}", folder
        running.kill()
        running.communicate()


def _metadata(services: dict[str, Service], *names: str) -> bytes:
    these = [services[name] for name in names]
    own = own_of(these[0])
    return metadata(these, own, reader_of(these[0], own))


@pytest.fixture
def elsewhere(address: tuple[str, Path], organisations: None) -> Iterator[Elsewhere]:  # noqa: F811
    """Admit the means; a demonstration allows it without https."""
    there, folder = address
    services = _services(folder)
    for service in services.values():
        saml.register(service)
    yield Elsewhere(there, services)
    for name in services:
        means._means.pop(name)
        connections._connections.pop(name)


def _start(client: Client, through: str = "digid", level: str = "low") -> HttpResponse:
    """Choose a means; returns the page that leads to the routing service."""
    chosen = {"means": through, "next": "/applications", "for": "citizen", "level": level}
    answer = client.post("/login/start", chosen)
    assert answer.status_code == 302
    return client.get(answer["Location"])


def _come_back(client: Client, back: str) -> HttpResponse:
    assert back.startswith(HERE)
    return client.get(back.removeprefix(HERE))


def _log_in(client: Client, elsewhere: Elsewhere, through: str = "digid", level: str = "low") -> HttpResponse:
    return _come_back(client, elsewhere.walk(_start(client, through, level)))


@pytest.mark.parametrize(("level", "service"), [("low", "low"), ("substantial", "sure")])
def test_somebody_logs_in_by_a_form_for_the_service_that_asks_the_level_of_the_page(
    client: Client, elsewhere: Elsewhere, level: str, service: str
) -> None:
    elsewhere.says()
    answer = _log_in(client, elsewhere, level=level)
    assert (answer.status_code, answer["Location"]) == (302, "/applications")
    assert elsewhere.heard()["asked"] == {
        "service": SERVICES[service],
        "audience": US,
        "index": None,
        "preselected": [AD],
        "mandates": [],
    }
    row = LoginRow.objects.get(ended="")
    assert (row.level, row.means, row.party_id) == (Level.SUBSTANTIAL, "digid", identity.party_for(Bsn(ANNA)))


def test_the_page_says_where_it_leads_and_only_that_page_may_lead_there(client: Client, elsewhere: Elsewhere) -> None:
    page = _start(client)
    assert urlsplit(elsewhere.address).hostname in page.content.decode()
    assert ANNA not in page.content.decode()
    assert elsewhere.address in page["Content-Security-Policy"]
    for path in ("/", "/login", "/logout"):
        assert elsewhere.address not in client.get(path, follow=True)["Content-Security-Policy"]
    assert elsewhere.address not in security.policy()


def test_who_opens_the_page_without_asking_to_log_in_chooses_first(client: Client, elsewhere: Elsewhere) -> None:
    assert client.get("/login/onward")["Location"] == "/login"
    _start(client)
    assert client.get("/login/onward?state=other")["Location"] == "/login"


def test_a_service_is_named_by_its_number_in_our_metadata(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says([["urn:etoegang:1.13:EntityConcernedID:Pseudo", "employee-1"]], [[ETD + "KvKnr", "90000010"]])
    assert _log_in(client, elsewhere, "company").status_code == 302
    asked = elsewhere.heard()["asked"]
    assert (asked["service"], asked["index"], asked["preselected"]) == (SERVICES["company"], "10", [])


def test_an_employee_acts_for_the_company_and_in_the_products_that_the_means_was_admitted_for(
    client: Client, elsewhere: Elsewhere
) -> None:
    names = [[ETD + "RSIN", "999990081"], [ETD + "KvKnr", "90000010"]]
    elsewhere.says([["urn:etoegang:1.13:EntityConcernedID:Pseudo", "employee-1"]], names)
    _log_in(client, elsewhere, "company")
    login = sessions.value(LoginRow.objects.get(ended=""))
    assert login.represents is not None
    assert (str(login.represents.subject.kvk_number), login.represents.name) == ("90000010", "KVK 90000010")
    assert login.name == "iemand van het bedrijf"
    assert login.subject == login.represents.subject, "the company is before them at once"


def test_who_has_a_mandate_acts_for_who_gave_it_in_the_products_of_that_service_only(
    client: Client, elsewhere: Elsewhere
) -> None:
    elsewhere.says(represents=[["legacy-BSN", BORIS]])
    assert _log_in(client, elsewhere, "mandate").status_code == 302
    asked = elsewhere.heard()["asked"]
    assert (asked["preselected"], asked["mandates"]) == ([AD, BVD], [BVD])
    login = sessions.value(LoginRow.objects.get(ended=""))
    assert (login.party, login.represents.subject.bsn) == (identity.party_for(Bsn(ANNA)), Bsn(BORIS))
    for number, name in ((ANNA, login.name), (BORIS, login.represents.name)):
        assert number not in name
        assert name.endswith(number[-3:])
    (found,) = asserted.source(login, login.represents.subject, clock.now())
    assert found.scope.products == {"zorgtoeslag"}
    assert not asserted.source(login, queries.subject_of(identity.party_for(Bsn("999990020"))), clock.now())


def test_a_cluster_connection_asks_for_another_body_and_reads_what_is_for_that_body(
    client: Client, elsewhere: Elsewhere
) -> None:
    elsewhere.says()
    assert _log_in(client, elsewhere, "cluster").status_code == 302
    assert elsewhere.heard()["asked"]["audience"] == BODY
    assert LoginRow.objects.get(ended="").party_id == identity.party_for(Bsn(ANNA))


WRONG = {
    "another service": ({"wrong": "service"}, "ServiceUUID"),
    "an assertion without a signature": ({"wrong": "unsigned"}, "Signature"),
    "an envelope without a signature": ({"wrong": "envelope"}, "Signature"),
    "logged in there too long ago": ({"wrong": "long ago"}, "AuthnInstant"),
    "a level that is changed": ({"wrong": "level"}, "Signature"),
    "wrapped": ({"wrong": "wrapped"}, "Signature"),
    "for another audience": ({"wrong": "audience"}, "Audience"),
    "to another question": ({"wrong": "request"}, "InResponseTo"),
    "a number for another key": ({"wrong": "key"}, "EncryptedID"),
    "a number that only BSNk opens": ({"acting": [["BSN", "AAAA"]]}, "NameQualifier"),
    "a pseudonym that only BSNk opens": ({"acting": [["Pseudonym", "AAAA"]]}, "NameQualifier"),
    "a kind that nobody knows": ({"acting": [["urn:example:number", ANNA]]}, "NameQualifier"),
    "two people of one kind": ({"acting": [["legacy-BSN", ANNA], ["legacy-BSN", BORIS]]}, "ActingSubjectID"),
    "no number at all": ({"acting": [["legacy-BSN", "999990008"]]}, "NameID"),
    "for whom, by a means that may not say so": ({"represents": [["legacy-BSN", BORIS]]}, "LegalSubjectID"),
}


@pytest.mark.parametrize(("told", "check"), WRONG.values(), ids=WRONG.keys())
def test_an_answer_with_one_thing_wrong_is_refused_for_that(
    client: Client, elsewhere: Elsewhere, told: dict, check: str, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere.says(**told)
    assert _log_in(client, elsewhere).status_code == 403
    assert any(f" {check}" in message and "through digid" in message for message in caplog.messages), caplog.messages
    assert not LoginRow.objects.exists()
    elsewhere.says()
    assert _log_in(client, elsewhere).status_code == 302


NOT_FOR_WHOM = {
    "encrypted for another": ({"wrong": "legal subject for another"}, "LegalSubjectID"),
    "nobody, where a mandate was asked": ({"represents": []}, "LegalSubjectID"),
    "a kind of authority": ({"also": "urn:nl-eid-gdi:1.1:RepresentationType"}, "Attribute"),
    "services of a mandate": ({"also": "MandateServices"}, "Attribute"),
    "one branch": ({"also": "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"}, "Attribute"),
    "by way of another": ({"also": "urn:etoegang:1.9:IntermediateEntityID:KvKnr"}, "Attribute"),
    "a company, by a means for people": ({"represents": [[ETD + "KvKnr", "90000010"]]}, "login-refused"),
    "themselves": ({"represents": [["legacy-BSN", ANNA]]}, "login-refused"),
}


@pytest.mark.parametrize(("told", "check"), NOT_FOR_WHOM.values(), ids=NOT_FOR_WHOM.keys())
def test_what_is_said_of_for_whom_somebody_acts_is_refused_unless_it_is_all_understood(
    client: Client, elsewhere: Elsewhere, told: dict, check: str, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere.says(**({"represents": [["legacy-BSN", BORIS]]} | told))
    assert _log_in(client, elsewhere, "mandate").status_code == 403
    assert any(check in message and "through mandate" in message for message in caplog.messages), caplog.messages
    assert not LoginRow.objects.exists()


def test_a_lower_level_than_was_asked_is_refused_though_the_service_was_right(
    client: Client, elsewhere: Elsewhere
) -> None:
    elsewhere.says(level=LOA + "low")
    assert _log_in(client, elsewhere, level="substantial").status_code == 403
    assert not LoginRow.objects.exists()


def test_an_answer_for_the_cluster_alone_is_refused(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says(wrong="half")
    assert _log_in(client, elsewhere, "cluster").status_code == 403


def test_an_answer_counts_once(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says(wrong="artifact twice")
    back = elsewhere.walk(_start(client))
    assert _come_back(Client(), back).status_code == 403
    assert _come_back(client, back).status_code == 302
    assert _come_back(client, back).status_code == 403


def test_an_answer_at_the_address_of_another_means_on_the_same_connection_is_refused(
    client: Client, elsewhere: Elsewhere
) -> None:
    elsewhere.says()
    back = elsewhere.walk(_start(client)).removeprefix(HERE)
    assert client.get(back.replace("/saml/digid?", "/saml/mandate?")).status_code == 403


def test_stopping_there_leads_back_to_the_choice(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says(wrong="cancel")
    assert "cancelled=1" in _log_in(client, elsewhere)["Location"]


def test_nobody_fetches_an_answer_without_our_certificate(client: Client, elsewhere: Elsewhere) -> None:
    peer = connections.named("digid").peer
    trusting = ssl.create_default_context(cafile=elsewhere.services["digid"].trusted)
    with pytest.raises(httpx.HTTPError):
        httpx.post(peer.described.artifacts, content="", verify=trusting)


def test_a_machine_that_is_not_the_routing_service_is_told_nothing(
    client: Client, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    make_key(tmp_path, "other")
    elsewhere.says()
    back = elsewhere.walk(_start(client))
    peer = saml.Peer(replace(elsewhere.services["digid"], trusted=tmp_path / "other.crt"), insecure=True)
    connections._connections["digid"] = saml.Connection(peer)
    assert _come_back(client, back).status_code == 503


def test_an_operator_hears_whether_that_machine_answers_and_knows_us(elsewhere: Elsewhere, tmp_path: Path) -> None:
    make_key(tmp_path, "other")
    service = elsewhere.services["digid"]
    strange = replace(service, client_key=tmp_path / "other.key", client_certificate=tmp_path / "other.crt")
    for asking, answers in ((service, True), (strange, False), (replace(service, trusted=None), False)):
        found = going_live.to_mend(saml.Peer(asking, insecure=True), clock.machine_time())
        assert any("does not answer" in line for line in found) is not answers, found


def test_logging_out_here_leads_there_by_a_form_and_back_when_it_ended(client: Client, elsewhere: Elsewhere) -> None:
    elsewhere.says()
    _log_in(client, elsewhere)
    page = client.post("/logout")
    assert not LoginRow.objects.filter(ended="").exists()
    answer = elsewhere.press(page)
    assert elsewhere.heard()["ended"] == ["a name for once"]
    said = re.search(r'name="SAMLResponse" value="([^"]*)"', answer.text)
    assert said and f'action="{HERE}/login/saml/digid/left"' in answer.text
    told = {"SAMLResponse": unescape(said[1])}
    assert Client().post("/login/saml/digid/left", told)["Location"] == "/logout"


@pytest.mark.parametrize("what", ["nothing", "changed", "to another question"])
def test_who_is_not_surely_logged_out_there_reads_that(
    client: Client, elsewhere: Elsewhere, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere.says()
    _log_in(client, elsewhere)
    if what == "to another question":
        monkeypatch.setattr(saml, "_asked_to_leave", lambda random: f"_{random}{'0' * 64}")
    page = client.post("/logout")
    monkeypatch.undo()
    said = unescape(re.search(r'name="SAMLResponse" value="([^"]*)"', elsewhere.press(page).text)[1])
    text = base64.b64decode(said).replace(b"status:Success", b"status:Requester")
    told = {"nothing": "", "changed": base64.b64encode(text).decode(), "to another question": said}[what]
    answer = client.post("/login/saml/digid/left", {"SAMLResponse": told}, follow=True)
    assert "nog ingelogd zijn" in answer.content.decode()


def test_two_means_on_one_connection_have_a_place_of_their_own(elsewhere: Elsewhere) -> None:
    beside = replace(elsewhere.services["digid"], id="again")
    with pytest.raises(ImproperlyConfigured, match="place of digid"):
        saml.register(beside)


def test_our_metadata_names_every_address_and_numbered_service_and_is_signed(
    client: Client, elsewhere: Elsewhere
) -> None:
    told = client.get("/login/saml/mandate/metadata").content.decode()
    assert re.findall(r'Location="([^"]*)" index="(\d)"', told) == [
        (f"{HERE}/login/saml/{name}", str(place)) for place, name in enumerate(("digid", "mandate", "company"))
    ]
    assert [SERVICES["company"]] == re.findall(r"<saml:AttributeValue>([^<]*)<", told)
    assert "validUntil=" in told and "SignatureValue" in told and "PRIVATE" not in told
