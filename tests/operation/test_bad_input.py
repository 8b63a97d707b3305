"""What people and the world do wrong: each time a page that says what happened, and nothing is lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from dichterbij.kernel import clock
from dichterbij_world.registries.faults import CONTRADICTING, DOWN, SLOW
from dichterbij_world.store import World, Writer
from tests.journeys.page import Page
from tests.journeys.rooms import has
from tests.journeys.visitor import Visitor

from .applying import GRANT

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
Open = Callable[[], Visitor]


@pytest.fixture
def student(visitor: Open) -> Visitor:
    """The student, logged in."""
    found = visitor()
    found.log_in("student")
    return found


def _draft(student: Visitor) -> Page:
    page = student.get(f"/apply/{GRANT}")
    return student.press(page, page.form())


def _review(student: Visitor, remark: str = "") -> Page:
    page = _draft(student)
    return student.press(page, page.form(having="remark"), {"remark": remark})


@contextmanager
def _later(minutes: int) -> Iterator[None]:
    with clock.frozen(clock.now() + timedelta(minutes=minutes)):
        yield


def test_a_form_sent_after_the_session_ended_is_kept_and_shown_again(student: Visitor) -> None:
    page = _draft(student)
    with _later(16):
        asked = student.press(page, page.form(having="remark"), {"remark": "Getypt tot het te laat was."})
        assert "Inloggen" in asked.title
        back = _logged_in_again(student, asked, "student")
        assert "Getypt tot het te laat was." in back.main
        form = student.get(back.link(page.path)).form(having="remark")
        assert ("remark", "Getypt tot het te laat was.") in form.fields
        assert "Getypt tot het te laat was." not in student.get(page.path).body, "it is never sent by itself"


def test_a_form_sent_after_the_session_ended_is_shown_to_nobody_else(student: Visitor) -> None:
    page = _draft(student)
    with _later(16):
        asked = student.press(page, page.form(having="remark"), {"remark": "Alleen voor mij."})
        back = _logged_in_again(student, asked, "uncle", status=404)
        assert "Alleen voor mij." not in back.body
        assert "Alleen voor mij." not in student.get("/applications").body


def _logged_in_again(visitor: Visitor, page: Page, who: str, *, status: int = 200) -> Page:
    page = visitor.press(page, page.form("/login/start"))
    return visitor.press(page, page.form(having="state"), {"person": who}, status=status)


def test_a_double_click_and_a_page_sent_again_are_one_case(student: Visitor) -> None:
    review = _review(student)
    answers = [student.press(review, review.form(having="key")) for _ in range(3)]
    assert len({answer.path for answer in answers}) == 1
    assert student.get("/messages").main.count("Wij hebben uw aanvraag ontvangen") == 1


def test_the_back_button_after_sending_leads_to_the_case(student: Visitor) -> None:
    draft = _draft(student)
    review = student.press(draft, draft.form(having="remark"), {"remark": "Eerste keer."})
    sent = student.press(review, review.form(having="key"))
    student.press(draft, draft.form(having="remark"), {"remark": "Tweede keer."}, status=404)
    page = student.get(f"/apply/{GRANT}")
    assert student.press(page, page.form()).path == sent.path.removesuffix("/received")


def test_what_is_typed_in_a_second_tab_does_not_vanish_in_the_first(student: Visitor) -> None:
    first, second = _draft(student), _draft(student)
    assert first.path == second.path
    student.press(second, second.form(having="remark"), {"remark": "Uit het tweede venster."})
    review = student.press(first, first.form(having="remark"), {"remark": "Uit het eerste venster."})
    assert "Uit het eerste venster." in review.main
    sent = student.press(review, review.form(having="key"))
    assert sent.path.endswith("/received")


def test_what_is_not_yours_looks_like_what_does_not_exist(student: Visitor, visitor: Open) -> None:
    review = _review(student)
    sent = student.press(review, review.form(having="key")).path.removesuffix("/received")
    message = student.get("/messages").link("/messages/")
    other = visitor()
    other.log_in("uncle")
    for address in (sent, f"{sent}/received", f"{sent}/withdraw", message, f"{message}/pdf"):
        number = address.split("/")[2]
        theirs = other.get(address, status=404)
        nothing = other.get(address.replace(number, str(uuid4())), status=404)
        assert theirs.main == nothing.main, address


def test_who_does_not_work_there_learns_nothing_of_a_case(student: Visitor, visitor: Open) -> None:
    if not has("desk"):
        pytest.skip("there is no desk in this house")
    review = _review(student)
    case = student.press(review, review.form(having="key")).path.split("/")[2]
    worker = visitor()
    worker.log_in("svb_handler", as_staff=True)
    worker.get(f"/desk/cases/{uuid4()}", status=404)
    theirs = worker.client.get(f"/desk/cases/{case}")
    assert "aanvullende" not in theirs.content.decode().casefold()


@pytest.mark.parametrize("address", ["/applications/1", "/messages/x", "/plan/0", "/apply/%00", "/apply/bestaat-niet"])
def test_a_wrong_address_is_a_page_that_helps(student: Visitor, address: str) -> None:
    page = student.get(address, status=404)
    assert page.title
    assert "Wat u kunt doen" in page.main


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=grens", "multipart/form-data", "text/xml"])
def test_a_body_that_cannot_be_read_is_a_page_that_says_so(student: Visitor, kind: str) -> None:
    page, rubbish = _draft(student), b"\x00\xff--grens\r\nno form at all"
    answer = student.client.post(page.path, rubbish, content_type=kind)
    assert answer.status_code in (400, 403)
    assert "Wat u kunt doen" in answer.content.decode()


def test_far_too_much_text_is_refused_with_a_page(student: Visitor) -> None:
    page = _draft(student)
    form = page.form(having="remark")
    huge = student.press(page, form, {"remark": "x" * 2_000_000}, status=413)
    assert "te groot" in huge.title
    assert student.get(page.path).status == 200


def test_without_a_logbook_nothing_is_shown_and_the_page_says_why(
    student: Visitor, read_only_logbook: Callable[[], object]
) -> None:
    draft = student.get(f"/apply/{GRANT}")
    with read_only_logbook():  # type: ignore[attr-defined]
        answer = student.press(draft, draft.form(), status=503)
    assert answer.title
    assert "2002" not in answer.body
    assert student.press(draft, draft.form()).path.startswith("/applications/draft/")


@pytest.fixture
def fault(world: World) -> Iterator[Callable[[str, str], None]]:
    """A switch that makes a registry misbehave until the test ends."""

    def switch(registry: str, kind: str) -> None:
        writer = Writer(world.path)
        writer.set_fault(registry, kind)
        writer.close()

    yield switch
    for registry in ("brp", "belastingdienst", "rvz", "duo"):
        switch(registry, "")


@pytest.mark.parametrize("kind", [DOWN, SLOW])
def test_a_registry_that_does_not_answer_is_named_and_the_rest_is_shown(
    student: Visitor, fault: Callable[[str, str], None], kind: str
) -> None:
    fault("belastingdienst", kind)
    page = _draft(student)
    assert "niet beschikbaar sinds" in page.main.casefold(), page.main
    assert "11 februari 2002" in page.main
    fault("belastingdienst", "")


def test_registries_that_contradict_each_other_leave_both_answers_visible(
    student: Visitor, fault: Callable[[str, str], None]
) -> None:
    fault("duo", CONTRADICTING)
    page = _draft(student)
    assert "uitwonend" in page.main.casefold()
    assert "Klopt dit niet?" in page.main


@pytest.mark.skipif(not has("life_events"), reason="there are no life events in this house")
def test_a_plan_with_a_registry_down_is_partial_and_never_empty(
    student: Visitor, fault: Callable[[str, str], None]
) -> None:
    from tests.journeys.plans import open_plan, shown_cards

    page = open_plan(student, {"who": "0", "zelfde_adres_als_overledene": "yes"})
    whole = shown_cards(page)
    fault("belastingdienst", DOWN)
    partial = student.press(page, page.form("/refresh"))
    assert "iet beschikbaar sinds" in partial.main
    assert shown_cards(partial).keys() == whole.keys()
    fault("belastingdienst", "")
    again = shown_cards(student.press(partial, partial.form("/refresh")))
    assert again["zorgtoeslag"].text == whole["zorgtoeslag"].text


def test_a_period_without_amounts_says_so_and_gives_no_amount(visitor: Open) -> None:
    student = visitor()
    with clock.frozen(datetime(2027, 3, 1, 9, 0, tzinfo=UTC)):
        student.log_in("student")
        page = _draft(student)
    assert "bedrag" in page.main.casefold()
    assert "geldt hier niet" not in page.main
    assert "€" not in page.main
