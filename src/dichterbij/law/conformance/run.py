"""Run a whole folder."""

from pathlib import Path

from ..check import check_shape
from ..document import read_yaml
from ..errors import LawError, LawSetInvalid
from ..lawset import LawSet
from .actions import ACTIONS
from .beside import Beside, Differs
from .gherkin import Feature, Scenario, read_feature
from .golden import is_golden, run_golden
from .grammar import Grammar, read_grammar
from .report import Line, Report
from .world import Mismatch, World

_ACCEPT, _REFUSE = "valid", "invalid"


def run(directory: Path, *, columns: bool = False) -> Report:
    """Return how every scenario, golden case and schema fixture of a folder went.

    `columns`: every evaluation runs on columns too, and fails when they give something else.
    """
    beside = Beside() if columns else None
    laws = _laws(directory)
    grammar = _grammar(directory)
    lines = [
        _run_feature(file, _name(file, directory), World(laws, grammar.empty_is_unknown, beside=beside), grammar)
        for file in sorted(directory.rglob("*.feature"))
    ]
    golden = [file for file in sorted(directory.rglob("*.json")) if is_golden(file)]
    lines += [run_golden(file, _name(file, directory), beside) for file in golden]
    for folder in (_ACCEPT, _REFUSE):
        files = [file for file in sorted(directory.rglob("*.yaml")) if file.parent.name == folder]
        lines += [_run_fixture(file, _name(file, directory), should_pass=folder == _ACCEPT) for file in files]
    return Report(tuple(lines), "" if beside is None else str(beside))


def _name(file: Path, directory: Path) -> str:
    return file.relative_to(directory).as_posix()


def _laws(directory: Path) -> LawSet:
    texts: dict[str, str] = {}
    for file in sorted([*directory.rglob("*.yaml"), *directory.rglob("*.yml")]):
        if file.parent.name not in (_ACCEPT, _REFUSE):
            texts |= _readable(file)
    return LawSet.of(texts, strict=False)


def _readable(file: Path) -> dict[str, str]:
    """Return a law file that can be read; a broken one shows in the scenarios that need it."""
    try:
        text = file.read_text(encoding="utf-8")
        data = read_yaml(text, str(file))
    except (LawSetInvalid, UnicodeDecodeError):
        return {}
    return {str(file): text} if isinstance(data, dict) else {}


def _grammar(directory: Path) -> Grammar:
    for file in sorted(directory.rglob("grammar.y*ml")):
        data = read_yaml(file.read_text(encoding="utf-8"), str(file))
        if isinstance(data, dict):
            return read_grammar(data)
    return read_grammar({})


def _run_feature(file: Path, name: str, empty: World, grammar: Grammar) -> Line:
    feature = read_feature(file.read_text(encoding="utf-8"))
    line = Line(name, _tier(feature))
    for scenario in feature.scenarios:
        _run_scenario(line, scenario, empty, grammar)
    return line


def _tier(feature: Feature) -> str:
    return next((tag.removeprefix("@tier:") for tag in feature.tags if tag.startswith("@tier:")), "core")


def _run_scenario(line: Line, scenario: Scenario, empty: World, grammar: Grammar) -> None:
    world = World(empty.laws, empty.empty_is_unknown, beside=empty.beside)
    for step in scenario.steps:
        call = grammar.understand(step.text)
        if call is None or call.action not in ACTIONS:
            line.count(f"{scenario.name}: no meaning for '{step.text}'", unsupported=True)
            return
        try:
            ACTIONS[call.action](world, call, step.table)
        except (Mismatch, Differs, LawError) as problem:
            line.count(f"{scenario.name}: '{step.text}': {problem}")
            return
    line.count(None)


def _run_fixture(file: Path, name: str, *, should_pass: bool) -> Line:
    line = Line(name, "validation")
    try:
        data = read_yaml(file.read_text(encoding="utf-8"), name)
        found = check_shape(data, name) if isinstance(data, dict) else []
        defects = list(map(str, found)) if isinstance(data, dict) else ["no law file"]
    except LawSetInvalid as invalid:
        defects = list(map(str, invalid.defects))
    if should_pass:
        line.count("; ".join(defects) or None)
    else:
        line.count(None if defects else "accepted, but it must be refused")
    return line
