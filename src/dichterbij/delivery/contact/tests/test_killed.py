"""A real process is killed while it sends: every notice goes out, and each of them once."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from .serving import Serving

SCRIPT = Path(__file__).parent / "delivering_process.py"
NOTICES, KILLS = 60, 8
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, databases=["default", "logbook"])]


@pytest.fixture
def service(monkeypatch) -> Iterator[Serving]:
    """A notification service that answers a moment after it took something."""
    with Serving(delay=0.01) as found:
        monkeypatch.setenv("DICHTERBIJ_NOTIFY_URL", found.url)
        monkeypatch.setenv("DICHTERBIJ_NOTIFY_KEY", f"test-{uuid4()}-{uuid4()}")
        monkeypatch.setenv("DICHTERBIJ_NOTIFY_SMS_TEMPLATE", "t-sms")
        yield found


def test_nothing_is_lost_or_told_twice_when_the_process_is_killed(service, start):
    start(SCRIPT, "emit", NOTICES).communicate()
    for number in range(1, KILLS + 1):
        process = start(SCRIPT)
        _wait_for(lambda enough=number * 4: len(service.taken) >= enough)
        process.kill()
        process.wait()
        start(SCRIPT, "hurry").communicate()  # as if the lease of the killed process were over
    start(SCRIPT)
    _wait_for(lambda: start(SCRIPT, "left").communicate()[0] == "0")
    times = Counter(service.taken)
    assert len(times) == NOTICES
    assert set(times.values()) == {1}


def _wait_for(condition, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.002)
