"""Who checks staff sees which worker of their own organisation opened what and why, and that is itself recorded."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from uuid import uuid4

import pytest

from dichterbij.ground.logbook import services, staff_audit, wording
from dichterbij.ground.logbook.domain import Entry, Kind, Result
from dichterbij.ground.logbook.models import Line
from dichterbij.kernel import clock
from dichterbij.kernel.access import Actor, Role
from dichterbij.kernel.identifiers import Bsn, Oin

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
ANNA, JUNE = Bsn("999993653"), date(2026, 6, 1)
ROTTERDAM, DUO = Oin("00000099100000001000"), Oin("00000099100000003000")
LOOK = Entry(kind=Kind.READ, registry="brp", subject=ANNA, fields=("geboorte.datum",), outcome=Result.GIVEN)


@pytest.fixture
def looked(organisations, new_access):
    """Return a function that lets a worker look at somebody."""

    def look(worker, at=ROTTERDAM, employer=None, reason="Bezwaar", **changes):
        staff = Actor(role=Role.STAFF, organisation=employer or at, party=uuid4(), staff_reference=worker)
        access = new_access(bsn=ANNA, organisation=at)
        services.record(replace(access, actor=staff, act=uuid4(), reason=reason, **changes), LOOK)

    return look


def read(response):
    assert response.status_code == 200
    return unescape(response.content.decode()).replace("\xa0", " ").replace("\xad", "")


def rows(response):
    return list(csv.DictReader(b"".join(response.streaming_content).decode().splitlines()))


def test_one_sees_the_workers_of_ones_own_organisation_wherever_they_look_and_of_no_other(looked, log_in):
    looked("M-OURS", reason="Aanvraag behandelen")
    looked("M-AWAY", at=DUO, employer=ROTTERDAM)
    looked("M-VISITOR", employer=DUO)
    looked("M-THEIRS", at=DUO)
    page = read(log_in("rotterdam_reader").get("/staff-looks"))
    assert "Aanvraag behandelen" in page
    assert "geboorte.datum" in page
    assert [name in page for name in ("M-OURS", "M-AWAY", "M-VISITOR", "M-THEIRS")] == [True, True, True, False]
    assert ANNA.value not in page


def test_what_a_reviewer_found_of_an_opening_and_a_reason_of_ours_are_told_in_the_language_of_the_reader(
    looked, log_in, new_access
):
    looked("M-OURS", reason="Aanvraag behandelen: haast")
    staff = Actor(role=Role.STAFF, organisation=ROTTERDAM, party=uuid4(), staff_reference="M-READER")
    access = replace(new_access(bsn=ANNA, organisation=ROTTERDAM), actor=staff, act=uuid4(), reason="Iets anders")
    services.record(access, Entry(kind=Kind.ACT, subject=ANNA, fields=(wording.OPENED_WRONGLY,)))
    page = read(log_in("rotterdam_reader").get("/en/staff-looks"))
    assert "reviewed an opening: not justified, reported" in page
    assert 'To handle the application: <span lang="nl">haast</span>' in page
    assert '<span lang="nl">Iets anders</span>' in page


def test_one_worker_or_one_month_can_be_chosen_and_an_emergency_stands_out(looked, log_in):
    with clock.frozen(datetime(2026, 5, 10, 9, tzinfo=UTC)):
        looked("M-MAY", on_behalf_of="desk:absent:1")
    looked("M-JUNE")
    client = log_in("rotterdam_reader")
    june, may = read(client.get("/staff-looks")), read(client.get("/staff-looks?month=2026-05"))
    assert ("M-JUNE" in june, "M-MAY" in june, "<strong>nood</strong>" in june) == (True, False, False)
    assert ("M-JUNE" in may, "M-MAY" in may, "<strong>nood</strong>" in may) == (False, True, True)
    assert 'href="?month=2026-05&worker=M-MAY"' in may
    assert ANNA.value not in read(client.get(f"/staff-looks?worker={ANNA.value}"))
    assert "Hier staat niets." in read(client.get("/staff-looks?worker=M-OTHER&month=nooit&before=x"))


def test_that_somebody_looks_is_a_line_with_who_it_was_and_looking_at_that_line_makes_no_other(looked, log_in):
    looked("M-OURS")
    client, before = log_in("rotterdam_reader"), Line.objects.count()
    read(client.get("/staff-looks"))
    assert Line.objects.count() == before + 1
    page = read(client.get("/staff-looks"))
    assert "Nakijken wie wat opende" in page
    assert Line.objects.count() == before + 2


def test_who_does_not_check_staff_sees_nothing_and_nothing_is_recorded(looked, log_in):
    looked("M-OURS")
    client, before = log_in("duo_handler"), Line.objects.count()
    for path in ("/staff-looks", "/staff-looks/file"):
        assert client.get(path).status_code == 403
    assert Line.objects.count() == before


def test_the_file_has_the_whole_month_and_no_cell_is_a_formula(looked, log_in):
    looked("M-ONE", reason='=HYPERLINK("http://elders")')
    looked("M-TWO")
    found = rows(log_in("rotterdam_reader").get("/staff-looks/file"))
    assert [each["worker"] for each in found[:2]] == ["M-ONE", "M-TWO"]
    assert found[0]["reason"].startswith("'=")
    assert found[0]["fields"] == "geboorte.datum"


def test_a_page_looks_at_few_lines_and_going_on_finds_the_rest_once(looked, new_access, monkeypatch):
    monkeypatch.setattr(staff_audit, "LOOKED_AT", 3)
    for number in range(4):
        looked(f"M-{number}")
        services.record_all(new_access(bsn=ANNA, organisation=ROTTERDAM), [LOOK] * 5)
    found, pages, before = list[object](), 0, None
    while before is not None or pages == 0:
        page = staff_audit.page(ROTTERDAM, JUNE, before=before, limit=2)
        assert before is None or page.following is None or page.following < before
        found, pages, before = [*found, *(each["worker"] for each in page.looks)], pages + 1, page.following
    assert found == ["M-3", "M-2", "M-1", "M-0"]
    assert pages <= 1 + Line.objects.count() // 3
