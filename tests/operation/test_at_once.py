"""Two real processes at the same moment: one case, one decision, one letter, and a logbook that fits together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.journeys.page import Page

from . import applying
from .guest import Guest
from .product import Product, Server

pytestmark = pytest.mark.slow
ROUNDS = 3


def _at_once(*acts: Callable[[], Page]) -> list[Page]:
    """Do everything at the same moment."""
    barrier = Barrier(len(acts))

    def one(act: Callable[[], Page]) -> Page:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(one, act) for act in acts]]


def test_an_application_sent_twice_at_once_is_one_case_with_one_receipt(pair: tuple[Server, Server]) -> None:
    student = Guest(pair[0].address)
    student.log_in("student")
    for _ in range(ROUNDS):
        before, other = applying.receipts(student), student.second_tab(pair[1].address)
        page = applying.fill(student, applying.begin(student))
        form = applying.sending(page)
        answers = _at_once(lambda p=page, f=form: student.press(p, f), lambda p=page, f=form, o=other: o.press(p, f))
        assert len({answer.path for answer in answers}) == 1, answers
        assert answers[0].path.endswith("/received")
        assert applying.receipts(student) == before + 1
        _withdraw(student, answers[0].path.removesuffix("/received"))


def _withdraw(student: Guest, case: str) -> None:
    page = student.get(f"{case}/withdraw")
    student.press(page, page.form())


def test_an_application_begun_twice_at_once_is_one_draft(pair: tuple[Server, Server]) -> None:
    student = Guest(pair[0].address)
    student.log_in("student")
    other, page = student.second_tab(pair[1].address), student.get(f"/apply/{applying.GRANT}")
    answers = _at_once(lambda: student.press(page, page.form()), lambda: other.press(page, page.form()))
    assert len({answer.path for answer in answers}) == 1
    page = answers[0]
    student.press(page, page.form("/discard"))


def test_two_workers_who_decide_at_once_give_one_decision_and_one_letter(pair: tuple[Server, Server]) -> None:
    student, workers = Guest(pair[0].address), [Guest(server.address) for server in pair]
    student.log_in("student")
    page = applying.fill(student, applying.begin(student))
    case = student.press(page, applying.sending(page)).path.removesuffix("/received")
    desk = [_opened(worker, case.rpartition("/")[2]) for worker in workers]
    desk = _both(workers, desk, "/handling")
    desk = _both(workers, desk, "/decision")
    assert all("Toegekend" in page.main for page in desk if page.status == 200)
    _both(workers, desk, "/publication")
    page = student.get(case)
    assert page.main.count("Er is een besluit") == 1
    letters = [line for line in student.get("/messages").links if line.startswith("/messages/")]
    granted = [link for link in letters if "U krijgt een aanvullende beurs" in student.get(link).main]
    assert len(granted) == 1


def _opened(worker: Guest, case: str) -> Page:
    worker.log_in("duo_handler", as_staff=True)
    page = worker.get(f"/desk/cases/{case}")
    return worker.press(page, page.form(having="reason"), {"reason": "Aanvraag behandelen"})


def _both(workers: list[Guest], pages: list[Page], step: str) -> list[Page]:
    """Let both do a step at once: at least one succeeds, the other too or is told that it is not possible now."""
    acts = [
        lambda worker=worker, page=page: worker.press(page, page.form(step), status=None)
        for worker, page in zip(workers, pages, strict=True)
    ]
    answers = _at_once(*acts)
    assert {answer.status for answer in answers} <= {200, 409}, [(each.status, each.main[:300]) for each in answers]
    assert 200 in {answer.status for answer in answers}
    case = pages[0].path
    return [worker.get(case.partition("/handling")[0].partition("/decision")[0]) for worker in workers]


def test_reading_at_once_leaves_a_logbook_that_fits_together(instance: Product, pair: tuple[Server, Server]) -> None:
    guests = [Guest(pair[0].address), Guest(pair[1].address)]
    for guest, who in zip(guests, ("widow", "widower"), strict=True):
        guest.log_in(who)
    for _ in range(ROUNDS):
        pages = [guest.get("/my-data") for guest in guests]
        acts = [
            lambda guest=guest, page=page: guest.press(page, page.form("/my-data"))
            for guest, page in zip(guests, pages, strict=True)
        ]
        _at_once(*acts)
    assert all(len(list(applying.acts(guest))) >= ROUNDS for guest in guests)
    instance.run("logbook", "seal")
    instance.run("logbook", "verify")
