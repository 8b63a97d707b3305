"""Addresses for programs: the API of the law and its contract, open to anyone."""

from pathlib import Path
from typing import Final

from django.urls import URLPattern, path

from dichterbij.ground.authority.routes import ANYONE, open_to
from dichterbij.web.api import addresses, contract_page

from .api import WHO, api
from .limits import limited

CONTRACT: Final = Path(__file__).with_name("openapi.json")
BASE: Final = "api/law/v1/"


def _address(each: URLPattern) -> URLPattern:
    view = limited(each.callback, api.version)
    return path(BASE + str(each.pattern), view)


urlpatterns = [
    *(_address(each) for each in addresses(api, declares=WHO.declares)),
    path(f"{BASE}openapi.json", open_to(ANYONE)(contract_page(CONTRACT))),
]
