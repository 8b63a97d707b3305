"""From a compiled graph to steps on columns: what is the same is made once, what is fixed is computed beforehand.

A step that follows from one fact with few values (a date, a text) is looked up in a table of all those values, which
the same lowered operations fill.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from ..errors import LawError
from ..evaluate import Tape
from ..graph import Kind, Node, below
from ..loops import loop_of
from ..running import Run
from ..values import Unknown, Untranslatable, Value
from . import sources
from .chunk import Chunk, Slot, Step
from .forms import NOTHING, PERSON, Form, Type, constant
from .given import given_step, lookup
from .lanes import ABSENT, DOUBT, ERROR, PRESENT, TAINTED, UNKNOWN, Lane, chosen, needed, uniform
from .loops import Combining, element_form, in_doubt, loop_form, loop_step
from .lowering import Lowered, lowered

_NAMES: Final = (Kind.DEFINITION, Kind.OUTPUT, Kind.INPUT, Kind.PARAMETER, Kind.OVERRIDE, Kind.CALL, Kind.OPEN_TERM)
_OF_PERSONS: Final = (Kind.FACT, Kind.SUBJECT, Kind.LOCAL, Kind.LOOKUP)
_DATE_COST: Final = 3
_DATES: Final = ("AGE", "DATE_ADD", "DATE_DIFF", "DATE_PART", "START_OF", "DAY_OF_WEEK", "DATE")
_WORTH_A_TABLE: Final = 3
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Steps ready to run on chunks of rows; `targets`: per node asked for its step."""

    slots: list[Slot]
    targets: dict[int, int]
    operations: int


def make_plan(tape: Tape, source: sources.Source, run: Run, targets: Iterable[int]) -> Plan:
    """Return the plan of some nodes of a graph over the columns of a table; `run` holds the dates of the question."""
    planner = _Planner(tape, source, run)
    asked = tuple(targets)
    numbers = sorted(tape.graph.with_below(asked))
    planner.find_loops(numbers)
    for number in numbers:
        planner.of_node[number] = planner.slot(tape.graph.nodes[number])
    found = {number: planner.of_node[number] for number in asked}
    _look_up_what_has_few_values(planner.slots, set(found.values()))
    operations = sum(tape.graph.nodes[number].kind is Kind.OPERATION for number in numbers)
    return Plan(planner.slots, found, operations)


