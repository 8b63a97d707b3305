"""Addresses for the notification service."""

from pathlib import Path

from django.urls import include, path

from dichterbij.ground.identity.routes import ANYONE, open_to
from dichterbij.web.api import addresses, contract_page

from .api import PREFIX, ServiceToken, api

contract = open_to(ANYONE)(contract_page(Path(__file__).with_name("openapi.json")))
urlpatterns = [
    path(f"{PREFIX}/openapi.json", contract, name="notice-receipts-contract"),
    path(f"{PREFIX}/", include((addresses(api, declares=ServiceToken.declares), "notice-receipts"))),
]
