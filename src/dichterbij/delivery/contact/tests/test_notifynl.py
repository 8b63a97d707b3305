"""The notification service is spoken to by its own contract, once for each notice, and believed only with its token."""

import base64
import json
from uuid import uuid4

import httpx
import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import OctKey

from dichterbij.delivery.contact import models
from dichterbij.delivery.contact.adapters.notifynl import NotifyNl
from dichterbij.delivery.contact.domain import AddressRefused, Outgoing, SenderUnavailable, State, Way
from dichterbij.kernel import clock

SERVICE, SECRET = str(uuid4()), str(uuid4())
OUTGOING = Outgoing(reference="r.0", to="naam@voorbeeld.example", subject="Er is iets", text="Meer niet.", again=False)


class Service:
    """A notification service as its contract says: it takes what is signed by who it knows, and keeps references."""

    def __init__(self) -> None:
        self.taken: list[dict[str, object]] = []
        self.status = 201
        self.error, self.message = "ValidationError", "email_address Not a valid email address"

    def answer(self, request: httpx.Request) -> httpx.Response:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        signed = jwt.decode(token, OctKey.import_key(SECRET), algorithms=["HS256"])
        assert signed.claims["iss"] == SERVICE
        assert abs(signed.claims["iat"] - clock.machine_time().timestamp()) < 30
        if request.method == "GET":
            wanted = request.url.params["reference"]
            found = [each for each in self.taken if each["reference"] == wanted]
            return httpx.Response(200, json={"notifications": found, "links": {}})
        if self.status != 201:
            said = [{"error": self.error, "message": self.message}]
            return httpx.Response(self.status, json={"status_code": self.status, "errors": said})
        said = json.loads(request.content) | {"id": str(uuid4()), "path": request.url.path}
        self.taken.append(said)
        return httpx.Response(201, json={"id": said["id"], "reference": said["reference"]})


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def notify(service: Service) -> NotifyNl:
    return NotifyNl(
        url="https://notify.example",
        key=f"dichterbij-{SERVICE}-{SECRET}",
        templates={Way.EMAIL: "t-mail", Way.SMS: "t-sms"},
        transport=httpx.MockTransport(service.answer),
    )


def test_an_email_and_a_text_message_go_to_their_own_address_with_template_and_reference(notify, service):
    notify.send_along(Way.EMAIL, OUTGOING)
    notify.send_along(Way.SMS, OUTGOING)
    mail, sms = service.taken
    assert (mail["path"], mail["email_address"]) == ("/v2/notifications/email", "naam@voorbeeld.example")
    assert (sms["path"], "phone_number" in sms) == ("/v2/notifications/sms", True)
    assert (mail["template_id"], mail["reference"]) == ("t-mail", "r.0")
    assert mail["personalisation"] == {"subject": "Er is iets", "body": "Meer niet."}


def test_a_letter_goes_as_the_file_itself(notify, service):
    notify.post_letter("letter.0", b"%PDF-1.7", again=False)
    assert service.taken[0]["path"] == "/v2/notifications/letter"
    assert base64.b64decode(str(service.taken[0]["content"])) == b"%PDF-1.7"


def test_what_the_service_took_before_we_stopped_is_not_sent_again(notify, service):
    first = notify.send_along(Way.EMAIL, OUTGOING)
    again = Outgoing(reference="r.0", to=OUTGOING.to, subject="x", text="x", again=True)
    assert notify.send_along(Way.EMAIL, again) == first
    assert len(service.taken) == 1


@pytest.mark.parametrize(
    ("status", "problem"),
    [(400, AddressRefused), (403, SenderUnavailable), (429, SenderUnavailable), (500, SenderUnavailable)],
)
def test_only_a_refusal_of_what_was_asked_is_for_good(notify, service, status, problem):
    service.status = status
    with pytest.raises(problem):
        notify.send_along(Way.EMAIL, OUTGOING)


@pytest.mark.parametrize(
    ("error", "message"),
    [("BadRequestError", "Template not found"), ("ValidationError", "template_id is not a valid UUID"), ("", "")],
)
def test_a_wrong_setting_of_ours_makes_no_address_bad(notify, service, error, message):
    service.status, service.error, service.message = 400, error, message
    with pytest.raises(SenderUnavailable):
        notify.send_along(Way.EMAIL, OUTGOING)


def _dispatch() -> models.Dispatch:
    now = clock.now()
    return models.Dispatch.objects.create(
        party=uuid4(), kind="message", way="email", state=State.SENT, message=uuid4(), waits_since=now, made_at=now
    )


def _tell(status: str, reference: str, token: str = "t" * 20) -> int:
    body = {"id": str(uuid4()), "reference": reference, "to": "naam@voorbeeld.example", "status": status}
    address = "/api/notice-receipts/v1/receipts"
    return Client().post(address, body, "application/json", headers={"Authorization": f"Bearer {token}"}).status_code


@pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
def test_a_receipt_counts_only_with_the_token_of_the_service(settings):
    row = _dispatch()
    assert _tell("delivered", f"{row.id}.0", token="") == 401
    assert _tell("delivered", f"{row.id}.0") == 401
    settings.NOTIFY = {**settings.NOTIFY, "callback_token": "t" * 20}
    assert _tell("delivered", f"{row.id}.0", token="x" * 20) == 401
    assert _tell("delivered", f"{row.id}.0") == 204
    row.refresh_from_db()
    assert (row.state, row.delivered_at is not None) == (State.DELIVERED, True)


@pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
def test_a_receipt_of_failure_ends_the_notice_and_strange_ones_change_nothing(settings, organisations):
    settings.NOTIFY = {**settings.NOTIFY, "callback_token": "t" * 20}
    row = _dispatch()
    assert _tell("permanent-failure", "unknown") == 204
    assert _tell("permanent-failure", str(uuid4())) == 204
    assert _tell("lost-in-space", f"{row.id}.0") == 400
    assert _tell("permanent-failure", f"{row.id}.0") == 204
    row.refresh_from_db()
    assert row.state == State.FAILED
