"""What a life event and its cards are, where a card stands for one person, and in which order. No I/O."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from dichterbij.kernel.dates import add_months
from dichterbij.kernel.periods import Period

Item = TypeVar("Item")
Language = str
LANGUAGES: tuple[Language, ...] = ("nl", "en", "pap")
NAMELESS: Mapping[Language, str] = {"nl": "de overledene", "en": "the person who died", "pap": "e defuntu"}


class Group(StrEnum):
    """What a card means for the reader."""

    BY_ITSELF = "by-itself"
    TO_DO = "to-do"
    MAY_BE_ENTITLED = "may-be-entitled"
    NOT_FOR_YOU = "not-for-you"


class Moment(StrEnum):
    """When a card matters, soonest first."""

    FIRST_DAYS = "first-days"
    FIRST_WEEKS = "first-weeks"
    THREE_MONTHS = "three-months"
    LATER = "later"


class Channel(StrEnum):
    """The ways to get something done."""

    CLICK = "click"
    CALL = "call"
    COUNTER = "counter"
    PAPER = "paper"


class Says(StrEnum):
    """What the date of a card means."""

    LAST_DAY = "last-day"
    REST_UNTIL = "rest-until"
    ENDS_ON = "ends-on"


class Verdict(StrEnum):
    """What the law says about a card for one person; unknown and unavailable are never the same as no.

    `NOT_HERE`: the law does not apply where the person lives, and was not evaluated.
    """

    APPLIES = "applies"
    DOES_NOT_APPLY = "does-not-apply"
    UNKNOWN = "unknown"
    UNAVAILABLE = "unavailable"
    NOT_HERE = "not-here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One outcome of one law file."""

    law: str
    output: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactEquals:
    """One fact of the vocabulary that equals one value."""

    fact: str
    value: str | int | bool | None


Condition = Output | FactEquals


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A date computed by a law, and what that date means."""

    output: Output
    says: Says = Says.LAST_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where what a card says comes from."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardText:
    """The words of a card in one language; a draft has not been checked by a reader of that language.

    `for_you` takes the place of `sentence` when the law says that the card applies to this reader; while that is not
    certain `perhaps_why` takes the place of `why`.
    """

    title: str
    sentence: str
    body: str
    why: str
    not_for_you: str = ""
    for_you: str = ""
    perhaps_why: str = ""
    draft: bool = False

    def about(self, deceased: str) -> "CardText":
        """Return the same words with the name of the person who died in them."""
        return CardText(
            title=with_name(self.title, deceased),
            sentence=with_name(self.sentence, deceased),
            body=with_name(self.body, deceased),
            why=with_name(self.why, deceased),
            not_for_you=with_name(self.not_for_you, deceased),
            for_you=with_name(self.for_you, deceased),
            perhaps_why=with_name(self.perhaps_why, deceased),
            draft=self.draft,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One thing that happens, must be done or may be asked for, by one organisation.

    `task` names the processing activity of that organisation under which its law is asked; without it the portal
    asks. `otherwise`: what to do when the condition is not met, show it as "not for you" or leave it out;
    `otherwise_when`: only who meets this could have wondered, to anybody else "not for you" says nothing.
    `is_left_out_when_past`: after its day there is nothing left to do; `is_left_out_when_unknown`: it would promise
    something, so a personal plan shows it only when it is certain.
    """

    id: str
    organisation: str
    group: Group
    when: Moment
    shown_when: Condition
    channels: tuple[Channel, ...]
    sources: tuple[Source, ...]
    texts: Mapping[Language, CardText]
    task: str = ""
    otherwise: Group | None = None
    otherwise_when: Condition | None = None
    deadline: Deadline | None = None
    amount: Output | None = None
    product: str = ""
    is_left_out_when_past: bool = False
    is_left_out_when_unknown: bool = False

    def text(self, language: Language) -> CardText:
        """Return the words in a language, in Dutch when there are none."""
        return self.texts.get(language) or self.texts["nl"]

    def outputs(self) -> tuple[Output, ...]:
        """Return every outcome of a law that this card needs."""
        asked = (self.shown_when, self.otherwise_when, self.deadline.output if self.deadline else None, self.amount)
        return tuple(output for output in asked if isinstance(output, Output))


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An organisation that is not on this instance: its name and where to go."""

    key: str
    name: Mapping[Language, str]
    where: Mapping[Language, str]
    phone: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventText:
    """The words of a life event in one language."""

    title: str
    condolence: str
    intro: str
    draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEvent:
    """A life event with its cards, most urgent first. `questions`: facts that shorten the public list."""

    id: str
    slug: str
    law: str
    questions: tuple[str, ...]
    cards: tuple[Card, ...]
    bodies: Mapping[str, Body]
    texts: Mapping[Language, EventText]

    def text(self, language: Language) -> EventText:
        """Return the words in a language, in Dutch when there are none."""
        return self.texts.get(language) or self.texts["nl"]

    def card(self, card_id: str) -> Card:
        """Return one card; raises `KeyError` for an unknown one."""
        return {card.id: card for card in self.cards}[card_id]


def with_name(text: str, deceased: str) -> str:
    """Put the name of the person who died in a text; at the start of a sentence with a capital.

    >>> with_name("Had {deceased} AOW? {Deceased} wist het.", "de overledene")
    'Had de overledene AOW? De overledene wist het.'
    """
    return text.replace("{deceased}", deceased).replace("{Deceased}", deceased[:1].upper() + deceased[1:])


def addressed(name: str) -> str:
    """Return what somebody calls a relative as it is said back to them.

    >>> addressed("Mijn moeder"), addressed("Hanneke"), addressed("my brother")
    ('uw moeder', 'Hanneke', 'your brother')
    """
    first, _, rest = name.partition(" ")
    yours = {"mijn": "uw", "my": "your", "mi": "bo"}.get(first.casefold())
    return f"{yours} {rest}" if yours and rest else name


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
