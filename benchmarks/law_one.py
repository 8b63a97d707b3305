"""How long the law takes for one person: `python -m benchmarks.law_one`. CPU time, one core, no reads.

Limits: a zorgtoeslag with partner and the value of every step 0.15 ms median and 1 ms at the 99th
percentile; the trace document at most 1 ms more; all rights of a plan 20 ms, every round of questions
included; loading law files at most 1 s per MB without schema checks, and 50 ms when they were read before.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

import yaml

from dichterbij.kernel.periods import Period
from dichterbij.law import Determined, Facts, LawError, LawSet, Question, determine
from dichterbij.law.sampling import sampler_of

from .figures import Figure

LAWS = Path(__file__).resolve().parents[1] / "laws"
QUESTION = Question(
    law="wet_op_de_zorgtoeslag",
    outputs=(),
    subject="p1",
    period=Period.month(2026, 6),
    decided_on=date(2026, 6, 15),
)
SELF = {"verzekerd_zvw": True, "geboortedatum": "1990-01-01", "rechtmatig_verblijf": True, "rendementsgrondslag": 0}
COUPLE = Facts(
    subject="p1",
    persons={
        "p1": {**SELF, "partner": "p2", "toetsingsinkomen": 2_500_000},
        "p2": {**SELF, "partner": "p1", "toetsingsinkomen": 500_000},
    },
)


MEGABYTE = 1_000_000
DETERMINE_MS, DETERMINE_P99_MS, TRACE_MS, PLAN_MS, LOAD_SECONDS, SHELF_MS = 0.15, 1, 1, 20, 1, 50
CARDS = LAWS.parent / "content" / "life_events" / "overlijden" / "cards"


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """Return the CPU time of each repetition, shortest first."""
    took = []
    for _ in range(times):
        began = time.process_time_ns()
        work()
        took.append((time.process_time_ns() - began) / 1e6)
    return sorted(took)


def rights() -> set[tuple[str, str]]:
    """Return law and outcome of everything the cards of a plan look at."""
    found: set[tuple[str, str]] = set()
    for card in CARDS.glob("*.yaml"):
        found |= set(_named(yaml.safe_load(card.read_text(encoding="utf-8"))))
    return found


def _named(data: object) -> Iterator[tuple[str, str]]:
    """Yield law and outcome wherever a card names both."""
    if isinstance(data, dict):
        if "law" in data and "output" in data:
            yield data["law"], data["output"]
        for inner in data.values():
            yield from _named(inner)
    elif isinstance(data, list):
        for inner in data:
            yield from _named(inner)


def whole_plan(laws: LawSet) -> Callable[[], None]:
    """Return what asks for all rights of a plan from no facts at all, until each has an outcome."""
    asked = [replace(QUESTION, law=law, outputs=(output,)) for law, output in sorted(rights())]
    samplers = [sampler_of(laws, question) for question in asked]

    def plan() -> None:
        for sampler in samplers:
            with suppress(LawError):  # invented days may lie beyond those that are known
                sampler.person(5)

    return plan


def law_texts() -> dict[str, str]:
    """Return the law files by name, without words, cases and vocabulary."""
    texts = {str(path): path.read_text(encoding="utf-8") for path in LAWS.rglob("*.yaml")}
    return {name: text for name, text in texts.items() if "\narticles:" in text}


def figures() -> Iterator[Figure]:
    """Measure one person, the trace and the loading."""
    laws = LawSet.load([LAWS])
    result = determine(laws, QUESTION, COUPLE)
    if not isinstance(result, Determined):
        raise SystemExit(f"the couple of this benchmark gets no answer: {result}")
    took = milliseconds(lambda: determine(laws, QUESTION, COUPLE), 3000)
    yield Figure("zorgtoeslag with partner, all steps kept, median", median(took), "ms", DETERMINE_MS)
    yield Figure("  99th percentile", took[int(0.99 * len(took))], "ms", DETERMINE_P99_MS)
    yield Figure("its trace document, median", median(milliseconds(result.trace, 300)), "ms", TRACE_MS)
    yield Figure("its receipt, median", median(milliseconds(result.receipt, 300)), "ms")
    took = milliseconds(whole_plan(laws), 20)
    yield Figure("all rights of a plan from no facts to the outcome, every round", median(took), "ms", PLAN_MS)
    texts = law_texts()
    seconds = milliseconds(lambda: LawSet.of(texts, strict=False), 5)[0] / 1000
    per_megabyte = seconds * MEGABYTE / sum(map(len, texts.values()))
    yield Figure("loading law files without schema checks, per MB", per_megabyte, "s", LOAD_SECONDS)
    with tempfile.TemporaryDirectory() as folder:
        shelf = Path(folder) / "shelf"
        LawSet.load([LAWS], shelf=shelf)
        took = milliseconds(lambda: LawSet.load([LAWS], shelf=shelf), 5)
    yield Figure("loading our law files, all checks, what was read before on the shelf", took[0], "ms", SHELF_MS)


if __name__ == "__main__":
    for figure in figures():
        print(figure.line())
