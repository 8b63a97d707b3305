"""Two processes read and seal at once and are killed at random moments: nothing was released without a line."""

import random
import subprocess
import time
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "reading_process.py"
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def released_by(process: subprocess.Popen[str]) -> list[str]:
    """Return the receipts a killed process had told; a last line that was cut off was not told."""
    assert process.stdout is not None
    return [line.strip() for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]


def kill_at_random(start, kills: int, released: Path) -> None:
    """Kill each process after a random number of receipts, so that a slow machine tests as much as a fast one."""
    told: list[str] = []
    for _ in range(kills):
        pair = [start(SCRIPT, "read"), start(SCRIPT, "read")]
        for process in pair:
            assert process.stdout is not None
            told += [process.stdout.readline().strip() for _ in range(random.randint(1, 15))]  # noqa: S311 any will do
        time.sleep(random.uniform(0, 0.05))  # noqa: S311 any moment will do
        for process in pair:
            process.kill()
            told += released_by(process)
    assert all(told)  # no process ended by itself
    released.write_text("\n".join(told))


@pytest.mark.slow
def test_whatever_was_released_before_the_kill_is_in_the_log_and_the_log_verifies(start, tmp_path):
    released = tmp_path / "released.txt"
    kill_at_random(start, 2, released)
    assert start(SCRIPT, "check", released).communicate()[0].split() == ["0", "0", "0"]


@pytest.mark.slow
def test_two_hundred_random_moments(start, tmp_path):
    released = tmp_path / "released.txt"
    kill_at_random(start, 100, released)
    assert start(SCRIPT, "check", released).communicate()[0].split() == ["0", "0", "0"]
