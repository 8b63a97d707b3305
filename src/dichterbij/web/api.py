"""APIs by the NL API Design Rules: the version in a header, errors as problem+json, a contract that is committed.

A room makes its API here, declares who may call it with `auth`, and publishes it in its `machine_urls.py`. Its contract
stands beside it in `openapi.json`; `dichterbij contracts` writes it and a test compares.
"""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from dichterbij.kernel.problems import Problem

from . import errors

CONTACT = {"name": "Dichterbij", "email": "api@dichterbij.example", "url": "https://dichterbij.example"}
REFUSALS = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}


class MalformedRequest(Problem):
    """A request does not have the form that the contract prescribes."""

    code = "malformed-request"
    title = "Deze vraag heeft niet de vorm van het contract"
    status = 400


class CallerUnknown(Problem):
    """A request does not say, or does not prove, who asks."""

    code = "caller-unknown"
    title = "Wij weten niet wie dit vraagt"
    status = 401


def make_api(name: str, *, title: str, version: str, description: str, auth: Callable[..., Any]) -> NinjaAPI:
    """Return an API whose errors are problem+json. `auth` says who may call it, as `auth.declares`."""
    api = NinjaAPI(
        title=title,
        version=version,
        description=description,
        urls_namespace=name,
        docs_url=None,
        openapi_url=None,
        auth=auth,
        servers=[{"url": f"/api/{name}/v{version.partition('.')[0]}"}],
        openapi_extra={"info": {"contact": CONTACT}},
    )
    for kind in (Problem, ValidationError, HttpError, AuthenticationError):
        api.add_exception_handler(kind, _answer_problem)
    return api


def addresses(api: NinjaAPI, *, declares: object) -> list[URLPattern]:
    """Return the addresses of an API, each with the version in its answers and `declares` for who may call it."""
    return [
        path(str(each.pattern), _versioned(each.callback, api.version, declares), name=each.name or "")
        for each in api.urls[0]
        if isinstance(each, URLPattern) and each.name != "api-root"
    ]


def contract_page(file: Path) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view that gives the committed contract."""
    content = json.loads(file.read_text(encoding="utf-8"))

    def contract_view(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 the same for everybody
        return JsonResponse(
            content, headers={"API-Version": content["info"]["version"], "Access-Control-Allow-Origin": "*"}
        )

    return contract_view


def contract(api: NinjaAPI) -> dict[str, Any]:
    """Return the contract of an API: what its code says, with the header and the problems that all answers share."""
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="")))
    for operations in found["paths"].values():
        for operation in operations.values():
            _complete(operation["responses"])
    found["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    return found


def written(found: Mapping[str, Any]) -> str:
    """Return a contract as it is committed."""
    return json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _complete(responses: dict[str, Any]) -> None:
    version = {"schema": {"type": "string"}, "description": "The full version of this API."}
    for answer in responses.values():
        answer["headers"] = {"API-Version": version}
    for status in REFUSALS:
        responses[str(status.value)] = {
            "description": status.phrase,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }


def _versioned(view: Callable[..., HttpResponse], version: str, declares: object) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["API-Version"] = version
        return response

    answer.declares = declares  # type: ignore[attr-defined]  # the architecture test reads it
    return answer


def _answer_problem(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    problem = _as_problem(error)
    return errors.response(request, errors.page_of_problem(problem), problem=problem)


def _as_problem(error: Exception | type[Exception]) -> Problem:
    """Return what went wrong as a problem; of a wrong form the first place that is wrong, never what stood there."""
    match error:
        case Problem():
            return error
        case ValidationError() if error.errors:
            return MalformedRequest(f"Kijk naar: {'.'.join(str(part) for part in error.errors[0]['loc'][:4])}.")
        case AuthenticationError():
            return CallerUnknown()
        case _:
            return MalformedRequest()
