"""Heads that were published hold the log to what it was: later ones only add, at times that go forward."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.ground.logbook import append_only, merkle, proving, sealing, services, verifying
from dichterbij.ground.logbook.domain import Log
from dichterbij.ground.logbook.models import Head, Line
from dichterbij.kernel import clock

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "logbook"]),
    pytest.mark.usefixtures("organisations"),
]


def _hashes(count):
    return [hashlib.sha256(number.to_bytes(4)).digest() for number in range(count)]


def _root(hashes):
    return merkle.root(merkle.peaks(hashes))


# ------------------------------------------------------------------------------------------------ the tree


@given(st.data())
def test_a_tree_is_shown_to_begin_with_an_earlier_one_and_with_no_other(data):
    second = data.draw(st.integers(1, 200))
    first = data.draw(st.integers(1, second))
    leaves = _hashes(second)
    between = merkle.consistency(first, second, lambda start, size: _root(leaves[start : start + size]))
    roots = (_root(leaves[:first]), _root(leaves))
    assert merkle.is_consistent(first, second, roots, between)
    changed = [*leaves]
    changed[data.draw(st.integers(0, first - 1))] = bytes(32)
    assert not merkle.is_consistent(first, second, (_root(changed[:first]), roots[1]), between)
    assert not merkle.is_consistent(first, second, (roots[0], _root(changed)), between)
    assert not merkle.is_consistent(first, second, roots, (*between, bytes(32)))
    assert not between or not merkle.is_consistent(first, second, roots, between[:-1])


@pytest.mark.parametrize(("first", "second"), [(0, 1), (2, 1), (0, 0)])
def test_sizes_that_cannot_follow_each_other_are_not_consistent(first, second):
    assert not merkle.is_consistent(first, second, (merkle.EMPTY, merkle.EMPTY), ())


# ------------------------------------------------------------------------------------------------ proofs


@pytest.fixture
def sizes(record):
    """Heads of several sizes, across blocks of the tree."""
    for number in (1, 254, 1, 300, 44):
        record(number)
        services.seal()
    return list(Head.objects.filter(log=Log.OPEN).order_by("size").values_list("size", flat=True))


def test_every_published_head_is_shown_to_begin_as_each_earlier_one(sizes):
    for first in sizes:
        for second in sizes:
            if first <= second:
                assert proving.check_consistency(proving.consistency(Log.OPEN, first, second)) == (first, second)


def test_a_proof_of_two_heads_with_anything_changed_is_none(sizes):
    found = proving.consistency(Log.OPEN, 255, 600)
    first, second = found["first"], found["second"]
    for change in (
        {"first": second, "second": first},
        {"first": {**first, "size": 254}},
        {"first": {**first, "sealedAt": second["sealedAt"]}},
        {"second": {**second, "root": first["root"]}},
        {"second": {**second, "root": None}},
        {"path": found["path"][:-1]},
        {"path": None},
        {"log": "confidential"},
    ):
        with pytest.raises(proving.ProofWrong):
            proving.check_consistency({**found, **change})


@pytest.mark.parametrize(("first", "second"), [(2, 600), (600, 255), (0, 600), (255, 9000)])
def test_between_heads_that_were_never_signed_there_is_no_proof(sizes, first, second):
    with pytest.raises(proving.UnknownStand):
        proving.consistency(Log.OPEN, first, second)


def test_the_command_proves_and_checks_that_a_head_only_added(sizes, tmp_path, capsys):
    call_command("logbook", "prove", "--from", "255", "--to", "600")
    file = tmp_path / "heads.json"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    call_command("logbook", "verify", "--proof", str(file))
    assert "the log of 600 lines begins with those of 255" in capsys.readouterr().out
    file.write_text(file.read_text(encoding="utf-8").replace('"size": 255', '"size": 256'), encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("logbook", "verify", "--proof", str(file))


# ------------------------------------------------------------------------------------------------ time and replay


def _unguarded(change):
    append_only.unguard(connections["logbook"])
    change()
    append_only.guard(connections["logbook"])


def test_the_instant_of_a_head_is_under_its_signature(record):
    record(2)
    services.seal()
    _unguarded(lambda: Head.objects.update(sealed_at=clock.now() - timedelta(days=1)))
    assert (verifying.verify()[0].position, "handtekening" in verifying.verify()[0].what) == (2, True)


def test_a_clock_that_was_set_back_is_named_with_its_position(record, capsys, monkeypatch):
    monkeypatch.setattr(clock, "stands_still", lambda: False)  # the demonstration has one day, again and again
    record(3)
    with clock.frozen(clock.now() - timedelta(hours=1)):
        record(2)
        services.seal()
    found = verifying.verify()[0]
    assert (found.position, found.clock_back) == (None, 4)
    call_command("logbook", "verify")
    assert "the clock was set back before position 4" in capsys.readouterr().out


def test_a_head_signed_before_its_last_line_was_written_shows_a_clock_set_back(record):
    record(2)
    with clock.frozen(clock.now() - timedelta(hours=1)):
        services.seal()
    assert verifying.verify()[0].clock_back == 2


def test_lines_of_two_processes_that_wrote_a_moment_apart_are_no_clock_set_back(record):
    record(1)
    with clock.frozen(clock.now() - timedelta(seconds=20)):
        record(1)
    services.seal()
    assert verifying.verify()[0].clock_back is None


def test_a_line_that_is_sent_again_is_refused_and_one_that_is_put_in_again_is_found(record):
    from django.db import IntegrityError

    from dichterbij.ground.logbook import appending
    from dichterbij.ground.logbook.domain import LogbookUnavailable

    record(3)
    services.seal()
    again = Line.objects.order_by("id")[0]
    again.pk = None
    with pytest.raises(LogbookUnavailable) as refused:
        appending.append([again])
    assert isinstance(refused.value.__cause__, IntegrityError)
    assert Line.objects.count() == 3


def test_an_older_log_that_was_put_back_does_not_hold_the_head_that_was_kept(record):
    record(2)
    services.seal()
    record(2)
    services.seal()
    kept = Head.objects.get(size=4)
    known = verifying.KnownHead(log=Log.OPEN, size=4, chain_hash=bytes(kept.chain_hash))
    assert verifying.verify(known)[0].position is None
    other = replace(known, chain_hash=bytes(32))
    assert (verifying.verify(other)[0].position, verifying.verify(replace(known, size=9))[0].position) == (4, 5)


def test_a_signature_of_one_log_does_not_fit_the_other(record):
    record(1)
    services.seal()
    head = Head.objects.get()
    content = proving.stand(head)
    proving.ensure_signed({"log": "open", **content})
    with pytest.raises(proving.ProofWrong):
        proving.ensure_signed({"log": "confidential", **content})
    assert json.loads(sealing.message("open", 1, b"", b"", "x"))["v"] == 3
