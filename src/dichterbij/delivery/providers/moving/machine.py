"""What two instances say to each other about somebody who goes on: who has this code, and that a login ended."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ninja import Router

from dichterbij.ground.assessment.structure import written

from ..assertion import NotAsker
from ..signed import FromBody, Signed
from ..wire import schema, value_of
from . import ending, giving, instances, taking

router = Router()


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What a browser brought along: it works once, for a minute, for the instance it was made for.

    `state`: by which that instance knows the browser that asked; the code of another browser does not work with it.
    """

    code: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """Who has a code: a JWS of kind `dichterbij-hands-over+jwt` by who operates the portal, `sub` a JWE to who asks."""

    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """A hand-over (the `jti` of its token) whose first login ended."""

    number: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """How many logins ended because of it: none when it had ended already."""

    ended: int


@router.post(taking.PATH, response=schema(HandedOver), by_alias=True, auth=Signed(taking.KIND))
def hand_over(request: FromBody, body: schema(Code)) -> Any:  # type: ignore[valid-type]
    """Say who came with a code, once and within a minute."""
    brought = value_of(Code, body)
    return written(HandedOver(token=giving.give(request.auth, brought.code, brought.state)))


@router.post(ending.PATH, response=schema(Closed), by_alias=True, auth=Signed(ending.KIND))
def ended(request: FromBody, body: schema(Over)) -> Any:  # type: ignore[valid-type]
    """End the login that was handed over: where it began, it ended."""
    if not instances.is_portal(request.auth):
        raise NotAsker
    return written(Closed(ended=ending.end(request.auth, value_of(Over, body).number)))
