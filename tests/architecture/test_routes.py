"""Every address says who may call it, and at which level of assurance."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver


def _views(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Callable[..., object]]]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address, entry.callback
        else:
            yield from _views(entry, address)


ROUTES = sorted(_views(get_resolver()), key=lambda route: route[0])


def test_there_are_routes_to_check() -> None:
    assert len(ROUTES) > 20


@pytest.mark.parametrize(("address", "view"), ROUTES, ids=[address for address, _ in ROUTES])
def test_every_address_declares_who_may_call_it(address: str, view: Callable[..., object]) -> None:
    declared = getattr(view, "declares", None)
    assert declared is not None, f"{address} ({view}) does not say who may call it"
    assert declared.level is not None


@pytest.mark.parametrize("address", [address for address, _ in ROUTES])
def test_no_address_has_room_for_a_number_of_a_person(address: str) -> None:
    for word in ("bsn", "burgerservicenummer", "<int:"):
        assert word not in address
