"""Answers of somebody who is not logged in: sealed, half an hour on the server, in no address and no log.

The session of the browser knows only an id per subject. Logging in keeps them; the login of another person erases
the session, and with it the way to them.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock

from .models import GuestAnswers

KEPT_FOR = timedelta(minutes=30)
PURPOSE = "assessment.guest-answers"
SESSION = "guest_answers"


def given(request: HttpRequest, topic: str) -> dict[str, Any]:
    """Return the answers this browser gave about a topic; none when their half hour is over."""
    kept = _kept(request, topic)
    row = GuestAnswers.objects.filter(id=kept, topic=topic, until__gt=clock.now()).first() if kept else None
    if row is None:
        return {}
    opened = keys.open_sealed(organisations.operator().oin, bytes(row.sealed), purpose=PURPOSE)
    return dict(json.loads(opened))


def keep(request: HttpRequest, topic: str, answers: Mapping[str, Any]) -> None:
    """Keep answers for half an hour, in place of earlier ones about the topic; none at all when there are none."""
    forget(request, topic)
    if not answers:
        return
    sealed = keys.seal(organisations.operator().oin, json.dumps(dict(answers)).encode(), purpose=PURPOSE)
    row = GuestAnswers.objects.create(topic=topic, sealed=sealed, until=clock.now() + KEPT_FOR)
    request.session[SESSION] = {**request.session.get(SESSION, {}), topic: str(row.id)}


def forget(request: HttpRequest, topic: str) -> None:
    """Erase the answers of this browser about a topic."""
    kept = _kept(request, topic)
    if kept is not None:
        GuestAnswers.objects.filter(id=kept).delete()
        others = {name: each for name, each in request.session[SESSION].items() if name != topic}
        request.session[SESSION] = others


def purge(now: datetime) -> int:
    """Erase answers whose half hour is over."""
    return GuestAnswers.objects.filter(until__lte=now).delete()[0]


def _kept(request: HttpRequest, topic: str) -> UUID | None:
    known = request.session.get(SESSION, {}).get(topic)
    return UUID(known) if known else None
