"""Whose facts a step rests on, and which steps may therefore not be shown with their value.

A fact of another person is shown by name and source, never by value, unless both claim together: the fact is
`shown_to: joint` and the person is the spouse or housemate whom such a fact of the subject names. What only the
applicant can tell of another is the applicant's own statement: it is shown to whoever made it. What is computed
from a hidden fact could give it away, so it is hidden too; only an outcome that the question asks for is always shown.
"""

from typing import TYPE_CHECKING

from .graph import Kind, Node, below
from .values import SKIPPED
from .vocabulary import FactDefinition, Vocabulary

if TYPE_CHECKING:
    from .determine import Evaluation

JOINT, APPLICANT = "joint", "applicant"


def hidden_steps(result: "Evaluation", vocabulary: Vocabulary) -> frozenset[int]:
    """Return the nodes whose value is not for the eyes of the person the question is about."""
    inside = {number for items in result.iterations.values() for item in items for number in item.values}
    together = claims_together(result, vocabulary)
    hidden: set[int] = set()
    for node in result.graph.nodes:
        used = result.values[node.number] is not SKIPPED or node.number in inside
        if used and (_is_hidden_fact(node, result, together, inside) or not hidden.isdisjoint(below(node))):
            hidden.add(node.number)
    return frozenset(hidden) - frozenset(result.graph.outputs.values())


def claims_together(result: "Evaluation", vocabulary: Vocabulary) -> frozenset[str]:
    """Return the persons who claim together with the subject: named by one of the subject's own joint facts."""
    subject, values = result.question.subject, result.values
    return frozenset(
        person
        for node in result.graph.nodes
        if node.kind is Kind.FACT and values[node.args[0]] == subject and _names_partner(vocabulary[node.name])
        if isinstance(person := values[node.number], str)
    )


def is_shown(fact: FactDefinition, person: str, subject: str, together: frozenset[str]) -> bool:
    """Say whether the subject may see the value of a fact of a person; `together`: who claims together with them."""
    return person == subject or fact.origin == APPLICANT or (fact.shown_to == JOINT and person in together)


def _names_partner(fact: FactDefinition) -> bool:
    return fact.is_relation and fact.type == "string" and fact.shown_to == JOINT


def _is_hidden_fact(node: Node, result: "Evaluation", together: frozenset[str], inside: set[int]) -> bool:
    if node.kind is not Kind.FACT:
        return False
    person = result.values[node.args[0]]
    if node.number in inside or not isinstance(person, str):
        return True
    return not is_shown(result.laws.vocabulary[node.name], person, result.question.subject, together)
