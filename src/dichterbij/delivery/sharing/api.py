"""The API for companies that ask somebody to share facts: ask, take a token, fetch."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema

from dichterbij.delivery.providers.signed import FromBody
from dichterbij.kernel import clock
from dichterbij.web.api import make_api

from . import asking, releasing
from .domain import Question
from .signature import KIND, SignedRequest

api = make_api(
    "sharing",
    title="Dichterbij: sharing by consent",
    version="1.0.0",
    description="For a registered company without a legal task. It asks for a packet of facts for one purpose and "
    "names nobody; the answer has a code to give to its customer, who logs in, sees the question and says yes or no. "
    "After a yes the company takes a token (good for a minute, used once) and fetches with it. Every request carries "
    "a token (JWS, kind `dichterbij-shares+jwt`, Ed25519) that the company signed for this request: `aud` (number of "
    "who operates this instance), `iat`, `exp` (at most 60 seconds later), `jti` (UUID, used once), `digest` "
    "(base64url SHA-256 of method, path and body with a zero byte between). Consent is withdrawn at any moment: the "
    "next request is refused. What is fetched, and every refusal, is in the log that the person reads.",
    auth=SignedRequest(KIND),
)
Key = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z-]+$")]
Cents = Annotated[int, Field(ge=0, le=10**12)]


class Asked(Schema):
    """What a company asks of nobody in particular. `packet` with a limit: exactly one of the two limits.

    `days`: how long it wants to be able to fetch again; the person may still choose once.
    """

    purpose: Key
    packet: Key
    at_most: Annotated[Cents | None, Field(alias="atMostCents")] = None
    at_least: Annotated[Cents | None, Field(alias="atLeastCents")] = None
    days: Annotated[int, Field(ge=0, le=asking.MOST_DAYS)] = 0


class Taken(Schema):
    """The number of the question, and the code that leads the customer to it."""

    request: UUID
    code: str


class Answered(Schema):
    """Which question."""

    request: UUID


class Token(Schema):
    """What to fetch with, within a minute."""

    token: str


class Fetching(Schema):
    """With what, for which purpose, and which packet."""

    token: Annotated[str, Field(min_length=1, max_length=8000, pattern=r"^[A-Za-z0-9_.\-]+$")]
    purpose: Key
    packet: Key


class Facts(Schema):
    """What the person shares. `year`: of yearly facts; then one of the three, as the packet says."""

    name: str
    born_on: Annotated[date, Field(alias="bornOn")]
    year: int | None
    income_cents: Annotated[int | None, Field(alias="incomeCents")]
    is_within: Annotated[bool | None, Field(alias="isWithin")]
    address: list[str] | None


@api.post("/requests", response=Taken)
def ask(request: FromBody, body: Asked) -> Any:
    """Ask for facts of last year or of now; the person still has to be asked."""
    question = Question(recipient=request.auth, year=clock.today().year - 1, **body.dict())
    number, code = asking.ask(question)
    return {"request": number, "code": code}


@api.post("/tokens", response=Token)
def token(request: FromBody, body: Answered) -> Any:
    """Take a token for a question that was answered with yes."""
    return {"token": releasing.token(request.auth, body.request)}


@api.post("/facts", response=Facts, by_alias=True)
def facts(request: FromBody, body: Fetching) -> Any:
    """Fetch what the person shares."""
    found = releasing.release(request.auth, body.token, body.purpose, body.packet)
    return {
        "name": found.name,
        "bornOn": found.born_on,
        "year": found.year,
        "incomeCents": found.income_cents,
        "isWithin": found.is_within,
        "address": found.address,
    }
