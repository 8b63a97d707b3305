"""How a list in a case file becomes persons: children by age, co-residents by number, what each child uses.

`{list: kinderen, fact: geboortedatum, as: birthday, each: {...}}` makes a person of every item, puts them in the
relation `kinderen` of the subject (and in `also`), gives each the facts under `each` and writes the item as `fact`.
A number makes that many persons, less those that `less` counts elsewhere. With `records` an item holds objects: their
key `by` says which of the `kinds` they are, and each kind says which key is which fact.
"""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from .document import Raw
from .parse import Object, obj, text

Persons = dict[str, dict[str, Raw]]
Converted = Callable[[Raw, Object], Raw]


def put_people(persons: Persons, subject: str, how: Object, value: Raw, converted: Converted) -> None:
    """Make the persons of one value; raises ValueError for a value that is neither a list nor a number."""
    relation, items = text(how, "list"), _items(value, how)
    names = [f"{relation}_{number}" for number in range(1, len(items) + 1)]
    persons[subject] |= {listed: list(names) for listed in (relation, text(how, "also")) if listed}
    for name, item in zip(names, items, strict=True):
        persons[name] = {**obj(how, "each")}
        if "records" in how:
            _put_records(persons[name], obj(how, "records"), item, converted)
        elif "fact" in how:
            persons[name][text(how, "fact")] = converted(item, how)


def _items(value: Raw, how: Object) -> list[Raw]:
    if isinstance(value, list):
        return value
    try:
        count = Decimal(str(value))
    except InvalidOperation:
        count = Decimal("NaN")
    if not count.is_finite() or count != int(count):
        raise ValueError(f"'{value}' is neither a list nor a number")
    return [None] * (int(count) - int(text(how, "less") or 0))


def _put_records(facts: dict[str, Raw], how: Object, records: Raw, converted: Converted) -> None:
    """Write what the records of one person say; a person has each kind once."""
    seen: set[str] = set()
    for record in records if isinstance(records, list) else [records]:
        found = record if isinstance(record, dict) else {}
        kind = text(found, text(how, "by"))
        keys = obj(obj(how, "kinds"), kind)
        if not keys or kind in seen or set(found) != {text(how, "by"), *keys}:
            raise ValueError(f"nobody can read the record {record}")
        seen.add(kind)
        facts.update({text(obj(keys, key), "fact"): converted(found[key], obj(keys, key)) for key in keys})
