"""A line is durable before anything is shown, never changes, betrays nothing, and every change to it is found."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.ground.logbook import append_only, domain, merkle, queries, sealing, services, verifying
from dichterbij.ground.logbook.domain import Entry, Kind, Log, LogbookUnavailable, OpenTransaction, Part, Result
from dichterbij.ground.logbook.models import Head, Line, Position
from dichterbij.kernel import clock
from dichterbij.kernel.access import Actor, Permission, Role
from dichterbij.kernel.identifiers import Bsn, Oin, passes_eleven_test

ANNA, BRAM = Bsn("999993653"), Bsn("999990019")
DUO, SVB = Oin("00000099100000003000"), Oin("00000099100000005000")
pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "logbook"]),
    pytest.mark.usefixtures("organisations"),
]


def read_of(subject: Bsn, *fields: str) -> Entry:
    return Entry(
        kind=Kind.READ, subject=subject, registry="brp", fields=fields or ("geboorte.datum",), outcome=Result.GIVEN
    )


def by_staff(access, reason=""):
    staff = Actor(role=Role.STAFF, organisation=access.organisation, party=uuid4(), staff_reference="M-0A1B2C")
    return replace(access, actor=staff, act=uuid4(), reason=reason)


# ------------------------------------------------------------------------------------------------ recording


def test_a_receipt_is_the_hash_of_the_bytes_that_are_kept(new_access):
    receipt = services.record(new_access(bsn=ANNA, organisation=DUO), read_of(ANNA))
    line = Line.objects.get(line_id=receipt.id)
    assert domain.leaf(bytes(line.body)).hex() == receipt.leaf_hash


def test_a_line_says_who_for_whom_on_which_ground_and_never_the_number(new_access):
    access = new_access(bsn=ANNA, organisation=DUO, case=uuid4(), product="aanvullende-beurs")
    services.record(access, read_of(ANNA, "geboorte.datum", "overlijden.datum"))
    body = json.loads(bytes(Line.objects.get().body))
    assert body["activity"]["purpose"] == access.activity.purpose
    assert body["activity"]["legalBasis"] == access.activity.legal_basis
    assert (body["act"], body["case"], body["trace"]) == (str(access.act), str(access.case), access.trace)
    assert (body["product"], body["level"], body["permission"]) == ("aanvullende-beurs", "substantial", "read")
    assert body["fields"] == ["geboorte.datum", "overlijden.datum"]
    assert body["items"] == 2
    assert ANNA.value not in json.dumps(body)
    assert str(access.subject.party) not in json.dumps(body)


@settings(deadline=None)  # the database may be slow
@given(reason=st.text(max_size=40), place=st.integers(0, 40))
def test_no_text_that_somebody_typed_brings_a_bsn_into_a_line(new_access, reason, place):
    typed = f"{reason[:place]} {ANNA.value} {reason[place:]}"
    access = by_staff(new_access(bsn=ANNA, organisation=DUO), reason=typed)
    receipt = services.record(access, read_of(ANNA))
    kept = json.loads(bytes(Line.objects.get(line_id=receipt.id).body))["reason"]
    assert not [run for run in re.findall(r"(?<![0-9])[0-9]{9}(?![0-9])", kept) if passes_eleven_test(run)]


def test_the_same_person_has_another_pseudonym_at_another_organisation(new_access):
    for oin in (DUO, SVB):
        services.record(new_access(bsn=ANNA, organisation=oin), read_of(ANNA))
    assert len(set(Line.objects.values_list("subject", flat=True))) == 2


@pytest.mark.parametrize("alias", ["default", "logbook"])
def test_nothing_is_recorded_inside_a_transaction(new_access, alias):
    with transaction.atomic(using=alias), pytest.raises(OpenTransaction):
        services.record(new_access(bsn=ANNA, organisation=DUO), read_of(ANNA))


def test_without_a_writable_log_recording_fails_and_nothing_is_kept(new_access, read_only_logbook):
    access = new_access(bsn=ANNA, organisation=DUO)
    services.record_all(access, [read_of(ANNA), read_of(BRAM)])
    with read_only_logbook(), pytest.raises(LogbookUnavailable):
        services.record_all(access, [read_of(ANNA), read_of(BRAM)])
    assert Line.objects.count() == 2
    services.record(access, read_of(ANNA))
    assert Line.objects.count() == 3


@pytest.mark.parametrize("model", [Line, Position, Head])
def test_the_database_refuses_to_change_or_remove(new_access, model):
    services.record(new_access(bsn=ANNA, organisation=DUO), read_of(ANNA))
    services.seal()
    with pytest.raises(DatabaseError, match="append-only"):
        model.objects.update(log="open")
    with pytest.raises(DatabaseError, match="append-only"):
        model.objects.filter(pk=model.objects.get().pk)._raw_delete("logbook")
    assert model.objects.count() == 1


# ------------------------------------------------------------------------------------------------ sealing


def record_some(new_access, number: int) -> None:
    access = new_access(bsn=ANNA, organisation=DUO)
    services.record_all(access, [read_of(ANNA, f"veld.{index}") for index in range(number)])


@pytest.fixture
def unguarded() -> Iterator[None]:
    """An intruder who is master of the database."""
    append_only.unguard(connections["logbook"])
    yield
    append_only.guard(connections["logbook"])


def findings() -> list[tuple[str, int | None]]:
    return [(found.log.value, found.position) for found in verifying.verify()]


def test_an_untouched_log_verifies_before_and_after_sealing(new_access):
    record_some(new_access, 3)
    assert findings() == [("open", None), ("confidential", None)]
    assert services.seal() == 3
    record_some(new_access, 2)
    assert services.seal() == 2
    assert findings() == [("open", None), ("confidential", None)]
    assert Head.objects.count() == 2


def test_sealing_when_nothing_waits_makes_no_head(new_access):
    assert services.seal() == 0
    assert not Head.objects.exists()


def change_body(position: int) -> None:
    line = Position.objects.get(log="open", position=position).line
    line.body = bytes(line.body).replace(b"veld", b"held")
    line.save()


def change_body_and_hash(position: int) -> None:
    change_body(position)
    line = Position.objects.get(log="open", position=position).line
    line.leaf_hash = domain.leaf(bytes(line.body))
    line.save()


def put_rubbish_in_place(position: int) -> None:
    body = b"no line at all"
    row = Position.objects.get(log="open", position=position)
    before = bytes(Position.objects.get(log="open", position=position - 1).chain_hash)
    Line.objects.filter(pk=row.line_id).update(body=body, leaf_hash=domain.leaf(body))
    Position.objects.filter(pk=row.pk).update(chain_hash=domain.link(before, domain.leaf(body)))


def change_subject_column(position: int) -> None:
    Line.objects.filter(sealed__position=position).update(subject="0" * 64)


def name_another_actor(position: int) -> None:
    Line.objects.filter(sealed__position=position).update(actor="0" * 64)


def remove(position: int) -> None:
    row = Position.objects.get(log="open", position=position)
    Position.objects.filter(pk=row.pk).delete()
    Line.objects.filter(pk=row.line_id).delete()


def swap_with_next(position: int) -> None:
    rows = [Position.objects.get(log="open", position=number) for number in (position, position + 1)]
    Position.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row, other in zip(rows, reversed(rows), strict=True):
        Position.objects.create(log="open", position=row.position, line_id=other.line_id, chain_hash=row.chain_hash)


@pytest.mark.parametrize(
    "tamper",
    [
        change_body,
        change_body_and_hash,
        put_rubbish_in_place,
        change_subject_column,
        name_another_actor,
        remove,
        swap_with_next,
    ],
)
def test_whatever_is_changed_the_first_wrong_position_is_named(new_access, unguarded, tamper):
    record_some(new_access, 6)
    services.seal()
    tamper(4)
    assert findings()[0] == ("open", 4)


def test_a_chain_that_was_computed_anew_does_not_match_the_signed_head(new_access, unguarded):
    record_some(new_access, 5)
    services.seal()
    change_body_and_hash(3)
    chain = bytes(Position.objects.get(position=2).chain_hash)
    for row in Position.objects.filter(position__gte=3).order_by("position").select_related("line"):
        chain = domain.link(chain, bytes(row.line.leaf_hash))
        Position.objects.filter(pk=row.pk).update(chain_hash=chain)
    assert findings()[0] == ("open", 5)  # the first position whose chain was signed
    leaves = [bytes(each.leaf_hash) for each in Line.objects.order_by("id")]
    Head.objects.update(chain_hash=chain, root=merkle.root(merkle.peaks(leaves)))
    assert "handtekening" in verifying.verify()[0].what


def test_a_head_signed_with_another_key_is_no_proof(new_access, unguarded):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    record_some(new_access, 2)
    services.seal()
    other = Ed25519PrivateKey.generate()
    head = Head.objects.get()
    content = sealing.message("open", 2, bytes(head.chain_hash), bytes(head.root))
    bound = f"dichterbij\0{head.operator}\0{sealing.purpose('open')}\0".encode()
    Head.objects.update(public_key=other.public_key().public_bytes_raw(), signature=other.sign(bound + content))
    assert findings()[0] == ("open", 2)


def test_a_tail_that_was_cut_off_shows_against_a_head_kept_elsewhere(new_access, unguarded):
    record_some(new_access, 2)
    services.seal()
    record_some(new_access, 2)
    services.seal()
    last = Head.objects.get(size=4)
    known = verifying.KnownHead(log=Log.OPEN, size=4, chain_hash=bytes(last.chain_hash))
    assert verifying.verify(known)[0].position is None
    Head.objects.filter(size=4).delete()
    remove(4)
    remove(3)
    assert findings()[0] == ("open", None)  # by itself a shorter log is in order
    assert verifying.verify(known)[0].position == 3


def test_a_line_that_waits_to_be_sealed_is_checked_too(new_access, unguarded):
    record_some(new_access, 2)
    services.seal()
    record_some(new_access, 1)
    line = Line.objects.order_by("id").last()
    line.body = bytes(line.body).replace(b"veld", b"held")
    line.save()
    assert findings()[0] == ("open", 3)


def test_the_verify_command_fails_and_names_the_position(new_access, unguarded, capsys):
    record_some(new_access, 3)
    services.seal()
    call_command("logbook", "verify")
    assert "3 lines, 1 signed heads, 0 waiting: in order" in capsys.readouterr().out
    change_body(2)
    with pytest.raises(CommandError):
        call_command("logbook", "verify")
    assert "WRONG at position 2" in capsys.readouterr().out


def test_confidential_lines_have_positions_heads_and_signatures_of_their_own(new_access):
    access = new_access(bsn=ANNA, organisation=DUO)
    hidden = replace(access, activity=replace(access.activity, confidential=True))
    for use in (access, hidden, access, hidden, hidden):
        services.record(use, read_of(ANNA))
    services.seal()
    assert list(Position.objects.filter(log="open").values_list("position", flat=True)) == [1, 2]
    assert list(Position.objects.filter(log="confidential").values_list("position", flat=True)) == [1, 2, 3]
    assert findings() == [("open", None), ("confidential", None)]


# ------------------------------------------------------------------------------------------------ what the person sees


def test_one_act_at_several_organisations_is_told_as_one(new_access):
    access = new_access(bsn=ANNA, organisation=DUO)
    services.record(access, read_of(ANNA, "a", "b"))
    services.record(replace(access, organisation=SVB), read_of(ANNA, "c"))
    (act,) = queries.acts_about(access)
    assert act.act == access.act
    assert act.by_self
    assert act.items == 3
    assert set(act.organisations) == {DUO, SVB}


def test_a_person_never_sees_lines_about_another(new_access):
    services.record(new_access(bsn=ANNA, organisation=DUO), read_of(ANNA))
    other = new_access(bsn=BRAM, organisation=DUO)
    assert queries.acts_about(other) == ()
    act = Line.objects.get().act
    assert queries.lines_of_act(other, act) == ()
    assert queries.lines_of_act(other, uuid4()) == ()


def test_an_act_opens_to_its_lines_with_fields_source_and_ground(new_access):
    access = by_staff(new_access(bsn=ANNA, organisation=DUO), reason="Vraag van de burger aan de balie")
    services.record(access, read_of(ANNA, "geboorte.datum"))
    (line,) = queries.lines_of_act(new_access(bsn=ANNA, organisation=DUO), access.act)
    assert (line.registry, line.fields, line.outcome) == ("brp", ("geboorte.datum",), Result.GIVEN)
    assert (line.role, line.by_self, line.reason) == (Role.STAFF, False, "Vraag van de burger aan de balie")
    assert "M-0A1B2C" not in repr(line)


def test_a_look_for_another_persons_matter_tells_organisation_purpose_and_month_only(new_access):
    child = new_access(bsn=BRAM, organisation=DUO, product="aanvullende-beurs", case=uuid4())
    services.record(child, read_of(ANNA, "inkomensgegeven.verzamelinkomen"))
    mother = new_access(bsn=ANNA, organisation=DUO)
    (act,) = queries.acts_about(mother)
    assert act.act is None
    assert (act.month.day, act.at.astimezone(clock.AMSTERDAM).day) == (1, 1)
    assert [(part.organisation, part.items, part.product) for part in act.parts] == [(DUO, 1, "")]
    assert queries.lines_of_act(mother, child.act) == ()
    assert queries.matters_about(mother) == queries.acts_about(mother, chosen=Part(case=child.case)) == ()


def test_confidential_activities_are_in_no_list_no_count_and_no_page(new_access):
    access = new_access(bsn=ANNA, organisation=DUO)
    hidden = replace(access, activity=replace(access.activity, confidential=True))
    services.record(access, read_of(ANNA))
    without = queries.acts_about(access)
    services.record(hidden, read_of(ANNA))
    services.record(replace(hidden, act=uuid4()), read_of(ANNA))
    assert queries.acts_about(access) == without
    assert len(queries.lines_of_act(access, access.act)) == 1


def test_intents_are_not_shown_and_orphans_become_tried_but_nothing_shown(new_access):
    access = new_access(bsn=ANNA, organisation=DUO)
    intent = replace(read_of(ANNA), kind=Kind.INTENT, outcome=Result.ASKED)
    early = clock.now() - timedelta(minutes=5)
    with clock.frozen(early):
        answered = services.record(access, intent)
        services.record(access, replace(read_of(ANNA), intent=answered.id))
        services.record(replace(access, act=(orphan := uuid4())), intent)
    assert services.close_orphans() == 1
    assert services.close_orphans() == 0
    assert len(queries.lines_of_act(access, access.act)) == 1
    (line,) = queries.lines_of_act(access, orphan)
    assert line.outcome is Result.INTERRUPTED
    assert {act.items for act in queries.acts_about(access)} == {0, 1}
    services.seal()
    assert findings()[0] == ("open", None)


def test_looking_at_somebody_elses_log_is_itself_recorded_and_at_your_own_is_not(new_access):
    own = new_access(bsn=ANNA, organisation=DUO)
    queries.acts_about(own)
    assert not Line.objects.exists()
    queries.acts_about(by_staff(own, reason="Bezwaar"))
    assert Line.objects.get().kind == Kind.VIEW
    (act,) = queries.acts_about(own)
    assert act.role is Role.STAFF


def test_a_refused_attempt_is_shown_as_refused(new_access):
    access = by_staff(new_access(bsn=ANNA, organisation=DUO))
    services.record(access, Entry(kind=Kind.DENIED, subject=ANNA, registry="brp", outcome=Result.REFUSED))
    (act,) = queries.acts_about(new_access(bsn=ANNA, organisation=DUO))
    assert act.items == 0
    assert act.parts[0].refused


def test_pages_of_acts_join_without_gap_or_double(new_access):
    start = datetime(2026, 6, 15, 8, tzinfo=clock.AMSTERDAM)
    for minute in range(7):
        with clock.frozen(start + timedelta(minutes=minute)):
            services.record(new_access(bsn=ANNA, organisation=DUO), read_of(ANNA))
    access = new_access(bsn=ANNA, organisation=DUO)
    found, before = [], None
    while page := queries.acts_about(access, before=before, limit=3):
        found += page
        before = page[-1].at
    assert [act.act for act in found] == [act.act for act in queries.acts_about(access, limit=100)]
    assert len(found) == 7


def test_a_list_of_acts_takes_few_queries(new_access, django_assert_max_num_queries):
    access = new_access(bsn=ANNA, organisation=DUO)
    for _ in range(10):
        services.record(replace(access, act=uuid4(), permission=Permission.HANDLE), read_of(ANNA))
    queries.acts_about(access)
    with django_assert_max_num_queries(4, connection=connections["logbook"]):
        queries.acts_about(access)
