"""A month can be taken to a file that proves itself, and leaves when its term has passed: what stays still verifies."""

import json
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections

from dichterbij.ground.logbook import (
    append_only,
    archiving,
    merkle,
    proving,
    pseudonyms,
    queries,
    removals,
    removing,
    sealing,
    tree,
    verifying,
)
from dichterbij.ground.logbook import months as by_month
from dichterbij.ground.logbook.domain import Log
from dichterbij.ground.logbook.models import Head, Line, Position, Removal
from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisation_queries
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin

from .conftest import ANNA, DUO

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "logbook"]),
    pytest.mark.usefixtures("organisations"),
]
MAY, JUNE, JULY = (datetime(2026, month, 10, 9, tzinfo=UTC) for month in (5, 6, 7))
LATER = datetime(2046, 6, 1, tzinfo=UTC)  # May 2026 is more than twenty years ago, June is not


@pytest.fixture
def keys_of_2026(organisations):
    """Let the keys of years begin in 2026, whatever another test destroyed."""
    for folder in (keys._folder(each.oin) for each in organisation_queries.hosted()):
        for path in folder.glob("years-*"):
            path.unlink()
    keys._read.cache_clear()
    keys._key_of_year.cache_clear()
    keys._first_year.cache_clear()
    with clock.frozen(MAY):
        for each in organisation_queries.hosted():
            keys.make(each.oin)


@pytest.fixture
def log(record, keys_of_2026):
    """Three months of lines, of which none ends where a block of the tree does; returns the receipts."""
    receipts = []
    for month, number in ((MAY, 300), (JUNE, 100), (JULY, 200)):
        with clock.frozen(month):
            receipts += record(number)
            sealing.seal()
    return receipts


def remove(now=LATER):
    with clock.frozen(now):
        return removing.remove_expired(Log.OPEN)


def wrong():
    return verifying.verify()[0].position


# ------------------------------------------------------------------------------------------------ months


def test_a_line_belongs_to_the_month_in_which_it_was_signed(log):
    found = by_month.months(Log.OPEN)
    assert [(month.name, month.first, month.last) for month in found] == [
        ("2026-05", 1, 300),
        ("2026-06", 301, 400),
        ("2026-07", 401, 600),
    ]


def test_a_month_is_a_file_that_proves_itself_and_holds_every_line(log, tmp_path):
    with clock.frozen(JULY):
        call_command("logbook", "export", str(tmp_path))
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "logbook-open-2026-05.parquet",
        "logbook-open-2026-06.parquet",
    ]
    june = tmp_path / "logbook-open-2026-06.parquet"
    assert archiving.check(june) == (301, 400)
    bodies = pq.read_table(june)["body"].to_pylist()
    assert [json.loads(body)["id"] for body in bodies] == [str(receipt.id) for receipt in log[300:400]]


def check_month(path):
    with pytest.raises(CommandError, match="klopt niet") as refused:
        call_command("logbook", "verify", "--month", str(path))
    return str(refused.value)


@pytest.mark.parametrize("tamper", ["a line", "an order", "an end", "a stand", "the name of the month"])
def test_a_file_in_which_anything_was_changed_is_refused(log, tmp_path, tamper):
    path = archiving.export(by_month.months(Log.OPEN)[1], tmp_path)
    table = pq.read_table(path)
    if tamper == "a line":
        bodies = [body.replace("veld.7", "veld.8") for body in table["body"].to_pylist()]
        table = table.set_column(7, "body", [bodies])
    elif tamper == "an order":
        table = table.take([1, 0, *range(2, 100)])
    elif tamper == "an end":
        table = table.slice(0, 99)
    else:
        about = json.loads(table.schema.metadata[archiving.ABOUT])
        if tamper == "a stand":
            about["after"]["sealedAt"] = "2026-06-11T09:00:00.000000+00:00"
        else:
            about["month"] = "2026-07"
        table = table.replace_schema_metadata({archiving.ABOUT: json.dumps(about)})
    pq.write_table(table, path)
    check_month(path)


@pytest.mark.parametrize("column", [name for name in archiving.COLUMNS.names if name not in ("position", "body")])
def test_a_column_that_says_something_else_than_its_line_is_found_at_its_place(log, tmp_path, column):
    path = archiving.export(by_month.months(Log.OPEN)[1], tmp_path)
    rows = pq.read_table(path).to_pylist()
    value = rows[7][column]
    rows[7][column] = MAY if column == "at" else value + 1 if column == "items" else f"{value}x"
    schema = pq.read_schema(path)
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    assert f"Bij regel 308 zegt kolom {column} iets anders" in check_month(path)


def test_a_file_with_a_column_that_no_line_says_is_refused(log, tmp_path):
    path = archiving.export(by_month.months(Log.OPEN)[1], tmp_path)
    table = pq.read_table(path)
    pq.write_table(table.append_column("name", [["Anna"] * len(table)]), path)
    assert "andere kolommen" in check_month(path)


def test_a_file_of_something_else_is_no_month(tmp_path):
    path = tmp_path / "other.parquet"
    path.write_bytes(b"PAR1")
    assert "geen maand" in check_month(path)


# ------------------------------------------------------------------------------------------------ removing


def test_nothing_leaves_before_its_term_has_passed(log):
    assert remove(datetime(2046, 5, 10, 8, 59, tzinfo=UTC)) == ()
    assert Line.objects.count() == 600


def test_what_is_left_after_a_month_was_removed_still_verifies(log, capsys):
    (gone,) = remove()
    assert (gone.name, Line.objects.count(), Position.objects.count()) == ("2026-05", 300, 300)
    assert Head.objects.count() == 3
    call_command("logbook", "verify")
    assert "300 lines, 3 signed heads, 0 waiting, 300 removed after their term: in order" in capsys.readouterr().out


