"""Each room of the front can be deleted without touching the others."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dichterbij.project.rooms import FRONT

REPOSITORY = Path(__file__).resolve().parents[2]
WITHOUT_CACHES = shutil.ignore_patterns("__pycache__", ".*cache", ".venv", ".git", "var", "node_modules")


@pytest.mark.slow
@pytest.mark.parametrize("room", FRONT)
def test_the_remaining_journeys_run_without(room: str, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    shutil.copytree(REPOSITORY, clone, ignore=WITHOUT_CACHES)
    shutil.rmtree(clone / "src" / "dichterbij" / "front" / room)
    environment = os.environ | {"PYTHONPATH": str(clone / "src"), "DICHTERBIJ_TEST_STATE": str(tmp_path)}
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "tests/journeys",
            "-m",
            "not slow",
            "-o",
            "addopts=--import-mode=importlib",
            "-p",
            "no:cacheprovider",
        ],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-4000:]
    assert " passed" in result.stdout
