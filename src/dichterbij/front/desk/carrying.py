"""Who is found goes from page to page sealed in the session of the worker: never in an address, never in a form."""

import base64
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.access import Subject
from dichterbij.kernel.identifiers import Bsn

from .domain import Person, Presence
from .rules import rules

FOUND, CHOSEN, ASKED = "desk_found", "desk_chosen", "desk_asked"
PURPOSE = "desk.carried"


def put_found(request: HttpRequest, people: Sequence[Person]) -> None:
    """Carry who was found."""
    request.session[FOUND] = _sealed([_plain(each) for each in people])


def found(request: HttpRequest) -> tuple[Person, ...]:
    """Return who was found last."""
    return tuple(_person(each) for each in _opened(request.session.get(FOUND)) or ())


def choose(request: HttpRequest, person: Person, presence: Presence | None = None) -> None:
    """Carry whom the worker is going to help, with how it was shown who they are, if it was."""
    request.session.pop(ASKED, None)
    request.session[CHOSEN] = _sealed({**_plain(person), "presence": presence or "", "at": clock.now().isoformat()})


def chosen(request: HttpRequest) -> tuple[Person, Presence | None] | None:
    """Return whom the worker is going to help; None when nobody was chosen."""
    said = _opened(request.session.get(CHOSEN))
    if not said or clock.now() - datetime.fromisoformat(said["at"]) > timedelta(minutes=rules().code_minutes):
        return None
    return _person(said), Presence(said["presence"]) if said["presence"] else None


def forget(request: HttpRequest) -> None:
    """Carry nobody any more."""
    for name in (FOUND, CHOSEN, ASKED):
        request.session.pop(name, None)


def _plain(person: Person) -> dict[str, Any]:
    return {
        "party": str(person.subject.party),
        "bsn": person.subject.bsn.value if person.subject.bsn else "",
        "name": person.name,
        "born_on": person.born_on,
        "lines": list(person.lines),
    }


def _person(said: dict[str, Any]) -> Person:
    return Person(
        subject=Subject(party=UUID(said["party"]), bsn=Bsn(said["bsn"]) if said["bsn"] else None),
        name=said["name"],
        born_on=said["born_on"],
        lines=tuple(said["lines"]),
    )


def _sealed(said: object) -> str:
    kept = keys.seal(organisations.operator().oin, json.dumps(said).encode(), purpose=PURPOSE)
    return base64.b64encode(kept).decode()


def _opened(kept: str | None) -> Any:
    if not kept:
        return None
    return json.loads(keys.open_sealed(organisations.operator().oin, base64.b64decode(kept), purpose=PURPOSE))
