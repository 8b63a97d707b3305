"""The pages of sharing: a person sees what is asked, answers, takes it back, and keeps a receipt anybody can check."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import worlds

from dichterbij.delivery.sharing import asking
from dichterbij.delivery.sharing.models import Consent
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.logbook import proof_files
from dichterbij.ground.logbook.proving import ProofWrong
from dichterbij.ground.registry import adapters as registries
from dichterbij.ground.registry import fetching
from dichterbij.ground.registry.domain import SourceUnavailable
from dichterbij_world import corporation
from dichterbij_world.store import World

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
YES, NO, AGAIN = {"answer": "once"}, {"answer": "no"}, {"answer": "again"}


@pytest.fixture(scope="module")
def world() -> World:
    return worlds.small()


@pytest.fixture
def visit(organisations: None, world: World) -> Callable[[str], Client]:
    corporation.set_up()
    corporation.ask_everybody(world)

    def log_in(key: str) -> Client:
        client = Client()
        sign_in_client(client, world.persona(key).bsn)
        return client

    return log_in


def read(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode()).replace("\xa0", " ").replace("\xad", "")


def question(client: Client, what: str = "inkomen") -> str:
    """Return the address of a question that waits."""
    return re.search(rf'href="(/sharing/[0-9a-f-]+)"[^>]*>[^<]*{what}', read(client, "/sharing"))[1]


def receipt(client: Client, address: str, folder: Path, name: str = "receipt.zip") -> Path:
    path = folder / name
    path.write_bytes(client.get(f"{address}/receipt").content)
    return path


def sent(path: str, body: dict[str, str]) -> dict[str, object]:
    """Return what the corporation gets."""
    content, headers = corporation.signed(path, body)
    found: dict[str, object] = (
        Client().post(f"{corporation.BASE}{path}", content, "application/json", headers=headers).json()
    )
    return found


def test_a_question_says_who_asks_what_why_from_where_and_for_how_long_and_nothing_is_chosen(visit):
    fenna = visit("starter")
    page = read(fenna, question(fenna))
    for told in ("Woningcorporatie De Sleutel", "2025 hoogstens € 50.000,00", "naam en geboortedatum",
                 "Nagaan of u deze woning kunt huren", "Belastingdienst", "Eén keer", "Als u nee zegt"):  # fmt: skip
        assert told in page
    assert "checked" not in page
    assert "Ja, zo vaak" not in page
    assert "Ja, zo vaak als nodig tot en met 15 juli 2026" in read(fenna, question(fenna, "adres"))


def test_somebody_types_a_code_says_yes_takes_it_back_and_sees_both_in_the_log(visit):
    student = visit("neutral")
    _number, code = asking.ask(corporation.question("woonadres"))
    assert student.post("/sharing", {"code": "AAAA AAAA AAAA"}).status_code == 404
    address = student.post("/sharing", {"code": code.lower()}).headers["Location"]
    assert student.post(address, {}).status_code == 200
    assert student.post(address, AGAIN).status_code == 302
    assert "heeft het nog niet opgehaald" in read(student, address)
    assert student.post(f"{address}/take-back").status_code == 302
    assert "U nam uw toestemming terug" in read(student, address)
    assert student.post(f"{address}/take-back").status_code == 409
    log = read(student, "/who-looked")
    assert log.index("U nam uw toestemming om te delen terug") < log.index("U gaf toestemming om gegevens te delen")


def test_what_is_fetched_stands_on_the_page_and_in_the_log_with_company_and_purpose(visit):
    fenna = visit("starter")
    address = question(fenna)
    fenna.post(address, YES)
    request = address.rpartition("/")[2]
    token = sent("/tokens", {"request": request})["token"]
    facts = sent("/facts", {"token": token, "purpose": "huurwoning", "packet": "inkomen-grens"})
    assert facts["isWithin"] is True
    assert "Dit is één keer gedeeld" in read(fenna, address)
    log = read(fenna, "/who-looked")
    assert "Gemeente Rotterdam deelde gegevens met een bedrijf, met uw toestemming" in log
    act = re.search(r'href="(/who-looked/[0-9a-f-]+)"', log[log.index("deelde gegevens met een bedrijf") :])[1]
    told = read(fenna, act)
    assert f"voor Woningcorporatie De Sleutel: Nagaan of u deze woning kunt huren; toestemming {request[:8]}" in told
    content, headers = corporation.signed("/tokens", {"request": request})
    again = Client().post(f"{corporation.BASE}/tokens", content, "application/json", headers=headers)
    assert again.status_code == 403
    assert "Een bedrijf vroeg om gegevens van u en kreeg niets" in read(fenna, "/who-looked")


def test_a_register_that_is_down_keeps_nobody_from_answering_later(visit, monkeypatch):
    fetching._connect()
    fenna = visit("starter")
    address = question(fenna)

    def away(*_: object) -> None:
        raise SourceUnavailable("Kapot.")

    with monkeypatch.context() as patched:
        patched.setattr(type(registries.adapter("brp")), "fetch", away)
        answer = fenna.post(address, YES)
    page = unescape(answer.content.decode())
    assert answer.status_code == 503
    assert "Deze bron is nu niet bereikbaar" in page
    assert "Probeer het over een paar minuten opnieuw." in page
    assert "brp" not in page  # what we call a source among ourselves
    assert fenna.post(address, YES).status_code == 302


def test_who_may_not_decide_hears_who_does(visit):
    ward = visit("ward")
    response = ward.post(question(ward), YES)
    assert response.status_code == 403
    assert "Uw curator beslist hierover" in response.content.decode()


def test_somebody_elses_question_is_not_found(visit):
    fenna, student = visit("starter"), visit("student")
    address = question(fenna)
    assert student.get(address).status_code == student.get(f"{address}/receipt").status_code == 404
    assert student.post(address, YES).status_code == student.post(f"{address}/take-back").status_code == 404
    assert fenna.get(f"{address}/receipt").status_code == 404  # not answered yet


def test_a_receipt_says_what_was_agreed_and_still_verifies_after_it_was_taken_back(visit, tmp_path, capsys):
    fenna = visit("starter")
    address = question(fenna)
    fenna.post(address, YES)
    first = receipt(fenna, address, tmp_path)
    with zipfile.ZipFile(first) as file:
        said = json.loads(file.read("bewijs.json"))["receipt"]
    assert (said["status"], said["recipient"]["name"], said["validity"]["isOnce"]) == ("given", corporation.NAME, True)
    assert said["data"]["fields"] == ["naam.volledigeNaam", "geboorte.datum", "inkomensgegeven.verzamelinkomen"]
    fenna.post(f"{address}/take-back")
    call_command("logbook", "verify", "--proof", str(first))
    assert "in order" in capsys.readouterr().out
    later = receipt(fenna, address, tmp_path, "later.zip")
    with zipfile.ZipFile(later) as file:
        events = json.loads(file.read("bewijs.json"))["receipt"]["events"]
    assert [event["state"] for event in events] == ["opened", "given", "withdrawn"]


FORGED = [(b'"isOnce": true', b'"isOnce": false'), (b"De Sleutel", b"De Bank!!!"), (b'"given"', b'"other"')]


@pytest.mark.parametrize(("written", "changed"), FORGED)
def test_a_receipt_with_anything_changed_is_none(visit, tmp_path, written, changed):
    fenna = visit("starter")
    address = question(fenna)
    fenna.post(address, YES)
    with zipfile.ZipFile(receipt(fenna, address, tmp_path)) as file:
        proof, paper = file.read("bewijs.json"), file.read("bewijs.pdf")
    assert written in proof
    forged = io.BytesIO()
    with zipfile.ZipFile(forged, "w") as file:
        file.writestr("bewijs.json", proof.replace(written, changed))
        file.writestr("bewijs.pdf", paper)
    (tmp_path / "forged.zip").write_bytes(forged.getvalue())
    with pytest.raises(ProofWrong):
        proof_files.checked(tmp_path / "forged.zip")


@pytest.mark.parametrize("language", ["nl", "en", "pap"])
def test_the_pages_stay_within_twelve_questions_in_each_language(visit, language):
    fenna = visit("starter")
    address = question(fenna)
    prefix = "" if language == "nl" else f"/{language}"
    for page in ("/sharing", address):
        with CaptureQueriesContext(connection) as asked:
            assert fenna.get(f"{prefix}{page}").status_code == 200
        assert len(asked) <= 12, [query["sql"] for query in asked]
    assert Consent.objects.filter(used_at__isnull=False).count() == 0
