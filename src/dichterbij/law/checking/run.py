"""Check all rules of a law set."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..builder import Builder
from ..calendar_rules import day
from ..compile import Order, compile_graph
from ..errors import Defect, LawError
from ..graph import Graph, Kind
from ..lawset import LawSet
from ..lines import line_of
from ..model import Article, Field, LawVersion
from ..outside import PersonFacts
from .absence import absence_findings
from .cliffs import cliff_findings
from .dead import dead_findings, word_findings
from .grounds import ground_findings, protected
from .references import reference_findings
from .thresholds import threshold_findings
from .types import type_findings
from .units import unit_findings
from .walk import Found

_EARLIEST = date(2000, 1, 1)
_BY_DESIGN = ("OutputVoided", "Untranslatable")


@dataclass(frozen=True, slots=True)
class _AnyCaller(PersonFacts):
    """Facts of persons, and every parameter as if somebody passed it."""

    def parameter(self, builder: Builder, parameter: Field, key: int | None) -> int | None:
        """Return a parameter that is given, whatever its value."""
        fact = PersonFacts.parameter(self, builder, parameter, key)
        return fact if fact is not None else builder.add(Kind.GIVEN, parameter.name)


def check_rules(laws: LawSet) -> list[Defect]:
    """Return every fault in the rules of a law set, in order of file."""
    found: dict[Found, None] = dict.fromkeys(reference_findings(laws))
    for version, article in _articles(laws):
        found |= dict.fromkeys(_of_article(laws, version, article))
    return sorted(_as_defect(item, laws) for item in found)


def check_grounds(laws: LawSet) -> list[Defect]:
    """Return every article that decides on a protected ground; no faults, but questions."""
    grounds, found = protected(laws), dict[Found, None]()
    for version, article in _articles(laws):
        try:
            found |= dict.fromkeys(ground_findings(_compiled(laws, version, article), grounds))
        except LawError:
            continue
    return sorted(_as_defect(item, laws) for item in found)


def check_cliffs(laws: LawSet, cents: int) -> list[Defect]:
    """Return every amount that changes by more than `cents` at one cent of a fact, found on invented people."""
    return sorted(_as_defect(item, laws) for item in cliff_findings(laws, cents))


def _articles(laws: LawSet) -> Iterator[tuple[LawVersion, Article]]:
    for versions in laws.laws.values():
        for version in versions:
            yield from ((version, article) for article in version.articles if article.output_names)


def _of_article(laws: LawSet, version: LawVersion, article: Article) -> Iterator[Found]:
    try:
        graph = _compiled(laws, version, article)
    except LawError as error:
        yield Found(version.id, version.valid_from, article.number, "", error.name, error.detail)
        return
    yield from _errors(graph)
    yield from word_findings(graph, laws.vocabulary)
    for findings in (type_findings, absence_findings, unit_findings, dead_findings, threshold_findings):
        yield from findings(graph)


def _compiled(laws: LawSet, version: LawVersion, article: Article) -> Graph:
    """Return the graph of an article on the last turning point of its version on which all its amounts are known.

    What municipalities or water boards fill in is taken from the first that has rules.
    """
    places = [frozenset(version.codes.values()), *(frozenset({code}) for code in sorted(laws.codes))]
    graphs = (_graph_on(laws, version, article, (on, at)) for at in places for on in _days(laws, version))
    first = next(graphs)
    return first if not first.refusals else next((graph for graph in graphs if not graph.refusals), first)


def _days(laws: LawSet, version: LawVersion) -> list[date]:
    start = day(version.valid_from) if version.valid_from else _EARLIEST
    end = day(version.valid_to) if version.valid_to else date.max
    inside = [on for on in laws.turning_points if start < on <= end]
    return [*reversed(inside), start]


def _graph_on(laws: LawSet, version: LawVersion, article: Article, when: tuple[date, frozenset[str]]) -> Graph:
    on, codes = when
    order = Order(
        law=version.id,
        outputs=article.output_names,
        period=on,
        decided_on=on,
        codes=frozenset({"NL"}) | codes,
    )
    return compile_graph(laws, order, _AnyCaller(laws.vocabulary))


def _errors(graph: Graph) -> Iterator[Found]:
    for node in graph.nodes:
        if node.error is not None and node.name not in _BY_DESIGN:
            place = node.place if node.place.path else node.error.place
            yield Found.at(place, node.error.name, node.error.detail)


def _as_defect(found: Found, laws: LawSet) -> Defect:
    version = next((v for v in laws.versions(found.law) if v.valid_from == found.valid_from), None)
    if version is None:
        return Defect(found.law, 0, found.article, found.path, found.name, found.sentence)
    defect = Defect(version.file, 0, found.article, found.path, found.name, found.sentence)
    file = Path(version.file)
    return replace(defect, line=line_of(file.read_text(encoding="utf-8"), found.path)) if file.is_file() else defect
