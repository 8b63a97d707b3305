"""An API of these tests: one operation for anyone, one for people, one for workers."""

from django.http import HttpRequest
from django.urls import path
from ninja import NinjaAPI

from dichterbij.ground.authority.routes import ANYONE, CITIZEN, STAFF, api_open_to, login_of
from dichterbij.kernel.levels import Level
from dichterbij.project import urls as site

api = NinjaAPI(urls_namespace="tests-of-authority", docs_url=None, openapi_url=None)


@api.post("/open", auth=api_open_to(ANYONE))
def anyone(request: HttpRequest) -> dict[str, bool]:
    """Answer anyone."""
    return {"known": login_of(request) is not None}


@api.get("/own", auth=api_open_to(CITIZEN))
@api.post("/own", auth=api_open_to(CITIZEN))
def own(request: HttpRequest) -> dict[str, str]:
    """Answer a person."""
    return {"means": login_of(request).means}


@api.get("/work", auth=api_open_to(STAFF, level=Level.HIGH))
def work(request: HttpRequest) -> dict[str, str]:
    """Answer a worker."""
    return {"means": login_of(request).means}


urlpatterns = [path("api/tests/", api.urls), *site.urlpatterns]
