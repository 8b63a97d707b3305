"""Addresses that the session dialog and other machines ask."""

from pathlib import Path

from django.urls import include, path

from dichterbij.web.api import addresses, contract_page

from . import views
from .api import SourceToken, api
from .openid.urls import urlpatterns as openid
from .routes import ANYONE, open_to
from .saml.urls import urlpatterns as saml

EVENTS = "api/registry-events/v1"
contract = open_to(ANYONE)(contract_page(Path(__file__).with_name("openapi.json")))

urlpatterns = [
    path(f"{EVENTS}/openapi.json", contract, name="registry-events-contract"),
    path(f"{EVENTS}/", include((addresses(api, declares=SourceToken.declares), "registry-events"))),
    *openid,
    *saml,
    path("session", views.session, name="session"),
    path("session/renew", views.renew, name="session-renew"),
]
