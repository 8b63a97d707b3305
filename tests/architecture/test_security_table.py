"""Every threat of the table names tests that exist and that nobody skips."""

import ast
import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
TEXT = (REPOSITORY / "docs/operate/security.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"\*\*([A-Z])\*\* `([^`]+)`", TEXT))
NAMED = re.findall(r"`([A-Z])::(\w+)`", TEXT)
SKIPPING = {"skip", "skipif", "xfail"}


@pytest.mark.parametrize(("file", "test"), NAMED, ids=[test for _file, test in NAMED])
def test_a_test_of_the_table_exists_and_runs(file: str, test: str) -> None:
    tree = ast.parse((REPOSITORY / FILES[file]).read_text(encoding="utf-8"))
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == test]
    assert len(found) == 1
    marks = {
        node.attr for mark in found[0].decorator_list for node in ast.walk(mark) if isinstance(node, ast.Attribute)
    }
    module = {node.attr for node in ast.walk(_module_marks(tree)) if isinstance(node, ast.Attribute)}
    assert not SKIPPING & (marks | module)


def _module_marks(tree: ast.Module) -> ast.AST:
    assigned = (node for node in tree.body if isinstance(node, ast.Assign))
    return next((node for node in assigned if ast.unparse(node.targets[0]) == "pytestmark"), ast.Pass())


def test_every_row_names_a_test() -> None:
    rows = [line for line in TEXT.splitlines() if re.match(r"\| [\d-]", line)]
    assert len(rows) > 20
    assert all(re.search(r"`[A-Z]::\w+`", row) for row in rows)
