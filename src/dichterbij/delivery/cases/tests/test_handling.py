"""What a worker does with a case, what the citizen sees of it, and what nobody can do."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest

from dichterbij.delivery.cases import letters, queries, services
from dichterbij.delivery.cases.asking import asked_of_applicant
from dichterbij.delivery.cases.domain import (
    CaseLine,
    Judged,
    NotAJudgement,
    NotDecidable,
    NotNow,
    OwnCase,
    State,
    Step,
    UnknownCase,
)  # fmt: skip
from dichterbij.delivery.cases.services import publishing
from dichterbij.delivery.cases.telling import history_told
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages.domain import Nature
from dichterbij.delivery.messages.tests.reading import text_of_html
from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel import clock
from dichterbij.kernel.access import Actor, Permission, Role

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT, FUNERAL, ALLOWANCE = "aanvullende-beurs", "bijzondere-bijstand-uitvaart", "zorgtoeslag"


@pytest.fixture
def submit(citizen):
    def submitted(key: str, product: str, **supplied: object) -> CaseLine:
        access = citizen(key, product)
        draft = services.start(access, product, name="E. Verzonnen", language="nl", supplied=supplied)
        _, said = queries.draft(access, draft.id)
        services.fill(access, draft.id, unknown=tuple(each.fact for each in asked_of_applicant(said)))
        return services.submit(citizen(key, product), draft.id, draft.key)

    return submitted


@pytest.fixture
def grant(submit) -> CaseLine:
    return submit("student", GRANT)


def _on(day: date):
    return clock.frozen(datetime(day.year, day.month, day.day, 10, tzinfo=UTC))


def test_a_question_stops_the_term_until_the_answer(citizen, worker, persona, grant):
    student = persona("student")
    with _on(date(2026, 6, 22)):
        question = services.ask(worker(grant.id, student, Permission.HANDLE), grant.id, "Welke opleiding volgt u?")
    waiting = queries.case(citizen("student", GRANT), grant.id)
    assert waiting.line.state is State.WAITING_FOR_CITIZEN
    assert waiting.waiting_since == date(2026, 6, 22)
    with pytest.raises(NotNow):
        services.decide(worker(grant.id, student), grant.id)
    with _on(date(2026, 6, 29)):
        services.answer(citizen("student", GRANT), grant.id, question, "Verpleegkunde.")
    after = queries.case(citizen("student", GRANT), grant.id)
    assert (after.line.state, after.suspended_days) == (State.IN_HANDLING, 7)
    assert after.line.decide_by == date(2026, 8, 17)
    assert after.questions[0].answer == "Verpleegkunde."


def test_a_question_is_in_the_box_with_its_last_day(citizen, worker, persona, grant):
    services.ask(worker(grant.id, persona("student"), Permission.HANDLE), grant.id, "Welke opleiding volgt u?")
    line = next(each for each in messages.box(citizen("student", GRANT)) if each.nature is Nature.QUESTION)
    assert (line.expects_reaction, line.react_by) == (True, date(2026, 6, 29))
    assert "Welke opleiding volgt u?" in messages.letter(citizen("student", GRANT), line.id).page.decode()


def test_answering_twice_changes_nothing(citizen, worker, persona, grant):
    question = services.ask(worker(grant.id, persona("student"), Permission.HANDLE), grant.id, "Welke?")
    services.answer(citizen("student", GRANT), grant.id, question, "Deze.")
    services.answer(citizen("student", GRANT), grant.id, question, "Toch een andere.")
    assert queries.case(citizen("student", GRANT), grant.id).questions[0].answer == "Deze."


def test_an_unanswered_question_lets_the_term_go_on_after_its_last_day(citizen, worker, persona, grant):
    services.ask(worker(grant.id, persona("student"), Permission.HANDLE), grant.id, "Welke?")
    with _on(date(2026, 6, 29)):
        assert services.let_go_of_unanswered() == 0
    with _on(date(2026, 6, 30)):
        assert services.let_go_of_unanswered() == 1
        assert services.let_go_of_unanswered() == 0
    case = queries.case(citizen("student", GRANT), grant.id)
    assert (case.line.state, case.suspended_days, case.open_question) == (State.IN_HANDLING, 14, None)


def test_nobody_decides_on_their_own_case(worker, persona, grant):
    own = worker(grant.id, persona("student"), key="student")
    for act in (services.decide, services.publish):
        with pytest.raises(OwnCase):
            act(own, grant.id)


def test_a_citizen_cannot_decide(citizen, grant):
    with pytest.raises(OwnCase):
        services.decide(citizen("student", GRANT, Permission.DECIDE), grant.id)


def test_a_worker_cannot_withdraw_or_answer_for_somebody(worker, persona, grant):
    access = worker(grant.id, persona("student"), Permission.HANDLE)
    with pytest.raises(NotNow):
        services.withdraw(access, grant.id)


def test_a_worker_of_another_organisation_finds_no_case(worker, persona, grant, elsewhere):
    access = elsewhere(worker(grant.id, persona("student")), FUNERAL)
    with pytest.raises(UnknownCase):
        services.decide(access, grant.id)
    with pytest.raises(UnknownCase):
        queries.case(access, grant.id)


def test_opening_a_case_is_in_the_log_of_the_citizen_before_it_is_seen(citizen, worker, persona, grant):
    queries.case(worker(grant.id, persona("student"), Permission.READ), grant.id)
    lines = [act for act in logbook.acts_about(citizen("student", GRANT), limit=20) if act.role is Role.STAFF]
    assert lines and not lines[0].by_self


def test_a_judgement_is_needed_and_stands_in_the_letter_with_its_reason(citizen, worker, persona, submit):
    case = submit("student", FUNERAL, uitvaart_niet_te_betalen=True)
    student = persona("student")
    with pytest.raises(NotDecidable) as problem:
        services.decide(worker(case.id, student), case.id)
    assert "uitvaartkosten_noodzakelijk" in problem.value.missing
    judged = (
        Judged(fact="uitvaartkosten_noodzakelijk", value=True, reason="De nalatenschap is leeg."),
        Judged(fact="noodzakelijke_uitvaartkosten", value=310000, reason="Een sobere uitvaart."),
    )
    assert services.decide(worker(case.id, student), case.id, judged).is_granted
    published = services.publish(worker(case.id, student), case.id)
    letter = text_of_html(messages.letter(citizen("student", FUNERAL), published.message).page.decode())
    assert "€ 3.100,00" in letter
    assert "De nalatenschap is leeg." in letter
    assert "Participatiewet, artikel 35" in letter


def test_the_law_decides_again_with_another_judgement_until_the_letter_is_sent(citizen, worker, persona, submit):
    case = submit("student", FUNERAL, uitvaart_niet_te_betalen=True)
    student = persona("student")
    no = (Judged(fact="uitvaartkosten_noodzakelijk", value=False, reason="De verzekering betaalt."),)
    yes = (
        Judged(fact="uitvaartkosten_noodzakelijk", value=True, reason="De verzekering betaalt niet."),
        Judged(fact="noodzakelijke_uitvaartkosten", value=250000, reason="De rekening."),
    )
    assert not services.decide(worker(case.id, student), case.id, no).is_granted
    assert services.decide(worker(case.id, student), case.id, yes).is_granted
    services.publish(worker(case.id, student), case.id)
    with pytest.raises(NotNow):
        services.decide(worker(case.id, student), case.id, no)
    told = [each.text for each in history_told(queries.case(citizen("student", FUNERAL), case.id))]
    assert told.count("Het besluit is genomen") == 1
    assert "Er is opnieuw besloten. Dit besluit komt in de plaats van het vorige" in told


@pytest.mark.parametrize(
    "judged",
    [
        Judged(fact="toetsingsinkomen", value=0, reason="Zielig."),
        Judged(fact="uitvaartkosten_noodzakelijk", value=True, reason="  "),
    ],
)
def test_a_worker_can_type_no_outcome_and_no_fact_of_a_register(worker, persona, submit, judged):
    case = submit("student", FUNERAL, uitvaart_niet_te_betalen=True)
    with pytest.raises(NotAJudgement):
        services.decide(worker(case.id, persona("student")), case.id, (judged,))


def test_what_changed_since_the_application_is_shown_before_deciding(worker, persona, grant, world):
    fresh = services.assess_again(worker(grant.id, persona("student")), grant.id)
    assert fresh.differences == ()
    assert fresh.assessment.outputs["heeft_recht_op_aanvullende_beurs"] is True


def test_a_refusal_says_why_and_how_to_object(citizen, worker, persona, submit):
    case = submit("widow", GRANT)
    widow = persona("widow")
    assert not services.decide(worker(case.id, widow), case.id).is_granted
    published = services.publish(worker(case.id, widow), case.id)
    letter = messages.letter(citizen("widow", GRANT), published.message)
    page = text_of_html(letter.page.decode())
    assert letter.line.title == "U krijgt geen aanvullende beurs"
    assert "27 juli 2026" in page
    assert "Stap voor stap" in page


def test_a_decision_fits_on_two_sheets(citizen, worker, persona, grant):
    services.decide(worker(grant.id, persona("student")), grant.id)
    published = services.publish(worker(grant.id, persona("student")), grant.id)
    letter = messages.letter(citizen("student", GRANT), published.message)
    assert len(pikepdf.open(BytesIO(letter.pdf)).pages) <= 2


def test_a_letter_is_rendered_again_when_midnight_passes(citizen, worker, persona, grant, monkeypatch):
    student = persona("student")
    services.decide(worker(grant.id, student), grant.id)
    before, after = datetime(2026, 6, 15, 21, 59, 59, tzinfo=UTC), datetime(2026, 6, 15, 22, 0, 1, tzinfo=UTC)
    moments = [before]
    monkeypatch.setattr(clock, "now", lambda: moments[0])
    access = replace(worker(grant.id, student), at=before)
    render = publishing.messages.render

    def slow(document):
        rendered = render(document)
        moments[0] = after
        return rendered

    monkeypatch.setattr(publishing.messages, "render", slow)
    published = services.publish(access, grant.id)
    assert (published.published_on, published.object_until) == (date(2026, 6, 16), date(2026, 7, 28))
    letter = messages.letter(replace(citizen("student", GRANT), at=after), published.message).page.decode()
    assert "16 juni 2026" in letter
    assert "28 juli 2026" in letter
    assert "27 juli 2026" not in letter


def test_publishing_twice_sends_one_letter(citizen, worker, persona, grant):
    student = persona("student")
    services.decide(worker(grant.id, student), grant.id)
    services.publish(worker(grant.id, student), grant.id)
    with pytest.raises(NotNow):
        services.publish(worker(grant.id, student), grant.id)
    kinds = [each.nature for each in messages.box(citizen("student", GRANT))]
    assert kinds.count(Nature.DECISION) == 1


def test_where_law_and_product_allow_it_the_decision_comes_by_itself_with_the_right_to_a_human(citizen, submit):
    case = submit("student", ALLOWANCE)
    outbox.run_once()
    found = queries.case(citizen("student", ALLOWANCE), case.id)
    assert found.line.state is State.PUBLISHED
    assert found.decision is not None and found.decision.is_automatic
    letter = text_of_html(messages.letter(citizen("student", ALLOWANCE), found.decision.message).page.decode())
    assert "Dit besluit is automatisch gemaakt" in letter
    by_itself = [act for act in logbook.acts_about(citizen("student", ALLOWANCE), limit=20) if act.role is Role.SYSTEM]
    assert by_itself
    assert all(part.product == ALLOWANCE for act in by_itself for part in act.parts), "the log says what it was about"
    outbox.run_once()
    assert len(messages.box(citizen("student", ALLOWANCE))) == 2


def test_a_case_that_is_not_automatic_waits_for_a_worker(citizen, grant):
    outbox.run_once()
    assert queries.case(citizen("student", GRANT), grant.id).line.state is State.SUBMITTED


def test_the_story_of_a_case_is_told_step_by_step(citizen, worker, persona, grant):
    student = persona("student")
    services.take(worker(grant.id, student, Permission.HANDLE), grant.id)
    services.take(worker(grant.id, student, Permission.HANDLE), grant.id)
    services.decide(worker(grant.id, student), grant.id)
    services.publish(worker(grant.id, student), grant.id)
    case = queries.case(citizen("student", GRANT), grant.id)
    assert [each.step for each in case.history] == [Step.SUBMIT, Step.TAKE, Step.DECIDE, Step.PUBLISH]
    assert [each.by for each in case.history] == [Role.CITIZEN, Role.STAFF, Role.STAFF, Role.STAFF]


def test_a_letter_carries_dutch_and_the_language_of_the_person(citizen, worker, persona, grant):
    case = replace(queries.case(citizen("student", GRANT), grant.id), language="pap")
    letter = letters.question(case, text="Welke?", asked_on=date(2026, 6, 15), answer_by=date(2026, 6, 29))
    assert letter.language == "nl"
    assert letter.blocks[-1].language == "pap"


@pytest.mark.parametrize(
    ("language", "outcome", "objection"),
    [
        ("en", "You get a supplementary grant of", "You can object up to and including"),
        ("pap", "Bo ta haña un beka suplementario di", "Bo por hasi opheshon te ku"),
    ],
)
def test_a_decision_is_told_again_in_the_language_of_the_person(citizen, worker, persona, language, outcome, objection):
    draft = services.start(citizen("student", GRANT), GRANT, name="E. Verzonnen", language=language)
    case = services.submit(citizen("student", GRANT), draft.id, draft.key)
    services.decide(worker(case.id, persona("student")), case.id)
    message = services.publish(worker(case.id, persona("student")), case.id).message
    letter = messages.letter(citizen("student", GRANT), message)
    page = letter.page.decode()
    dutch, told = page.split(f'<section class="dichterbij-flow" lang="{language}">')
    assert letter.line.called(language).text.startswith(outcome)
    assert letter.line.title.startswith("U krijgt een aanvullende beurs van")
    assert "U krijgt een aanvullende beurs van" in dutch
    assert "Bezwaar maken kan tot en met" in dutch
    assert outcome in told
    assert objection in told
    assert '<span lang="nl"><a href="https://wetten.overheid.nl/BWBR0005537">Algemene wet bestuursrecht' in told
    assert '<span lang="nl">Wet studiefinanciering 2000</span>' in told
    assert "Bezwaar" not in told


def test_a_system_may_decide_only_as_a_system(worker, persona, grant):
    access = worker(grant.id, persona("student"))
    system = Actor(role=Role.SYSTEM, organisation=access.organisation)
    assert services.decide(replace(access, actor=system), grant.id).is_automatic


def test_a_case_that_does_not_exist_is_not_found(citizen):
    with pytest.raises(UnknownCase):
        queries.case(citizen("student", GRANT), uuid4())


def test_a_question_about_a_fact_supplies_that_fact_to_the_law(citizen, worker, persona, submit):
    case = submit("student", FUNERAL)
    student = persona("student")
    judged = (
        Judged(fact="uitvaartkosten_noodzakelijk", value=True, reason="Ja."),
        Judged(fact="noodzakelijke_uitvaartkosten", value=100000, reason="De rekening."),
    )
    with pytest.raises(NotDecidable):
        services.decide(worker(case.id, student), case.id, judged)
    asked = services.ask(
        worker(case.id, student, Permission.HANDLE), case.id, "Kunt u het betalen?", fact="uitvaart_niet_te_betalen"
    )
    services.answer(citizen("student", FUNERAL), case.id, asked, True)
    assert services.decide(worker(case.id, student), case.id, judged).is_granted


def test_not_knowing_is_an_answer_and_no_fact(citizen, worker, persona, submit):
    case = submit("student", FUNERAL)
    asked = services.ask(
        worker(case.id, persona("student"), Permission.HANDLE), case.id, "Kunt u?", fact="uitvaart_niet_te_betalen"
    )
    services.answer(citizen("student", FUNERAL), case.id, asked, None)
    found = queries.case(citizen("student", FUNERAL), case.id)
    assert found.line.state is State.IN_HANDLING
    with pytest.raises(NotDecidable):
        services.decide(worker(case.id, persona("student")), case.id)
