"""What comes in by post becomes the same application or objection, once, on the day it came in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.cases import services
from dichterbij.delivery.cases.domain import State
from dichterbij.delivery.cases.models import Case
from dichterbij.delivery.cases.telling import history_told
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages.models import PrintJob
from dichterbij.delivery.paper import (
    codes,
    entering,
    ground,
    issuing,
    models,
    queries,
    receiving,
    scans,
    trying,
    writing,
)
from dichterbij.delivery.paper.domain import (
    FormUsed,
    MixedForms,
    NotNow,
    NotThisPerson,
    Stage,
    TooManyTries,
    Trouble,
    UnknownForm,
    UnknownPaper,
)
from dichterbij.delivery.paper.entering import Written
from dichterbij.ground.authority.domain import Denied
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import StaffRole, StaffTask
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
ALLOWANCE, GRANT = "zorgtoeslag", "aanvullende-beurs"
BORN = {"student": date(2002, 2, 11), "widow": date(1947, 2, 3)}
NOTHING = Written(supplied={}, unknown=(), remark="", by_post=True)
Clerk = Callable[..., Login]


@pytest.fixture
def clerk(organisations: None, persona) -> Clerk:
    """Return a function that gives the login of who handles the post of an organisation."""

    def login(organisation: str = "dienst-toeslagen", key: str = "toeslagen_handler", unit: str = "") -> Login:
        oin, now = _oin(organisation), clock.now()
        role = StaffRole(
            organisation=oin, unit=unit or next(iter(_units(oin))), roles=(StaffTask.HANDLE,), audit_ref="M-0007"
        )
        return Login(
            id=uuid4(),
            party=identity.party_for(persona(key)),
            bsn=None,
            name="Medewerker",
            audience=Audience.STAFF,
            level=Level.SUBSTANTIAL,
            means="test",
            authenticated_at=now,
            idle_until=now + timedelta(minutes=15),
            absolute_until=now + timedelta(hours=4),
            staff=(role,),
        )

    return login


def _oin(key: str):
    return organisations.by_key(key).oin


def _units(oin):
    return organisations.organisation(oin).units


def _lines(product: str, pages: tuple[int, ...] | None = None) -> str:
    """Return the codes of the pages of a blank form, as a scanner would."""
    issuing.blank(product, "nl")
    _content, code = issuing._blank(product, "nl", issuing.version(catalogue.product(product), "nl"))
    row = models.Form.objects.get(lookup=issuing.lookup(code))
    return "\n".join(codes.mark(code, page).text for page in pages or range(1, row.pages + 1))


@pytest.fixture
def arrived(clerk: Clerk, persona):
    """Return a function that takes in a blank form of somebody, received three days ago."""

    def take_in(key: str = "widow", product: str = ALLOWANCE, login: Login | None = None):
        login = login or clerk()
        paper = receiving.open_envelope(login, _lines(product), clock.today() - timedelta(days=3))
        return receiving.identify(login, paper.id, persona(key), BORN[key])

    return take_in


def test_a_form_becomes_the_same_application_and_the_term_counts_from_its_day(clerk, arrived, citizen):
    paper = arrived()
    case = entering.enter(clerk(), paper.id, NOTHING)
    found = cases.case(citizen("widow", ALLOWANCE), case)
    assert found.line.channel == "paper"
    assert found.line.received_on == clock.today() - timedelta(days=3)
    assert found.line.decide_by == catalogue.product(ALLOWANCE).term.last_day(found.line.received_on)
    assert found.application.name == "Geertje van der Hazelkamp"
    assert history_told(found)[0].text.startswith("Wij kregen uw aanvraag op papier op")
    outbox.run_once()
    assert cases.case(citizen("widow", ALLOWANCE), case).line.state is State.PUBLISHED
    assert PrintJob.objects.count() == len(messages.box(citizen("widow", ALLOWANCE))) == 2


def test_paper_is_for_the_unit_of_its_product_and_nobody_else_opens_it(clerk, arrived):
    pension, survivors = (clerk("svb", "svb_handler", unit) for unit in ("pensioen", "nabestaanden"))
    paper = arrived(product="nabestaandenuitkering", login=survivors)
    assert [each.id for each in queries.waiting(survivors)] == [paper.id]
    assert queries.waiting(pension) == ()
    with pytest.raises(UnknownPaper):
        entering.enter(pension, paper.id, NOTHING)
    whose = receiving.access_for(survivors, paper.id, Permission.READ).subject
    assert ground.paper_before_them(survivors, whose, clock.now())
    assert not ground.paper_before_them(pension, whose, clock.now())


def test_an_objection_on_paper_is_where_its_case_went(clerk, decided):
    Case.objects.filter(id=decided.id).update(unit="elsewhere")
    paper = receiving.open_objection(clerk(), decided.reference, clock.today(), None)
    assert [each.id for each in queries.waiting(clerk(unit="elsewhere"))] == [paper.id]
    assert queries.waiting(clerk()) == ()


def test_each_fact_that_stood_on_paper_says_so(clerk, citizen, persona):
    login = clerk("rdw", "rdw_handler")
    paper = receiving.open_envelope(login, _lines("voertuig-na-overlijden"), clock.today())
    receiving.identify(login, paper.id, persona("student"), BORN["student"])
    given = {"overlijdensdatum": "2026-06-08", "relatie_tot_overledene": "kind"}
    case = entering.enter(login, paper.id, replace(NOTHING, supplied=given))
    application = cases.case(citizen("student", "voertuig-na-overlijden"), case).application
    assert set(application.on_paper) == set(given)
    assert application.received_on == clock.today()
    receipt = messages.letter(citizen("student", "voertuig-na-overlijden"), _newest(citizen))
    assert "op papier, ontvangen op 15 juni 2026" in receipt.page.decode()


def _newest(citizen):
    return messages.box(citizen("student", "voertuig-na-overlijden"))[0].id


def test_what_is_not_on_the_paper_is_unknown_and_waits_for_a_question(clerk, citizen, persona):
    login = clerk("rdw", "rdw_handler")
    paper = receiving.open_envelope(login, _lines("voertuig-na-overlijden"), clock.today())
    receiving.identify(login, paper.id, persona("student"), BORN["student"])
    case = entering.enter(login, paper.id, NOTHING)
    found = cases.case(citizen("student", "voertuig-na-overlijden"), case)
    assert set(found.application.unknown) == {"overlijdensdatum", "relatie_tot_overledene"}
    assert found.line.state is State.SUBMITTED


def test_typing_in_twice_makes_one_case(clerk, arrived):
    paper = arrived()
    first = entering.enter(clerk(), paper.id, NOTHING)
    assert entering.enter(clerk(), paper.id, NOTHING) == first
    assert Case.objects.count() == 1


def test_a_crash_after_sending_makes_no_second_case(clerk, arrived, monkeypatch):
    paper = arrived()
    monkeypatch.setattr(entering, "_done", _power_cut)
    with pytest.raises(OSError, match="power"):
        entering.enter(clerk(), paper.id, NOTHING)
    monkeypatch.undo()
    assert entering.enter(clerk(), paper.id, NOTHING) == Case.objects.get().id


def _power_cut(*_args: object) -> None:
    raise OSError("power")


def test_who_has_a_running_application_gets_no_second_one_and_a_letter_says_so(clerk, arrived, citizen):
    access = citizen("student", GRANT)
    draft = services.start(access, GRANT, name="Mirthe Zwaanstra", language="nl")
    running = services.submit(access, draft.id, draft.key)
    login = clerk("duo", "duo_handler")
    paper = arrived("student", GRANT, login)
    assert entering.enter(login, paper.id, NOTHING) == running.id
    assert queries.one(login, paper.id).stage is Stage.CLOSED
    assert Case.objects.count() == 1
    titles = [line.title for line in messages.box(citizen("student", GRANT))]
    assert any(title.startswith("U had dit al aangevraagd") for title in titles)


def test_the_person_reads_who_typed_it_in_and_why(clerk, arrived, citizen):
    entering.enter(clerk(), arrived().id, NOTHING)
    access = citizen("widow", ALLOWANCE)
    lines = [line for act in logbook.acts_about(access, limit=50) for line in logbook.lines_of_act(access, act.act)]
    assert any(line.reason == "Uw aanvraag op papier, ontvangen op 12 juni 2026" for line in lines)


def test_number_and_day_of_birth_must_be_of_one_person(clerk, persona):
    paper = receiving.open_envelope(clerk(), _lines(ALLOWANCE), clock.today())
    with pytest.raises(NotThisPerson):
        receiving.identify(clerk(), paper.id, persona("widow"), BORN["student"])
    assert queries.one(clerk(), paper.id).party is None


def test_nobody_types_in_their_own_paper(clerk, persona):
    paper = receiving.open_envelope(clerk(), _lines(ALLOWANCE), clock.today())
    with pytest.raises(Denied):
        receiving.identify(clerk(), paper.id, persona("toeslagen_handler"), date(1981, 10, 25))


def test_a_worker_sends_nothing_for_somebody_whose_paper_does_not_lie_open(clerk, arrived):
    paper = arrived()
    entering.enter(clerk(), paper.id, NOTHING)
    with pytest.raises(Denied):
        receiving.access_for(clerk(), paper.id, Permission.SUBMIT)


def test_a_missing_page_is_noticed_and_comes_later_on_the_first_day(clerk):
    paper = receiving.open_envelope(clerk(), _lines(ALLOWANCE, (1, 3)), clock.today() - timedelta(days=2))
    assert paper.missing == (2,)
    later = receiving.add_pages(clerk(), paper.id, _lines(ALLOWANCE, (2,)))
    assert later.missing == ()
    assert later.received_on == clock.today() - timedelta(days=2)


def test_pages_of_two_forms_are_not_one_form(clerk):
    with pytest.raises(MixedForms):
        receiving.open_envelope(clerk(), _lines(ALLOWANCE) + "\n" + _lines(GRANT), clock.today())
    paper = receiving.open_envelope(clerk(), _lines(ALLOWANCE, (1,)), clock.today())
    with pytest.raises(MixedForms):
        receiving.add_pages(clerk(), paper.id, _lines(GRANT, (2,)))


def test_a_code_that_was_never_given_out_is_refused(clerk):
    with pytest.raises(UnknownForm):
        receiving.open_envelope(clerk(), codes.mark(codes.new_code(), 1).text, clock.today())


def test_a_form_of_another_organisation_goes_to_their_post_and_not_to_ours(clerk):
    paper = receiving.open_envelope(clerk(), _lines(GRANT), clock.today())
    with pytest.raises(UnknownPaper):
        queries.one(clerk(), paper.id)
    assert queries.one(clerk("duo", "duo_handler"), paper.id).product == GRANT


def test_a_form_made_for_one_person_knows_whose_it_is_and_is_typed_in_once(clerk, citizen):
    lines = _prefilled(citizen)
    paper = receiving.open_envelope(clerk(), lines, clock.today())
    assert paper.name == "Geertje van der Hazelkamp"
    assert receiving.open_envelope(clerk(), lines, clock.today()).id == paper.id
    entering.enter(clerk(), paper.id, NOTHING)
    with pytest.raises(FormUsed):
        receiving.open_envelope(clerk(), lines, clock.today())


def test_a_form_filled_in_from_what_was_begun_online_goes_on_with_the_same_draft(clerk, citizen):
    lines, access = _prefilled(citizen), citizen("widow", ALLOWANCE)
    (begun,) = cases.drafts(access)
    services.fill(access, begun.id, remark="Online geschreven.")
    paper = receiving.open_envelope(clerk(), lines, clock.today() - timedelta(days=3))
    entering.enter(clerk(), paper.id, replace(NOTHING, remark="Op papier geschreven."))
    assert cases.drafts(access) == ()
    assert models.Received.objects.get().draft == begun.id
    (case,) = Case.objects.all()
    assert (case.key, case.channel) == (begun.key, "paper")
    found = cases.case(access, case.id)
    assert found.application.remark == "Online geschreven.\nOp papier geschreven."
    assert found.application.received_on == clock.today() - timedelta(days=3)


def test_paper_that_is_sent_online_meanwhile_becomes_no_second_application(clerk, citizen):
    lines, access = _prefilled(citizen), citizen("widow", ALLOWANCE)
    (begun,) = cases.drafts(access)
    paper = receiving.open_envelope(clerk(), lines, clock.today())
    services.submit(access, begun.id, begun.key)
    entering.enter(clerk(), paper.id, NOTHING)
    assert Case.objects.count() == 1
    assert queries.one(clerk(), paper.id).trouble is Trouble.DUPLICATE


def _prefilled(citizen) -> str:
    made: list[str] = []
    access = citizen("widow", ALLOWANCE)
    draft = services.start(access, ALLOWANCE, name="Geertje van der Hazelkamp", language="nl")
    found, said = cases.draft(access, draft.id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codes, "new_code", lambda: made.append("7" * 16) or made[0])
        issuing.prefilled(access, found, said)
    return "\n".join(codes.mark(made[0], page).text for page in range(1, models.Form.objects.get().pages + 1))


def test_what_cannot_be_read_is_asked_back_by_letter_on_paper(clerk, arrived, citizen):
    paper = arrived()
    writing.ask_back(clerk(), paper.id, Trouble.NOT_LEGIBLE)
    found = queries.one(clerk(), paper.id)
    assert (found.stage, found.trouble) == (Stage.ASKED, Trouble.NOT_LEGIBLE)
    (line,) = messages.box(citizen("widow", ALLOWANCE))
    assert line.expects_reaction
    assert PrintJob.objects.count() == 1
    page = messages.letter(citizen("widow", ALLOWANCE), line.id).page.decode()
    assert "Wij kunnen niet lezen wat u schreef." in page
    entering.enter(clerk(), paper.id, NOTHING)
    assert Case.objects.get().received_on == clock.today() - timedelta(days=3)


def test_paper_nobody_answered_about_goes_on_with_what_can_be_read_and_the_case_says_so(clerk, arrived, citizen):
    paper = arrived()
    writing.ask_back(clerk(), paper.id, Trouble.NOT_LEGIBLE)
    until = queries.one(clerk(), paper.id).reply_by
    assert until == date(2026, 6, 29)
    with clock.frozen(datetime(2026, 6, 29, 20, tzinfo=UTC)):
        assert writing.go_on_without_answer() == 0
    with clock.frozen(datetime(2026, 6, 30, 6, tzinfo=UTC)):
        assert writing.go_on_without_answer() == 1
        assert queries.waiting(clerk())[0].stage is Stage.UNANSWERED
        case = entering.enter(clerk(), paper.id, NOTHING)
        outbox.run_once()
        found = cases.case(citizen("widow", ALLOWANCE), case)
    assert found.line.state is State.PUBLISHED
    assert any("Er kwam geen antwoord op onze brief over uw papier" in each.text for each in history_told(found))


@pytest.mark.parametrize("lost", [services, entering])
def test_a_crash_after_sending_loses_no_word_about_paper_nobody_answered_about(
    clerk, arrived, citizen, monkeypatch, lost
):
    """The process dies before it notes it on the case (`services`), or right after (`entering`)."""

    def killed(*_given: object) -> None:
        raise SystemExit

    paper = arrived()
    writing.ask_back(clerk(), paper.id, Trouble.NOT_LEGIBLE)
    with clock.frozen(datetime(2026, 6, 30, 6, tzinfo=UTC)):
        writing.go_on_without_answer()
        with monkeypatch.context() as patch, pytest.raises(SystemExit):
            patch.setattr(lost, {services: "note_unanswered_paper", entering: "_done"}[lost], killed)
            entering.enter(clerk(), paper.id, NOTHING)
        case = entering.enter(clerk(), paper.id, NOTHING)
        told = [each.text for each in history_told(cases.case(citizen("widow", ALLOWANCE), case))]
    assert sum("Er kwam geen antwoord op onze brief over uw papier" in text for text in told) == 1
    assert Case.objects.count() == 1


def test_pages_that_come_after_the_question_end_it(clerk, persona):
    paper = receiving.open_envelope(clerk(), _lines(ALLOWANCE, (1,)), clock.today())
    receiving.identify(clerk(), paper.id, persona("widow"), BORN["widow"])
    writing.ask_back(clerk(), paper.id, Trouble.PAGE_MISSING)
    later = receiving.add_pages(clerk(), paper.id, _lines(ALLOWANCE, (2, 3)))
    assert (later.stage, later.reply_by) == (Stage.OPEN, None)


def test_typing_in_leaves_what_the_person_is_working_on_online_as_it_is(clerk, arrived, citizen):
    access = citizen("widow", ALLOWANCE)
    mine = services.start(access, ALLOWANCE, name="Geertje van der Hazelkamp", language="nl")
    services.fill(access, mine.id, remark="Dit schrijf ik zelf.")
    entering.enter(clerk(), arrived().id, replace(NOTHING, remark="Dit stond op papier."))
    (kept,) = cases.drafts(citizen("widow", ALLOWANCE))
    assert (kept.id, kept.application.remark) == (mine.id, "Dit schrijf ik zelf.")
    assert Case.objects.get().channel == "paper"


def test_numbers_of_nobody_are_no_way_to_find_out_who_somebody_is(clerk, persona):
    paper = receiving.open_envelope(clerk(), _lines(ALLOWANCE), clock.today())
    for _ in range(trying.MOST):
        with pytest.raises(NotThisPerson):
            receiving.identify(clerk(), paper.id, persona("widow"), BORN["student"])
    with pytest.raises(TooManyTries):
        receiving.identify(clerk(), paper.id, persona("widow"), BORN["widow"])
    with pytest.raises(TooManyTries):
        receiving.open_envelope(clerk(), codes.mark(codes.new_code(), 1).text, clock.today())
    with clock.frozen(datetime(2026, 6, 15, 23, tzinfo=UTC)):
        assert receiving.identify(clerk(), paper.id, persona("widow"), BORN["widow"]).party is not None


def test_paper_of_nobody_knows_whom_goes_to_a_colleague(clerk):
    paper = receiving.open_envelope(clerk(), _lines(ALLOWANCE), clock.today())
    with pytest.raises(NotNow):
        writing.ask_back(clerk(), paper.id, Trouble.NOT_LEGIBLE)
    writing.give_to_colleague(clerk(), paper.id, Trouble.NOT_LEGIBLE)
    assert queries.waiting(clerk())[0].stage is Stage.COLLEAGUE


def test_a_scan_is_sealed_kept_once_and_shown_with_its_case_only_to_its_person(clerk, arrived, citizen):
    paper = arrived()
    content = b"%PDF-1.7 het papier van de weduwe"
    scans.add(clerk(), paper.id, content)
    scans.add(clerk(), paper.id, content)
    case = entering.enter(clerk(), paper.id, NOTHING)
    (kept,) = queries.scans_of_case(citizen("widow", ALLOWANCE), case)
    assert content not in bytes(models.Scan.objects.get().sealed)
    assert queries.scan(citizen("widow", ALLOWANCE), case, kept.id)[1] == content
    with pytest.raises(UnknownPaper):
        queries.scan(citizen("student", ALLOWANCE), case, kept.id)


@pytest.fixture
def decided(citizen):
    """A decision on an allowance of the widow, made known today."""
    access = citizen("widow", ALLOWANCE)
    draft = services.start(access, ALLOWANCE, name="Geertje van der Hazelkamp", language="nl")
    case = services.submit(access, draft.id, draft.key)
    outbox.run_once()
    return case


def test_an_objection_on_paper_becomes_the_same_objection(clerk, decided, citizen):
    paper = receiving.open_objection(clerk(), decided.reference, clock.today(), None)
    made = entering.object_on_paper(clerk(), paper.id, "Mijn inkomen klopt niet.", "")
    found = cases.case(citizen("widow", ALLOWANCE), decided.id)
    assert found.objection == made
    assert not made.is_late
    assert "Wij kregen uw bezwaar op papier op 15 juni 2026" in history_told(found)[-1].text


def test_an_objection_that_was_posted_in_time_is_in_time(clerk, decided, citizen, monkeypatch):
    until = cases.case(citizen("widow", ALLOWANCE), decided.id).decision.object_until
    monkeypatch.setattr(clock, "today", lambda: until + timedelta(days=8))
    paper = receiving.open_objection(clerk(), decided.reference, until + timedelta(days=5), until)
    assert not entering.object_on_paper(clerk(), paper.id, "Mijn inkomen klopt niet.", "").is_late


def test_a_reference_of_another_organisation_opens_nothing(clerk, decided):
    with pytest.raises(UnknownPaper):
        receiving.open_objection(clerk("duo", "duo_handler"), decided.reference, clock.today(), None)
