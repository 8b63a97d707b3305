"""What a registry of the world says of itself: an OpenAPI document at `/openapi.json`.

Written by hand for the registries that have no published contract; for those that have, it covers the part that is
served here. The population register is not in it: its own document is the contract.
"""

from collections.abc import Mapping
from typing import Any

import falcon

from dichterbij.ground.registry.adapters.claims import DOCUMENTS, REQUESTS, SESSIONS

from . import claims, kadaster, plain
from .server import answer

Json = dict[str, Any]
NUMBER: Json = {"type": "string", "pattern": "^[0-9]{9}$"}
_PROBLEM: Json = {
    "type": "object",
    "required": ["type", "title", "status", "code", "instance"],
    "properties": {
        **{key: {"type": "string"} for key in ("type", "title", "detail", "code", "instance")},
        "status": {"type": "integer"},
        "invalidParams": {
            "type": "array",
            "items": {"type": "object", "properties": {key: {"type": "string"} for key in ("name", "code", "reason")}},
        },
    },
}
_REFUSALS = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed"}
_REFUSALS |= {406: "Not Acceptable", 415: "Unsupported Media Type", 503: "Service Unavailable"}


def contract(name: str) -> Json:
    """Return the document of one registry."""
    made = {"bag": _homes, "brk": _parcels, "woz": _values} | dict.fromkeys(claims.BODIES, _claims)
    paths = made[name]() if name in made else _by_number(name)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Verzonnen registratie: {name}", "version": "1.0.0"},
        "paths": paths,
        "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-API-KEY"}}},
        "security": [{"key": []}],
    }


class Contract:
    """`GET /openapi.json`: the document, for everybody."""

    is_public = True

    def __init__(self, name: str) -> None:
        self._document = contract(name)

    def on_get(self, _request: falcon.Request, response: falcon.Response) -> None:
        """Answer with the document."""
        answer(response, self._document)


def _by_number(name: str) -> Json:
    path, groups = plain.CONTRACTS[name]
    asked = {
        "burgerservicenummer": {"type": "array", "items": NUMBER, "minItems": 1, "maxItems": 20},
        "fields": {"type": "array", "items": {"enum": list(groups)}, "minItems": 1},
    }
    said = {"type": "object", "required": ["burgerservicenummer"], "properties": {"burgerservicenummer": NUMBER}}
    answer = _object({"personen": {"type": "array", "items": said}})
    found = {path: {"post": _operation(answer, body=_object(asked))}}
    return found | _company(name) if name in plain.COMPANIES else found


def _company(name: str) -> Json:
    number = {"name": "number", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[0-9]{8}$"}}
    answer = {"type": "object", "required": ["kvkNummer"]}
    return {plain.COMPANIES[name][0]: {"get": _operation(answer, parameters=[number])}}


def _homes() -> Json:
    home = {"type": "string", "pattern": "^[0-9]{4}01[0-9]{10}$"}
    numbered = {"name": "identificatie", "in": "path", "required": True, "schema": home}
    unit = {"type": "object", "required": ["identificatie", "domein", "gebruiksdoelen", "oppervlakte", "status"]}
    answer = {"type": "object", "required": ["verblijfsobject", "_links"], "properties": {"verblijfsobject": unit}}
    return {
        "/verblijfsobjecten/{identificatie}": {"get": _operation(answer, parameters=[numbered], media=kadaster.HAL)}
    }


def _parcels() -> Json:
    body = _object({"burgerservicenummer": NUMBER, "fields": _field_list(kadaster.PARCEL_FIELDS)}, optional=("fields",))
    answer = _collection("kadastraalOnroerendeZaken")
    return {"/kadastraalonroerendezaken": {"post": _operation(answer, body=body, media=kadaster.HAL)}}


def _values() -> Json:
    home = {"type": "string", "pattern": "^[0-9]{16}$"}
    parameters: list[Json] = [
        {"name": "adresseerbaarObjectIdentificatie", "in": "query", "required": True, "schema": home},
        {"name": "fields", "in": "query", "schema": _field_list(kadaster.VALUE_FIELDS)},
    ]
    answer = _collection("wozObjecten")
    return {"/wozobjecten": {"get": _operation(answer, parameters=parameters, media=kadaster.HAL)}}


def _claims() -> Json:
    key: Json = {"type": "string", "pattern": "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$"}
    sealed = _object({"sealed": {"type": "string", "pattern": "^[A-Za-z0-9_-]{40,20000}$"}})
    token: Json = {"name": "Session-Token", "in": "header", "required": True, "schema": {"type": "string"}}
    opened = _object({"sessionToken": {"type": "string"}, "publicKey": key})
    within = _operation(sealed, body=sealed, parameters=[token])
    return {
        SESSIONS: {"post": _operation(opened, body=_object({"publicKey": key}))},
        REQUESTS: {"post": within},
        DOCUMENTS: {"post": within},
    }


def _operation(
    answer: Json, *, body: Json | None = None, parameters: list[Json] | None = None, media: str = "application/json"
) -> Json:
    problem = {"application/problem+json": {"schema": _PROBLEM}}
    responses: Json = {str(code): {"description": text, "content": problem} for code, text in _REFUSALS.items()}
    found: Json = {"responses": {"200": {"description": "OK", "content": {media: {"schema": answer}}}, **responses}}
    if body is not None:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return found | ({"parameters": parameters} if parameters else {})


def _object(properties: Mapping[str, Json], optional: tuple[str, ...] = ()) -> Json:
    required = [name for name in properties if name not in optional]
    return {
        "type": "object",
        "required": required,
        "properties": dict(properties),
        "additionalProperties": False,
    }


def _collection(name: str) -> Json:
    embedded = _object({name: {"type": "array", "items": {"type": "object"}}})
    return {"type": "object", "required": ["_links", "_embedded"], "properties": {"_embedded": embedded}}


def _field_list(names: frozenset[str]) -> Json:
    """Return what names some fields in one text, with commas between them."""
    each = "|".join(sorted(names))
    return {"type": "string", "pattern": f"^({each})(,({each}))*$"}
