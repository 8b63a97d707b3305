"""What the Kadaster serves: the land register (BRK bevragen 2.0), and the national facilities of what municipalities
keep: addresses and buildings (BAG individuele bevragingen 2.0) and property values (WOZ bevragen 1.0).

Answers are HAL. Who owns what is asked by POST, so that no number of a person is in an address; what a home is and is
worth is asked by its identification, which says nothing about anybody. Of the BAG one way to ask is served: a building
unit as it is now.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import falcon

from ..store import World
from .brp_queries import shown
from .problems import NOT_ACCEPTABLE, Invalid, invalid_parameters
from .server import Registry, application, json_body

HAL = "application/hal+json"
PARCEL_FIELDS = frozenset({"identificatie", "domein", "type", "kadastraleAanduiding", "adressen"})
VALUE_FIELDS = frozenset(
    {
        *("identificatie", "aanduiding", "adresseerbaarObjectIdentificaties", "verantwoordelijkeGemeente", "waarden"),
        "kadastraalOnroerendeZaakIdentificaties",
    }
)


def make_brk(world: World) -> falcon.App[falcon.Request, falcon.Response]:
    """Return the land register over a world."""
    registry = Registry("brk", world)
    app = application(registry)
    app.add_route("/kadastraalonroerendezaken", Parcels(registry))
    return app


def make_woz(world: World) -> falcon.App[falcon.Request, falcon.Response]:
    """Return the register of property values over a world."""
    registry = Registry("woz", world)
    app = application(registry)
    app.add_route("/wozobjecten", Values(registry))
    return app


def make_bag(world: World) -> falcon.App[falcon.Request, falcon.Response]:
    """Return the register of addresses and buildings over a world."""
    registry = Registry("bag", world)
    app = application(registry)
    app.add_route("/verblijfsobjecten/{home}", Homes(registry))
    return app


MAKERS = {"bag": make_bag, "brk": make_brk, "woz": make_woz}


class Homes:
    """`GET /verblijfsobjecten/{identificatie}`: one building unit."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def on_get(self, request: falcon.Request, response: falcon.Response, home: str) -> None:
        """Answer with the building unit; 404 when there is none with that identification."""
        if not request.client_accepts(HAL):
            raise NOT_ACCEPTABLE
        errors = _unknown(request.params, set())
        if not re.fullmatch("[0-9]{4}01[0-9]{10}", home):
            errors.append(_wrong("identificatie"))
        if errors:
            raise invalid_parameters(errors)
        found = self._registry.document(request, home)
        if found is None:
            raise falcon.HTTPNotFound
        _send(response, {**found, "_links": {"self": {"href": f"/verblijfsobjecten/{home}"}}})


class Parcels:
    """`POST /kadastraalonroerendezaken`: what somebody owns (`ZoekKadastraalOnroerendeZakenMetBsn`)."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def on_post(self, request: falcon.Request, response: falcon.Response) -> None:
        """Answer with the parcels of one person; none when the register knows of nothing."""
        body = json_body(request, accepts=HAL)
        number = body.get("burgerservicenummer")
        errors = _unknown(body, {"burgerservicenummer", "fields"})
        if number is None:
            errors.append(Invalid(name="burgerservicenummer", code="required", reason="Parameter is verplicht."))
        elif not isinstance(number, str) or not re.fullmatch("[0-9]{9}", number):
            errors.append(_wrong("burgerservicenummer"))
        fields, field_errors = _fields(body, PARCEL_FIELDS)
        if errors := errors + field_errors:
            raise invalid_parameters(errors)
        document = self._registry.document(request, str(number)) or {}
        _answer(response, "/kadastraalonroerendezaken", "kadastraalOnroerendeZaken", _cut(document, fields))


class Values:
    """`GET /wozobjecten`: the values of a home, by the identification of the home or of its address."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def on_get(self, request: falcon.Request, response: falcon.Response) -> None:
        """Answer with the object; none when there is no home with that identification."""
        if not request.client_accepts(HAL):
            raise NOT_ACCEPTABLE
        name, asked = "adresseerbaarObjectIdentificatie", request.params
        errors, home = _unknown(asked, {name, "fields"}), asked.get(name)
        if home is None:
            errors.append(Invalid(name=name, code="required", reason="Parameter is verplicht."))
        elif not isinstance(home, str) or not re.fullmatch("[0-9]{16}", home):
            errors.append(_wrong(name))
        fields, field_errors = _fields(asked, VALUE_FIELDS)
        if errors := errors + field_errors:
            raise invalid_parameters(errors)
        found = self._registry.document(request, str(home))
        objects = [{key: value for key, value in found.items() if key in fields}] if found else []
        _answer(response, "/wozobjecten", "wozObjecten", objects)


def _cut(document: Mapping[str, Any], fields: frozenset[str]) -> list[dict[str, Any]]:
    parcels = document.get("kadastraalOnroerendeZaken", ())
    return [{key: value for key, value in parcel.items() if key in fields} for parcel in parcels]


def _fields(given: Mapping[str, object], known: frozenset[str]) -> tuple[frozenset[str], list[Invalid]]:
    """Return the fields that are asked, named in one text with commas; all when that is left out."""
    if "fields" not in given:
        return known, []
    asked = given["fields"]
    names = asked.split(",") if isinstance(asked, str) else [""]
    wrong = not set(names) <= known
    return frozenset(names), [Invalid(name="fields", code="fields", reason=_NO_SUCH_FIELD)] if wrong else []


def _unknown(given: Mapping[str, object], known: set[str]) -> list[Invalid]:
    return [
        Invalid(name=shown(name), code="unknownParam", reason="Parameter is niet verwacht.")
        for name in given
        if name not in known
    ]


def _wrong(name: str) -> Invalid:
    return Invalid(name=name, code="pattern", reason="Waarde voldoet niet aan patroon.")


def _answer(response: falcon.Response, path: str, name: str, found: list[dict[str, Any]]) -> None:
    _send(response, {"_links": {"self": {"href": path}}, "_embedded": {name: found}})


def _send(response: falcon.Response, body: dict[str, Any]) -> None:
    response.content_type = HAL
    response.text = json.dumps(body, ensure_ascii=False)


_NO_SUCH_FIELD = "Parameter bevat een niet bestaande veldnaam."
