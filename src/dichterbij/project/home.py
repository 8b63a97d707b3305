"""The start of the site when no room of the front offers one: the first page somebody can go to."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from dichterbij.ground.authority.routes import ANYONE, open_to
from dichterbij.web import slots


@open_to(ANYONE)
def home(request: HttpRequest) -> HttpResponse:
    """Go to the first page of the navigation; to the login when there is none for this visitor."""
    pages = slots.items("navigation", request)
    return HttpResponseRedirect(pages[0].url if pages else reverse("login"))
