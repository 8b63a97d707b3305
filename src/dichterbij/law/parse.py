"""From the plain data of a law file to its typed version. The shape is checked before (`check_shape`)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from .document import Raw
from .graph import Declared
from .model import (
    Action,
    Article,
    Definition,
    Field,
    Hook,
    Implements,
    LawVersion,
    Marking,
    OpenTerm,
    Override,
    SchemaVersion,
    Source,
)  # fmt: skip

Object = Mapping[str, Raw]
_VERSION = re.compile(r"v(\d+)\.(\d+)\.(\d+)")
_INLINE = ("values", "subject", "value", "conditions", "precision")
_CODES = ("gemeente_code", "provincie_code", "waterschap_code")
OLDEST: SchemaVersion = (0, 5, 0)
NULLABLE_ADDED: SchemaVersion = (0, 5, 8)


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a missing word means: are parameters required, can a value be absent (RFC-036)."""

    is_required: bool
    is_declared: bool


def _says_nullable(data: Raw) -> bool:
    if isinstance(data, dict):
        return "nullable" in data or any(map(_says_nullable, data.values()))
    return isinstance(data, list) and any(map(_says_nullable, data))


def schema_version(address: Raw) -> SchemaVersion:
    """Return the format version that a `$schema` address names; without one the oldest we read.

    >>> schema_version("https://example.org/refs/tags/schema-v0.7.1/schema/v0.7.1/schema.json")
    (0, 7, 1)
    """
    found = _VERSION.findall(address) if isinstance(address, str) else []
    return cast(SchemaVersion, tuple(map(int, found[-1]))) if found else OLDEST


def parse_law(data: Object, *, file: str, sha256: str) -> LawVersion:
    """Return one version of a regulation from the content of its file."""
    schema = schema_version(data.get("$schema"))
    valid_from = text(data, "valid_from")
    declares_absence = schema > NULLABLE_ADDED or _says_nullable(dict(data))
    rules = _Rules(schema >= NULLABLE_ADDED or declares_absence, declares_absence)
    return LawVersion(
        id=text(data, "$id"),
        name=text(data, "name") or text(data, "officiele_titel") or text(data, "$id"),
        layer=text(data, "regulatory_layer"),
        schema=schema,
        valid_from="" if valid_from.startswith("#") else valid_from,
        valid_to=text(data, "valid_to"),
        url=text(data, "url"),
        bwb_id=text(data, "bwb_id"),
        articles=tuple(_article(item, rules) for item in objects(data, "articles")),
        codes={key: text(data, key) for key in _CODES if text(data, key)},
        territory=tuple(str(item) for item in cast(list[Raw], data.get("territory") or [])),
        elsewhere={key: str(value) for key, value in obj(data, "elsewhere").items()},
        authority=_authority(data.get("competent_authority")),
        file=file,
        sha256=sha256,
        declares_absence=declares_absence,
        raw=data,
    )


def text(data: Object, key: str) -> str:
    """Return a text field, or an empty text."""
    value = data.get(key)
    return "" if value is None else str(value)


def obj(data: Object, key: str) -> Object:
    """Return an object field, or an empty object."""
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def objects(data: Object, key: str) -> list[dict[str, Raw]]:
    """Return the objects in a list field."""
    value = data.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _list(data: Object, key: str) -> list[Raw]:
    value = data.get(key)
    return value if isinstance(value, list) else []


def _authority(value: Raw) -> str:
    return str(value.get("name", "")) if isinstance(value, dict) else str(value or "")


def texts(data: Object) -> dict[str, str]:
    """Return an object of texts."""
    return {key: str(value) for key, value in data.items() if value is not None}


