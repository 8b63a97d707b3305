"""The rule of the arrows holds."""

import ast
import re
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def test_arrows_only_go_down() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_the_web_process_does_not_load_the_heavy_extras() -> None:
    program = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'dichterbij.project.settings_test';"
        "django.setup(); import dichterbij.project.urls;"
        "print([name for name in ('numpy', 'pyarrow', 'numba', 'rdflib') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_only_the_room_of_authority_makes_an_access() -> None:
    """Whatever reads, records or asks for one person's data takes an `Access`: so nothing goes round the verb `may`."""
    ours = [
        path for path in (REPOSITORY / "src/dichterbij").rglob("*.py") if not {"tests", "conftest.py"} & {*path.parts}
    ]
    made = {path for path in ours if re.search(r"(?<!class )\bAccess\(", path.read_text())}
    room = REPOSITORY / "src/dichterbij/ground/authority"
    assert made == {room / "verb.py", room / "services.py"}


def test_the_verb_may_asks_nothing_of_the_world() -> None:
    tree = ast.parse((REPOSITORY / "src/dichterbij/ground/authority/verb.py").read_text())
    named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    pure = re.compile(
        r"datetime|domain|dichterbij\.kernel\.(access|identifiers|levels)|dichterbij\.ground\.identity\.domain"
    )
    assert [name for name in named if not pure.fullmatch(name or "")] == []
