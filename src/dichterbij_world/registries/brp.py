"""The population register as a server: Haal Centraal BRP Personen bevragen 2.7, one operation, `POST /personen`."""

from typing import Any

import falcon

from ..store import World
from . import problems
from .brp_fields import allowed, cut_down, delivered_paths
from .brp_queries import BY_NUMBER, QUERY_TYPES, QueryType, fits, found_numbers, parameter_errors
from .consumers import Consumer
from .problems import Invalid, invalid_parameters
from .server import Events, Registry, answer, application, json_body

MOST_FIELDS = 130


def make(world: World) -> falcon.App[falcon.Request, falcon.Response]:
    """Return the server over a world."""
    registry = Registry("brp", world)
    app = application(registry)
    app.add_route("/personen", Persons(registry))
    app.add_route("/gebeurtenissen/{event}", Events(registry, "brp"))
    return app


class Persons:
    """`POST /personen`: persons by number or by search, cut down to the fields asked."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def on_post(self, request: falcon.Request, response: falcon.Response) -> None:
        """Answer one query, or refuse it with every parameter that is wrong."""
        response.set_header("x-geleverde-pls", "")
        body = json_body(request)
        asked = _query_type(body)
        errors = parameter_errors(body, asked) + _field_errors(body.get("fields"), asked)
        if errors:
            raise invalid_parameters(errors)
        _authorise(request.context.consumer, body, asked)
        lists = self._lists(request, body, asked)
        paths = delivered_paths(asked.kind, body["fields"])
        response.set_header("x-geleverde-pls", ",".join(one.get("aNummer", "") for one in lists))
        answer(response, {"type": body["type"], "personen": [cut_down(one, paths) for one in lists]})

    def _lists(self, request: falcon.Request, body: dict[str, Any], asked: QueryType) -> list[dict[str, Any]]:
        documents = (
            self._registry.document(request, number) for number in found_numbers(self._registry.world, body, asked)
        )
        lists = [one for one in documents if one is not None and fits(one, body)]
        if len(lists) > asked.most:
            raise problems.too_many(asked.most)
        return lists


def _query_type(body: dict[str, Any]) -> QueryType:
    kind = body.get("type")
    if kind is None:
        raise invalid_parameters([Invalid(name="type", code="required", reason="Parameter is verplicht.")])
    if not isinstance(kind, str) or kind not in QUERY_TYPES:
        raise invalid_parameters([Invalid(name="type", code="value", reason="Waarde is geen geldig zoek type.")])
    return QUERY_TYPES[kind]


def _field_errors(fields: object, asked: QueryType) -> list[Invalid]:
    if fields is None:
        return [Invalid(name="fields", code="required", reason="Parameter is verplicht.")]
    if not isinstance(fields, list):
        return [Invalid(name="fields", code="array", reason="Parameter is geen array.")]
    if not fields:
        return [Invalid(name="fields", code="minItems", reason="Array bevat minder dan 1 items.")]
    if len(fields) > MOST_FIELDS:
        return [Invalid(name="fields", code="maxItems", reason=f"Array bevat meer dan {MOST_FIELDS} items.")]
    known = allowed(asked.kind)
    wrong = [index for index, path in enumerate(fields) if not isinstance(path, str) or path not in known]
    reason = "Parameter bevat een niet bestaande veldnaam."
    return [Invalid(name=f"fields[{index}]", code="fields", reason=reason) for index in wrong]


def _authorise(consumer: Consumer, body: dict[str, Any], asked: QueryType) -> None:
    if body["type"] != BY_NUMBER and not consumer.may_search:
        raise problems.SEARCH_NOT_ALLOWED
    if not all(consumer.may_see(path) for path in delivered_paths(asked.kind, body["fields"])):
        raise problems.FIELDS_NOT_ALLOWED
