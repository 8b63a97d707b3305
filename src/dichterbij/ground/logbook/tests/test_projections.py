"""Lines in the form that others need: without values and users, each organisation its own, in numbers of tens."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import jsonschema
import pytest
from django.core.management import CommandError, call_command

from dichterbij.ground.logbook import projections, queries, services, statistics, verifying
from dichterbij.ground.logbook.domain import Entry, Kind, Result
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.organisations import keys
from dichterbij.kernel import clock
from dichterbij.kernel.access import Actor, Role
from dichterbij.kernel.identifiers import Bsn, Oin

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "logbook"]),
    pytest.mark.usefixtures("organisations"),
]
ANNA = Bsn("999993653")
DUO, SVB = Oin("00000099100000003000"), Oin("00000099100000005000")
MAY = datetime(2026, 5, 10, 9, tzinfo=UTC)
TEXT = {"type": "string", "minLength": 1}
RECORD = {  # Logboek Dataverwerkingen 1.0, as far as a record of ours goes
    "type": "object",
    "required": ["trace_id", "span_id", "status", "name", "start_time", "end_time", "attributes"],
    "additionalProperties": False,
    "properties": {
        "trace_id": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
        "span_id": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
        "status": {"enum": ["Unset", "Ok", "Error"]},
        "name": TEXT,
        "start_time": {"type": "integer", "minimum": 0},
        "end_time": {"type": "integer", "minimum": 0},
        "resource": {"type": "object"},
        "attributes": {
            "type": "object",
            "required": ["dpl.core.processing_activity_id"],
            "additionalProperties": False,
            "properties": {
                "dpl.core.processing_activity_id": {"type": "string", "pattern": "^urn:"},
                "dpl.core.data_subject_id": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                "dpl.core.data_subject_id_type": TEXT,
                "dpl.core.foreign_operation.processor": {"type": "string", "pattern": "^urn:nld:oin:[0-9]{20}$"},
            },
        },
    },
}


def by_staff(access, reference="M-0A1B2C", **changes):
    staff = Actor(role=Role.STAFF, organisation=access.organisation, party=uuid4(), staff_reference=reference)
    return replace(access, actor=staff, act=uuid4(), case=uuid4(), reason="Bezwaar", **changes)


def read(access, outcome=Result.GIVEN, subject=ANNA, kind=Kind.READ):
    return services.record(access, Entry(kind=kind, subject=subject, fields=("geboorte.datum",), outcome=outcome))


def lines_of(capsys, *arguments):
    call_command("logbook", *arguments)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_outcome_is_a_record_of_the_standard_and_a_refusal_is_no_failure(access, capsys):
    for outcome in Result:
        read(access, outcome, kind=Kind.INTENT if outcome is Result.ASKED else Kind.READ)
    found = lines_of(capsys, "ldv", "duo")
    assert len(found) == len(Result) - 1
    for each in found:
        jsonschema.validate(each, RECORD)
    status = {outcome: each["status"] for outcome, each in zip(Result, found, strict=False)}
    assert (status[Result.GIVEN], status[Result.NOTHING]) == ("Ok", "Ok")
    assert (status[Result.REFUSED], status[Result.UNAVAILABLE]) == ("Unset", "Error")


def test_a_line_about_nobody_has_no_subject(access, capsys):
    read(access, Result.NOTHING, subject=None)
    (found,) = lines_of(capsys, "ldv", "duo")
    jsonschema.validate(found, RECORD)
    assert "dpl.core.data_subject_id" not in found["attributes"]


def test_no_user_no_value_and_no_number_leaves_in_a_record(access, capsys):
    read(by_staff(access))
    (found,) = lines_of(capsys, "ldv", "duo")
    told = json.dumps(found)
    for hidden in ("M-0A1B2C", "Bezwaar", ANNA.value, "geboorte.datum"):
        assert hidden not in told


def test_an_organisation_gets_its_own_lines_and_names_who_called_it(access, capsys):
    read(access)
    read(replace(access, organisation=SVB))
    (duo,), (svb,) = lines_of(capsys, "ldv", "duo"), lines_of(capsys, "ldv", "svb")
    assert "dpl.core.foreign_operation.processor" not in duo["attributes"]
    assert svb["attributes"]["dpl.core.foreign_operation.processor"] == f"urn:nld:oin:{DUO}"
    assert duo["attributes"]["dpl.core.data_subject_id"] != svb["attributes"]["dpl.core.data_subject_id"]


def test_a_page_of_records_holds_those_of_who_asks_and_says_where_to_go_on(access):
    for _ in range(2):
        read(access)
        read(replace(access, organisation=SVB))
    services.seal()
    first = projections.page(SVB, projections.Wanted(), after=0, limit=1)
    second = projections.page(SVB, projections.Wanted(), after=first.following, limit=1)
    assert (first.following, second.following) == (2, None)
    activity = f"urn:nld:oin:{SVB}:verwerkingsactiviteit:{access.activity.id}:{access.activity.version}"
    assert {each["attributes"][projections.ACTIVITY] for each in first.records + second.records} == {activity}


def test_hidden_activities_are_handed_over_only_when_their_log_is_asked(access, capsys):
    read(replace(access, activity=replace(access.activity, confidential=True)))
    assert lines_of(capsys, "ldv", "duo") == []
    assert len(lines_of(capsys, "ldv", "duo", "--log", "confidential")) == 1


def test_the_auditor_sees_which_worker_looked_at_whom_and_why_also_under_hidden_activities(access, capsys):
    read(access)
    read(by_staff(access))
    read(by_staff(access, "M-OTHER", activity=replace(access.activity, confidential=True)))
    found = lines_of(capsys, "staff", "duo")
    assert [(each["worker"], each["reason"]) for each in found] == [("M-0A1B2C", "Bezwaar"), ("M-OTHER", "Bezwaar")]
    assert ANNA.value not in json.dumps(found)
    assert len(lines_of(capsys, "staff", "duo", "--worker", "M-OTHER")) == 1
    assert lines_of(capsys, "staff", "svb") == []


def test_an_organisation_that_is_not_here_has_no_lines_to_hand_over():
    with pytest.raises(CommandError):
        call_command("logbook", "ldv", "nobody")


# ------------------------------------------------------------------------------------------------ statistics


def test_no_cell_under_ten_is_told_and_none_follows_from_a_difference(access, capsys):
    with clock.frozen(MAY):
        for organisation, number in ((DUO, 19), (SVB, 9)):
            entry = Entry(kind=Kind.READ, subject=ANNA, fields=("x",), outcome=Result.GIVEN)
            services.record_all(replace(access, organisation=organisation), [entry] * number)
        hidden = replace(access, activity=replace(access.activity, confidential=True))
        services.record_all(hidden, [entry] * 40)
    assert statistics.looks(date(2026, 5, 1)) == {(DUO.value, access.activity.id): 10}
    assert lines_of(capsys, "statistics", "2026-05")[0]["looks"] == 10
    with clock.frozen(MAY):
        read(access)
    assert statistics.looks(date(2026, 5, 1)) == {(DUO.value, access.activity.id): 20}


def test_of_a_month_that_is_not_over_nothing_is_told():
    with pytest.raises(CommandError, match="nog niet voorbij"):
        call_command("logbook", "statistics", clock.today().isoformat()[:7])


# ------------------------------------------------------------------------------------------------ destroyed keys


def test_after_its_key_was_destroyed_lines_belong_to_nobody_and_the_chain_still_verifies(access):
    read(access)
    services.seal()
    (key,) = keys._folder(DUO).glob("years-*.key")
    aside = key.rename(key.with_suffix(".aside"))
    keys._read.cache_clear()
    try:
        assert queries.acts_about(access) == ()
        assert verifying.verify()[0].position is None
        assert Line.objects.count() == 1
    finally:
        aside.rename(key)
        keys._read.cache_clear()
    assert len(queries.acts_about(access)) == 1
