"""A product: a right or duty on which an organisation decides, as its file describes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dichterbij.kernel.access import Matter, Say
from dichterbij.kernel.dates import add_months, term_end
from dichterbij.kernel.levels import Level
from dichterbij.kernel.periods import Period
from dichterbij.kernel.problems import Problem

Texts = Mapping[str, str]
"""The same words in `nl`, `en` and `pap`."""


class UnknownProduct(Problem):
    """There is no product with this id."""

    code = "unknown-product"
    title = "Dit product kennen we niet"
    status = 404


class InvalidProductFile(Problem):
    """A product file is not in order; the detail names file, place and remedy."""

    code = "invalid-product-file"
    title = "Een productbestand klopt niet"


class Channel(StrEnum):
    """A way to ask for a product. All ways lead to the same case."""

    CLICK = "click"
    CALL = "call"
    COUNTER = "counter"
    PAPER = "paper"


class Decider(StrEnum):
    """Who finishes a decision: the law applied by itself, or a worker who adds a judgement."""

    AUTOMATIC = "automatic"
    WORKER = "worker"


class Cosigned(StrEnum):
    """Which decisions of a product a second worker looks at before they are made known."""

    EVERY = "every"
    JUDGEMENT = "judgement"  # what rests on something that an article leaves to a worker
    REFUSAL = "refusal"


class Stretch(StrEnum):
    """For which stretch of time, around the day of application, the law is asked."""

    DAY = "day"
    MONTH = "month"
    NEXT_MONTH = "next_month"
    QUARTER = "quarter"
    YEAR = "year"

    def around(self, day: date) -> Period:
        """Return the period of this kind in which a day falls."""
        match self:
            case Stretch.DAY:
                return Period.day(day)
            case Stretch.MONTH:
                return Period.month_of(day)
            case Stretch.NEXT_MONTH:
                return Period.month_of(add_months(day.replace(day=1), 1))
            case Stretch.QUARTER:
                return Period.quarter(day.year, (day.month + 2) // 3)
            case Stretch.YEAR:
                return Period.year(day.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article with the address where anybody can read it."""

    article: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTerm:
    """How long the organisation may take to decide (Awb 4:13): a number of weeks, by which article."""

    weeks: int
    source: Source

    def last_day(self, received_on: date, suspended_days: int = 0) -> date:
        """Return the last day to decide; days of suspension (Awb 4:15) move the whole term."""
        return term_end(date.fromordinal(received_on.toordinal() + suspended_days), weeks=self.weeks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A fact that only a worker can establish: which one, by which article, and the question that leads to it."""

    fact: str
    source: Source
    question: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Which output is the amount, and per what it is paid: `month`, `year` or `once`."""

    output: str
    per: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTexts:
    """What a decision says; `{amount}` is the only place that is filled in."""

    granted_title: Texts
    granted: Texts
    refused_title: Texts
    refused: Texts
    to_do: Texts
    if_not: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product. `organisation` is the key of the body that decides; `decisive` the output that says yes or no.

    `unit`: the key of the unit there that handles its cases; empty when every unit does. `cosigned`: which of its
    decisions need a second worker.

    `level` is the least assurance of a login, `level_ground` why; `applicant_facts` are facts only the applicant or
    the case can give; `not_by`: why a way is closed, for each way that is no channel; `law` and `outputs` are asked as
    one question. `uniform_name`: its name in the national list;
    `matter`: what it is about, for who may act for another in such matters only; `say`: who else must agree by law;
    `for_companies`: a company can ask for it too; `begins_later`: the body sets afterwards from which day it counts.
    """

    id: str
    organisation: str
    unit: str
    uniform_name: str
    names: Texts
    summary: Texts
    activity: str
    law: str
    outputs: tuple[str, ...]
    decisive: str
    amount: Amount | None
    stretch: Stretch
    level: Level
    level_ground: Texts
    matter: Matter
    say: Say
    for_companies: bool
    begins_later: bool
    channels: frozenset[Channel]
    not_by: Mapping[Channel, Texts]
    term: DecisionTerm
    decider: Decider
    applicant_facts: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    cosigned: frozenset[Cosigned]
    texts: DecisionTexts

    def name(self, language: str) -> str:
        """Return the name in a language."""
        return self.names[language]

    def needs_second_worker(self, *, is_granted: bool, is_judged: bool) -> bool:
        """Say whether a second worker looks at a decision before it is made known."""
        kinds = {Cosigned.EVERY}
        kinds |= set() if is_granted else {Cosigned.REFUSAL}
        kinds |= {Cosigned.JUDGEMENT} if is_judged else set()
        return bool(kinds & self.cosigned)

    def judgement(self, fact: str) -> Judgement | None:
        """Return the judgement about a fact, if this product has one."""
        return next((each for each in self.judgements if each.fact == fact), None)
