"""Whose site this is: the organisation that operates the instance, as the layout shows it."""

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import get_language

from dichterbij.delivery.contact.reaching import closed_told
from dichterbij.ground.authority.routes import login_of
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.organisations import queries
from dichterbij.ground.organisations.domain import NoOperator, Organisation
from dichterbij.web import slots


def host(request: HttpRequest) -> slots.Host:
    """Return whose page this is, with its theme and how to reach it: a worker's own organisation, else the operator.

    The product itself while there is no operator.
    """
    try:
        shown = _own_organisation(login_of(request)) or queries.operator()
    except (NoOperator, DatabaseError):
        return slots.Host(name="Dichterbij")
    contact = shown.contact
    return slots.Host(
        name=shown.name,
        theme=shown.theme or "dichterbij",
        phone=contact.phone,
        phone_abroad=contact.phone_abroad,
        hours=contact.hours.get(get_language() or "nl", ""),
        address=contact.address,
        feedback=contact.url,
        closed_told=closed_told(shown),
    )


def _own_organisation(login: Login | None) -> Organisation | None:
    """Return the one organisation that somebody works for."""
    employers = {role.organisation for role in login.staff} if login else set()
    return queries.organisation(employers.pop()) if len(employers) == 1 else None
