"""A process that removes old lines is killed at random moments: what stays verifies each time, and the next goes on."""

import random
import subprocess
import time
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "removing_process.py"
LINES = 1500
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def told(process: subprocess.Popen[str]) -> list[int]:
    return [int(word) for word in process.communicate()[0].split()]


def kill(start, times: int) -> None:
    start(SCRIPT, "fill").wait()
    assert told(start(SCRIPT, "check")) == [0, 2 * LINES]
    for _ in range(times):
        process = start(SCRIPT, "remove")
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(random.uniform(0, 0.15))  # noqa: S311 any moment will do
        process.kill()
        process.wait()
        wrong, here = told(start(SCRIPT, "check"))
        assert (wrong, here >= LINES) == (0, True)
    start(SCRIPT, "remove").wait()
    assert told(start(SCRIPT, "check")) == [0, LINES]


@pytest.mark.slow
def test_whenever_removing_is_killed_what_stays_verifies_and_the_next_one_finishes(start):
    kill(start, 6)
