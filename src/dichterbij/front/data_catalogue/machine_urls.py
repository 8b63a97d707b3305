"""Addresses for programs: the catalogue, open to anyone."""

from pathlib import Path

from django.urls import include, path

from dichterbij.ground.authority.routes import ANYONE, open_to
from dichterbij.web.api import addresses, contract_page

from .api import PREFIX, WHO, api

contract = open_to(ANYONE)(contract_page(Path(__file__).with_name("openapi.json")))
urlpatterns = [
    path(f"{PREFIX}/openapi.json", contract, name="data-catalogue-contract"),
    path(f"{PREFIX}/", include((addresses(api, declares=WHO.declares), "data-catalogue"))),
]
