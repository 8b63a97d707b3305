"""The signed stands of the logbook, for everybody: who keeps one can tell later whether anything was changed since."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Schema

from dichterbij.ground.authority.routes import ANYONE, api_open_to
from dichterbij.ground.logbook import proving
from dichterbij.ground.logbook.domain import Log
from dichterbij.web.api import make_api

PREFIX = "api/logbook/v1"
WHO = api_open_to(ANYONE)
MOST = 100

api = make_api(
    "logbook",
    title="Dichterbij: signed stands of the logbook",
    version="1.1.0",
    description="After so many lines the log had this chain and this tree (RFC 6962), says the operator. Keep one, and "
    "compare it later: `dichterbij logbook verify --head open:SIZE:CHAIN`. Or ask for the proof that a later one only "
    "added to it, and check that with `verify --proof FILE`. A stand says nothing of anybody.",
    auth=WHO,
)


class Stand(Schema):
    """A signed stand. `chain`, `root`: hexadecimal, SHA-256; `root` is absent before there was a tree."""

    size: int
    chain: str
    root: str | None
    sealedAt: str  # noqa: N815 as it stands in a proof
    operator: str
    publicKey: str  # noqa: N815 as it stands in a proof
    signature: str


class Stands(Schema):
    """Signed stands, the newest first."""

    heads: list[Stand]


@api.get("/heads", response=Stands)
def heads(request: HttpRequest, before: Annotated[int | None, Query(ge=0)] = None) -> Any:  # noqa: ARG001 the same for everybody
    """List the newest signed stands of the open log; `before`: only those of fewer lines."""
    return {"heads": proving.stands(before=before, limit=MOST)}


class Consistency(Schema):
    """The proof that the log of the second stand begins with that of the first (RFC 9162, 2.1.4)."""

    v: int
    log: str
    first: Stand
    second: Stand
    path: list[str]


Size = Annotated[int, Query(ge=1, le=proving.LARGEST)]


@api.get("/consistency", response=Consistency)
def consistency(request: HttpRequest, first: Size, second: Size) -> Any:  # noqa: ARG001 the same for everybody
    """Prove that between two signed stands, named by how many lines they had, lines were only added."""
    return proving.consistency(Log.OPEN, first, second)
