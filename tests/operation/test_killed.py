"""SIGKILL to the real process while applications are sent: the case exists with its receipt, or nothing does.

Every fifth time the whole server is killed and started again; otherwise the process that answers.
"""

import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from tests.journeys.page import Form, Page

from . import applying
from .guest import Guest
from .product import Product, Server, product

MOMENTS = 200
WHOLE_SERVER_EVERY = 5


@pytest.fixture
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """An instance that may be killed."""
    with product(tmp_path_factory.mktemp("killed")) as made:
        yield made


@pytest.mark.slow
def test_whenever_it_is_killed_nothing_is_lost(alone: Product) -> None:
    _kill(alone, MOMENTS, random.Random())


@dataclass
class Application:
    """An application under way: what the server answered before it was killed."""

    draft: str = ""
    review: Page | None = None
    form: Form | None = None
    case: str = ""


@dataclass(frozen=True)
class _Before:
    """What there was before a round: the newest messages, and cases that are all taken back."""

    messages: set[str]
    cases: frozenset[str]


def _kill(instance: Product, moments: int, chance: random.Random) -> None:
    server = instance.start()
    student = Guest(server.address)
    student.log_in("student")
    longest = _seconds_of_an_application(student)
    looks, filled = 0, 0
    for number in range(moments):
        before = _Before(messages=applying.newest_messages(student), cases=frozenset(applying.cases(student)))
        after = chance.uniform(0, longest)
        application = _applying_while_killed(server, student, after, whole=number % WHOLE_SERVER_EVERY == 4)
        if server.process.poll() is not None:
            instance.run("logbook", "verify")
            server = instance.start()
            student.address = server.address
        server.wait()
        looks, filled = looks + bool(application.draft), filled + bool(application.form)
        _whole(student, application, before)
        _finish(student, application, before.cases)
    assert filled, "always killed before anything was sent"
    assert len(list(applying.acts(student))) >= looks, "data was shown without a line in the logbook"
    server.stop()
    instance.run("logbook", "seal")
    instance.run("logbook", "verify")


def _seconds_of_an_application(student: Guest) -> float:
    """Apply once without being disturbed; returns how long it takes, with a little more."""
    started, application = time.monotonic(), Application()
    _apply(student, application, threading.Event())
    _finish(student, application, frozenset())
    return (time.monotonic() - started) * 1.1


def _applying_while_killed(server: Server, student: Guest, seconds: float, *, whole: bool) -> Application:
    """Apply, step by step, until the process is killed after so many seconds; returns how far it came."""
    application, begun = Application(), threading.Event()
    thread = threading.Thread(target=_apply, args=(student, application, begun))
    thread.start()
    begun.wait(60)
    time.sleep(seconds)
    server.kill() if whole else server.kill_worker()
    thread.join(120)
    assert not thread.is_alive()
    return application


def _apply(student: Guest, application: Application, begun: threading.Event) -> None:
    begun.set()
    try:
        page = applying.begin(student)
        application.draft = page.path
        application.review = applying.fill(student, page, "Geschreven voor de stroom uitviel.")
        application.form = applying.sending(application.review)
        application.case = student.press(application.review, application.form).path.removesuffix("/received")
    except httpx.TransportError:
        pass  # the process is gone, in the middle of an answer


def _whole(student: Guest, application: Application, before: _Before) -> None:
    """Check that what was answered is there, and that a case and its receipt are there together or not at all."""
    cases = [case for case in applying.cases(student) if case not in before.cases]
    receipts = applying.newest_messages(student) - before.messages
    assert len(cases) == len(receipts), f"{len(cases)} cases, {len(receipts)} receipts"
    if application.case:
        assert cases == [application.case]
    elif not cases and application.draft:
        draft = student.get(application.draft)
        if application.form:
            assert "Geschreven voor de stroom uitviel." in draft.body


def _finish(student: Guest, application: Application, finished: frozenset[str]) -> None:
    """Send what was not sent, with the same key; then take it back, so that the next round can begin."""
    if application.review and application.form:
        page = student.press(application.review, application.form)
        assert page.path.endswith("/received")
        assert application.case in ("", page.path.removesuffix("/received"))
    for case in set(applying.cases(student)) - finished:
        page = student.get(case)
        if "Ingetrokken" not in page.main and "trok uw aanvraag in" not in page.main:
            page = student.get(f"{case}/withdraw")
            student.press(page, page.form())
