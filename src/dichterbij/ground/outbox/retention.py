"""How long personal data is kept and why: every model that holds some is registered here."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from dichterbij.kernel import clock

log = logging.getLogger(__name__)


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
    """Remove everything that is past its term; returns how many rows per model.

    A rule that fails does not keep the others from running; it is left out and tried again next time.
    """
    removed: dict[str, int] = {}
    for rule in rules():
        try:
            removed[rule.model] = rule.purge(clock.now())
        except Exception as error:  # the outer edge: what one room cannot remove must not keep data of the others
            log.warning("retention of %s failed: %s", rule.model, type(error).__name__)
    return removed
