"""The bodies of the demonstration, with keys, and a few pages, for the tests of identity."""

from datetime import UTC, datetime

import pytest

from dichterbij.ground.organisations import queries
from dichterbij.kernel import clock

MORNING = datetime(2026, 6, 15, 8, 0, tzinfo=UTC)
ANNA, BORIS = "999990007", "999990019"


@pytest.fixture
def organisations(organisations):
    """The shipped organisations by key; what is remembered of them goes after the test."""
    yield {found.key: found for found in queries.organisations()}
    queries.forget()


@pytest.fixture
def pages(settings):
    """Add the pages of these tests to the site, and return what was sent to them."""
    from . import pages as module

    settings.ROOT_URLCONF = module.__name__
    module.sent.clear()
    return module.sent


@pytest.fixture
def morning():
    """Stop the clock at ten in the morning in Amsterdam."""
    with clock.frozen(MORNING):
        yield MORNING


@pytest.fixture(scope="session")
def world():
    """Make a small invented world where the test means looks for it."""
    from datetime import date

    from dichterbij_world.load import load
    from dichterbij_world.store import default_path

    return load(default_path(), seed=1, persons=150, on=date(2026, 6, 15))


@pytest.fixture
def client_elsewhere():
    """A second browser."""
    from django.test import Client

    return Client()
