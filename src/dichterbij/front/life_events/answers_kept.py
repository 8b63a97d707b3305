"""Answers of the public checklist, from before login: offered once, one by one, to the person who gave them."""

from collections.abc import Mapping

from django.http import HttpRequest

from dichterbij.ground.assessment import guest_answers


def offered(request: HttpRequest, event: str) -> dict[str, object]:
    """Return the answers that may be taken along into a plan."""
    return guest_answers.given(request, _topic(event))


def keep(request: HttpRequest, event: str, answers: Mapping[str, object]) -> None:
    """Keep answers for half an hour, in place of earlier ones."""
    guest_answers.keep(request, _topic(event), answers)


def forget(request: HttpRequest, event: str) -> None:
    """Erase the answers of this browser about an event."""
    guest_answers.forget(request, _topic(event))


def _topic(event: str) -> str:
    return f"life-events.{event}"
