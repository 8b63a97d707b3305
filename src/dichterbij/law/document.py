"""Read a YAML file safely: exact numbers, no duplicate keys, no bombs, no surprises.

Numbers with a fraction become `Decimal` as written; dates stay texts. Words such as `yes` and `on` are texts
(YAML 1.2). Limits: 1 MB of text, 100,000 values after aliases, 120 levels deep.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeAlias

import yaml

from .errors import Defect, LawSetInvalid

Raw: TypeAlias = bool | int | Decimal | str | list["Raw"] | dict[str, "Raw"] | None

MAX_BYTES: Final = 1_000_000
MAX_VALUES: Final = 100_000
MAX_DEPTH: Final = 240

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NO_TEXT = re.compile("[\udc80-\udcff]")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_LONGEST: Final = 40
_LIMIT: Final = 2**96
_WORDS: Final[dict[str, Raw]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


class _Broken(Exception):
    def __init__(self, name: str, sentence: str, line: int) -> None:
        super().__init__(sentence)
        self.name, self.sentence, self.line = name, sentence, line


def read_text(file: Path) -> str:
    """Return the text of a file; bytes that are no UTF-8 stay recognisable, and `read_yaml` reports them."""
    return file.read_text(encoding="utf-8", errors="surrogateescape")


def read_yaml(text: str, file: str) -> Raw:
    """Return the content of a YAML text; raises `LawSetInvalid` with the file and line of the defect."""
    try:
        if len(text) > MAX_BYTES:
            raise _Broken("FileTooLarge", "Het bestand is groter dan 1 MB.", 0)
        if found := _NO_TEXT.search(text):
            line = text.count("\n", 0, found.start()) + 1
            raise _Broken("NoText", "Het bestand is geen tekst in UTF-8.", line)
        return _Reader(text).document()
    except _Broken as broken:
        raise _invalid(file, broken.line, broken.name, broken.sentence) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        raise _invalid(
            file,
            line,
            "YamlSyntax",
            f"Dit is geen geldige YAML. Kijk hier naar inspringing, dubbele punten en haakjes ({_problem(error)}).",
        ) from None


def _invalid(file: str, line: int, name: str, sentence: str) -> LawSetInvalid:
    return LawSetInvalid((Defect(file, line, "", "", name, sentence),))


def _problem(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", "") or error).splitlines()[0]


def scalar(text: str) -> Raw:
    """Return what an unquoted text means: nothing, a truth value, a number, or the text itself.

    >>> scalar("2,5"), scalar("2.50"), scalar("3.0"), scalar("2025-01-01"), scalar("no")
    ('2,5', Decimal('2.50'), 3, '2025-01-01', 'no')
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "-+.0123456789":
        if _INTEGER.fullmatch(text) and len(text) < _LONGEST:
            return int(text)
        if _DECIMAL.fullmatch(text):
            return whole(Decimal(text))
    return text


def _is_out_of_range(value: Raw) -> bool:
    """Say whether a number does not fit in the 96 bits that the format has for decimals."""
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return is_number and not -_LIMIT <= value < _LIMIT  # type: ignore[operator]


def whole(number: Decimal) -> int | Decimal:
    """Return a whole number as an int, any other unchanged."""
    if abs(number.adjusted()) < 40 and number == number.to_integral_value():
        return int(number)
    return number


class _Reader:
    """Builds plain data from parser events, counting what it makes."""

    def __init__(self, text: str) -> None:
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_Loader)
        self.anchors: dict[str, tuple[Raw, int]] = {}
        self.made = 0

    def document(self) -> Raw:
        found: list[Raw] = []
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if found:
                    raise _Broken("SeveralDocuments", "Er staan meer documenten in een bestand.", _line(event))
                found.append(self.value(next(self.events), 0))
        return found[0] if found else None

    def value(self, event: yaml.Event, depth: int) -> Raw:
        before = self.made
        self.count(1, event)
        if depth > MAX_DEPTH:
            raise _Broken("MaxDepthExceeded", "Er zijn te veel niveaus in elkaar genest.", _line(event))
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        made = self.node(event, depth)
        anchor = getattr(event, "anchor", None)
        if anchor:
            self.anchors[anchor] = (made, self.made - before)
        return made

    def node(self, event: yaml.Event, depth: int) -> Raw:
        if isinstance(event, yaml.ScalarEvent):
            return _number_in_range(scalar(event.value), event) if event.implicit[0] else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(depth)
        raise _Broken("YamlSyntax", "Hier staat iets dat geen waarde is.", _line(event))

    def sequence(self, depth: int) -> list[Raw]:
        items: list[Raw] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.value(event, depth + 1))
        return items

    def mapping(self, depth: int) -> dict[str, Raw]:
        made: dict[str, Raw] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise _Broken("YamlSyntax", "Een sleutel moet een woord zijn.", _line(event))
            if event.value in made:
                raise _Broken("DuplicateKey", f"De sleutel '{event.value}' staat er twee keer.", _line(event))
            made[event.value] = self.value(next(self.events), depth + 1)
        return made

    def alias(self, event: yaml.AliasEvent) -> Raw:
        if event.anchor not in self.anchors:
            raise _Broken("YamlSyntax", f"De verwijzing '*{event.anchor}' bestaat niet.", _line(event))
        made, size = self.anchors[event.anchor]
        self.count(size, event)
        return made

    def count(self, number: int, event: yaml.Event) -> None:
        self.made += number
        if self.made > MAX_VALUES:
            raise _Broken("TooManyValues", "Het bestand levert te veel waarden op.", _line(event))


def _number_in_range(value: Raw, event: yaml.Event) -> Raw:
    if _is_out_of_range(value):
        raise _Broken("ArithmeticOverflow", "Dit getal is te groot om mee te rekenen.", _line(event))
    return value


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
