"""The message box: bytes that never change, only for their owner, on paper for who wants that."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from dichterbij.delivery.messages import channels, models, queries, services
from dichterbij.delivery.messages.document import Document, Paragraph
from dichterbij.delivery.messages.domain import Envelope, LetterChanged, Nature, UnknownMessage
from dichterbij.ground.organisations import keys
from dichterbij.ground.outbox import retention
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Actor, Permission, Role
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
LETTER = Document(title="Een brief", language="nl", dated=date(2026, 6, 15), blocks=(Paragraph("Dit is geheim."),))


@pytest.fixture
def owner(citizen) -> Access:
    return citizen("student", "aanvullende-beurs", Permission.READ)


def _send(access: Access, cause: UUID | None = None, **changes: object) -> UUID:
    envelope = Envelope(
        cause=cause or uuid4(),
        party=access.subject.party,
        organisation=access.organisation,
        activity=access.activity.id,
        nature=Nature.INFORMATION,
        **changes,
    )
    rendered = services.render(LETTER)
    with transaction.atomic():
        return services.send(envelope, rendered)


def test_a_message_is_what_was_sent(owner):
    message = _send(owner)
    letter = queries.letter(owner, message)
    assert "Dit is geheim." in letter.page.decode()
    assert letter.pdf == services.render(LETTER).pdf


def test_the_same_cause_gives_one_message(owner):
    cause = uuid4()
    assert _send(owner, cause) == _send(owner, cause)
    assert len(queries.box(owner)) == 1


def test_what_is_kept_cannot_be_read_in_the_database(owner):
    row = models.Message.objects.get(id=_send(owner))
    for sealed in (row.title_sealed, row.page_sealed):
        assert b"geheim" not in bytes(sealed)
        assert b"Een brief" not in bytes(sealed)


def test_a_letter_that_was_changed_is_not_shown(owner):
    row = models.Message.objects.get(id=_send(owner))
    row.page_sealed = keys.seal(owner.organisation, b"<p>Anders.</p>", purpose=services.PAGE)
    row.save()
    with pytest.raises(LetterChanged):
        queries.letter(owner, row.id)


def test_only_the_owner_reads_it(owner, citizen):
    message = _send(owner)
    other = citizen("uncle", "aanvullende-beurs", Permission.READ)
    assert queries.box(other) == ()
    with pytest.raises(UnknownMessage):
        queries.letter(other, message)
    with pytest.raises(UnknownMessage):
        services.mark_read(other, message)


def test_another_organisation_does_not_see_it(owner, elsewhere):
    message = _send(owner)
    other = elsewhere(owner, "zorgtoeslag")
    assert queries.box(other) == ()
    with pytest.raises(UnknownMessage):
        queries.letter(other, message)


def test_reading_is_noted_once_and_only_when_the_owner_reads(owner):
    message = _send(owner)
    helper = replace(owner, actor=Actor(role=Role.STAFF, organisation=owner.organisation, party=uuid4()))
    services.mark_read(helper, message)
    assert queries.box(owner)[0].read_at is None
    services.mark_read(owner, message)
    first = queries.box(owner)[0].read_at
    services.mark_read(owner, message)
    assert queries.box(owner)[0].read_at == first is not None


def test_who_wants_paper_gets_a_line_in_the_print_queue_and_others_do_not(owner):
    _send(owner)
    assert models.PrintJob.objects.count() == 0
    services.choose_post(owner, by_post=True)
    message = _send(owner)
    assert [job.message_id for job in models.PrintJob.objects.all()] == [message]
    services.choose_post(owner, by_post=False)
    _send(owner)
    assert models.PrintJob.objects.count() == 1


def test_a_channel_of_another_room_gets_the_message_in_the_same_transaction(owner):
    got: list[UUID] = []
    channels.register(channels.Channel(name="test", wanted=lambda *_: True, put=lambda message: got.append(message.id)))
    try:
        message = _send(owner)
        assert got == [message]
    finally:
        channels._channels.pop("test")


def test_a_message_that_is_rolled_back_was_never_sent(owner):
    envelope = Envelope(
        cause=uuid4(),
        party=owner.subject.party,
        organisation=owner.organisation,
        activity=owner.activity.id,
        nature=Nature.RECEIPT,
    )
    rendered = services.render(LETTER)
    with pytest.raises(RuntimeError), transaction.atomic():
        services.send(envelope, rendered)
        raise RuntimeError("midden in de nacht viel de stroom uit")
    assert queries.box(owner) == ()


def test_the_highest_level_of_the_messages_decides_who_may_open_the_list(owner):
    _send(owner, level=Level.LOW)
    _send(owner, level=Level.SUBSTANTIAL)
    *_others, product = queries.senders(owner.subject.party)
    assert (product.organisation, product.level) == (owner.organisation, Level.SUBSTANTIAL)


def test_old_messages_go_and_others_stay(owner):
    old, new = _send(owner), _send(owner)
    models.Message.objects.filter(id=old).update(sent_at=clock.now() - timedelta(days=8 * 366))
    retention.run()
    assert [line.id for line in queries.box(owner)] == [new]
