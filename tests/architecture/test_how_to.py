"""What the documents tell somebody to read, run and set is there."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

REPOSITORY = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    REPOSITORY / "CONTRIBUTING.md",
    REPOSITORY / "docs/operate/README.md",
    *sorted((REPOSITORY / "docs/how-to").glob("*.md")),
]
PATH = re.compile(r"`((?:src|laws|content|tests|docs)/[\w./-]+)`")
COMMAND = re.compile(r"(?:^|`|&& )dichterbij (\w+)", re.MULTILINE)
VARIABLE = re.compile(r"`(DICHTERBIJ_\w+)`")
EXAMPLES = ("energietoelage", "zwolle", "NAME", "KEY", "EVENT")


def _ids(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("document", DOCUMENTS, ids=_ids)
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    named = {
        path for path in PATH.findall(document.read_text(encoding="utf-8")) if not any(e in path for e in EXAMPLES)
    }
    assert not [path for path in named if not (REPOSITORY / path).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=_ids)
def test_every_command_that_a_document_names_exists(document: Path) -> None:
    assert set(COMMAND.findall(document.read_text(encoding="utf-8"))) <= {*get_commands(), "law"}


def test_every_variable_that_an_operator_may_set_is_read() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "src/dichterbij").rglob("*.py"))
    named = set(VARIABLE.findall((REPOSITORY / "docs/operate/README.md").read_text(encoding="utf-8")))
    built = {name for name in named if name.startswith(("DICHTERBIJ_NOTIFY_", "DICHTERBIJ_REGISTRY_"))}  # of a name
    assert not [name for name in named - built if name not in code]
    assert 'f"DICHTERBIJ_NOTIFY_{name.upper()}"' in code


def test_the_smallest_room_of_the_how_to_can_be_read_by_python() -> None:
    text = (REPOSITORY / "docs/how-to/extend.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 5
    for block in blocks:
        compile(block, "extend.md", "exec")
        for module, names in re.findall(r"^from (dichterbij\S*) import (.+)$", block, re.MULTILINE):
            found = __import__(module, fromlist=["_"])
            assert all(hasattr(found, name.strip()) for name in names.split(","))
