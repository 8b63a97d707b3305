"""What a life event and its cards are. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

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
