"""One real instance per process for the tests that leave nothing behind; fixtures of the journeys."""

from collections.abc import Iterator

import pytest

from tests.journeys.conftest import demonstration, seed, visitor, watch, world  # noqa: F401 fixtures

from .product import Product, Server, product


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """An instance of the product of its own."""
    with product(tmp_path_factory.mktemp("instance")) as made:
        yield made


@pytest.fixture(scope="session")
def pair(instance: Product) -> tuple[Server, Server]:
    """Two servers, each a process of its own, on the same databases."""
    return instance.start(), instance.start()
