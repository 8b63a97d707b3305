"""Makes OpenAPI schemas into strict JSON Schema: discriminators decide, unknown properties are wrong."""

from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

PREFIX = "#/components/schemas/"


def validator(document: Path, schema: str, *, shape_only: bool = False) -> Draft202012Validator:
    """Return a validator for one schema of a document; `shape_only` leaves out what texts may look like."""
    schemas = yaml.safe_load(document.read_text(encoding="utf-8"))["components"]["schemas"]
    if shape_only:
        schemas = _without_patterns(schemas)
    strict = {name: _strict(body, schemas) for name, body in schemas.items()}
    root = {"$id": "urn:contract", "components": {"schemas": strict | {"Root": _reference(schema, schemas)}}}
    registry = Registry().with_resource("urn:contract", Resource.from_contents(root, DRAFT202012))
    return Draft202012Validator({"$ref": f"urn:contract{PREFIX}Root"}, registry=registry)


def _without_patterns(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_patterns(item) for item in node]
    if not isinstance(node, dict):
        return node
    is_schema = node.get("type") == "string"
    dropped = {"pattern", "maxLength"} if is_schema else set()
    return {key: _without_patterns(value) for key, value in node.items() if key not in dropped}


def _strict(node: Any, schemas: dict[str, Any], *, within_all_of: bool = False) -> Any:
    if isinstance(node, list):
        return [_strict(item, schemas, within_all_of=within_all_of) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node and not within_all_of:
        return _reference(node["$ref"].removeprefix(PREFIX), schemas)
    return {
        key: value if key in ("discriminator", "example") else _strict(value, schemas, within_all_of=key == "allOf")
        for key, value in node.items()
    }


def _reference(name: str, schemas: dict[str, Any]) -> dict[str, Any]:
    """Return a reference that follows the discriminator and allows no property the schema does not name."""
    target = schemas[name]
    mapping = target.get("discriminator", {}).get("mapping")
    if not mapping:
        is_object = target.get("type") == "object" or "allOf" in target or "properties" in target
        return {"$ref": PREFIX + name} | ({"unevaluatedProperties": False} if is_object else {})
    kinds = [
        {"if": {"properties": {"type": {"const": kind}}, "required": ["type"]}, "then": {"$ref": reference}}
        for kind, reference in mapping.items()
    ]
    known = {"properties": {"type": {"enum": list(mapping)}}, "required": ["type"], "type": "object"}
    return {"allOf": [known, *kinds], "unevaluatedProperties": False}
