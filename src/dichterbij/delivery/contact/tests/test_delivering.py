"""A notice goes out once, says no content, survives a mail server that is down, and ends on paper when it must."""

from datetime import date, timedelta
from email import message_from_bytes, policy
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from dichterbij.delivery.contact import bounces, delivering, details, models, senders, telling, wishes
from dichterbij.delivery.contact.adapters import smtp
from dichterbij.delivery.contact.domain import EVERYTHING, Notify, Outgoing, SenderUnavailable, State, Way, Wish
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages import services as message_services
from dichterbij.delivery.messages.document import Document, Paragraph
from dichterbij.delivery.messages.domain import Envelope, Nature
from dichterbij.delivery.messages.models import Message, PrintJob
from dichterbij.ground.authority.models import Mandate
from dichterbij.ground.identity.models import Party
from dichterbij.ground.outbox import queries as waiting
from dichterbij.ground.outbox import services as outbox
from dichterbij.ground.outbox.models import Delivery
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission

from .test_details import MAIL, prove

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
LETTER = Document(title="Geheim", language="nl", dated=date(2026, 6, 15), blocks=(Paragraph("Nabestaandenuitkering."),))


@pytest.fixture
def student(own, sent) -> Access:
    """A student who proved an e-mail address."""
    access = own("student")
    prove(access, sent)
    sent.clear()
    return access


@pytest.fixture
def grant(citizen) -> Access:
    return citizen("student", "aanvullende-beurs", Permission.READ)


def _send(access: Access, **changes: object) -> UUID:
    envelope = Envelope(
        cause=uuid4(),
        party=access.subject.party,
        organisation=access.organisation,
        activity=access.activity.id,
        nature=Nature.QUESTION,
        **{"product": access.product, "expects_reaction": True, "react_by": date(2026, 7, 3), **changes},
    )
    rendered = message_services.render(LETTER)
    with transaction.atomic():
        return message_services.send(envelope, rendered)


def _later() -> None:
    """Let the pause of everything that waits be over."""
    Delivery.objects.update(not_before=clock.machine_time())
    outbox.run_once()


def test_a_notice_tells_nature_reaction_and_term_and_nothing_else(student, grant, sent):
    message = _send(grant)
    outbox.run_once()
    (notice,) = sent
    assert (notice.to, notice.subject) == (MAIL, "Er staat een bericht voor u klaar")
    assert "een vraag aan u" in notice.text
    assert "uiterlijk op 3 juli 2026" in notice.text
    for secret in ("Geheim", "Nabestaanden", "DUO", "beurs", "http", str(message)):
        assert secret not in notice.subject + notice.text
    (proof,) = telling.proofs(message)
    assert (proof.way, proof.state, proof.sent_at is not None) == (Way.EMAIL, State.SENT, True)


def test_a_text_message_fits_in_one(student, grant, sent, own):
    prove(own("student"), sent, "+31612345678", Way.SMS)
    wishes.choose(student, EVERYTHING, Wish(notify=Notify.SMS))
    sent.clear()
    _send(grant)
    outbox.run_once()
    assert len(sent[0].text) <= 160


def test_the_language_of_the_person_is_kept(student, grant, sent):
    Party.objects.filter(id=student.subject.party).update(language="en")
    _send(grant)
    outbox.run_once()
    assert sent[0].subject == "There is a message for you"


def test_one_message_gives_one_notice_however_often_the_outbox_delivers_it(student, grant, sent):
    _send(grant)
    outbox.run_once()
    Delivery.objects.update(state="waiting", not_before=clock.machine_time())
    outbox.run_once()
    assert len(sent) == 1


def test_who_chose_nothing_hears_nothing_and_who_chose_paper_gets_paper(student, grant, sent):
    wishes.choose(student, EVERYTHING, Wish(notify=Notify.NONE, by_post=True))
    message = _send(grant)
    outbox.run_once()
    assert sent == []
    assert [job.message_id for job in PrintJob.objects.all()] == [message]


def test_what_was_read_before_it_went_out_is_not_told(student, grant, sent):
    message = _send(grant)
    message_services.mark_read(grant, message)
    outbox.run_once()
    assert sent == []
    assert telling.proofs(message)[0].state is State.NOT_NEEDED


def test_nobody_writes_to_who_died(student, grant, sent):
    _send(grant)
    Party.objects.filter(id=student.subject.party).update(died_at=clock.now())
    outbox.run_once()
    assert sent == []