def test_lines_that_stayed_are_proved_and_the_removed_are_not_there(log, access):
    remove()
    for number in (300, 399, 400, 511, 512, 599):
        assert proving.check(proving.proof(access, log[number].id)).position == number + 1
    with pytest.raises(proving.UnknownLine):
        proving.proof(access, log[0].id)


def test_the_log_goes_on_after_everything_in_it_was_removed(log, record, access):
    far = datetime(2050, 1, 1, tzinfo=UTC)
    assert len(remove(far)) == 3
    assert not Line.objects.exists()
    with clock.frozen(far):
        (receipt,) = record(1)
        sealing.seal()
        proving.check(proving.proof(access, receipt.id))
    assert Position.objects.get().position == 601
    assert wrong() is None


def test_later_heads_are_shown_to_continue_the_end_of_a_removed_month(log):
    remove()
    assert proving.check_consistency(proving.consistency(Log.OPEN, 300, 600)) == (300, 600)


def test_every_root_is_as_if_nothing_had_been_removed(log):
    remove()
    leaves = [bytes.fromhex(receipt.leaf_hash) for receipt in log]
    assert tree.subtree(Log.OPEN, 0, 600) == merkle.root(merkle.peaks(leaves))


def test_the_database_lets_go_of_what_a_signed_note_covers_and_of_nothing_else(log):
    remove()
    for statement in (
        "DELETE FROM logbook_line WHERE id = (SELECT max(line_id) FROM logbook_position)",
        "DELETE FROM logbook_position WHERE position = 301",
        "DELETE FROM logbook_removal",
        "UPDATE logbook_removal SET last = 400",
    ):
        with pytest.raises(DatabaseError, match="append-only"), connections["logbook"].cursor() as cursor:
            cursor.execute(statement)


def test_who_is_killed_while_removing_goes_on_where_it_stopped(log, monkeypatch):
    monkeypatch.setattr(removing, "_let_go", lambda log: None)
    remove()
    assert Line.objects.count() == 600
    assert wrong() is None  # the note counts; what it covers is no longer part of the log
    monkeypatch.undo()
    remove()
    assert Line.objects.count() == 300


def test_with_the_last_line_of_a_year_the_key_goes_so_that_a_copy_leads_to_nobody(log, record, access, tmp_path):
    copy = archiving.export(by_month.months(Log.OPEN)[0], tmp_path)
    subject = pq.read_table(copy)["subject"][0].as_py()
    with clock.frozen(datetime(2046, 6, 1, tzinfo=UTC)):
        removing.remove_expired(Log.OPEN)
        assert subject in pseudonyms.all_of_subject(DUO, ANNA)  # lines of June 2026 are still here
    with clock.frozen(datetime(2047, 1, 2, tzinfo=UTC)):
        removing.remove_expired(Log.OPEN)
        assert subject not in pseudonyms.all_of_subject(DUO, ANNA)
        record(1)
        sealing.seal()
        assert len(queries.acts_about(access)) == 1
        gone = queries.last_removal()
    assert (gone.keys_before, gone.keys_on) == (2047, date(2047, 1, 2))
    assert archiving.check(copy) == (1, 300)
    assert wrong() is None


def test_lines_of_two_years_about_one_person_cannot_be_matched_and_she_sees_both(record, access, keys_of_2026):
    for year in (2026, 2027):
        with clock.frozen(datetime(year, 12, 31, 12, tzinfo=UTC)):
            record(1)
    first, second = Line.objects.order_by("at")
    told = [proving.parsed(line) for line in (first, second)]
    assert first.subject != second.subject
    assert told[0]["about"] != told[1]["about"]
    assert told[0]["actor"]["party"] != told[1]["actor"]["party"]
    with clock.frozen(datetime(2028, 1, 1, 12, tzinfo=UTC)):
        assert sum(act.items for act in queries.acts_about(access)) == 2


def _note(last, *, signed_by_us, removed_at=LATER):
    operator = Oin(Head.objects.first().operator)
    note = Removal(
        log="open",
        last=last,
        tail=b"".join(tree.tail(Log.OPEN, last)),
        keep_years=20,
        ground="",
        removed_at=removed_at,
        operator=operator.value,
        public_key=keys.public_key(operator),
    )
    signed = keys.sign(operator, removals.message(note), purpose=removals.purpose("open"))
    note.signature = signed if signed_by_us else bytes(64)
    note.save()


def test_an_intruder_who_writes_a_note_of_removal_is_found_at_its_place(log):
    _note(400, signed_by_us=False)
    assert (wrong(), "getekend" in verifying.verify()[0].what) == (400, True)


def test_removing_too_early_is_found_even_when_it_was_signed(log):
    _note(300, signed_by_us=True, removed_at=JULY)
    assert (wrong(), "te vroeg" in verifying.verify()[0].what) == (300, True)


def test_a_line_that_went_missing_after_a_removed_month_is_named(log):
    remove()
    append_only.unguard(connections["logbook"])
    row = Position.objects.get(position=333)
    Position.objects.filter(pk=row.pk).delete()
    Line.objects.filter(pk=row.line_id).delete()
    append_only.guard(connections["logbook"])
    assert wrong() == 333


def test_the_commands_say_what_is_kept_until_when_and_what_would_go(log, capsys):
    call_command("logbook", "months")
    assert "open 2026-05: lines 1 to 300, kept until 2046-05-10" in capsys.readouterr().out
    with clock.frozen(LATER):
        call_command("logbook", "remove", "--dry-run")
        assert "open 2026-05: 300 lines would be removed" in capsys.readouterr().out
        call_command("logbook", "remove")
    assert "open 2026-05: 300 lines removed" in capsys.readouterr().out
