"""A housing corporation that asks, somebody who says yes, and what the corporation then gets."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from dichterbij.delivery.sharing import deciding, signature
from dichterbij.delivery.sharing.domain import Consent
from dichterbij.ground.authority import registers
from dichterbij.ground.authority.portal import own_access
from dichterbij.ground.identity.domain import ActingFor, Login
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.logbook.models import Line
from dichterbij.kernel.access import Access, Permission, Subject
from dichterbij.kernel.identifiers import Bsn
from dichterbij_world import corporation

Answer = tuple[int, dict[str, Any]]
Post = Callable[..., Answer]
LIMIT = {"purpose": "huurwoning", "packet": "inkomen-grens", "atMostCents": 5_000_000}
AMOUNT = {"purpose": "huurwoning", "packet": "inkomen"}
ADDRESS = {"purpose": "huurwoning", "packet": "woonadres"}


@pytest.fixture
def post(organisations: None, world: object, monkeypatch: pytest.MonkeyPatch) -> Post:
    """Return a function that sends a request of the corporation; `number`: of its token, to send it again."""
    corporation.set_up()
    monkeypatch.setattr(signature, "keeps_pace", lambda _: True)  # all tests ask as one company

    def send(path: str, body: object, number: UUID | None = None) -> Answer:
        content, headers = corporation.signed(path, body, number)
        answer = Client().post(f"{corporation.BASE}{path}", content, "application/json", headers=headers)
        return answer.status_code, answer.json()

    return send


class Person:
    """Somebody who is logged in."""

    def __init__(self, bsn: Bsn) -> None:
        self.login: Login = sign_in_client(Client(), bsn)

    def access(self, permission: Permission = Permission.READ, about: Consent | None = None) -> Access:
        return deciding.access(self.login, permission, about)

    def acting_for(self, represented: Bsn) -> "Person":
        """Go on as who acts for another by law."""
        registers.look_up(own_access(self.login, Permission.READ))
        subject = Subject(party=party_for(represented), bsn=represented)
        self.login = replace(self.login, acting_for=ActingFor(subject=subject, name="Een ander"))
        return self

    def opens(self, code: str) -> Consent:
        return deciding.open_question(self.access(), code)

    def says_yes(self, code: str, *, is_once: bool = True) -> Consent:
        found = self.opens(code)
        deciding.give(self.access(Permission.SUBMIT, found), found.id, is_once=is_once)
        return deciding.one(self.access(), found.id)

    def takes_back(self, found: Consent) -> None:
        deciding.withdraw(self.access(Permission.SUBMIT, found), found.id)


@pytest.fixture
def person(organisations: None, persona: Callable[[str], Bsn]) -> Callable[[str], Person]:
    """Return a function that logs in somebody of the world."""
    return lambda key: Person(persona(key))


def asked(post: Post, body: dict[str, object] = LIMIT) -> tuple[str, str]:
    """Return number and code of a new question."""
    status, said = post("/requests", body)
    assert status == 200, said
    return said["request"], said["code"]


def fetched(post: Post, request: str, body: dict[str, object] = LIMIT) -> Answer:
    """Return what the corporation gets for a question: a token first, then the facts."""
    status, said = post("/tokens", {"request": request})
    if status != 200:
        return status, said
    return post("/facts", {"token": said["token"], "purpose": body["purpose"], "packet": body["packet"]})


def lines() -> list[dict[str, Any]]:
    """Return every line of the log, the oldest first."""
    return [json.loads(bytes(line.body)) for line in Line.objects.order_by("id")]
