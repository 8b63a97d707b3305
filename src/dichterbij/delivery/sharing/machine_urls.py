"""Addresses that companies ask, and the contract of them."""

from pathlib import Path

from django.urls import include, path

from dichterbij.ground.authority.routes import ANYONE, open_to
from dichterbij.web.api import addresses, contract_page

from .api import api
from .signature import SignedRequest

BASE = "api/sharing/v1"
contract = open_to(ANYONE)(contract_page(Path(__file__).with_name("openapi.json")))
urlpatterns = [
    path(f"{BASE}/openapi.json", contract, name="sharing-contract"),
    path(f"{BASE}/", include((addresses(api, declares=SignedRequest.declares), "sharing"))),
]
