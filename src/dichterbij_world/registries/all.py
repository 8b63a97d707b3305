"""Every registry of the world by name, each a WSGI application of its own."""

from collections.abc import Mapping

import falcon

from dichterbij.ground.registry.adapters import transports

from ..store import World, default_path
from . import brp, claims, kadaster, plain
from .contracts import Contract

Application = falcon.App[falcon.Request, falcon.Response]


def applications(world: World) -> Mapping[str, Application]:
    """Return the servers of all registries over one world."""
    by_number = {name: plain.make(name, world) for name in plain.CONTRACTS}
    of_claims = {name: claims.make(name, world) for name in claims.BODIES}
    kept_by_kadaster = {name: make(world) for name, make in kadaster.MAKERS.items()}
    ours = by_number | of_claims | kept_by_kadaster
    for name, served in ours.items():
        served.add_route("/openapi.json", Contract(name))
    return {"brp": brp.make(world)} | ours


def offer(world: World | None = None) -> None:
    """Let the product reach these registries in process, as `inprocess:<name>`, over this instance's world."""
    for name, served in applications(world or World(default_path())).items():
        transports.register(name, served)
