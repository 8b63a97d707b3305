"""What programs send to the API of the law, and what they get back."""

from datetime import date
from typing import Any, Literal

from ninja import Field, Schema

from dichterbij.web.pace import PER_MINUTE

MOST_POINTS = 200
MOST_NAMES = 200
PERSONS = {"p1": {"geboortedatum": "1990-05-17", "toetsingsinkomen": 2400000, "partner": None}}


def camel(name: str) -> str:
    """Return a name as it stands on the wire.

    >>> camel("decided_on")
    'decidedOn'
    """
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


class Shape(Schema):
    """What travels, with names in lower camel case."""

    model_config = {"alias_generator": camel, "populate_by_name": True}


class Asked(Shape):
    """A question of the law: which outcomes, for whom, over which period, with which facts.

    `persons` holds facts per person: names of the vocabulary; amounts in euro cents; null says that there is none, a
    name that is missing is not known yet.
    """

    law: str = Field(max_length=200, examples=["wet_op_de_zorgtoeslag"])
    outputs: list[str] = Field(default_factory=list, max_length=MOST_NAMES)
    period: str = Field(max_length=30, examples=["2026-07"], description="2026, 2026-06 or 2026-06-15")
    decided_on: date | None = Field(default=None)
    territory: str = Field(default="NL", max_length=60, examples=["NL", "BQ-BO", "GM0599"])
    subject: str = Field(default="p1", max_length=100)
    persons: dict[str, dict[str, Any]] = Field(default_factory=dict, examples=[PERSONS])
    language: Literal["nl", "en", "pap"] = "nl"


class Evaluated(Asked):
    """A question whose answer may come with its trace (trace schema v1)."""

    trace: bool = False


class Range(Shape):
    """A range of one fact of one person: amounts in euro cents, numbers or days, in at most 200 points."""

    person: str = Field(default="p1", max_length=100)
    fact: str = Field(max_length=200, examples=["toetsingsinkomen"])
    low: int | str
    high: int | str
    points: int = Field(default=50, ge=2, le=MOST_POINTS)


class Explained(Asked):
    """A question whose answer is told in sentences; with `curve` also over a range of one fact."""

    curve: Range | None = None


class Trouble(Shape):
    """Why the law gives no answer here, and who helps."""

    code: str
    detail: str
    who_helps: str = Field(default="")


class Answer(Shape):
    """An answer of the law: determined, open (facts are missing), or refused (it does not apply here)."""

    state: Literal["determined", "open", "refused"]
    outputs: dict[str, Any] = Field(default_factory=dict)
    problem: Trouble | None = None
    trace: dict[str, Any] | None = None


class Choice(Shape):
    """One value of a closed choice, with its words."""

    value: str
    label: str


class Missing(Shape):
    """A fact the law needs next: the question, the article that asks it, and who may answer."""

    person: str
    fact: str
    question: str
    help: str
    type: str
    values: list[Choice]
    origin: str
    source: str
    law: str
    article: str
    url: str
    nobody_knows: bool
    asked_for: list[str] = Field(default_factory=list, description="the outputs that need it")


class Questions(Shape):
    """What to supply next; nothing when the law can answer."""

    state: Literal["determined", "open", "refused"]
    questions: list[Missing]
    problem: Trouble | None = None


class Fact(Shape):
    """A fact that was used, in words."""

    person: str
    fact: str
    label: str
    value: str
    source: str


class Step(Shape):
    """One step of the calculation, with the article it rests on."""

    label: str
    value: str
    article: str
    law: str
    url: str


class Point(Shape):
    """The outcomes at one value of the fact."""

    value: int | str
    outputs: dict[str, Any]


class CurveFound(Shape):
    """Outcomes over a range; `turns` are the values from which another condition or rate applies."""

    points: list[Point]
    turns: list[int | str]
    told: list[str]


class Explanation(Shape):
    """An answer in sentences: outcome, the facts that decided, why not, what would change it, every step."""

    state: Literal["determined", "open", "refused"]
    outcome: str
    deciding: list[Fact]
    facts: list[Fact]
    why_not: list[str]
    changes: list[str]
    steps: list[Step]
    questions: list[Missing]
    provisional: list[str]
    is_draft: bool = Field(description="nobody who knows the language checked the words yet")
    curve: CurveFound | None = None


class Receipt(Shape):
    """What is needed to compute a determination again, byte for byte. Keep `salt` with the facts: we keep neither."""

    state: Literal["determined", "open", "refused"]
    receipt: dict[str, Any] | None = None
    salt: str = Field(default="", description="hexadecimal")
    problem: Trouble | None = None


DESCRIPTION = (
    "The law, applied, for programs. Ask what a law says for given facts, which facts it still needs, why, and a "
    "receipt to compute it again. Nothing is stored and no body is logged. Limits: bodies of 200 kB, "
    f"{MOST_POINTS} points of a curve, one second of the processor, {PER_MINUTE} requests a minute for each caller."
)
REFUSALS = {
    "responses": {
        status: {
            "description": why,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, why in (
            (413, "The body is larger than 200 kB."),
            (422, "The law or the facts are wrong, or the work takes more than one second of the processor."),
            (429, f"More than {PER_MINUTE} requests in a minute; `Retry-After` says how long to wait."),
        )
    }
}
