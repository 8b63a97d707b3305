# ruff: noqa: ARG002 both ways of meeting the outside take the same arguments
"""Where a graph meets the outside: facts of persons, or (in conformance runs) parameters and data sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from .builder import Builder, Detail
from .graph import Kind
from .model import Field, LawVersion
from .values import Value
from .vocabulary import Vocabulary

KEY = "bsn"


@dataclass(frozen=True, slots=True)
class Wanted:
    """An input as the law has it: `otherwise` gives its value when the outside has none for this person."""

    otherwise: int
    is_computed: bool


class Outside(Protocol):
    """Supplies nodes for what the law files leave to the caller."""

    def passed(self, builder: Builder) -> dict[str, int]:
        """Return the nodes of the parameters of the article that is asked for."""

    def parameter(self, builder: Builder, parameter: Field, key: int | None) -> int | None:
        """Return a node for a parameter nobody passed, or None when the outside does not have it."""

    def input(
        self, builder: Builder, law: LawVersion, name: str, parameters: Mapping[str, int], wanted: Wanted
    ) -> int | None:
        """Return a node for an input that the outside supplies, or None when it does not."""

    def property(self, builder: Builder, record: int, name: str) -> int | None:
        """Return a node for a property of a person's id, or None when it is no fact."""

    def is_list(self, builder: Builder, node: int) -> bool:
        """Say whether a node is a fact that holds a list of persons."""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Facts of the vocabulary, per person; `given`: parameters that are passed by name."""

    vocabulary: Vocabulary
    given: frozenset[str] = frozenset()

    def passed(self, builder: Builder) -> dict[str, int]:
        """Return the person the question is about, and the parameters that are passed by name."""
        named = {name: builder.add(Kind.GIVEN, name) for name in sorted(self.given)}
        return {**named, KEY: builder.add(Kind.SUBJECT, KEY)}

    def parameter(self, builder: Builder, parameter: Field, key: int | None) -> int | None:
        """Return the fact of the vocabulary with the parameter's name."""
        return self.fact(builder, parameter.name, key)

    def input(
        self, builder: Builder, law: LawVersion, name: str, parameters: Mapping[str, int], wanted: Wanted
    ) -> int | None:
        """Return the fact with the input's name; an input that another article computes is never a fact."""
        return None if wanted.is_computed else self.fact(builder, name, parameters.get(KEY))

    def property(self, builder: Builder, record: int, name: str) -> int | None:
        """Return the fact of the person that a relation or loop points to."""
        return self.fact(builder, name, record)

    def fact(self, builder: Builder, name: str, key: int | None) -> int | None:
        """Return a node for a fact of a person; facts of the event stand with the subject of the question."""
        fact = self.vocabulary.get(name)
        if fact is None:
            return None
        subject = builder.add(Kind.SUBJECT, KEY)
        return builder.add(Kind.FACT, name, (subject if key is None or fact.of == "event" else key,))

    def is_list(self, builder: Builder, node: int) -> bool:
        """Say whether a node, seen through its names, is a fact of type list that refers to persons."""
        found = builder.nodes[node]
        while found.kind in (Kind.INPUT, Kind.PARAMETER, Kind.OUTPUT):
            found = builder.nodes[found.args[0]]
        fact = self.vocabulary.get(found.name) if found.kind is Kind.FACT else None
        return fact is not None and fact.is_relation and fact.type == "list"


@dataclass(frozen=True, slots=True)
class Records:
    """A data source of a conformance run: records by the text of their key, for one law or for all."""

    name: str
    key: str
    rows: Mapping[str, Mapping[str, Value]]
    law: str | None = None
    columns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GivenParameters:
    """Parameters passed by name and data sources, as in the conformance scenarios."""

    names: frozenset[str]
    sources: tuple[Records, ...] = field(default=())

    def passed(self, builder: Builder) -> dict[str, int]:
        """Return the parameters that were passed by name."""
        return {name: builder.add(Kind.GIVEN, name) for name in sorted(self.names)}

    def parameter(self, builder: Builder, parameter: Field, key: int | None) -> int | None:
        """Return nothing: what was not passed is not there."""
        return None

    def input(
        self, builder: Builder, law: LawVersion, name: str, parameters: Mapping[str, int], wanted: Wanted
    ) -> int | None:
        """Return a lookup in the sources that have a column of this name, the last registered first."""
        matching = [i for i, source in enumerate(self.sources) if self._answers(source, law, name, parameters)]
        node = wanted.otherwise
        for index in matching:
            source = self.sources[index]
            detail: Detail = {"source": index, "provider": source.name}
            node = builder.add(Kind.LOOKUP, name, (parameters[source.key], node), detail=detail)
        return node if matching else None

    def property(self, builder: Builder, record: int, name: str) -> int | None:
        """Return nothing: records are plain objects here."""
        return None

    def is_list(self, builder: Builder, node: int) -> bool:
        """Say no: conformance laws never call an article for a list."""
        return False

    @staticmethod
    def _answers(source: Records, law: LawVersion, name: str, parameters: Mapping[str, int]) -> bool:
        in_scope = source.law is None or source.law == law.id
        return in_scope and source.key in parameters and name.lower() in source.columns
