"""What the tests of this room share: a visitor, and programs that each have an address of their own."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.test import Client

_addresses = count(1)


@pytest.fixture
def visitor(organisations: None) -> Client:
    """Return somebody who is not logged in, with one browser."""
    return Client()


@pytest.fixture
def ask(organisations: None) -> Callable[..., Any]:
    """Return a program that asks the API, from an address nobody else in the tests has."""
    number = next(_addresses)
    client = Client(REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}", raise_request_exception=False)

    def asked(operation: str, body: Any, **options: Any) -> Any:
        return client.post(f"/api/law/v1/{operation}", body, content_type="application/json", **options)

    return asked
