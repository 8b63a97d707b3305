"""The bodies of the demonstration, with keys, for the tests of identity."""

import pytest

from dichterbij.ground.organisations import queries, services


@pytest.fixture
def organisations(transactional_db):
    """Set up the shipped organisations; the rows go after the test."""
    found = services.set_up_all()
    yield {organisation.key: organisation for organisation in found}
    queries.forget()


@pytest.fixture(scope="session")
def world():
    """Make a small invented world where the test means looks for it."""
    from datetime import date

    from dichterbij_world.load import load
    from dichterbij_world.store import default_path

    return load(default_path(), seed=1, persons=150, on=date(2026, 6, 15))
