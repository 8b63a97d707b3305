"""Values as people read them, and whose they are."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from dichterbij.kernel.formats import date_long, euro, number

from .calendar_rules import day, is_day
from .determine import Evaluation
from .graph import Declared, Kind, Node
from .labels import Labels, Words
from .values import SKIPPED, Slot, Unknown, Untranslatable, Value
from .vocabulary import FactDefinition

ALIASES = (Kind.INPUT, Kind.PARAMETER, Kind.OUTPUT, Kind.DEFINITION, Kind.CALL, Kind.OPEN_TERM, Kind.OVERRIDE)
MOST_LISTED = 5
_ANY_NUMBER = Context(prec=80)
AMOUNT, _RATIO, _PERCENTAGE = "amount", "ratio", "percentage"


def declared_of(fact: FactDefinition) -> Declared:
    """Return what the vocabulary declares about a fact, as a law declares its values."""
    return Declared(type=fact.type, unit="percentage" if fact.name.endswith("percentage") else "")


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One outcome being told: what was found, in which words, and which steps may not be shown."""

    result: Evaluation
    labels: Labels
    hidden: frozenset[int]

    def node(self, number: int) -> Node:
        """Return a step of the graph."""
        return self.result.graph.nodes[number]

    def slot(self, number: int) -> Slot:
        """Return the value of a step, SKIPPED when it was not needed."""
        return self.result.values[number]

    def is_known(self, number: int) -> bool:
        """Say whether a step has a value."""
        value = self.slot(number)
        return value is not SKIPPED and not isinstance(value, Unknown | Untranslatable)

    def declared(self, number: int) -> Declared:
        """Return what the law declares about a value, also when a step only names another step."""
        node = self.node(number)
        while not (node.declared.type or node.declared.unit) and node.kind in ALIASES and node.args:
            node = self.node(node.args[0])
        return declared_of(self.fact(node)) if node.kind is Kind.FACT else node.declared

    def fact(self, node: Node) -> FactDefinition:
        """Return the vocabulary's entry of a fact step."""
        return self.result.laws.vocabulary[node.name]

    def value_text(self, number: int, words: Words) -> str:
        """Return the value of a step in words, or that it is not shown."""
        if number in self.hidden:
            return self.labels.word("hidden")
        return self.shown(self.slot(number), self.declared(number), words)

    def shown(self, value: Slot, declared: Declared, words: Words) -> str:
        """Return a value in words; a person is never shown by number."""
        with localcontext(_ANY_NUMBER):
            return self._shown(value, declared, words)

    def _shown(self, value: Slot, declared: Declared, words: Words) -> str:
        if isinstance(value, Unknown | Untranslatable) or value is SKIPPED:
            return self.labels.word("unknown")
        if isinstance(value, tuple):
            return self._listed(value, declared, words)
        if isinstance(value, str):
            return self._text(value, words)
        if value is None:
            return self.labels.word("geen")
        return self._number_or_truth(value, declared)

    def _listed(self, value: tuple[Value, ...], declared: Declared, words: Words) -> str:
        """Return how many persons a list holds, or what else it holds."""
        if not value:
            return self.labels.word("geen")
        if any(isinstance(item, str) and self.is_person(item) for item in value):
            return f"{len(value)} {self.labels.word('person' if len(value) == 1 else 'persons')}"
        told = [self._shown(item, declared, words) for item in value[:MOST_LISTED]]
        return ", ".join([*told, "..."] if len(value) > MOST_LISTED else told)

    def _number_or_truth(self, value: Slot, declared: Declared) -> str:
        if isinstance(value, bool):
            return self.labels.word("ja" if value else "nee")
        if not isinstance(value, int | Decimal):
            return ""
        if declared.type == AMOUNT:
            return self.amount(value)
        if declared.unit == _RATIO:
            return f"{number(Decimal(value) * 100, self.labels.language)} %"
        suffix = " %" if declared.unit == _PERCENTAGE else ""
        return number(value, self.labels.language) + suffix

    def amount(self, value: int | Decimal) -> str:
        """Return euro cents as an amount, half a cent rounded up."""
        with localcontext(_ANY_NUMBER):
            cents = int(Decimal(value).quantize(Decimal(1), rounding=ROUND_HALF_UP))
            return euro(cents, self.labels.language)

    def _text(self, value: str, words: Words) -> str:
        if value in words.values:
            return words.values[value]
        if is_day(value):
            return date_long(day(value), self.labels.language)
        if self.is_person(value):
            return self.whose(value) or self.labels.word("known")
        return value

    def is_person(self, value: str) -> bool:
        """Say whether a text is the id of somebody in these facts."""
        persons = self.result.facts.persons
        return value in persons or any(
            value == given or (isinstance(given, list | tuple) and value in given)
            for facts in persons.values()
            for name, given in facts.items()
            if name in self.result.laws.vocabulary and self.result.laws.vocabulary[name].is_relation
        )

    def whose(self, person: str) -> str:
        """Return how we call another person: by the relation that leads to them; nothing for the subject."""
        subject = self.result.question.subject
        if person == subject:
            return ""
        for name, value in self.result.facts.persons.get(subject, {}).items():
            if value == person or (isinstance(value, list | tuple) and person in value):
                return self.labels.fact(name).get("whose") or self.labels.word("someone")
        return self.labels.word("someone")
