"""Refusals as `application/problem+json`, word for word as the population register gives them (`Foutbericht`).

Texts follow its published steps (BRP-API, features). Those put `:`, `[` and `]` in a detail, which its own schema does
not allow; what a consumer sees is what counts.
"""

import json
from dataclasses import dataclass

import falcon

_RFC = "https://datatracker.ietf.org/doc/html/rfc"
_SECTIONS = {
    400: "7231#section-6.5.1",
    401: "7235#section-3.1",
    403: "7231#section-6.5.3",
    404: "7231#section-6.5.4",
    405: "7231#section-6.5.5",
    406: "7231#section-6.5.6",
    415: "7231#section-6.5.13",
    500: "7231#section-6.6.1",
    503: "7231#section-6.6.4",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Invalid:
    """One parameter that is wrong: its name, a code, and a sentence."""

    name: str
    code: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Refusal(Exception):
    """The registry understood the request, or could not, and says why. Never contains a value that was sent."""

    status: int
    code: str
    title: str
    detail: str = ""
    invalid: tuple[Invalid, ...] = ()


def invalid_parameters(found: list[Invalid]) -> Refusal:
    """Return the refusal of a request with wrong or missing parameters."""
    return Refusal(
        status=400,
        code="paramsValidation",
        title="Een of meerdere parameters zijn niet correct.",
        detail=f"De foutieve parameter(s) zijn: {', '.join(one.name for one in found)}.",
        invalid=tuple(found),
    )


NOT_AUTHENTICATED = Refusal(status=401, code="authentication", title="Niet correct geauthenticeerd.")
NO_SESSION = Refusal(status=401, code="session", title="Deze sessie bestaat niet of is voorbij.")
NOT_ACCEPTABLE = Refusal(status=406, code="notAcceptable", title="Gevraagde content type wordt niet ondersteund.")
UNSUPPORTED = Refusal(status=415, code="unsupported", title="Media Type wordt niet ondersteund.")
NO_JSON = Refusal(
    status=400,
    code="paramsValidation",
    title="Een of meerdere parameters zijn niet correct.",
    detail="De aanvraag is geen geldige JSON.",
)
NOT_AVAILABLE = Refusal(status=503, code="notAvailable", title="Bronservice is tijdelijk niet beschikbaar.")
FIELDS_NOT_ALLOWED = Refusal(
    status=403,
    code="unauthorizedField",
    title="U bent niet geautoriseerd voor één of meerdere opgegeven field waarden.",
)
SEARCH_NOT_ALLOWED = Refusal(
    status=403, code="unauthorizedParameter", title="U bent niet geautoriseerd voor de gebruikte parameters."
)


def too_many(most: int) -> Refusal:
    """Return the refusal of a search that finds more people than it may give."""
    return Refusal(
        status=400,
        code="tooManyResults",
        title="Teveel zoekresultaten.",
        detail=f"Meer dan maximum van {most} zoekresultaten gevonden. Verfijn de zoekopdracht.",
    )


def answer_with(request: falcon.Request, response: falcon.Response, refusal: Refusal) -> None:
    """Turn a response into the refusal."""
    body: dict[str, object] = {
        "type": _RFC + _SECTIONS.get(refusal.status, _SECTIONS[500]),
        "title": refusal.title,
        "status": refusal.status,
        "code": refusal.code,
        "instance": request.root_path + request.path,
    }
    if refusal.detail:
        body["detail"] = refusal.detail
    if refusal.invalid:
        body["invalidParams"] = [{"name": one.name, "code": one.code, "reason": one.reason} for one in refusal.invalid]
    response.status = refusal.status
    response.content_type = "application/problem+json"
    response.text = json.dumps(body, ensure_ascii=False)


def on_refusal(request: falcon.Request, response: falcon.Response, refusal: Refusal, _params: dict[str, str]) -> None:
    """Answer with a refusal that was raised."""
    answer_with(request, response, refusal)


def on_http_error(
    request: falcon.Request, response: falcon.Response, error: falcon.HTTPError, _params: dict[str, str]
) -> None:
    """Answer what the framework refuses (unknown path, wrong method) in the same shape."""
    status = falcon.http_status_to_code(error.status)
    titles = {404: "Opgevraagde resource bestaat niet.", 405: "Gebruikte bevragingsmethode is niet toegestaan."}
    title = titles.get(status, "Aanvraag is niet correct.")
    response.set_headers(dict(error.headers or {}))  # which methods there are
    answer_with(
        request,
        response,
        Refusal(status=status, code={404: "notFound", 405: "notAllowed"}.get(status, "badRequest"), title=title),
    )
