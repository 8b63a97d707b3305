"""Two real processes deliver from one queue, one of them is killed: all is delivered, in order per person."""

import time
from collections import defaultdict
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "delivering_process.py"
PERSONS, EACH = 5, 20
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def told(file: Path) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for line in file.read_text().splitlines() if file.exists() else ():
        person, number = line.split()
        found[person].append(int(number))
    return found


def count(file: Path) -> int:
    return sum(map(len, told(file).values()))


def wait_until(condition, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


@pytest.mark.slow
def test_everything_arrives_in_order_per_person_although_one_process_is_killed(start, tmp_path):
    file = tmp_path / "told.txt"
    start(SCRIPT, "emit", PERSONS, EACH, file).communicate()
    pair = [start(SCRIPT, "deliver", file), start(SCRIPT, "deliver", file)]
    wait_until(lambda: count(file) >= 20)
    pair[0].kill()
    pair[0].wait()
    start(SCRIPT, "hurry", file).communicate()  # as if the lease of the killed process were over
    wait_until(lambda: start(SCRIPT, "left", file).communicate()[0].strip() == "0")
    for numbers in told(file).values():
        assert set(numbers) == set(range(EACH))
        first_seen = list(dict.fromkeys(numbers))
        assert first_seen == sorted(first_seen)
    assert count(file) <= PERSONS * EACH + 2  # only what was under way may be told twice