def test_a_mail_server_that_is_down_for_a_day_loses_and_doubles_nothing(student, grant, sent, monkeypatch):
    def down(_outgoing: Outgoing) -> str:
        raise SenderUnavailable

    up = senders.sender(Way.EMAIL)
    senders.register(Way.EMAIL, down)
    message = _send(grant)
    for _ in range(40):
        _later()
    assert waiting.stuck() == ()
    senders.register(Way.EMAIL, up)
    _later()
    _later()
    assert len(sent) == 1
    assert sent[0].again
    assert telling.proofs(message)[0].state is State.SENT
    assert PrintJob.objects.count() == 0


def test_after_two_days_the_message_goes_on_paper(student, grant, sent):
    def down(_outgoing: Outgoing) -> str:
        raise SenderUnavailable

    senders.register(Way.EMAIL, down)
    message = _send(grant)
    models.Dispatch.objects.filter(message=message).update(waits_since=clock.machine_time() - timedelta(days=3))
    _later()
    _later()
    assert telling.proofs(message)[0].state is State.FAILED
    letter = PrintJob.objects.get().message
    assert letter.id != message
    assert details.of(student.subject.party)[0].failed_at is None


def test_a_letter_says_what_the_notice_would_have_said_to_the_address_in_the_register(student, grant, sent):
    message = _send(grant)
    outbox.run_once()
    (row,) = models.Dispatch.objects.filter(message=message)
    assert delivering.came_back(f"{row.id}.0", for_good=True)
    _later()
    letter = PrintJob.objects.get().message
    page = messages.letter(student, letter.id).page.decode()
    assert "een vraag aan u" in page
    assert "3 juli 2026" in page
    assert "Nabestaanden" not in page
    assert "Rotterdam" in page
    assert details.of(student.subject.party)[0].failed_at is not None


def test_who_cannot_be_told_any_more_gets_the_next_letters_on_paper(student, grant, sent):
    message = _send(grant)
    outbox.run_once()
    delivering.came_back(f"{models.Dispatch.objects.get(message=message).id}.0", for_good=True)
    assert messages.wants_post(grant)


def test_the_same_report_twice_or_of_an_earlier_round_changes_nothing(student, grant, sent):
    message = _send(grant)
    outbox.run_once()
    reference = f"{models.Dispatch.objects.get(message=message).id}.0"
    delivering.came_back(reference, for_good=False)
    delivering.came_back(reference, for_good=False)
    _later()
    assert [each.reference for each in sent] == [reference, reference.replace(".0", ".1")]
    assert delivering.came_back("not ours", for_good=True) is False


def _reports(monkeypatch, report) -> None:
    """Let everything that is sent be reported on before it is written down that it was sent."""

    def send(outgoing: Outgoing) -> str:
        report(outgoing.reference)
        return "taken"

    monkeypatch.setattr(senders, "_senders", dict.fromkeys(Way, send))


def test_a_report_that_comes_before_it_is_written_that_it_was_sent_counts(student, grant, monkeypatch):
    _reports(monkeypatch, lambda reference: delivering.came_back(reference, for_good=True))
    message = _send(grant)
    _later()
    _later()
    (proof,) = telling.proofs(message)
    assert (proof.state, proof.sent_at is not None) == (State.FAILED, True)
    assert PrintJob.objects.count() == 1
    assert details.of(student.subject.party)[0].failed_at is not None


def test_a_receipt_that_comes_before_it_is_written_that_it_was_sent_counts(student, grant, monkeypatch):
    _reports(monkeypatch, delivering.arrived)
    message = _send(grant)
    _later()
    (proof,) = telling.proofs(message)
    assert (proof.state, proof.sent_at is not None) == (State.DELIVERED, True)


def test_what_comes_back_for_now_before_it_is_written_that_it_was_sent_goes_once_more(student, grant, monkeypatch):
    seen: list[str] = []

    def report(reference: str) -> None:
        seen.append(reference)
        if len(seen) == 1:
            delivering.came_back(reference, for_good=False)

    _reports(monkeypatch, report)
    message = _send(grant)
    _later()
    _later()
    assert [each.rpartition(".")[2] for each in seen] == ["0", "1"]
    assert telling.proofs(message)[0].state is State.SENT


def test_a_code_that_comes_back_says_nothing_of_the_address_in_use_and_is_not_sent_there(student, own, sent):
    details.ask(own("student"), Way.EMAIL, "nieuw@voorbeeld.example")
    outbox.run_once()
    for for_good in (False, True):
        delivering.came_back(sent[-1].reference, for_good=for_good)
        _later()
    assert [each.to for each in sent] == ["nieuw@voorbeeld.example"]
    assert details.of(student.subject.party)[0].failed_at is None


