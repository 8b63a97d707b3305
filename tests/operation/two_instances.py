"""Two real instances, a state each: DUO lives in its own, everybody else in that of Rotterdam; they ask each other."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .product import Product, Server, free_port, product

SHIPPED = Path(__file__).resolve().parents[2] / "content" / "organisations"
API = "/api/provider/v1"
APART = "duo"
PORTAL = "rotterdam"
HOSTS = {PORTAL: "127.0.0.1", APART: "localhost"}
"""Two names, so that a browser takes them for two sites: it keeps their cookies apart."""


@dataclass
class Pair:
    """The instance of the portal of Rotterdam and that of DUO, with their servers."""

    portal: Product
    apart: Product
    portal_port: int
    apart_port: int

    def serve(self) -> tuple[Server, Server]:
        """Start both."""
        return self.serve_portal(), self.serve_apart()

    def serve_portal(self) -> Server:
        """Start the instance of Rotterdam."""
        return self.portal.start(port=self.portal_port)

    def serve_apart(self) -> Server:
        """Start the instance of DUO."""
        return self.apart.start(port=self.apart_port)


@contextmanager
def two_instances(folder: Path) -> Iterator[Pair]:
    """Make both: each has the other's public keys in its files, as two operators would give them to each other."""
    ports = (free_port(), free_port())
    portal, apart = folder / "portal", folder / "apart"
    with _instance(portal) as first, _instance(apart) as second:
        hosted = [key for key, found in _shipped().items() if found.get("hosted") and key != APART]
        keys_there, keys_here = _public_keys(second, [APART]), _public_keys(first, hosted)
        there, here = f"{HOSTS[APART]}:{ports[1]}", f"{HOSTS[PORTAL]}:{ports[0]}"
        _overlay(portal, {APART: _lives_at(there, keys_there[APART]) | {"may_ask": True}})
        _overlay(
            apart,
            {
                key: {
                    "operator": False,
                    "may_ask": key == PORTAL,
                    "may_mandate": key == PORTAL,
                    **_lives_at(here, keys),
                }
                for key, keys in keys_here.items()
            }
            | {APART: {"operator": True}},
        )
        for made in (first, second):
            made.run("demonstration")
        yield Pair(first, second, *ports)


@contextmanager
def _instance(state: Path) -> Iterator[Product]:
    state.mkdir()
    overlay = state / "overlay"
    (overlay / "content" / "organisations").mkdir(parents=True)
    with product(state, set_up=False, extra={"DICHTERBIJ_DATA": str(overlay)}) as made:
        yield made


def _shipped() -> Mapping[str, dict[str, Any]]:
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in SHIPPED.glob("*.yaml")}


def _public_keys(made: Product, keys: list[str]) -> Mapping[str, dict[str, Any]]:
    """Let an instance make the keys of who lives there, and return the public ones as it prints them."""
    made.run("setup", "organisation", *(str(SHIPPED / f"{key}.yaml") for key in keys))
    return {key: yaml.safe_load(made.run("setup", "keys", key)) for key in keys}


def _lives_at(address: str, keys: Mapping[str, Any]) -> dict[str, Any]:
    return {"hosted": False, "provider_url": f"http://{address}{API}", **keys}


def _overlay(state: Path, changes: Mapping[str, Mapping[str, Any]]) -> None:
    for key, change in changes.items():
        path = state / "overlay" / "content" / "organisations" / f"{key}.yaml"
        path.write_text(yaml.safe_dump({**_shipped()[key], **change}), encoding="utf-8")