@dataclass(slots=True)
class _Planner:
    tape: Tape
    source: sources.Source
    run: Run
    slots: list[Slot] = field(default_factory=list)
    made: dict[Key, int] = field(default_factory=dict)
    of_node: dict[int, int] = field(default_factory=dict)
    fixed: set[int] = field(default_factory=set)
    collections: dict[int, int] = field(default_factory=dict)
    simple: set[int] = field(default_factory=set)

    def find_loops(self, numbers: Iterable[int]) -> None:
        """Remember which collection each loop element comes from, and which loops hold no other loop."""
        graph = self.tape.graph
        loops = [graph.nodes[number] for number in numbers if graph.nodes[number].loop is not None]
        for node in loops:
            loop = loop_of(node)
            self.collections[loop.local] = node.args[0]
            within = graph.with_below((loop.body,) if loop.keep is None else (loop.keep, loop.body))
            if all(other.number not in within for other in loops):
                self.simple.add(loop.local)

    def slot(self, node: Node) -> int:
        """Return the step of a node."""
        if self._is_fixed(node):
            self.fixed.add(node.number)
            return self._constant(node)
        if node.kind in _NAMES:
            return self._named(node)
        if node.kind is Kind.OPERATION:
            return self._operation(node)
        if node.kind is Kind.FOREACH:
            return self._loop(node)
        return self._origin(node)

    def _is_fixed(self, node: Node) -> bool:
        if node.kind is Kind.GIVEN:
            return node.name not in self.source.given
        is_own = node.kind in _OF_PERSONS or node.kind is Kind.FOREACH
        return not is_own and all(number in self.fixed for number in below(node))

    def _add(self, key: Key, form: Form, step: Step, args: tuple[int, ...], *, cost: int = 0, few: bool = False) -> int:
        """Return the number of a step, new or made before."""
        if key not in self.made:
            number = len(self.slots)
            above = [self.slots[arg] for arg in args]
            loops = frozenset().union(*(slot.loops for slot in above))
            domains = frozenset((number,)) if few else frozenset().union(*(slot.domains for slot in above))
            self.slots.append(Slot(form, step, args, loops, domains, cost))
            self.made[key] = number
        return self.made[key]

    # -- what is the same for everybody ------------------------------------------------------------------------

    def _constant(self, node: Node) -> int:
        try:
            value = self.tape.value(self.run, node.number)
        except LawError:
            return self._always(ERROR)
        if value is None:
            return self._always(ABSENT)
        if isinstance(value, Unknown):
            return self._always(UNKNOWN)
        return self._always(TAINTED) if isinstance(value, Untranslatable) else self._value(value)

    def _always(self, state: np.uint8) -> int:
        return self._add(("always", int(state)), NOTHING, lambda _: uniform(state), ())

    def _value(self, value: Value) -> int:
        form, data = constant(value)
        lane = Lane(np.asarray(data))
        return self._add(("value", type(value).__name__, repr(value)), form, lambda _: lane, ())

    # -- names -------------------------------------------------------------------------------------------------

    def _named(self, node: Node) -> int:
        first, *others = (self.of_node[arg] for arg in node.args)
        if node.detail.get("required"):
            return self._add(("required", first), self.slots[first].form, sources.required(first), (first,))
        if node.kind is Kind.CALL:
            guards = tuple(guard for guard in others if not self.slots[guard].form.is_constant)
            step = sources.guarded(first, guards)
            form = replace(self.slots[first].form, is_constant=False)
            return self._add(("guarded", first, guards), form, step, (first, *guards)) if guards else first
        if node.kind is Kind.OPEN_TERM and others:
            return self._or_else(node, first, others[0])
        return first

    def _or_else(self, node: Node, first: int, otherwise: int) -> int:
        """Return a delegated term with a default: IF it is absent THEN the default."""
        place, strict = node.place, {"strict": True}
        absent = self._lowered(Node(-1, Kind.OPERATION, "IS_NULL", (), place, detail=strict), (first,))
        either = Node(-1, Kind.OPERATION, "IF", (), place, detail=strict)
        return self._lowered(either, (absent, otherwise, first))

    # -- operations --------------------------------------------------------------------------------------------

    def _operation(self, node: Node) -> int:
        return self._lowered(node, tuple(self.of_node[arg] for arg in node.args))

    def _lowered(self, node: Node, args: tuple[int, ...]) -> int:
        found = lowered(node, [self.slots[arg].form for arg in args])
        detail = tuple(sorted((key, value) for key, value in node.detail.items() if key != "strict"))
        key = ("operation", node.name, args, bool(node.detail.get("strict")), detail)
        cost = _DATE_COST if node.name in _DATES else 1
        return self._add(key, found.form, _computing(found, args), args, cost=cost)

    # -- loops -------------------------------------------------------------------------------------------------

    def _loop(self, node: Node) -> int:
        loop, collection = loop_of(node), self.of_node[node.args[0]]
        local, body = self.of_node[loop.local], self.slots[self.of_node[loop.body]].form
        keep = None if loop.keep is None else self.slots[self.of_node[loop.keep]].form
        inner = tuple(self.of_node[number] for number in (loop.keep, loop.body) if number is not None)
        how = Combining(loop.combine, body, keep, bool(node.detail.get("strict")))
        form = loop_form(how, self.slots[collection].form)
        key = ("loop", collection, local, inner, loop.combine, how.strict)
        if form is None:
            return self._add((*key, "alone"), NOTHING, in_doubt, (collection,))
        step = loop_step(collection, local, inner, how)
        number = self._add(key, form, step, (collection, *inner))
        outside = self.slots[number].loops - {local}
        self.slots[number] = replace(self.slots[number], loops=outside, domains=frozenset((-1, number)))
        return number

    # -- where values come from --------------------------------------------------------------------------------

    def _origin(self, node: Node) -> int:  # noqa: PLR0911 one line per kind of source
        match node.kind:
            case Kind.SUBJECT:
                return self._add(("subject",), PERSON, sources.subject, (), few=True)
            case Kind.FACT:
                return self._fact(node)
            case Kind.GIVEN:
                form, lane = self.source.given[node.name]
                return self._add(("given", node.name), form, given_step(lane), (), few=True)
            case Kind.LOOKUP:
                return self._lookup(node)
            case Kind.LOCAL:
                return self._local(node)
            case Kind.PROPERTY if self._is_no_record(node):
                return self.of_node[node.args[1]]
            case Kind.ARTICLE:
                parts = tuple(self.of_node[arg] for arg in node.args)
                return self._add(
                    ("article", parts), self.slots[parts[-1]].form, sources.whole_article(parts), parts
                )  # fmt: skip
        return self._add(("alone", node.number), NOTHING, in_doubt, tuple(self.of_node[arg] for arg in node.args))

    def _fact(self, node: Node) -> int:
        key = self.of_node[node.args[0]]
        form, step = sources.fact_slot(self.source, node.name, key, self.slots)
        return self._add(("fact", node.name, key), form, step, (key,), few=True)

    def _is_no_record(self, node: Node) -> bool:
        """Say whether a name in a loop cannot be a field of the element, so that it stands for what is outside."""
        element = self.tape.graph.nodes[node.args[0]]
        return (
            len(node.args) > 1
            and element.kind is Kind.LOCAL
            and self.slots[self.of_node[node.args[0]]].form.type is not Type.OPAQUE
        )

    def _lookup(self, node: Node) -> int:
        """Return a record of a data source; its values are those of the records, one for each."""
        key, otherwise = (self.of_node[arg] for arg in node.args)
        records = self.source.records[int(node.detail["source"] or 0)]
        found = lookup(records, node.name, self.slots[key].form, self.slots[otherwise].form)
        if found is None:
            return self._add(("alone", node.number), NOTHING, in_doubt, (key, otherwise))
        return self._add(("lookup", node.number), found.form, _computing(found, (key, otherwise)), (key, otherwise))

    def _local(self, node: Node) -> int:
        collection = self.of_node[self.collections[node.number]]
        form = element_form(self.slots[collection].form)
        key = ("elements", collection) if node.number in self.simple else ("local", node.number)
        number = self._add(key, form, in_doubt, (), few=True)
        self.slots[number] = replace(self.slots[number], loops=frozenset((number,)))
        return number