def test_what_came_back_from_a_former_address_says_nothing_of_the_new_one(student, grant, own, sent):
    _send(grant)
    outbox.run_once()
    reference = sent[-1].reference
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        models.ContactDetail.objects.update(verified_at=clock.now())
        delivering.came_back(reference, for_good=True)
    assert details.of(student.subject.party)[0].failed_at is None


def test_what_keeps_coming_back_ends_on_paper_after_three_rounds(student, grant, sent):
    message = _send(grant)
    for number in range(3):
        _later()
        delivering.came_back(f"{models.Dispatch.objects.get(message=message).id}.{number}", for_good=False)
    _later()
    assert len(sent) == 3
    assert PrintJob.objects.count() == 1


def test_who_reads_it_after_all_gets_no_letter(student, grant, sent):
    message = _send(grant)
    outbox.run_once()
    Message.objects.filter(id=message).update(read_at=clock.now())
    delivering.came_back(f"{models.Dispatch.objects.get(message=message).id}.0", for_good=True)
    _later()
    assert PrintJob.objects.count() == 0


def test_a_real_mail_server_takes_it_once_and_its_refusal_ends_on_paper(student, grant, sent, mail_server):
    senders.register(Way.EMAIL, smtp.send)
    _send(grant)
    outbox.run_once()
    (raw,) = mail_server.received
    mail = message_from_bytes(raw, policy=policy.default)
    assert (mail["To"], mail["Auto-Submitted"]) == (MAIL, "auto-generated")
    assert smtp.reference_of(mail["Message-ID"]) == f"{models.Dispatch.objects.filter(kind='message').get().id}.0"
    models.ContactDetail.objects.update(sealed=details.closed({"address": "gone@voorbeeld.example"}))
    refused = _send(grant)
    outbox.run_once()
    assert telling.proofs(refused)[0].state is State.FAILED
    assert len(mail_server.received) == 1


def test_a_full_mailbox_is_tried_again(student, grant, sent, mail_server):
    senders.register(Way.EMAIL, smtp.send)
    models.ContactDetail.objects.update(sealed=details.closed({"address": "full@voorbeeld.example"}))
    message = _send(grant)
    outbox.run_once()
    assert telling.proofs(message)[0].state is State.WAITING
    assert waiting.waiting() == 1


def test_a_mail_server_that_is_not_there_is_tried_again(student, grant, sent, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    senders.register(Way.EMAIL, smtp.send)
    message = _send(grant)
    outbox.run_once()
    assert telling.proofs(message)[0].state is State.WAITING


def test_a_report_of_the_mail_server_is_understood_and_any_other_mail_is_not(student, grant, sent):
    message = _send(grant)
    outbox.run_once()
    reference = f"{models.Dispatch.objects.get(message=message).id}.0"
    assert bounces.take_in(b"Subject: hallo\n\nik ben er niet") is False
    assert bounces.take_in(_report(reference, "delayed", "4.4.1")) is False
    assert bounces.take_in(_report(reference, "failed", "5.1.1")) is True
    assert telling.proofs(message)[0].state is State.FAILED


def test_who_acts_for_another_by_mandate_is_told_along_their_own_way(own, grant, sent):
    helper, now = own("uncle"), clock.now()
    prove(helper, sent, "oom@voorbeeld.example")
    sent.clear()
    mandate = Mandate.objects.create(
        represented=grant.subject.party,
        representative=helper.subject.party,
        products=["aanvullende-beurs"],
        sealed=b"",
        made_at=now,
        accepted_at=now,
        code_until=now,
        valid_until=now + timedelta(days=1),
    )
    message = _send(grant)
    _send(grant, product="zorgtoeslag")
    mandate.ended_at = now
    mandate.save()
    _send(grant)
    outbox.run_once()
    assert [each.to for each in sent] == ["oom@voorbeeld.example"]
    assert "iemand voor wie u handelt" in sent[0].subject
    assert telling.proofs(message)[0].for_another


def _report(reference: str, action: str, status: str) -> bytes:
    return (
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=B\n\n"
        "--B\nContent-Type: text/plain\n\nSorry\n"
        "--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; {MAIL}\nAction: {action}\nStatus: {status}\n\n"
        f"--B\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{reference}@dichterbij.example>\n\n--B--\n"
    ).encode()
