"""Addresses that organisations ask, and the contract of them."""

from pathlib import Path

from django.urls import include, path

from dichterbij.delivery.providers.signed import Signed
from dichterbij.ground.authority.routes import ANYONE, open_to
from dichterbij.web.api import addresses, contract_page

from .api import PREFIX, api

contract = open_to(ANYONE)(contract_page(Path(__file__).with_name("openapi.json")))
urlpatterns = [
    path(f"{PREFIX}/openapi.json", contract, name="data-processing-log-contract"),
    path(f"{PREFIX}/", include((addresses(api, declares=Signed.declares), "data-processing-log"))),
]
