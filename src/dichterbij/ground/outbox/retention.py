"""How long personal data is kept and why: every model that holds some is registered here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from dichterbij.kernel import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Why a model keeps personal data (Dutch, for the person), how long, and what removes it."""

    model: str
    why: str
    keep: str
    purge: Callable[[datetime], int]


_rules: dict[str, Rule] = {}


def register(model: str, *, why: str, keep: str, purge: Callable[[datetime], int]) -> None:
    """Register how long a model (`cases.Draft`) is kept; `purge(now)` removes what is past it and returns how much."""
    _rules[model] = Rule(model=model, why=why, keep=keep, purge=purge)


def rules() -> tuple[Rule, ...]:
    """Return all rules, by model."""
    return tuple(_rules[model] for model in sorted(_rules))


def run() -> Mapping[str, int]:
    """Remove everything that is past its term; returns how many rows per model."""
    return {rule.model: rule.purge(clock.now()) for rule in rules()}
