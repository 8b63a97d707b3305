"""What the tests of the desk share: workers at counters, and somebody with an application."""

from collections.abc import Callable

import pytest
from django.test import Client

from dichterbij.delivery.cases import services
from dichterbij.delivery.cases.domain import CaseLine
from dichterbij.delivery.conftest import worker

from .talking import GRANT

__all__ = ["worker"]


@pytest.fixture
def counter(log_in) -> Client:
    """A worker of the municipality that operates the portal."""
    return log_in("rotterdam_handler")


@pytest.fixture
def duo(log_in) -> Client:
    return log_in("duo_handler")


@pytest.fixture
def apply(citizen) -> Callable[..., CaseLine]:
    def submitted(key: str = "student", product: str = GRANT) -> CaseLine:
        draft = services.start(citizen(key, product), product, name="M. Verzonnen", language="nl")
        return services.submit(citizen(key, product), draft.id, draft.key)

    return submitted
