"""Where the cards of a life event stand for one person, and in which order. No I/O."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from dichterbij.kernel.dates import add_months
from dichterbij.kernel.periods import Period

from .domain import Card, Condition, Deadline, FactEquals, Group, Moment, Output, Says

Item = TypeVar("Item")


class Verdict(StrEnum):
    """What the law says about a card for one person; unknown and unavailable are never the same as no.

    `NOT_HERE`: the law does not apply where the person lives, and was not evaluated.
    """

    APPLIES = "applies"
    DOES_NOT_APPLY = "does-not-apply"
    UNKNOWN = "unknown"
    UNAVAILABLE = "unavailable"
    NOT_HERE = "not-here"


def verdict_of(value: object) -> Verdict:
    """Say what an outcome of a law means for a card: true or an amount above nothing applies."""
    return Verdict.APPLIES if value else Verdict.DOES_NOT_APPLY


def place(card: Card, verdict: Verdict, *, is_wondered: bool = True) -> Group | None:
    """Return the group in which a card stands for a person, or None when it is left out.

    What is unknown or could not be asked keeps its place: leaving it out would say no. `is_wondered`: the reader
    could think that the card is for them.
    """
    if verdict is Verdict.DOES_NOT_APPLY:
        return card.otherwise if is_wondered else None
    return Group.NOT_FOR_YOU if verdict is Verdict.NOT_HERE else card.group


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What the law said when it was asked for the cards: outcomes that are known, and those that could not be asked.

    An outcome that is in neither is unknown: some fact is still missing. `facts`: known facts of the person.
    """

    values: Mapping[Output, object]
    unavailable: frozenset[Output] = frozenset()
    not_here: frozenset[Output] = frozenset()
    facts: Mapping[str, object] = field(default_factory=dict)

    def verdict(self, condition: Condition) -> Verdict:
        """Say whether a condition is met."""
        match condition:
            case FactEquals(fact=fact, value=value) if fact in self.facts:
                return verdict_of(self.facts[fact] == value)
            case Output() if condition in self.values:
                return verdict_of(self.values[condition])
            case Output() if condition in self.unavailable:
                return Verdict.UNAVAILABLE
            case Output() if condition in self.not_here:
                return Verdict.NOT_HERE
        return Verdict.UNKNOWN

    def day(self, deadline: Deadline | None) -> date | None:
        """Return the date of a card, when the law could compute it."""
        value = self.values.get(deadline.output) if deadline else None
        return date.fromisoformat(value) if isinstance(value, str) else None

    def cents(self, amount: Output | None) -> int | None:
        """Return the amount of a card in euro cents, when the law could compute it."""
        value = self.values.get(amount) if amount else None
        return value if isinstance(value, int) and not isinstance(value, bool) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one card stands for one person. `position`: its place in the order of the life event."""

    card: Card
    group: Group
    verdict: Verdict
    position: int
    day: date | None = None
    amount_cents: int | None = None

    @property
    def last_day(self) -> date | None:
        """Return the day before which something must be done; a date that only protects or informs is none."""
        is_last = self.card.deadline is not None and self.card.deadline.says is Says.LAST_DAY
        return self.day if is_last else None


def standings(cards: Iterable[Card], outcomes: Outcomes, on: date, *, is_public: bool = False) -> tuple[Standing, ...]:
    """Return where the cards stand for a person on a day, without those left out, most urgent first per moment.

    `is_public`: nobody in particular is asking, so what is unknown stays on the list.
    """
    found = []
    for position, card in enumerate(cards):
        verdict = outcomes.verdict(card.shown_when)
        group = place(card, verdict, is_wondered=_is_wondered(card, outcomes))
        is_too_early = verdict is Verdict.UNKNOWN and card.is_left_out_when_unknown and not is_public
        if group is not None and not is_too_early and not _is_over(card, outcomes, on):
            found.append(_standing(card, group, verdict, position, outcomes))
    return tuple(sorted(found, key=lambda item: urgency(item.group, item.last_day, item.position)))


def _is_wondered(card: Card, outcomes: Outcomes) -> bool:
    return card.otherwise_when is None or outcomes.verdict(card.otherwise_when) is not Verdict.DOES_NOT_APPLY


def _is_over(card: Card, outcomes: Outcomes, on: date) -> bool:
    day = outcomes.day(card.deadline)
    return card.is_left_out_when_past and day is not None and day < on


def _standing(card: Card, group: Group, verdict: Verdict, position: int, outcomes: Outcomes) -> Standing:
    if verdict is not Verdict.APPLIES:
        return Standing(card=card, group=group, verdict=verdict, position=position)
    day, amount = outcomes.day(card.deadline), outcomes.cents(card.amount)
    return Standing(card=card, group=group, verdict=verdict, position=position, day=day, amount_cents=amount)


_ORDER_OF_GROUPS = (Group.TO_DO, Group.MAY_BE_ENTITLED, Group.BY_ITSELF, Group.NOT_FOR_YOU)


def urgency(group: Group, last_day: date | None, position: int) -> tuple[int, date, int]:
    """Return the key that orders cards of one moment: what to do first, earliest last day first, then as written."""
    return _ORDER_OF_GROUPS.index(group), last_day or date.max, position


def asked_per_law(cards: Iterable[Card]) -> dict[str, tuple[str, ...]]:
    """Return which outcomes the cards need, per law, each once."""
    asked: dict[str, dict[str, None]] = {}
    for output in (output for card in cards for output in card.outputs()):
        asked.setdefault(output.law, {})[output.output] = None
    return {law: tuple(outputs) for law, outputs in asked.items()}


def month_after(day: date) -> Period:
    """Return the first full month after a day: the state on its first day decides on monthly rights.

    >>> str(month_after(date(2026, 12, 31)))
    '2027-01'
    """
    return Period.month_of(add_months(day.replace(day=1), 1))


def by_moment(items: Iterable[Item], when: Callable[[Item], Moment]) -> dict[Moment, tuple[Item, ...]]:
    """Group items by moment, soonest first, without empty moments; the order within a moment stays."""
    listed = tuple(items)
    grouped = {moment: tuple(item for item in listed if when(item) is moment) for moment in Moment}
    return {moment: found for moment, found in grouped.items() if found}
