"""What every test shares: databases that are empty when it starts, organisations, and accesses."""

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_OID, uuid4, uuid5

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as properties
from xdist.scheduler import LoadFileScheduling

from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Activity, Actor, Permission, Role, Subject
from dichterbij.kernel.identifiers import Bsn, Oin
from dichterbij.kernel.levels import Level

gc.set_threshold(50_000, 20, 20)  # looking through all that is remembered was a quarter of the time of the tests

properties.register_profile("same", derandomize=True, deadline=None)
properties.register_profile("new", derandomize=False, deadline=None)
properties.load_profile("same")  # invented values are the same in every run; others with --hypothesis-profile=new


class _Scheduling(LoadFileScheduling):
    """One process does a whole file, and one does all of `tests/operation`, so that what tests share is made once."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return "tests/operation" if file.startswith("tests/operation/") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling:
    return _Scheduling(config, log)


@pytest.fixture(scope="session", autouse=True)
def _a_test_leaves_its_databases_empty() -> Iterator[None]:
    from tests import databases

    def empty(case: TransactionTestCase) -> None:
        databases.empty(case._databases_names(include_mirrors=False))

    everything = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = empty
    yield
    TransactionTestCase._fixture_teardown = everything


@pytest.fixture(autouse=True)
def _a_test_leaves_its_language_behind() -> Iterator[None]:
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def organisations(transactional_db: None) -> None:  # noqa: ARG001 the database must be there
    """Set up the organisations of the shipped data, with their keys; needs both databases."""
    from tests import databases

    databases.set_up_organisations()


@pytest.fixture
def read_only_logbook() -> Callable[[], AbstractContextManager[None]]:
    """Return a context in which the logbook's database really refuses every write."""
    return _read_only_logbook


@contextmanager
def _read_only_logbook() -> Iterator[None]:
    connection = connections["logbook"]
    name = "default_transaction_read_only" if connection.vendor == "postgresql" else "query_only"
    form = "SET {} = {}" if connection.vendor == "postgresql" else "PRAGMA {} = {}"
    with connection.cursor() as cursor:
        cursor.execute(form.format(name, "on"))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(form.format(name, "off"))


@pytest.fixture(scope="session")
def new_access() -> Callable[..., Access]:
    """Return a function that makes an access of a citizen to their own data; fields can be given by name."""
    return _new_access


def _new_access(*, bsn: Bsn, organisation: Oin, **changes: Any) -> Access:
    party = changes.pop("party", None) or uuid5(NAMESPACE_OID, bsn.value)
    access = Access(
        actor=Actor(role=Role.CITIZEN, organisation=organisation, party=party),
        subject=Subject(party=party, bsn=bsn),
        organisation=organisation,
        activity=Activity(id="tests.activity", version="1", purpose="Dit uitproberen", legal_basis="Geen"),
        permission=Permission.READ,
        product="",
        level=Level.SUBSTANTIAL,
        act=uuid4(),
        at=clock.now(),
        trace=uuid4().hex,
    )
    return replace(access, **changes)
