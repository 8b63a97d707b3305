"""The step grammar of a conformance folder: which sentence means which action."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..document import Raw, scalar, whole
from ..parse import Object, objects, text
from ..values import Value
from ..vocabulary import plain
from .sentences import SENTENCES

_ARGUMENT = re.compile(r'"\{(\w+)\}"|\{(\w+)\}')


@dataclass(frozen=True, slots=True)
class StepKind:
    """One sentence of the grammar."""

    action: str
    pattern: re.Pattern[str]
    quoted: frozenset[str]
    literals: tuple[Raw, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A step understood: its action, arguments by name, and fixed arguments."""

    action: str
    arguments: Mapping[str, str]
    literals: tuple[Raw, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """All sentences. `empty_is_unknown`: an empty cell is an unknown fact, not an absent one (RFC-036)."""

    kinds: tuple[StepKind, ...]
    empty_is_unknown: bool

    def understand(self, sentence: str) -> Call | None:
        """Return what a step asks, None when no sentence fits."""
        for kind in self.kinds:
            found = kind.pattern.fullmatch(sentence)
            if found:
                return Call(kind.action, found.groupdict(), kind.literals)
        return None


def read_grammar(data: Object) -> Grammar:
    """Return the grammar from the content of `grammar.yaml`, and after it the sentences that are known anyway.

    A folder without a grammar is read as the newest ones are: an empty cell is unknown.
    """
    own = tuple(_kind(step) for step in objects(data, "steps"))
    is_newer = not own or any(kind.action.startswith("assert_unknown") for kind in own)
    known = [_kind({"text": text, "action": action, "literals": list(fixed)}) for text, action, fixed in SENTENCES]
    return Grammar((*own, *known), is_newer)


def _kind(step: Object) -> StepKind:
    written, pattern, quoted, position = text(step, "text"), "", set(), 0
    for found in _ARGUMENT.finditer(written):
        pattern += re.escape(written[position : found.start()])
        if found[1]:
            quoted.add(found[1])
            pattern += f'"(?P<{found[1]}>[^"]*)"'
        else:
            pattern += rf"(?P<{found[2]}>[-+]?\d+(?:\.\d+)?)"
        position = found.end()
    pattern += re.escape(written[position:])
    literals = step.get("literals")
    return StepKind(
        text(step, "action"),
        re.compile(pattern),
        frozenset(quoted),
        tuple(literals) if isinstance(literals, list) else (),
    )


def inferred(written: str) -> Value:
    """Return the value a quoted text, number or cell names: its content decides, not its quotes.

    >>> inferred("42"), inferred("true"), inferred("GM0384"), inferred("null")
    (42, True, 'GM0384', None)
    """
    if written[:1] in ("{", "["):
        try:
            return plain(json.loads(written, parse_float=Decimal))
        except json.JSONDecodeError:
            return written
    value = scalar(written) if written.lower() not in ("true", "false") else written.lower() == "true"
    if isinstance(value, list | dict):
        return written
    return whole(value) if isinstance(value, Decimal) else value
