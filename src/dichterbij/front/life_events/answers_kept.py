"""Answers of the public checklist, from before login: offered once, one by one, to the person who gave them."""

from uuid import UUID

from django.http import HttpRequest

from . import queries, services

SESSION = "life_events.answers"


def kept(request: HttpRequest) -> UUID | None:
    """Return the id of the answers of this browser, if any. Another person's login has erased it."""
    answers_id = request.session.get(SESSION)
    return UUID(answers_id) if answers_id else None


def offered(request: HttpRequest, event: str) -> dict[str, object]:
    """Return the answers that may be taken along into a plan."""
    return queries.answers(kept(request), event)


def keep(request: HttpRequest, event: str, answers: dict[str, object]) -> None:
    """Keep answers for half an hour, in place of earlier ones."""
    answers_id = services.keep_answers(event, answers, kept(request))
    request.session[SESSION] = str(answers_id) if answers_id else None


def forget(request: HttpRequest) -> None:
    """Erase the answers of this browser."""
    services.forget_answers(kept(request))
    request.session.pop(SESSION, None)
