"""Deciding on an objection: by somebody else, after hearing the person, by the law, and never to the worse."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest

from dichterbij.delivery.cases import models, queries, services
from dichterbij.delivery.cases.asking import asked_of_applicant
from dichterbij.delivery.cases.domain import (
    Hearing,
    Judged,
    NotComplete,
    NotNow,
    OwnCase,
    Ruling,
    SamePerson,
    State,
    Why,
)
from dichterbij.delivery.cases.services import ruling
from dichterbij.delivery.cases.services.ruling import Words
from dichterbij.delivery.cases.telling import history_told
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages.tests.matterhorn import failures
from dichterbij.delivery.messages.tests.reading import text_of_html
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.organisations.domain import Appointment, StaffRole, StaffTask
from dichterbij.ground.organisations.services import appoint
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
FUNERAL = "bijzondere-bijstand-uitvaart"
WHY = "Er was geen geld in de nalatenschap."
NEEDED = Judged(fact="uitvaartkosten_noodzakelijk", value=True, reason="De bankafschriften tonen dat er niets was.")
NOT_NEEDED = Judged(fact="uitvaartkosten_noodzakelijk", value=False, reason="Er was geld in de nalatenschap.")
COSTS = Judged(fact="noodzakelijke_uitvaartkosten", value=310000, reason="Een sobere uitvaart.")
WORDS = Words(grounds="De nalatenschap was leeg.", hearing=Hearing.DECLINED, report="Aan de telefoon, 18 juni.")


@pytest.fixture
def other(worker, persona):
    """Return a function that gives the access of a worker who did not take the decision."""

    def access(case, permission: Permission = Permission.DECIDE):
        known = worker(case, persona("student"), permission)
        return replace(known, actor=replace(known.actor, staff_reference="M-0002"))

    return access


@pytest.fixture
def refused(citizen, worker, persona):
    """A refusal by a worker who judged that the costs were not necessary, made known today."""
    access = citizen("student", FUNERAL)
    draft = services.start(
        access, FUNERAL, name="M. Zwaanstra", language="nl", supplied={"uitvaart_niet_te_betalen": True}
    )
    _, said = queries.draft(access, draft.id)
    services.fill(access, draft.id, unknown=tuple(each.fact for each in asked_of_applicant(said)))
    line = services.submit(citizen("student", FUNERAL), draft.id, draft.key)
    services.decide(worker(line.id, persona("student")), line.id, (NOT_NEEDED, COSTS))
    services.publish(worker(line.id, persona("student")), line.id)
    return line


@pytest.fixture
def objected(citizen, refused):
    services.object_to(citizen("student", FUNERAL), refused.id, WHY)
    return refused


def _case(citizen, line):
    return queries.case(citizen("student", FUNERAL), line.id)


def _letter(citizen, title: str) -> str:
    access = citizen("student", FUNERAL)
    found = next(each for each in messages.box(access) if each.title.startswith(title))
    return text_of_html(messages.letter(access, found.id).page.decode())


def _on(day: date):
    return clock.frozen(datetime(day.year, day.month, day.day, 10, tzinfo=UTC))


def test_who_gets_it_right_has_another_decision_that_takes_the_place_of_the_first(citizen, other, objected):
    assert _case(citizen, objected).decision.is_granted is False
    said = services.rule(other(objected.id), objected.id, WORDS, (NEEDED,))
    assert (said.ruling, said.appeal_until) == (Ruling.FOUNDED, date(2026, 7, 27))
    now = _case(citizen, objected)
    assert (now.decision.is_granted, now.decision.object_until, now.line.state) == (True, None, State.PUBLISHED)
    assert now.decision.message == said.message
    assert now.objection.ruled == said
    assert queries.determination(citizen("student", FUNERAL), now).outputs["bijzondere_bijstand_uitvaart"] == 310000
    assert history_told(now)[-1].text == "Wij gaven u gelijk in uw bezwaar. U kreeg een nieuw besluit"


def test_the_letter_says_why_how_somebody_was_heard_and_how_to_go_to_court_at_what_cost(citizen, other, objected):
    said = services.rule(other(objected.id), objected.id, WORDS, (NEEDED,))
    text = _letter(citizen, "U krijgt gelijk")
    for words in (
        "Uw bezwaar is gegrond.",
        "De nalatenschap was leeg.",
        "Dat wilde u niet.",
        "Aan de telefoon, 18 juni.",
        "De bankafschriften tonen dat er niets was.",
        "In beroep gaan kan tot en met 27 juli 2026",
        "In 2025 was dat € 53,00 bij een uitkering of toeslag, en anders € 194,00.",
        "Ombudsman Rotterdam-Rijnmond",
    ):
        assert words in text
    assert "Bezwaar maken kan" not in text
    with pikepdf.open(BytesIO(messages.letter(citizen("student", FUNERAL), said.message).pdf)) as file:
        assert failures(file) == []


def test_what_the_law_says_again_stays_as_it_is_and_nothing_is_replaced(citizen, other, objected):
    before = _case(citizen, objected).decision
    said = services.rule(other(objected.id), objected.id, WORDS)
    assert said.ruling is Ruling.UNFOUNDED
    assert _case(citizen, objected).decision == before
    assert "Uw bezwaar is ongegrond." in _letter(citizen, "Het besluit blijft")


def test_nobody_is_worse_off_by_objecting(citizen, worker, persona, other):
    access = citizen("student", FUNERAL)
    draft = services.start(
        access, FUNERAL, name="M. Zwaanstra", language="nl", supplied={"uitvaart_niet_te_betalen": True}
    )
    _, said = queries.draft(access, draft.id)
    services.fill(access, draft.id, unknown=tuple(each.fact for each in asked_of_applicant(said)))
    line = services.submit(citizen("student", FUNERAL), draft.id, draft.key)
    services.decide(worker(line.id, persona("student")), line.id, (NEEDED, COSTS))
    services.publish(worker(line.id, persona("student")), line.id)
    services.object_to(citizen("student", FUNERAL), line.id, "Het is te weinig.")
    lower = replace(COSTS, value=200000)
    assert services.weigh(other(line.id), line.id, (lower,)).ruling is Ruling.UNFOUNDED
    assert services.weigh(other(line.id), line.id, (replace(COSTS, value=320000),)).ruling is Ruling.FOUNDED


def test_who_decided_first_and_the_person_themself_do_not_decide_on_it(worker, persona, objected):
    with pytest.raises(SamePerson):
        services.rule(worker(objected.id, persona("student")), objected.id, WORDS, (NEEDED,))
    with pytest.raises(OwnCase):
        services.rule(worker(objected.id, persona("student"), key="student"), objected.id, WORDS, (NEEDED,))


def test_grounds_and_a_word_on_the_hearing_are_needed(other, objected):
    for words in (replace(WORDS, grounds=" "), replace(WORDS, report="")):
        with pytest.raises(NotComplete):
            services.rule(other(objected.id), objected.id, words)
    for hearing in (Hearing.HEARD, Hearing.SILENT):
        with pytest.raises(NotNow, match="Nodig de aanvrager eerst uit"):
            services.rule(other(objected.id), objected.id, replace(WORDS, hearing=hearing))


def test_who_is_invited_reads_when_and_where_and_is_heard_on_that_day(citizen, other, objected):
    access = other(objected.id, Permission.HANDLE)
    with pytest.raises(NotNow, match="elf dagen"):
        services.invite(access, objected.id, date(2026, 6, 25), "10.00 uur, Coolsingel 40")
    services.invite(access, objected.id, date(2026, 6, 30), "10.00 uur, Coolsingel 40")
    text = _letter(citizen, "Vertel ons")
    assert "Op 30 juni 2026: 10.00 uur, Coolsingel 40" in text
    heard = replace(WORDS, hearing=Hearing.HEARD, report="De aanvrager liet bankafschriften zien.")
    with pytest.raises(NotNow, match="moet nog komen"):
        services.rule(other(objected.id), objected.id, heard, (NEEDED,))
    with _on(date(2026, 7, 1)):
        assert services.rule(other(objected.id), objected.id, heard, (NEEDED,)).hearing is Hearing.HEARD


def test_who_can_still_come_did_not_stay_away(citizen, other, objected):
    services.invite(other(objected.id, Permission.HANDLE), objected.id, date(2026, 6, 30), "10.00 uur, Coolsingel 40")
    silent = replace(WORDS, hearing=Hearing.SILENT, report="Wij wachtten de hele dag.")
    with _on(date(2026, 6, 30)), pytest.raises(NotNow, match="nog niet voorbij"):
        services.rule(other(objected.id), objected.id, silent)
    with _on(date(2026, 7, 1)):
        services.rule(other(objected.id), objected.id, silent)
        assert "U kwam niet en liet niets horen." in _letter(citizen, "Het besluit blijft")


def test_who_was_invited_was_not_left_unheard_because_it_was_clear(other, objected):
    services.invite(other(objected.id, Permission.HANDLE), objected.id, date(2026, 6, 30), "10.00 uur, Coolsingel 40")
    with pytest.raises(NotNow, match="al uit"):
        services.rule(other(objected.id), objected.id, replace(WORDS, hearing=Hearing.CLEAR))


def test_deciding_is_put_off_once_with_a_letter(citizen, other, objected):
    access = other(objected.id, Permission.HANDLE)
    assert services.adjourn(access, objected.id) == date(2026, 10, 19)
    assert _case(citizen, objected).objection.decide_by == date(2026, 10, 19)
    assert "Wij beslissen uiterlijk op 19 oktober 2026." in _letter(citizen, "Wij hebben meer tijd")
    with pytest.raises(NotNow):
        services.adjourn(access, objected.id)


def test_too_late_without_a_good_reason_is_not_weighed_and_with_one_it_is(citizen, other, refused):
    with _on(date(2026, 7, 28)):
        services.object_to(citizen("student", FUNERAL), refused.id, WHY, late_because="Ik lag in het ziekenhuis.")
        weighed = services.weigh(other(refused.id), refused.id, (NEEDED,))
        assert (weighed.ruling, weighed.now) == (Ruling.INADMISSIBLE, None)
        assert services.weigh(other(refused.id), refused.id, (NEEDED,), has_excuse=True).ruling is Ruling.FOUNDED
        services.rule(other(refused.id), refused.id, replace(WORDS, hearing=Hearing.CLEAR))
        assert "Uw bezwaar is niet-ontvankelijk." in _letter(citizen, "Uw bezwaar kwam te laat")


@pytest.fixture
def decided_anew(worker, persona):
    """Return a function that replaces the decision of a case by another one, as happens after a wrong death."""

    def again(line) -> None:
        models.Case.objects.filter(id=line.id).update(cause="death:mistaken")
        services.undo_cause("death:mistaken", uuid4())
        services.decide(worker(line.id, persona("student")), line.id, (NOT_NEEDED, COSTS))
        services.publish(worker(line.id, persona("student")), line.id)

    return again


def test_a_ruling_on_an_objection_that_ran_on_is_about_the_decision_that_came_in_between(
    citizen, other, objected, decided_anew
):
    decided_anew(objected)
    said = services.rule(other(objected.id), objected.id, WORDS)
    assert said.ruling is Ruling.UNFOUNDED
    assert _case(citizen, objected).objection.ruled == said
    assert services.object_to(citizen("student", FUNERAL), objected.id, "Nog eens.").ruled == said


def test_who_came_too_late_reads_the_ruling_and_can_object_to_the_decision_that_came_in_between(
    citizen, other, refused, decided_anew, client, persona
):
    with _on(date(2026, 7, 28)):
        services.object_to(citizen("student", FUNERAL), refused.id, WHY, late_because="Ik lag in het ziekenhuis.")
        decided_anew(refused)
        said = services.rule(other(refused.id), refused.id, replace(WORDS, hearing=Hearing.CLEAR))
        now = _case(citizen, refused)
        assert (now.objection, now.too_late.ruled) == (None, said)
        sign_in_client(client, persona("student"), Level.SUBSTANTIAL, name="M. Zwaanstra")
        page = client.get(f"/applications/{refused.id}").content.decode()
        assert "Uw bezwaar kwam te laat." in page
        assert f"/applications/{refused.id}/objection" in page
        assert not services.object_to(citizen("student", FUNERAL), refused.id, WHY).is_late
        now = _case(citizen, refused)
        assert (now.objection.is_open, now.too_late) == (True, None)


def _find(line, at: datetime) -> None:
    """Write down that the decision in force of a case would be another one now."""
    decision = models.Decision.objects.get(case=line.id, is_replaced=False)
    decision.second_looks.create(
        organisation=decision.organisation, case_id=line.id, why=Why.DATUM, about=f"brp.{at}", found_at=at
    )


def test_what_was_not_weighed_is_not_settled(citizen, other, refused):
    with _on(date(2026, 7, 28)):
        services.object_to(citizen("student", FUNERAL), refused.id, WHY, late_because="Ik lag in het ziekenhuis.")
        _find(refused, clock.now())
        services.rule(other(refused.id), refused.id, replace(WORDS, hearing=Hearing.CLEAR))
    assert _case(citizen, refused).is_doubted


def test_what_is_found_after_the_weighing_stays_work_about_the_decision_in_force(citizen, other, objected, monkeypatch):
    def weigh_and_find(*given, **named):
        weighed = services.weigh(*given, **named)
        _find(objected, weighed.at + timedelta(seconds=1))
        return weighed

    _find(objected, clock.now())
    monkeypatch.setattr(ruling, "weigh", weigh_and_find)
    assert services.rule(other(objected.id), objected.id, WORDS, (NEEDED,)).ruling is Ruling.FOUNDED
    assert _case(citizen, objected).is_doubted
    assert models.SecondLook.objects.filter(settled_on=None).count() == 1


def test_who_decided_first_does_not_decide_on_it_under_a_new_appointment(worker, persona, refused, citizen):
    """Awb 10:3 is about the person: each appointment gives another audit reference."""
    services.object_to(citizen("student", FUNERAL), refused.id, WHY)
    party = identity.party_for(persona("rotterdam_handler"))
    first, second = (_appointed(refused.organisation, party, day) for day in (date(2025, 1, 1), date(2026, 6, 1)))
    assert first.audit_ref != second.audit_ref
    models.Decision.objects.update(decided_by=first.audit_ref)
    known = worker(refused.id, persona("student"), key="rotterdam_handler")
    now = replace(known, actor=replace(known.actor, staff_reference=second.audit_ref))
    with pytest.raises(SamePerson):
        services.rule(now, refused.id, WORDS, (NEEDED,))
    assert [each.may_decide for each in queries.objections(second, party)] == [False]


def _appointed(organisation, party, first_on: date) -> StaffRole:
    return appoint(
        Appointment(
            organisation=organisation, unit="inkomen", party=party, roles=(StaffTask.DECIDE,), first_on=first_on
        )
    )


def test_what_was_decided_on_is_off_the_list_and_open_to_the_court_only(citizen, other, objected):
    first = StaffRole(organisation=objected.organisation, unit="inkomen", roles=(), audit_ref="M-0001")
    second = replace(first, audit_ref="M-0002")
    assert [each.may_decide for each in queries.objections(first, objected.id)] == [False]
    assert [each.may_decide for each in queries.objections(second, objected.id)] == [True]
    said = services.rule(other(objected.id), objected.id, WORDS, (NEEDED,))
    assert queries.objections(second, objected.id) == ()
    again = services.object_to(citizen("student", FUNERAL), objected.id, "Nog eens.")
    assert again.ruled == said
