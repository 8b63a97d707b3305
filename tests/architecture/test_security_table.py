"""Every threat of the tables names tests that exist and that nobody skips."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
TABLES = [REPOSITORY / "docs/operate" / name for name in ("security.md", "data-control.md")]
NAMED = [
    (files[letter], test)
    for text in [table.read_text(encoding="utf-8") for table in TABLES]
    for files in [dict(re.findall(r"\*\*([A-Z]{1,2})\*\* `([^`]+)`", text))]
    for letter, test in re.findall(r"`([A-Z]{1,2})::(\w+)`", text)
]
SKIPPING = {"skip", "skipif", "xfail"}


@pytest.mark.parametrize(("file", "test"), NAMED, ids=[test for _file, test in NAMED])
def test_a_test_of_the_table_exists_and_runs(file: str, test: str) -> None:
    tree = _parsed(REPOSITORY / file)
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == test]
    assert len(found) == 1
    marks = {
        node.attr for mark in found[0].decorator_list for node in ast.walk(mark) if isinstance(node, ast.Attribute)
    }
    module = {node.attr for node in ast.walk(_module_marks(tree)) if isinstance(node, ast.Attribute)}
    assert not SKIPPING & (marks | module)


@cache
def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _module_marks(tree: ast.Module) -> ast.AST:
    assigned = (node for node in tree.body if isinstance(node, ast.Assign))
    return next((node for node in assigned if ast.unparse(node.targets[0]) == "pytestmark"), ast.Pass())


@pytest.mark.parametrize("table", TABLES, ids=[table.stem for table in TABLES])
def test_every_row_names_a_test(table: Path) -> None:
    rows = _rows(table)
    assert len(rows) > 20
    assert all(re.search(r"`[A-Z]{1,2}::\w+`", row) for row in rows)


def test_each_of_the_thirty_attacks_on_data_has_a_row() -> None:
    numbers = [int(row.split("|")[1]) for row in _rows(TABLES[1])]
    assert numbers == list(range(1, 31))


def _rows(table: Path) -> list[str]:
    return [line for line in table.read_text(encoding="utf-8").splitlines() if re.match(r"\| [\d-]", line)]


def test_every_number_of_the_list_of_threats_has_a_row() -> None:
    cells = (row.split("|")[1].strip() for row in _rows(TABLES[0]))
    found = {int(number) for cell in cells if cell != "-" for number in cell.split(",")}
    assert found == set(range(1, 28))
