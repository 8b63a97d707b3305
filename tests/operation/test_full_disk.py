"""A full disk: a page that says so, and everything that was there before is there after."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import applying
from .guest import Guest
from .product import Product, product

pytestmark = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="the disk of SQLite")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 MB in memory; skipped where we may not make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if done.returncode != 0:
        pytest.skip("no right to make a small disk here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.fixture
def instance_on_it(small_disk: Path) -> Iterator[Product]:
    with product(small_disk) as made:
        yield made


@pytest.mark.slow
def test_a_full_disk_says_so_and_loses_nothing(instance_on_it: Product) -> None:
    student = Guest(instance_on_it.start().address)
    student.log_in("student")
    page = applying.begin(student)
    review = applying.fill(student, page, "Van voor de volle schijf.")
    ballast = _fill(instance_on_it.state)
    answers = [student.press(review, applying.sending(review), status=None) for _ in range(3)]
    assert {answer.status for answer in answers} <= {503, 507}, instance_on_it.log[-3000:]
    assert any("De ruimte bij ons is vol" in answer.main for answer in answers), answers[0].main
    ballast.unlink()
    assert "Van voor de volle schijf." in student.get(page.path).body
    sent = student.press(review, applying.sending(review))
    assert sent.path.endswith("/received")
    assert applying.receipts(student) == 1
    instance_on_it.run("logbook", "verify")


def _fill(folder: Path) -> Path:
    """Write until nothing more fits."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1_000_000, 4096, 512):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return ballast
