"""A population table: the names of the vocabulary as columns, one row per person.

The same thing as a facts file, side by side: `Table.of` makes one from facts, `Table.person` gives the facts of a row
back. Relations are row numbers of the same table.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import lcm

import numpy as np

from ..arithmetic import EXACT
from ..calendar_rules import day
from ..errors import LawError
from ..values import UNKNOWN as NOBODY_KNOWS
from ..values import Given, Value
from ..vocabulary import FactDefinition, Vocabulary, reader
from .forms import EPOCH, LIMIT
from .lanes import ABSENT, DOUBT, ERROR, PRESENT, UNKNOWN, Array, States


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One fact of every person. `state`: per row present, absent or unknown; None when all rows have a value.

    `data` per type: boolean; amount in euro cents or number as whole numbers over `unit`; date as days since
    1 January 1970; text as numbers of `words`; person as row numbers; a list of persons as row numbers of all rows
    after each other, of which row i has those from `offsets[i]` to `offsets[i + 1]`. `odd`: values that fit in no
    column, by row; these rows are determined one at a time.
    """

    data: Array
    state: States | None = None
    unit: int = 1
    words: tuple[str, ...] = ()
    offsets: Array | None = None
    odd: Mapping[int, Given] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Facts of many persons. `names`: the ids of the rows; without names a row is called by its number."""

    size: int
    columns: Mapping[str, Column]
    vocabulary: Vocabulary
    names: Sequence[str] = ()
    rows: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, column in self.columns.items():
            wrong = _defect(self.vocabulary.get(name), column, self.size)
            if wrong:
                raise LawError("TypeMismatch", f"The column '{name}' {wrong}")

    @classmethod
    def of(cls, persons: Mapping[str, Mapping[str, Given]], vocabulary: Vocabulary) -> "Table":
        """Return the table of a facts file; persons who are only referred to are rows of which nothing is known."""
        names = tuple(dict.fromkeys((*persons, *_referred(persons, vocabulary))))
        rows = {name: row for row, name in enumerate(names)}
        used = dict.fromkeys(fact for facts in persons.values() for fact in facts if fact in vocabulary)
        columns = {
            fact: _column(vocabulary[fact], [persons.get(name, {}).get(fact, NOBODY_KNOWS) for name in names], rows)
            for fact in used
        }
        return cls(size=len(names), columns=columns, vocabulary=vocabulary, names=names, rows=rows)

    def name(self, row: int) -> str:
        """Return the id of a row."""
        return self.names[row] if self.names else str(row)

    def row(self, name: str) -> int | None:
        """Return the row of an id."""
        if self.names:
            return self.rows.get(name)
        return int(name) if name.isdigit() and int(name) < self.size else None

    @property
    def persons(self) -> Mapping[str, Mapping[str, Given]]:
        """Return the table as a facts file, made as far as it is read."""
        return _Persons(self)

    def given(self, fact: str, row: int) -> Given:
        """Return one fact of one person as a caller would supply it."""
        column, definition = self.columns[fact], self.vocabulary[fact]
        if row in column.odd:
            return column.odd[row]
        state = PRESENT if column.state is None else column.state[row]
        if state == ABSENT:
            return None
        return NOBODY_KNOWS if state == UNKNOWN else self._present(column, definition, row)

    def _present(self, column: Column, definition: FactDefinition, row: int) -> Given:
        if column.offsets is not None:
            return [self.name(int(other)) for other in column.data[column.offsets[row] : column.offsets[row + 1]]]
        value = column.data[row]
        if definition.is_relation:
            return self.name(int(value))
        match definition.type:
            case "boolean":
                return bool(value)
            case "date":
                return date_text(int(value))
            case "string":
                return column.words[int(value)]
        return whole_or_decimal(int(value), column.unit)


def whole_or_decimal(number: int, unit: int) -> int | Decimal:
    """Return a number over a unit as the scalar steps have it."""
    return number // unit if number % unit == 0 else EXACT.divide(Decimal(number), Decimal(unit))


def date_text(days: int) -> str:
    """Return a day number as a date of a law file."""
    return str(np.datetime64(days, "D"))


@dataclass(frozen=True, slots=True)
class _Persons(Mapping[str, Mapping[str, Given]]):
    table: Table

    def __getitem__(self, name: str) -> Mapping[str, Given]:
        row = self.table.row(name)
        if row is None:
            raise KeyError(name)
        return _Person(self.table, row)

    def __iter__(self) -> Iterator[str]:
        return (self.table.name(row) for row in range(self.table.size))

    def __len__(self) -> int:
        return self.table.size


@dataclass(frozen=True, slots=True)
class _Person(Mapping[str, Given]):
    table: Table
    row: int

    def __getitem__(self, fact: str) -> Given:
        if fact not in self.table.columns:
            raise KeyError(fact)
        return self.table.given(fact, self.row)

    def __iter__(self) -> Iterator[str]:
        return iter(self.table.columns)

    def __len__(self) -> int:
        return len(self.table.columns)


# -- what is wrong with a column ---------------------------------------------------------------------------------


def _defect(fact: FactDefinition | None, column: Column, size: int) -> str:
    """Return what is wrong with a column, empty when nothing is."""
    if fact is None:
        return "is no fact of the vocabulary"
    if len(column.data if column.offsets is None else column.offsets[1:]) != size:
        return f"must have {size} rows"
    if column.state is not None and (len(column.state) != size or column.state.dtype != np.uint8):
        return f"must have {size} states of type uint8"
    if column.data.dtype.kind not in ("b" if fact.type == "boolean" else "iu"):
        return "must be true or false" if fact.type == "boolean" else "must be whole numbers"
    highest = size if fact.is_relation else len(column.words) if fact.type == "string" else None
    return "" if highest is None or _is_within(column.data, max(highest, 1)) else f"has numbers beyond {highest - 1}"


def _is_within(data: Array, highest: int) -> bool:
    return not len(data) or (int(data.min()) >= 0 and int(data.max()) < highest)


# -- from facts --------------------------------------------------------------------------------------------------


def _referred(persons: Mapping[str, Mapping[str, Given]], vocabulary: Vocabulary) -> Iterator[str]:
    relations = [fact.name for fact in vocabulary.facts.values() if fact.is_relation]
    for facts in persons.values():
        for relation in relations:
            value = facts.get(relation)
            others = value if isinstance(value, list | tuple) else [value]
            yield from (other for other in others if isinstance(other, str))


def _column(fact: FactDefinition, given: Sequence[Given], rows: Mapping[str, int]) -> Column:
    values, state, odd = _read(fact, given)
    if fact.is_relation:
        return _relation(fact, values, state, odd, rows)
    match fact.type:
        case "boolean":
            return Column(data=np.array([value is True for value in values]), state=_kept(state), odd=odd)
        case "date":
            data = np.array([_day_number(value) for value in values], dtype=np.int32)
            return Column(data=data, state=_kept(state), odd=odd)
        case "amount" | "number":
            return _numbers(values, given, state, odd)
        case "string":
            words = tuple(dict.fromkeys(value for value in values if isinstance(value, str)))
            codes = {word: code for code, word in enumerate(words)}
            data = np.array([codes.get(str(value), 0) for value in values], dtype=np.int32)
            return Column(data=data, state=_kept(state), words=words, odd=odd)
    return _odd(given, state)


def _kept(state: States) -> States | None:
    return state if state.any() else None


def _read(fact: FactDefinition, given: Sequence[Given]) -> tuple[list[Value], States, dict[int, Given]]:
    """Return the values, the states, and what was supplied with a wrong type: an error for who needs it."""
    read = reader(fact)
    values: list[Value] = [None] * len(given)
    state: States = np.zeros(len(given), dtype=np.uint8)
    odd: dict[int, Given] = {}
    for row, supplied in enumerate(given):
        if supplied is NOBODY_KNOWS:
            state[row] = UNKNOWN
            continue
        try:
            values[row] = read(supplied)
            state[row] = ABSENT if supplied is None else PRESENT
        except LawError:
            state[row], odd[row] = ERROR, supplied
        if fact.is_relation and not _are_persons(values[row]):
            values[row], state[row], odd[row] = None, DOUBT, supplied
    return values, state, odd


def _are_persons(value: Value) -> bool:
    return not isinstance(value, tuple) or all(isinstance(other, str) for other in value)


def _day_number(value: Value) -> int:
    return day(value).toordinal() - EPOCH if isinstance(value, str) else 0


def _numbers(values: Sequence[Value], given: Sequence[Given], state: States, odd: dict[int, Given]) -> Column:
    exact = [Fraction(value) if isinstance(value, int | Decimal) else Fraction(0) for value in values]
    unit = lcm(*{number.denominator for number in exact if number.denominator < 10**6})
    data = np.zeros(len(exact), dtype=np.int64)
    for row, number in enumerate(exact):
        if unit % number.denominator or abs(number) * unit >= LIMIT:
            state[row], odd[row] = DOUBT, given[row]
        else:
            data[row] = int(number * unit)
    return Column(data=data, state=_kept(state), unit=unit, odd=odd)


def _relation(
    fact: FactDefinition, values: Sequence[Value], state: States, odd: dict[int, Given], rows: Mapping[str, int]
) -> Column:
    if fact.type != "list":
        data = np.array([rows.get(value, 0) if isinstance(value, str) else 0 for value in values], dtype=np.int64)
        return Column(data=data, state=_kept(state), odd=odd)
    lists = [[rows[str(other)] for other in value] if isinstance(value, tuple) else [] for value in values]
    flat = [other for found in lists for other in found]
    offsets = np.concatenate(([0], np.cumsum([len(found) for found in lists], dtype=np.int64)))
    return Column(data=np.array(flat, dtype=np.int64), state=_kept(state), offsets=offsets, odd=odd)


def _odd(given: Sequence[Given], state: States) -> Column:
    present = np.flatnonzero(state == PRESENT).tolist()
    state[present] = DOUBT
    odd = {row: given[row] for row in present}
    return Column(data=np.zeros(len(given), dtype=np.int8), state=_kept(state), odd=odd)
