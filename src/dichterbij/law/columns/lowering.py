"""How an operation is lowered to columns: from the forms of its operands to a form and a function on lanes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TypeAlias, cast

from ..graph import Node
from ..operations import OPERATIONS
from ..terms import TERM, TERM_END
from .forms import NOTHING, Form, Type
from .lanes import DOUBT, PRESENT, Array, Lane, States, merged, needed, uniform, without_absence

Compute: TypeAlias = Callable[[list[Lane], int], Lane]
"""From the lanes of the operands and the number of rows to the lane of the result."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """What an operation gives: its form, and how a chunk is computed."""

    form: Form
    compute: Compute


Lowering: TypeAlias = Callable[[Node, Sequence[Form]], Lowered | None]
"""None: these operands have no column form; their rows are determined one at a time."""

Marked: TypeAlias = tuple[Array, States | None]
"""Data, and the state of rows where the operation itself finds something."""


def lowered(node: Node, forms: Sequence[Form]) -> Lowered:
    """Return how an operation runs on columns; where it cannot, every row of it is in doubt."""
    operation = TERM if node.name == TERM_END else OPERATIONS.get(node.name)
    found = _lowering(operation.column)(node, forms) if operation is not None and operation.column else None
    return found if found is not None else Lowered(NOTHING, lambda _lanes, _rows: uniform(DOUBT))


def _lowering(written: str) -> Lowering:
    """Return the lowering that the table of operations names: a module of this package and its function."""
    module, name = written.split(".")
    return cast(Lowering, getattr(import_module(f"{__package__}.{module}"), name))


def is_strict(node: Node) -> bool:
    """Say whether an absent operand is an error (RFC-036)."""
    return bool(node.detail.get("strict"))


def strictly(node: Node, form: Form, compute: Callable[..., Array | Marked]) -> Lowered:
    """Return an operation that needs all its operands: what any of them lacks, the result lacks."""
    strict = is_strict(node)

    def run(lanes: list[Lane], _rows: int) -> Lane:
        state = merged(lane.state for lane in lanes)
        found = compute(*[lane.data for lane in lanes])
        data, own = found if isinstance(found, tuple) else (found, None)
        if state is not None:
            state = without_absence(state, strict=strict)
        if own is not None:
            state = needed(own if state is None else _where_present(state, own))
        return Lane(data, state)

    return Lowered(form, run)


def _where_present(state: States, own: States) -> States:
    result: States = state + own * (state == PRESENT)
    return result


def are(forms: Sequence[Form], *types: Type) -> bool:
    """Say whether all operands have one of these types, or never a value."""
    return all(form.type in types or form.type is Type.NOTHING for form in forms)
