"""Whose site this is: the organisation that operates the instance, as the layout shows it."""

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import get_language

from dichterbij.ground.organisations import queries
from dichterbij.ground.organisations.domain import NoOperator
from dichterbij.web import slots


def host(_request: HttpRequest) -> slots.Host:
    """Return the operator with its theme and how to reach it; the product itself while there is no operator."""
    try:
        operator = queries.operator()
    except (NoOperator, DatabaseError):
        return slots.Host(name="Dichterbij")
    contact = operator.contact
    return slots.Host(
        name=operator.name,
        theme=operator.theme or "dichterbij",
        phone=contact.phone,
        phone_abroad=contact.phone_abroad,
        hours=contact.hours.get(get_language() or "nl", ""),
        address=contact.address,
        feedback=contact.url,
    )
