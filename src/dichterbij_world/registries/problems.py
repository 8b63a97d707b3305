"""Refusals as `application/problem+json`, in the shape the population register uses (`Foutbericht`)."""

import json
from dataclasses import dataclass

import falcon

_RFC2616 = "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html#sec10."
_SECTIONS = {
    400: "4.1",
    401: "4.2",
    403: "4.4",
    404: "4.5",
    405: "4.6",
    406: "4.7",
    415: "4.16",
    500: "5.1",
    503: "5.4",
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
    missing = all(one.code == "required" for one in found)
    return Refusal(
        status=400,
        code="paramsRequired" if missing else "paramsValidation",
        title="Minimale combinatie van parameters moet worden opgegeven."
        if missing
        else "Een of meerdere parameters zijn niet correct.",
        detail=f"De foutieve parameter(s) zijn: {', '.join(one.name for one in found)}.",
        invalid=tuple(found),
    )


NOT_AUTHENTICATED = Refusal(status=401, code="authentication", title="Niet correct geauthenticeerd.")
NOT_ACCEPTABLE = Refusal(status=406, code="notAcceptable", title="Gevraagde contenttype wordt niet ondersteund.")
UNSUPPORTED = Refusal(status=415, code="unsupported", title="Media Type wordt niet ondersteund.")
NO_JSON = Refusal(
    status=400,
    code="paramsValidation",
    title="Een of meerdere parameters zijn niet correct.",
    detail="De aanvraag is geen geldige JSON.",
)
NOT_AVAILABLE = Refusal(status=503, code="notAvailable", title="Bronservice is tijdelijk niet beschikbaar.")
FIELDS_NOT_ALLOWED = Refusal(
    status=403, code="unauthorizedField", title="U bent niet geautoriseerd voor een of meerdere opgegeven velden."
)
SEARCH_NOT_ALLOWED = Refusal(
    status=403, code="unauthorizedParameter", title="U bent niet geautoriseerd voor de gebruikte parameters."
)
TOO_MANY = Refusal(
    status=400,
    code="tooManyResults",
    title="Teveel zoekresultaten.",
    detail="Geef meer parameters op om het aantal resultaten te beperken.",
)


def answer_with(response: falcon.Response, refusal: Refusal) -> None:
    """Turn a response into the refusal."""
    body: dict[str, object] = {
        "type": _RFC2616 + _SECTIONS.get(refusal.status, "5.1"),
        "title": refusal.title,
        "status": refusal.status,
        "code": refusal.code,
    }
    if refusal.detail:
        body["detail"] = refusal.detail
    if refusal.invalid:
        body["invalidParams"] = [{"name": one.name, "code": one.code, "reason": one.reason} for one in refusal.invalid]
    response.status = refusal.status
    response.content_type = "application/problem+json"
    response.text = json.dumps(body, ensure_ascii=False)


def on_refusal(_request: falcon.Request, response: falcon.Response, refusal: Refusal, _params: dict[str, str]) -> None:
    """Answer with a refusal that was raised."""
    answer_with(response, refusal)


def on_http_error(
    _request: falcon.Request, response: falcon.Response, error: falcon.HTTPError, _params: dict[str, str]
) -> None:
    """Answer what the framework refuses (unknown path, wrong method) in the same shape."""
    status = falcon.http_status_to_code(error.status)
    title = {404: "Opgevraagde resource bestaat niet.", 405: "Methode is niet toegestaan."}.get(
        status, "Aanvraag is niet correct."
    )
    answer_with(
        response,
        Refusal(status=status, code={404: "notFound", 405: "notAllowed"}.get(status, "badRequest"), title=title),
    )
