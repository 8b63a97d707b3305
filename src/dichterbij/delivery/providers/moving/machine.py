"""What two instances say to each other about somebody who goes on: who has this code, and that a login ended."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ninja import Router

from dichterbij.ground.assessment.structure import written

from ..assertion import NotAsker
from ..signed import FromBody, Signed
from ..wire import schema, value_of
from . import carrying, ending, giving, instances, taking

router = Router()


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What a browser brought along: it works once, for a minute, for the instance it was made for.

    `state`: by which that instance knows the browser that asked; the code of another browser does not work with it.
    """

    code: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What the portal says: a JWS by who operates it, `sub` a JWE to who asks.

    Its kind is `dichterbij-hands-over+jwt` for who has a code, `dichterbij-says-mandate+jwt` for what a mandate allows.
    """

    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A hand-over: the `jti` of its token."""

    number: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """How many logins ended because of it: none when it had ended already."""

    ended: int


@router.post(taking.PATH, response=schema(Sealed), by_alias=True, auth=Signed(taking.KIND))
def hand_over(request: FromBody, body: schema(Code)) -> Any:  # type: ignore[valid-type]
    """Say who came with a code, once and within a minute."""
    brought = value_of(Code, body)
    return written(Sealed(token=giving.give(request.auth, brought.code, brought.state)))


@router.post(ending.PATH, response=schema(Closed), by_alias=True, auth=Signed(ending.KIND))
def ended(request: FromBody, body: schema(Numbered)) -> Any:  # type: ignore[valid-type]
    """End the login that was handed over: where it began, it ended."""
    if not instances.is_portal(request.auth):
        raise NotAsker
    return written(Closed(ended=ending.end(request.auth, value_of(Numbered, body).number)))


@router.post(carrying.PATH, response=schema(Sealed), by_alias=True, auth=Signed(carrying.KIND))
def mandate(request: FromBody, body: schema(Numbered)) -> Any:  # type: ignore[valid-type]
    """Say what the mandate allows now by which somebody who was handed over acts for another; nothing after its end."""
    return written(Sealed(token=carrying.still(request.auth, value_of(Numbered, body).number)))
