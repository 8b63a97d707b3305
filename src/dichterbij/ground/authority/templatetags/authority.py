"""What a page may offer to somebody who acts for another: `{% offers "portaal.wie-keek" as may_look %}`."""

from typing import Any

from django import template

from dichterbij.ground.authority import offering

register = template.Library()


@register.simple_tag(takes_context=True)
def offers(context: dict[str, Any], task: str) -> bool:
    """Say whether to show the way to a page of the portal about somebody as a whole."""
    return offering.offers(context["request"], task)
