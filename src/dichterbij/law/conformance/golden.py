"""Golden cases: a law file or several, parameters, and the outputs or the error that must follow."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from ..document import Raw
from ..errors import LawError
from ..lawset import LawSet
from ..parse import Object, obj, objects, text
from ..values import Value
from ..vocabulary import plain
from ..written import as_json
from .beside import Beside, Differs
from .report import Line
from .world import World, same


def is_golden(file: Path) -> bool:
    """Say whether a JSON file holds golden cases."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(data, dict) and isinstance(data.get("test_cases"), list)


def run_golden(file: Path, name: str, beside: Beside | None = None) -> Line:
    """Return how the cases of one file went."""
    line = Line(name, "golden")
    data = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    for case in objects(data, "test_cases"):
        problem = _problem(case, beside)
        line.count(f"{text(case, 'id')}: {problem}" if problem else None)
    return line


def _problem(case: Object, beside: Beside | None) -> str | None:
    expected = obj(case, "expected")
    try:
        laws = LawSet.of(_files(case), strict=False)
        world = World(laws, on=date.fromisoformat(text(case, "calculation_date")), beside=beside)
    except LawError as error:
        return _error_problem(expected, error)
    world.parameters = {key: _value(value) for key, value in obj(case, "parameters").items()}
    try:
        world.evaluate_article(text(case, "law_id"), text(case, "output_name"))
    except Differs as difference:
        return str(difference)
    if world.outcome.error is not None:
        return _error_problem(expected, world.outcome.error)
    if expected.get("success") is not True:
        return f"expected the error {text(expected, 'error_type')}, got {_shown(world.outcome.outputs)}"
    return _outputs_problem(expected, world)


def _files(case: Object) -> dict[str, str]:
    laws = [text(case, "law_yaml")] if "law_yaml" in case else [text(law, "yaml") for law in objects(case, "laws")]
    return {f"{text(case, 'id')}-{index}.yaml": law for index, law in enumerate(laws)}


def _value(raw: Raw) -> Value:
    return plain(raw)


def _error_problem(expected: Object, error: LawError) -> str | None:
    if expected.get("success") is True:
        return f"failed with {error.name}: {error.detail}"
    wanted = text(expected, "error_type")
    return None if wanted in ("", error.name) else f"expected the error {wanted}, got {error.name}: {error.detail}"


def _outputs_problem(expected: Object, world: World) -> str | None:
    for name, wanted in obj(expected, "outputs").items():
        if name not in world.outcome.outputs or not same(_value(wanted), world.outcome.outputs[name]):
            return f"expected {name} = {wanted}, got {_shown(world.outcome.outputs)}"
    graph = world.outcome.graph
    inputs = {} if graph is None else {k: v for frame in graph.frames for k, v in frame.inputs.items()}
    for name, wanted in obj(expected, "resolved_inputs").items():
        if name not in inputs or not same(_value(wanted), world.outcome.values[inputs[name]]):
            return f"expected input {name} = {wanted}"
    articles = {p.place.article for p in graph.provenance.values()} if graph else set()
    number = text(expected, "article_number")
    return None if number in ("", *articles) else f"expected article {number}, got {sorted(articles)}"


def _shown(outputs: Mapping[str, Value]) -> str:
    return json.dumps({name: as_json(value) for name, value in outputs.items()})
