"""Registries that have one way to ask: a list of numbers and of fields, by POST so that no number is in an address.

`POST /{what}` with `{"burgerservicenummer": [...], "fields": [...]}` gives `{"personen": [...]}`: for every number the
registry knows, the asked top-level groups. Numbers it does not know are left out. These contracts are our own: the
real ones of these bodies are not public; names follow the words the bodies use.
"""

from collections.abc import Mapping
from typing import Any

import falcon

from ..store import World
from .brp_queries import BY_NUMBER, QUERY_TYPES, parameter_errors
from .problems import FIELDS_NOT_ALLOWED, Invalid, invalid_parameters
from .server import Events, Registry, answer, application, json_body

# registry: path, and the groups of fields that may be asked
CONTRACTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "belastingdienst": ("/inkomens-en-vermogens", ("inkomensgegevens", "vermogensgegevens")),
    "rvz": ("/verzekeringen", ("verzekeringen",)),
    "duo": ("/onderwijsgegevens", ("inschrijvingen", "studiefinanciering")),
    "svb": ("/verzekerden", ("verzekering", "aow", "anw", "kinderbijslag")),
    "kvk": ("/functionarissen", ("functies",)),
    "rdw": ("/tenaamstellingen", ("voertuigen",)),
    "huur": ("/huurovereenkomsten", ("huurovereenkomst",)),
    "lrk": ("/opvang", ("opvang",)),
    "uwv": ("/polisadministratie", ("inkomstenverhoudingen", "arbeidsverleden", "uitkeringen")),
    "ccbr": (
        "/registraties",
        (
            "curatoren",
            "clienten",
            "bewindvoerders",
            "mentoren",
            "voogden",
            "nalatenschappen",
            "faillissementen",
            "insolventies",
        ),
    ),
}
# registry: address of one company, and under which name the world keeps what is known of it
COMPANIES: Mapping[str, tuple[str, str]] = {
    "kvk": ("/v1/basisprofielen/{number}", "kvk-profiel"),
    "ccbr": ("/v1/insolventies/{number}", "ccbr-onderneming"),
}


def make(name: str, world: World) -> falcon.App[falcon.Request, falcon.Response]:
    """Return the server of one of these registries over a world."""
    path, groups = CONTRACTS[name]
    registry = Registry(name, world)
    app = application(registry)
    app.add_route(path, Records(registry, groups))
    if name == "belastingdienst":
        app.add_route("/gebeurtenissen/{event}", Events(registry, "inkomens"))
    if name in COMPANIES:
        address, kept_as = COMPANIES[name]
        app.add_route(address, Companies(registry, kept_as))
    return app


class Records:
    """What a registry knows of persons, by their numbers."""

    def __init__(self, registry: Registry, groups: tuple[str, ...]) -> None:
        self._registry = registry
        self._groups = groups

    def on_post(self, request: falcon.Request, response: falcon.Response) -> None:
        """Answer for every number the registry knows, or refuse with every parameter that is wrong."""
        body = json_body(request) | {"type": BY_NUMBER}
        errors = parameter_errors(body, QUERY_TYPES[BY_NUMBER]) + self._group_errors(body.get("fields"))
        if errors:
            raise invalid_parameters(errors)
        if not all(request.context.consumer.may_see(group) for group in body["fields"]):
            raise FIELDS_NOT_ALLOWED
        documents = (self._registry.document(request, number) for number in dict.fromkeys(body["burgerservicenummer"]))
        answer(response, {"personen": [_cut_down(one, body["fields"]) for one in documents if one is not None]})

    def _group_errors(self, fields: object) -> list[Invalid]:
        if not isinstance(fields, list) or not fields:
            return [Invalid(name="fields", code="required", reason="Parameter is verplicht.")]
        wrong = [index for index, field in enumerate(fields) if field not in self._groups]
        reason = "Parameter bevat een niet bestaande veldnaam."
        return [Invalid(name=f"fields[{index}]", code="fields", reason=reason) for index in wrong]


class Companies:
    """What is public about a company, by its number: the profile of the business register, or that it is bankrupt."""

    def __init__(self, registry: Registry, kept_as: str) -> None:
        self._registry = registry
        self._kept_as = kept_as

    def on_get(self, _request: falcon.Request, response: falcon.Response, number: str) -> None:
        """Answer with what is known; 404 for a number of which nothing is."""
        found = self._registry.world.document(self._kept_as, number)
        if found is None:
            raise falcon.HTTPNotFound
        answer(response, found)


def _cut_down(document: Mapping[str, Any], groups: list[str]) -> dict[str, Any]:
    return {name: document[name] for name in ("burgerservicenummer", *groups) if name in document}
