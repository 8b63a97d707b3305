"""Which fields a law can ask of which registry: read from its compiled graph, so it cannot drift from the rule."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from dichterbij.law.compile import Order, compile_graph
from dichterbij.law.errors import LawError
from dichterbij.law.outside import PersonFacts
from dichterbij.law.vocabulary import Vocabulary

from .laws import current_laws

YEARS_BACK = 2
"""Rights of the two calendar years before can still be asked for, so their law still decides what may be read."""


@lru_cache(maxsize=512)
def fields_of(law: str, outputs: tuple[str, ...], on: date) -> Mapping[str, frozenset[str]]:
    """Return per registry the fields that outputs of a law can need on a day or in the two years before it.

    No outputs: every output of the law.
    """
    days = (on, *(date(on.year - back, 12, 31) for back in range(1, YEARS_BACK + 1)))
    facts = {fact for day in days for fact in facts_of(law, outputs, day)}
    return by_registry(facts, current_laws().vocabulary)


def facts_of(law: str, outputs: tuple[str, ...], on: date) -> tuple[str, ...]:
    """Return every fact the law of a day can ask for; none when it is not in force then."""
    laws = current_laws()
    try:
        asked = outputs or tuple(out.name for article in laws.version(law, on).articles for out in article.outputs)
        order = Order(law=law, outputs=asked, period=on, decided_on=on)
        return compile_graph(laws, order, PersonFacts(laws.vocabulary)).facts
    except LawError as error:
        if error.name in {"NotInForce", "LawNotFound"}:
            return ()
        raise


def by_registry(facts: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, frozenset[str]]:
    """Return per registry the fields that hold these facts; facts that no registry holds are left out."""
    fields: dict[str, set[str]] = defaultdict(set)
    for name in facts:
        fact = vocabulary[name]
        if fact.registry:
            fields[fact.registry].add(fact.field)
    return {registry: frozenset(names) for registry, names in fields.items()}
