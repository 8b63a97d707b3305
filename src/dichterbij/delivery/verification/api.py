"""The API for bodies that must be sure of a death: one question, one of three answers."""

from datetime import date
from typing import Annotated, Any

from ninja import Field, Schema

from dichterbij.web.api import make_api

from . import asking
from .domain import Answer, Customer
from .signature import KIND, SignedRequest, Verifying

NAME = r"^[A-Za-zÀ-ž .'\-]+$"

api = make_api(
    "verification",
    title="Dichterbij: has somebody died?",
    version="1.0.0",
    description="For a registered body that was told of a death and must be sure. Every request carries a token (JWS, "
    "kind `dichterbij-verifies+jwt`, Ed25519) that the body signed for this request: `aud` (number of who operates "
    "this instance), `iat`, `exp` (at most 60 seconds later), `jti` (UUID, used once), `digest` (base64url SHA-256 of "
    "method, path and body with a zero byte between). Every question is recorded before it is answered; relatives see "
    "who knows. After 20 answers other than `yes` in an hour, or 60 in a day, a body must wait. When a death was "
    'registered by mistake, a POST to the address that the body gave says so: `{"question": jti, "holds": false}`, '
    "with a token of the same form (kind `dichterbij-corrects+jwt`), again until it is taken (2xx).",
    auth=SignedRequest(KIND),
)


class CustomerData(Schema):
    """What the body knows of its customer; the surname without its prefix."""

    surname: Annotated[str, Field(min_length=1, max_length=200, pattern=NAME)]
    born_on: Annotated[date, Field(alias="bornOn")]
    postcode: Annotated[str, Field(pattern=r"^[1-9][0-9]{3} ?[A-Za-z]{2}$")]
    house_number: Annotated[int, Field(alias="houseNumber", ge=1, le=99999)]


class Verified(Schema):
    """Whether the customer has died. `not-established`: nobody fits, several do, or it may not be told."""

    has_died: Annotated[Answer, Field(alias="hasDied")]


@api.post("/deaths", response=Verified, by_alias=True)
def verify(request: Verifying, body: CustomerData) -> Any:
    """Say whether one customer has died."""
    customer = Customer(
        surname=body.surname, born_on=body.born_on, postcode=body.postcode, house_number=body.house_number
    )
    return {"hasDied": asking.has_died(request.auth, customer)}