def _article(data: Object, rules: _Rules) -> Article:
    readable = obj(data, "machine_readable")
    execution, produces = obj(readable, "execution"), obj(obj(readable, "execution"), "produces")
    return Article(
        number=text(data, "number"),
        text=text(data, "text"),
        url=text(data, "url"),
        definitions={name: _definition(value) for name, value in obj(readable, "definitions").items()},
        legal_character=text(produces, "legal_character"),
        decision_type=text(produces, "decision_type"),
        parameters=tuple(_field(item, rules) for item in objects(execution, "parameters")),
        inputs=tuple(_field(item, rules) for item in objects(execution, "input")),
        outputs=tuple(_field(item, rules) for item in objects(execution, "output")),
        actions=tuple(_action(item) for item in objects(execution, "actions")),
        open_terms=tuple(_open_term(item, rules) for item in objects(readable, "open_terms")),
        implements=tuple(
            Implements(text(item, "law"), text(item, "article"), text(item, "open_term"))
            for item in objects(readable, "implements")
        ),
        hooks=tuple(_hook(item) for item in objects(readable, "hooks")),
        overrides=tuple(_override(item) for item in objects(readable, "overrides")),
        markings=tuple(_marking(item) for item in objects(readable, "untranslatables") + objects(readable, "markings")),
        is_translated="machine_readable" in data,
        submission=text(obj(produces, "submission"), "kind"),
        decides_on=tuple(map(str, _list(produces, "decides_on"))),
        procedure=text(produces, "procedure_id"),
    )


def _definition(value: Raw) -> Definition:
    if isinstance(value, dict) and "value" in value:
        return Definition(value["value"], _declared(value, _Rules(is_required=False, is_declared=False)))
    return Definition(value, Declared())


def _declared(data: Object, rules: _Rules) -> Declared:
    spec = obj(data, "type_spec")
    precision = spec.get("precision")
    return Declared(
        type=text(data, "type"),
        unit=text(spec, "unit"),
        precision=precision if isinstance(precision, int) else None,
        nullable=bool(data.get("nullable", not rules.is_declared)),
        legal_basis=texts(obj(data, "legal_basis")),
    )


def _field(data: Object, rules: _Rules) -> Field:
    source = data.get("source")
    return Field(
        name=text(data, "name"),
        declared=_declared(data, rules),
        required=bool(data.get("required", rules.is_required)),
        source=_source(source) if isinstance(source, dict) else None,
        description=text(data, "description"),
        origin=texts(obj(data, "origin")),
    )


def _source(data: Object) -> Source:
    return Source(text(data, "regulation") or None, text(data, "output") or None, obj(data, "parameters"))


def _action(data: Object) -> Action:
    basis = texts(obj(data, "legal_basis"))
    if data.get("operation"):
        inline = {key: data[key] for key in ("operation", *_INLINE) if key in data}
        return Action(text(data, "output"), inline, "", basis)
    return Action(text(data, "output"), data.get("value"), "value", basis)


def _open_term(data: Object, rules: _Rules) -> OpenTerm:
    default = data.get("default")
    return OpenTerm(
        id=text(data, "id"),
        declared=_declared(data, rules),
        required=bool(data.get("required", True)),
        delegation_type=text(data, "delegation_type") or None,
        default=tuple(map(_action, objects(default, "actions"))) if isinstance(default, dict) else None,
    )


def _hook(data: Object) -> Hook:
    applies = obj(data, "applies_to")
    return Hook(
        point=text(data, "hook_point"),
        legal_character=text(applies, "legal_character"),
        decision_type=text(applies, "decision_type") or None,
        stage=text(applies, "stage") or "BESLUIT",
        submission=text(applies, "submission"),
        decided_by=text(applies, "decided_by"),
        established_by=text(applies, "established_by"),
    )


def _override(data: Object) -> Override:
    return Override(
        text(data, "law"), text(data, "article"), text(data, "output"),
        data.get("voids") is True, text(data, "legal_text_excerpt"),
    )  # fmt: skip


def _marking(data: Object) -> Marking:
    return Marking(text(data, "about") or text(data, "construct"), text(data, "reason"), data.get("accepted") is True)
