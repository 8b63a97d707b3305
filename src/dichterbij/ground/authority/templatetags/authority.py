"""What a page may offer to somebody who acts for another: `{% offers "portaal.wie-keek" as may_look %}`."""

from typing import Any

from django import template

from dichterbij.ground.authority import kinds, offering
from dichterbij.ground.authority.domain import Kind

register = template.Library()


@register.filter
def as_what(ground: str) -> str:
    """Return in words as what somebody acted; empty for a ground that is no kind of authority, as a worker's."""
    return kinds.as_what(Kind(ground)) if ground in set(Kind) else ""


@register.simple_tag(takes_context=True)
def offers(context: dict[str, Any], task: str) -> bool:
    """Say whether to show the way to a page of the portal about somebody as a whole."""
    return offering.offers(context["request"], task)
