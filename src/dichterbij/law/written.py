"""Values as JSON: the same bytes for the same values, always."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from .values import SKIPPED, Slot, Unknown, Untranslatable

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


def as_json(value: Slot) -> Json:  # noqa: PLR0911 one line per type
    """Return a value as JSON; a decimal that a float cannot carry exactly becomes a text.

    >>> as_json(Decimal("0.0436")), as_json((1, None)), as_json(Decimal("3.0"))
    (0.0436, [1, None], 3)
    """
    if value is SKIPPED:
        return None
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Unknown):
        return {"unknown": [f"{ref.person}.{ref.fact}" if ref.person else ref.fact for ref in sorted(value.facts)]}
    if isinstance(value, Untranslatable):
        return {"untranslatable": {"law": value.law, "article": value.article, "construct": value.construct}}
    if isinstance(value, Mapping):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [as_json(item) for item in value]
    return value


def _number(value: Decimal) -> int | float | str:
    if value == value.to_integral_value():
        return int(value)
    near = float(value)
    return near if Decimal(repr(near)) == value else str(value)


def canonical(data: Json) -> bytes:
    """Return JSON in one fixed form."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