def _computing(found: Lowered, args: tuple[int, ...]) -> Step:
    compute = found.compute

    def step(chunk: Chunk) -> Lane:
        return compute([chunk.lane(arg) for arg in args], chunk.size)

    return step


# -- few values --------------------------------------------------------------------------------------------------


def _look_up_what_has_few_values(slots: list[Slot], targets: set[int]) -> None:
    """Replace steps that follow from one fact with few values, and that others need, by a table."""
    users: dict[int, list[int]] = {}
    for number, slot in enumerate(slots):
        for arg in slot.args:
            users.setdefault(arg, []).append(number)
    worth = {}
    for number, slot in enumerate(slots):
        domain = next(iter(slot.domains)) if len(slot.domains) == 1 else -1
        if domain < 0 or domain == number or not sources.is_small(slots[domain].form) or slot.form.type is Type.LIST:
            continue
        is_last = number in targets or any(slots[user].domains != slot.domains for user in users.get(number, ()))
        if is_last and _cost(slots, number, domain) >= _WORTH_A_TABLE:
            worth[number] = domain
    positions: dict[int, int] = {}
    plain = list(slots)
    for number, domain in worth.items():
        if domain not in positions:
            positions[domain] = len(slots)
            slots.append(replace(slots[domain], form=NOTHING, step=_position_step(slots[domain].form, domain)))
        slots[number] = replace(slots[number], step=_table_step(plain, number, domain, positions[domain]))


def _cost(slots: list[Slot], number: int, domain: int) -> int:
    seen: set[int] = set()
    open_ = [number]
    while open_:
        current = open_.pop()
        if current != domain and current not in seen:
            seen.add(current)
            open_ += slots[current].args
    return sum(slots[current].cost for current in seen)


def _values_of(form: Form) -> tuple[int, int]:
    """Return the lowest value of a fact with few values, and how many it can have."""
    return (int(form.low), int(form.high - form.low) + 1) if form.type is Type.DAY else (0, len(form.words))


def _position_step(form: Form, domain: int) -> Step:
    """Return the step that says where in a table each value stands; after the values stand the states."""
    low, size = _values_of(form)

    def step(chunk: Chunk) -> Lane:
        lane = chunk.lane(domain)
        position = lane.data - low if low else lane.data
        if lane.state is None:
            return Lane(position)
        return Lane(chosen(lane.state == PRESENT, position, lane.state.astype(np.int64) + (size - 1)), lane.state)

    return step


def _table_step(slots: list[Slot], number: int, domain: int, position: int) -> Step:
    """Return the step that looks a result up by the value of a fact."""
    low, size = _values_of(slots[domain].form)
    look_up: list[Callable[[Lane], Lane]] = []

    def step(chunk: Chunk) -> Lane:
        if not look_up:
            look_up.append(_filled(slots, number, domain, low, size))
        return look_up[0](chunk.lane(position))

    return step


def _filled(slots: list[Slot], number: int, domain: int, low: int, size: int) -> Callable[[Lane], Lane]:
    states = np.concatenate((np.zeros(size, dtype=np.uint8), np.arange(ABSENT, DOUBT + 1, dtype=np.uint8)))
    values = np.concatenate((np.arange(low, low + size), np.full(int(DOUBT), low)))
    whole = Chunk(slots, len(values), np.arange(len(values)), {domain: Lane(values, states)}).lane(number)
    data = np.ascontiguousarray(np.broadcast_to(whole.data, len(values)))
    state = None if whole.state is None else np.ascontiguousarray(np.broadcast_to(whole.state, len(values)))
    is_plain = state is None or not state[:size].any()

    def look_up(position: Lane) -> Lane:
        is_clear = state is None or (position.state is None and is_plain)
        found = None if is_clear or state is None else needed(np.take(state, position.data))
        return Lane(np.take(data, position.data), found)

    return look_up
