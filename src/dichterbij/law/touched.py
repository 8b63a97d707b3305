"""Which articles a worked example touches: those of which its determination computed an outcome."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from .cases import Case, questions_of, read_cases
from .cases_mapping import CaseMapping, UnfitRow
from .determine import Evaluation, Outcome, determine
from .errors import LawError
from .graph import Kind
from .lawset import LawSet
from .values import SKIPPED


class Touched(NamedTuple):
    """An article of one version of a law."""

    law: str
    valid_from: str
    article: str


def touched_by(
    laws: LawSet, mapping: CaseMapping, files: Iterable[Path]
) -> dict[Touched, tuple[tuple[Path, str], ...]]:
    """Return per article the rows that touch it, as file and id, in the order of the files.

    Raises OSError or KeyError for what is no case file.
    """
    found: dict[Touched, list[tuple[Path, str]]] = {}
    for file in files:
        for case in read_cases(file):
            for article in dict.fromkeys(_of_case(laws, mapping, file, case)):
                found.setdefault(article, []).append((file, case.id))
    return {article: tuple(rows) for article, rows in found.items()}


def _of_case(laws: LawSet, mapping: CaseMapping, file: Path, case: Case) -> Iterator[Touched]:
    try:
        asked = list(questions_of(case, mapping.entry(file.stem, case.input, case.expected)))
    except UnfitRow:
        return
    for question, facts, _ in asked:
        try:
            yield from _of_outcome(determine(laws, question, facts))
        except LawError:
            continue


def _of_outcome(outcome: Outcome) -> Iterator[Touched]:
    if not isinstance(outcome, Evaluation):
        return
    inside = {number for items in outcome.iterations.values() for item in items for number in item.values}
    for node in outcome.graph.nodes:
        if node.kind is Kind.OUTPUT and (outcome.values[node.number] is not SKIPPED or node.number in inside):
            yield Touched(node.place.law, node.place.valid_from, node.place.article)
