"""Addresses that a portal in another instance asks, and the contract of it."""

from pathlib import Path

from django.urls import include, path

from dichterbij.ground.authority.routes import ANYONE, open_to
from dichterbij.web.api import addresses, contract_page

from .api import PREFIX, api
from .receiving import SignedAssertion

contract = open_to(ANYONE)(contract_page(Path(__file__).with_name("openapi.json")))
urlpatterns = [
    path(f"{PREFIX.lstrip('/')}/openapi.json", contract, name="provider-contract"),
    path(f"{PREFIX.lstrip('/')}/", include((addresses(api, declares=SignedAssertion.declares), "provider"))),
]
