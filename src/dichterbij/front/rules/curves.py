"""The effect of earning more: one outcome over a range of one amount, as a table and a line."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from dichterbij.delivery.catalogue.domain import Product
from dichterbij.kernel.formats import euro
from dichterbij.law import Determined, Explanation, FactRef
from dichterbij.law.changes import turn_sentences
from dichterbij.law.labels import Labels
from dichterbij.law.what_if import curve, may_vary

from .published import SUBJECT

AMOUNT: Final = "amount"
POINTS, MOST_TOLD = 24, 2
CENTS: Final = 100
LEAST_RANGE: Final = {"year": 50_000, "month": 4_000}
WIDTH, HEIGHT, MARGIN = 600, 220, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One amount and the outcome with it, in words; `x`, `y` where it stands in the picture."""

    amount: str
    outcome: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """An outcome over a range of an amount. `line`: the points of the picture; `turns`: where it jumps, told."""

    fact: str
    output: str
    points: tuple[Point, ...]
    given: Point
    line: str
    highest: str
    turns: tuple[str, ...]
    width: int = WIDTH
    height: int = HEIGHT
    right: int = WIDTH - MARGIN
    floor: int = HEIGHT - MARGIN


def drawn(result: Determined, told: Explanation, product: Product | None, labels: Labels) -> Drawing | None:
    """Return how the amount that was determined follows the amount that decided it most; None without one of either."""
    ref, output = _fact(result, told), _output(result, product)
    if ref is None or output is None:
        return None
    given = _given(result, ref)
    least = LEAST_RANGE.get(result.laws.vocabulary[ref.fact].period, LEAST_RANGE["year"])
    found = curve(result, ref, 0, max(2 * given, least * CENTS), most=POINTS)
    known = {
        int(point.value): cents for point in found.points if (cents := _cents(point.outputs.get(output))) is not None
    }
    if len(set(known.values())) < 2:
        return None
    scale = _Scale(max(known), max(known.values()), labels.language)
    points = tuple(scale.point(amount, cents) for amount, cents in sorted(known.items()))
    return Drawing(
        fact=labels.label_of_fact(ref.fact),
        output=labels.label_of_output(result.question.law, output),
        points=points,
        given=scale.point(given, _cents(result.outputs.get(output)) or 0),
        line=" ".join(f"{point.x},{point.y}" for point in points),
        highest=euro(scale.high, labels.language),
        turns=turn_sentences(result, found, labels.language)[:MOST_TOLD],
    )


def _fact(result: Determined, told: Explanation) -> FactRef | None:
    vocabulary = result.laws.vocabulary
    refs = [line.ref for line in (*told.deciding, *told.facts)]
    own = (ref for ref in refs if ref.person == SUBJECT and vocabulary[ref.fact].type == AMOUNT)
    return next((ref for ref in own if may_vary(result, ref)), None)


def _output(result: Determined, product: Product | None) -> str | None:
    if product and product.amount and product.amount.output in result.outputs:
        return product.amount.output
    amounts = {name for name, number in result.graph.outputs.items() if _is_amount(result, number)}
    return next((name for name in result.question.outputs if name in amounts), None)


def _is_amount(result: Determined, number: int) -> bool:
    return result.graph.nodes[number].declared.type == AMOUNT


def _given(result: Determined, ref: FactRef) -> int:
    return _cents(result.facts.persons[ref.person][ref.fact]) or 0


def _cents(value: object) -> int | None:
    return int(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


@dataclass(frozen=True, slots=True)
class _Scale:
    far: int
    high: int
    language: str

    def point(self, amount: int, cents: int) -> Point:
        """Return an amount and its outcome in words, and where it stands."""
        return Point(
            amount=euro(amount, self.language),
            outcome=euro(cents, self.language),
            x=_scaled(amount, self.far, WIDTH),
            y=round(HEIGHT - _scaled(cents, self.high, HEIGHT), 1),
        )


def _scaled(value: int, most: int, length: int) -> float:
    return round(MARGIN + (length - 2 * MARGIN) * value / max(most, 1), 1)
