"""An outage is recorded once, and every term of a citizen that ends in it goes on after it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from dichterbij.delivery.cases import models, outages, queries, services
from dichterbij.delivery.cases.asking import asked_of_applicant
from dichterbij.delivery.cases.domain import CaseLine, State
from dichterbij.delivery.cases.telling import history_told
from dichterbij.delivery.contact.outages import NoSuchOutage
from dichterbij.delivery.messages.models import Message
from dichterbij.ground.organisations import queries as organisations_queries
from dichterbij.ground.organisations import services as organisations_services
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"
BEGAN, ENDED = datetime(2026, 6, 29, 7, tzinfo=UTC), datetime(2026, 7, 1, 15, tzinfo=UTC)
AFTER = datetime(2026, 7, 2, 10, tzinfo=UTC)
NEW_DAY = date(2026, 7, 6)
"""Three days of outage, from Monday up to and including Wednesday, and three days after it: Saturday, so Monday."""


@pytest.fixture
def asked(citizen, worker, persona) -> CaseLine:
    """A case with a question that must be answered on the first day of the outage."""
    access = citizen("student", GRANT)
    draft = services.start(access, GRANT, name="E. Verzonnen", language="nl")
    _, said = queries.draft(access, draft.id)
    services.fill(access, draft.id, unknown=tuple(each.fact for each in asked_of_applicant(said)))
    line = services.submit(citizen("student", GRANT), draft.id, draft.key)
    with clock.frozen(datetime(2026, 6, 15, 10, tzinfo=UTC)):
        services.ask(worker(line.id, persona("student"), Permission.HANDLE), line.id, "Welke opleiding volgt u?")
    return line


def _record(
    line: CaseLine, began: datetime = BEGAN, ended: datetime | None = ENDED, at: datetime = AFTER
) -> int | None:
    with clock.frozen(at):
        return outages.record(line.organisation, began, ended)


def test_a_term_that_ends_in_an_outage_goes_on_after_it_and_the_case_says_so(asked, citizen):
    assert models.Question.objects.get().answer_by == date(2026, 6, 29)
    assert _record(asked) == 1
    assert models.Question.objects.get().answer_by == NEW_DAY
    assert Message.objects.get(nature="question").react_by == NEW_DAY
    told = [each.text for each in history_told(queries.case(citizen("student", GRANT), asked.id))]
    assert "Deze site deed het niet op uw laatste dag. U hebt nu tot en met 6 juli 2026" in told


def test_the_same_outage_recorded_twice_is_recorded_once(asked):
    assert _record(asked) == 1
    assert _record(asked) is None
    assert models.Question.objects.get().answer_by == NEW_DAY
    assert models.CaseStep.objects.filter(step="extend").count() == 1


def test_a_term_that_ends_outside_it_or_at_another_organisation_stays(asked):
    earlier = BEGAN - timedelta(days=7)
    assert _record(asked, earlier, earlier + timedelta(hours=3)) == 0
    other = next(each.oin for each in organisations_queries.hosted() if each.oin != asked.organisation)
    with clock.frozen(AFTER):
        assert outages.record(other, BEGAN, ENDED) == 0
    assert models.Question.objects.get().answer_by == date(2026, 6, 29)


def test_while_the_outage_lasts_no_question_lapses_and_its_end_moves_the_term(asked):
    down = BEGAN + timedelta(hours=1)
    assert _record(asked, ended=None, at=down) == 0
    with clock.frozen(AFTER):
        assert services.let_go_of_unanswered() == 0
    assert _record(asked) == 1
    with clock.frozen(datetime(2026, 7, 7, 10, tzinfo=UTC)):
        assert services.let_go_of_unanswered() == 1
    assert models.Case.objects.get().state == State.IN_HANDLING


def _is_closed(line: CaseLine) -> bool:
    return "click" in organisations_queries.organisation(line.organisation).closed


def test_an_outage_closes_the_electronic_way_while_it_lasts_and_opens_it_again(asked):
    _record(asked, ended=None, at=BEGAN + timedelta(hours=1))
    assert _is_closed(asked)
    _record(asked)
    assert not _is_closed(asked)


def test_writing_down_an_outage_that_was_over_opens_no_way_that_the_operator_closed(asked):
    organisations_services.close(asked.organisation, ("click",))
    assert _record(asked) == 1
    assert _is_closed(asked)


def test_writing_down_an_earlier_outage_closes_no_way_that_the_operator_opened(asked):
    _record(asked, ended=None, at=BEGAN + timedelta(hours=1))
    organisations_services.close(asked.organisation, ("click",), again_open=True)
    earlier = BEGAN - timedelta(days=7)
    _record(asked, earlier, earlier + timedelta(hours=3))
    assert not _is_closed(asked)


@pytest.mark.parametrize(
    ("began", "ended"),
    [(ENDED, BEGAN), (AFTER, AFTER + timedelta(days=1)), (BEGAN + timedelta(hours=1), ENDED), (BEGAN, AFTER)],
)
def test_an_outage_that_cannot_be_or_overlaps_another_is_refused(asked, began, ended):
    _record(asked)
    with pytest.raises(NoSuchOutage):
        _record(asked, began, ended)


def test_the_term_to_object_moves_too_also_when_it_is_over(asked, citizen, worker, persona):
    student = persona("student")
    case = models.Case.objects.get()
    question = models.Question.objects.get()
    services.answer(citizen("student", GRANT), asked.id, question.id, None)
    services.decide(worker(asked.id, student), asked.id)
    services.publish(worker(asked.id, student), asked.id)
    last_day = case.decisions.get().object_until
    noon = datetime(last_day.year, last_day.month, last_day.day, 12, tzinfo=UTC)
    assert _record(asked, noon, noon + timedelta(hours=2), noon + timedelta(days=1)) == 1
    assert case.decisions.get().object_until > last_day


def test_the_command_records_for_everybody_here_and_lists(asked, capsys):
    with clock.frozen(AFTER):
        call_command("outage", "--from", "2026-06-29T09:00", "--until", "2026-07-01T17:00")
        call_command("outage", "--from", "2026-06-29T09:00", "--until", "2026-07-01T17:00", "--organisation", "duo")
        call_command("outage")
    written = capsys.readouterr().out
    assert "1 terms moved" in written
    assert "was recorded already" in written
    assert "2026-06-29 09:00 until 2026-07-01 17:00" in written
    with pytest.raises(CommandError, match="no organisation"):
        call_command("outage", "--from", "2026-06-29T09:00", "--organisation", "nergens")
