"""What a change of law files does: the same questions to the old and the new files, and which outcomes differ.

The questions come from worked examples, from files with facts, and from invented people.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from .determine import Determined, Facts, Open, Question, Refused, determine, requested
from .errors import LawError
from .lawset import LawSet
from .sampling import sampler_of
from .values import Value


@dataclass(frozen=True, slots=True)
class Asked:
    """One question put to both law sets; `name` says where it comes from."""

    name: str
    question: Question
    facts: Facts


@dataclass(frozen=True, slots=True)
class Difference:
    """One output that differs: where the question came from, before and after."""

    name: str
    before: Value
    after: Value


@dataclass(slots=True)
class Change:
    """What happened to one output of one law. `compared`: how many questions gave it in either set."""

    compared: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def gaps(self) -> list[Decimal]:
        """Return by how much numbers went up or down, in order."""
        pairs = [(each.before, each.after) for each in self.differences]
        return sorted(Decimal(new) - Decimal(old) for old, new in pairs if _is_number(old) and _is_number(new))  # type: ignore[arg-type]


def _is_number(value: Value) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


Impact = dict[tuple[str, str], Change]


def compare(old: LawSet, new: LawSet, asked: Iterable[Asked]) -> Impact:
    """Return per law and output how many outcomes were compared and which differ."""
    found: Impact = {}
    for each in asked:
        before, after = outputs_of(old, each), outputs_of(new, each)
        for name in before | after:
            change = found.setdefault((each.question.law, name), Change())
            change.compared += 1
            if before.get(name) != after.get(name):
                change.differences.append(Difference(each.name, before.get(name), after.get(name)))
    return found


def outputs_of(laws: LawSet, asked: Asked) -> dict[str, Value]:
    """Return the outputs of a question; its state counts as an output when there is no definite answer."""
    try:
        outcome = determine(laws, asked.question, asked.facts, salt=b"")
    except LawError as error:
        return {"state": f"error: {error.name}"}
    match outcome:
        case Refused():
            return {"state": f"refused: {outcome.code}"}
        case Open():
            return {**outcome.outputs, "state": "open"}
        case Determined():
            return dict(outcome.outputs)


def decisions(laws: LawSet, base: Question) -> Iterator[Question]:
    """Yield a question for every law that gives decisions in the period of `base`."""
    for law in laws.laws:
        question = Question(
            law=law, outputs=(), subject=base.subject, period=base.period, decided_on=base.decided_on
        )  # fmt: skip
        try:
            if requested(laws, question):
                yield question
        except LawError:
            continue


def invented(laws: LawSet, base: Question, count: int) -> Iterator[Asked]:
    """Yield invented people for every decision; those on whom the facts contradict the law are left out."""
    for question in decisions(laws, base):
        try:
            sampler = sampler_of(laws, question)
        except LawError:
            continue
        for seed in range(count):
            try:
                _, facts = sampler.person(seed)
            except LawError:
                continue
            yield Asked(f"invented {seed}", question, facts)
