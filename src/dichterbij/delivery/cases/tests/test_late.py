"""An organisation that is late: the person holds it to its term, and it pays for each day after two weeks."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string
from django.test import Client

from dichterbij.delivery.cases import queries, services
from dichterbij.delivery.cases.domain import NotNow, On, Step, late
from dichterbij.delivery.messages import queries as messages
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.organisations import queries as bodies
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"


def _on(year: int, month: int, day: int):
    return clock.frozen(datetime(year, month, day, 10, tzinfo=UTC))


@pytest.fixture
def submitted(citizen):
    """An application of 15 June 2026, on which must be decided by 10 August."""
    draft = services.start(citizen("student", GRANT), GRANT, name="E. Verzonnen", language="nl")
    return services.submit(citizen("student", GRANT), draft.id, draft.key)


@pytest.fixture
def case(citizen, submitted):
    return lambda: queries.case(citizen("student", GRANT, Permission.READ), submitted.id)


def test_nobody_is_late_on_the_last_day_and_a_notice_then_is_refused(citizen, submitted):
    with _on(2026, 8, 10), pytest.raises(NotNow):
        services.give_notice(citizen("student", GRANT), submitted.id)


def test_a_notice_is_confirmed_once_and_starts_the_penalty_after_two_weeks(citizen, submitted, case):
    with _on(2026, 8, 11):
        for _twice in range(2):
            services.give_notice(citizen("student", GRANT), submitted.id)
        said = late(case(), clock.today())
        assert (said.on, str(said.noticed_on), str(said.pays_from)) == (On.APPLICATION, "2026-08-11", "2026-08-26")
        receipts = [each for each in messages.box(citizen("student", GRANT)) if each.case == submitted.id]
        assert len(receipts) == 2, "that of the application and that of the notice"
        assert [each.step for each in case().history] == [Step.SUBMIT, Step.DEFAULT]
    with _on(2026, 8, 26):
        assert late(case(), clock.today()).days == 0
    with _on(2026, 9, 10):
        assert services.penalty(late(case(), clock.today()).days) == 14 * 2300 + 3500


def test_the_person_reads_that_it_is_late_and_gives_notice_on_the_page(organisations, persona, submitted):
    with _on(2026, 8, 11):
        client = Client()
        sign_in_client(client, persona("student"), Level.SUBSTANTIAL, name="E. Verzonnen")
        page = f"/applications/{submitted.id}"
        assert f"{page}/late" in client.get(page).content.decode()
        assert "11 augustus" not in client.get(f"{page}/late").content.decode().partition("<main")[2]
        assert client.post(f"{page}/late").url == page
        assert "U stelde ons in gebreke op" in client.get(page).content.decode()


def test_the_penalty_stops_when_it_is_decided_and_made_known(citizen, submitted, case, worker, persona):
    with _on(2026, 8, 11):
        services.give_notice(citizen("student", GRANT), submitted.id)
    with _on(2026, 8, 28):
        services.decide(worker(submitted.id, persona("student")), submitted.id)
        services.publish(worker(submitted.id, persona("student")), submitted.id)
    with _on(2026, 12, 1):
        assert late(case(), clock.today()).days == 2


def test_an_objection_that_is_not_decided_in_time_can_be_held_to_its_term_too(
    citizen, submitted, case, worker, persona
):
    services.decide(worker(submitted.id, persona("student")), submitted.id)
    services.publish(worker(submitted.id, persona("student")), submitted.id)
    made = services.object_to(citizen("student", GRANT), submitted.id, "Het bedrag is te laag.")
    with clock.frozen(datetime.combine(made.decide_by, datetime.min.time(), tzinfo=UTC)):
        assert late(case(), clock.today()) is None
    with _on(2026, 12, 1):
        services.give_notice(citizen("student", GRANT), submitted.id)
        assert late(case(), clock.today()).on is On.OBJECTION


def test_where_a_committee_advises_the_term_is_twelve_weeks(
    citizen, submitted, case, worker, persona, settings, tmp_path
):
    services.decide(worker(submitted.id, persona("student")), submitted.id)
    services.publish(worker(submitted.id, persona("student")), submitted.id)
    shipped = (settings.SHIPPED_DATA / "content" / "remedies.yaml").read_text(encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "remedies.yaml").write_text(shipped.replace("committee: []", "committee: [duo]"))
    settings.DATA_FOLDERS = [*settings.DATA_FOLDERS, tmp_path]
    made = services.object_to(citizen("student", GRANT), submitted.id, "Het bedrag is te laag.")
    assert made.decide_by == date(2026, 10, 19)


def test_while_the_term_stands_still_nobody_is_late(submitted, case, worker, persona):
    services.ask(worker(submitted.id, persona("student"), Permission.HANDLE), submitted.id, "Welke opleiding?")
    with _on(2026, 12, 1):
        assert late(case(), clock.today()) is None


@pytest.mark.parametrize(("days", "cents"), [(0, 0), (1, 2300), (14, 32200), (28, 81200), (42, 144200), (90, 144200)])
def test_the_penalty_is_what_the_law_says_and_no_more_than_forty_two_days(days, cents):
    assert services.penalty(days) == cents


def test_who_is_late_elsewhere_is_held_to_it_by_letter_and_not_by_phone(organisations, submitted, case):
    with _on(2026, 8, 11):
        found = late(case(), clock.today())
        elsewhere = replace(bodies.by_key("duo"), hosted=False)
        told = render_to_string("cases/late.html", {"late": found, "organisation": elsewhere, "line": submitted})
    assert "Schrijf dat in een brief aan Dienst Uitvoering Onderwijs." in told
    assert "/late" not in told
