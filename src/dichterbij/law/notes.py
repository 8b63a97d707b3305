"""Find the text a note is about, also after articles are renumbered or words change (RFC-005, RFC-018).

A note quotes the law: the exact words, and what stands before and after them. The quote decides; the article
number it was made at is only a hint and never settles a doubt between two places.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

THRESHOLD: Final = 0.7
CLEAR_LEAD: Final = 0.1
MAX_QUOTE: Final = 120
MAX_TEXT: Final = 250_000


@dataclass(frozen=True, slots=True)
class Selector:
    """The quote of a note, with its context."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A place in the law: article, first and last position, and how sure we are (1 is verbatim)."""

    article: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """The outcome: "found", "ambiguous", "orphaned", or "skipped" (too long to compare)."""

    status: str
    matches: tuple[Match, ...] = ()

    @property
    def match(self) -> Match | None:
        """Return the one place, when there is one."""
        return self.matches[0] if self.status == "found" else None


def resolve_note(selector: Selector, articles: Mapping[str, str]) -> Resolution:
    """Return where in the articles (number: text) a note belongs."""
    exact = [match for number, text in articles.items() for match in _verbatim(selector, number, text)]
    if exact:
        return Resolution("found" if len(exact) == 1 else "ambiguous", tuple(exact))
    if len(selector.exact) > MAX_QUOTE or sum(map(len, articles.values())) > MAX_TEXT:
        return Resolution("skipped")
    return _closest([match for number, text in articles.items() for match in _similar(selector, number, text)])


def _verbatim(selector: Selector, number: str, text: str) -> Iterator[Match]:
    quote = selector.prefix + selector.exact + selector.suffix
    position = text.find(quote) if selector.exact else -1
    while position >= 0:
        start = position + len(selector.prefix)
        yield Match(number, start, start + len(selector.exact), 1.0)
        position = text.find(quote, position + 1)


def _closest(matches: Sequence[Match]) -> Resolution:
    best = _apart(sorted(matches, key=lambda match: -match.confidence))
    if not best:
        return Resolution("orphaned")
    is_clear = len(best) == 1 or best[0].confidence - best[1].confidence > CLEAR_LEAD
    return Resolution("found", (best[0],)) if is_clear else Resolution("ambiguous", tuple(best))


def _apart(matches: Sequence[Match]) -> list[Match]:
    """Keep the best of matches that overlap."""
    kept: list[Match] = []
    for match in matches:
        if all(match.article != k.article or match.end <= k.start or match.start >= k.end for k in kept):
            kept.append(match)
    return kept


def _similar(selector: Selector, number: str, text: str) -> Iterator[Match]:
    length = len(selector.exact)
    shortest, longest = max(1, length * 7 // 10), length * 13 // 10
    for start in _word_starts(text):
        for end in _word_ends(text, start + shortest, start + longest):
            score = _score(selector, text, start, end)
            if score >= THRESHOLD:
                yield Match(number, start, end, score)


def _word_starts(text: str) -> Iterator[int]:
    return (i for i in range(len(text)) if text[i].isalnum() and (i == 0 or not text[i - 1].isalnum()))


def _word_ends(text: str, first: int, last: int) -> Iterator[int]:
    stop = min(last, len(text))
    return (i for i in range(first, stop + 1) if i == len(text) or (not text[i].isalnum() and text[i - 1].isalnum()))


def _score(selector: Selector, text: str, start: int, end: int) -> float:
    """Half the quote itself, a quarter the words before it, a quarter the words after it."""
    exact = similarity(selector.exact, text[start:end])
    if 0.5 * exact + 0.5 < THRESHOLD:
        return 0.0
    before = text[max(0, start - len(selector.prefix)) : start]
    after = text[end : end + len(selector.suffix)]
    parts = [(0.5, exact)]
    parts += [(0.25, similarity(selector.prefix, before))] if selector.prefix else []
    parts += [(0.25, similarity(selector.suffix, after))] if selector.suffix else []
    return sum(weight * score for weight, score in parts) / sum(weight for weight, _ in parts)


def similarity(one: str, other: str) -> float:
    """Return 1 for equal texts down to 0 for texts with nothing in common (normalised Levenshtein).

    >>> similarity("vaststelt", "vaststelt"), round(similarity("recht", "rechten"), 2)
    (1.0, 0.71)
    """
    if not one and not other:
        return 1.0
    return 1.0 - _distance(one, other) / max(len(one), len(other))


def _distance(one: str, other: str) -> int:
    previous = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        current = [i]
        for j, second in enumerate(other, start=1):
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (letter != second)))
        previous = current
    return previous[-1]
