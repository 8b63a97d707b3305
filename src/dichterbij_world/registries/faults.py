"""Misbehaviour on purpose, for tests and demonstrations: a registry that is slow, down, or contradicts another.

The switch stands in the world file, so it works in process, over HTTP and between processes alike.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

from .problems import NOT_AVAILABLE

SLOW, DOWN, CONTRADICTING = "slow", "down", "contradicting"
KINDS = (SLOW, DOWN, CONTRADICTING)
SLOW_SECONDS = 2.5

Document = dict[str, Any]


def misbehave(kind: str) -> None:
    """Wait longer than a caller does, or refuse; raises `Refusal` when down."""
    if kind == SLOW:
        time.sleep(SLOW_SECONDS)
    if kind == DOWN:
        raise NOT_AVAILABLE


def contradict(registry: str, document: Document) -> Document:
    """Return the document with one thing in it that another registry says otherwise."""
    change = _CONTRADICTIONS.get(registry)
    return change(dict(document)) if change else document


def _alive_after_all(document: Document) -> Document:
    return {key: value for key, value in document.items() if key not in ("overlijden", "opschortingBijhouding")}


def _not_insured(document: Document) -> Document:
    return document | {"verzekeringen": []}


def _lives_elsewhere(document: Document) -> Document:
    if "studiefinanciering" not in document:
        return document
    living = [{"soort": "uitwonend", "ingangsdatum": "2020-01-01"}]
    return document | {"studiefinanciering": document["studiefinanciering"] | {"woonsituaties": living}}


def _abroad(document: Document) -> Document:
    return document | {"verzekering": {"anw": False, "aow": False}}


_CONTRADICTIONS: Mapping[str, Callable[[Document], Document]] = {
    "brp": _alive_after_all,
    "rvz": _not_insured,
    "duo": _lives_elsewhere,
    "svb": _abroad,
}
