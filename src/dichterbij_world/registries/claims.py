"""Bodies that claim money as servers: each gives its Financial Claims Information Document about one person.

The document follows Vorderingenoverzicht Rijk (4.1). Its session protocol is for the app of a citizen; here a body asks
with a credential of its own, by POST, so that no number is in an address.
"""

import re

import falcon

from ..store import World
from .brp_queries import shown
from .problems import Invalid, invalid_parameters
from .server import Registry, answer, application, json_body

PATH = "/financial-claims-information-documents"
BODIES = ("cjib", "cak")


def make(name: str, world: World) -> falcon.App[falcon.Request, falcon.Response]:
    """Return the server of one body over a world."""
    registry = Registry(name, world)
    app = application(registry)
    app.add_route(PATH, Documents(registry))
    return app


class Documents:
    """`POST /financial-claims-information-documents`: what one person must pay this body."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def on_post(self, request: falcon.Request, response: falcon.Response) -> None:
        """Answer with the document; 404 for somebody the body does not know."""
        body = json_body(request)
        errors = [
            Invalid(name=shown(name), code="unknownParam", reason="Parameter is niet verwacht.")
            for name in body
            if name != "bsn"
        ]
        if "bsn" not in body:
            errors.append(Invalid(name="bsn", code="required", reason="Parameter is verplicht."))
        elif not isinstance(body["bsn"], str) or not re.fullmatch("[0-9]{9}", body["bsn"]):
            errors.append(Invalid(name="bsn", code="pattern", reason="Waarde voldoet niet aan patroon."))
        if errors:
            raise invalid_parameters(errors)
        document = self._registry.document(request, body["bsn"])
        if document is None:
            raise falcon.HTTPNotFound
        answer(response, {"type": "FINANCIAL_CLAIMS_INFORMATION_DOCUMENT", "version": "4", "body": document})
