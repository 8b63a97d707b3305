"""What all registries share as servers: credentials, JSON in and out, faults on request, honest refusals."""

import json
from typing import Any

import falcon

from ..store import World
from . import faults, problems
from .consumers import CONSUMERS, Consumer
from .problems import Refusal

MAX_BODY_BYTES = 100_000


class Registry:
    """One registry over the world, as falcon middleware: authenticates, applies the fault switch."""

    def __init__(self, name: str, world: World) -> None:
        self.name = name
        self.world = world

    def process_resource(
        self, request: falcon.Request, _response: falcon.Response, resource: object, _params: dict[str, Any]
    ) -> None:
        """Refuse who is unknown; then misbehave when told to."""
        if getattr(resource, "is_public", False):
            return
        request.context.consumer = consumer(request)
        request.context.fault = self.world.fault(self.name)
        faults.misbehave(request.context.fault)

    def document(self, request: falcon.Request, key: str) -> dict[str, Any] | None:
        """Return what this registry knows under a key, contradicted when told to."""
        found = self.world.document(self.name, key)
        if found is not None and request.context.fault == faults.CONTRADICTING:
            return faults.contradict(self.name, found)
        return found


class Events:
    """`GET /gebeurtenissen/{id}`: whom an event is about. The address holds the number of the event only."""

    def __init__(self, registry: Registry, domain: str) -> None:
        self._registry = registry
        self._begins = f"nl.{domain}."

    def on_get(self, _request: falcon.Request, response: falcon.Response, event: str) -> None:
        """Answer with the data behind the reference of an event of this register."""
        data = self._registry.world.event_data(event, self._begins)
        if data is None:
            raise falcon.HTTPNotFound
        answer(response, data)


def application(registry: Registry) -> falcon.App[falcon.Request, falcon.Response]:
    """Return an empty server for a registry; the caller adds its routes."""
    app = falcon.App(middleware=[registry])
    app.add_error_handler(falcon.HTTPError, problems.on_http_error)
    app.add_error_handler(Refusal, problems.on_refusal)
    return app


def consumer(request: falcon.Request) -> Consumer:
    """Return who asks, by bearer token or API key; refuses 401 who is unknown."""
    bearer = (request.get_header("Authorization") or "").removeprefix("Bearer ").strip()
    known = CONSUMERS.get(bearer or request.get_header("X-API-KEY") or "")
    if known is None:
        raise problems.NOT_AUTHENTICATED
    return known


def json_body(request: falcon.Request, *, accepts: str = "application/json") -> dict[str, Any]:
    """Return the JSON object that was sent; refuses another content type, another answer type, or anything else."""
    if not (request.content_type or "").startswith("application/json"):
        raise problems.UNSUPPORTED
    if not request.client_accepts(accepts):
        raise problems.NOT_ACCEPTABLE
    try:
        body = json.loads(request.bounded_stream.read(MAX_BODY_BYTES))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise problems.NO_JSON from None
    if not isinstance(body, dict):
        raise problems.NO_JSON
    return body


def answer(response: falcon.Response, body: dict[str, Any]) -> None:
    """Send a JSON object."""
    response.content_type = "application/json; charset=utf-8"
    response.text = json.dumps(body, ensure_ascii=False)
