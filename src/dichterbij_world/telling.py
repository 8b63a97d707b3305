"""Send the events of the world to an instance, as a register does: over HTTP, in order, each until it is taken."""

import time
from collections.abc import Iterable, Mapping
from typing import Any

import httpx

TRIES = 8
FIRST_PAUSE_SECONDS = 0.2


class NotTaken(Exception):
    """An instance refuses an event, or does not answer in all these tries."""


def tell(events: Iterable[Mapping[str, Any]], *, to: str, token: str) -> int:
    """Send events, oldest first; returns how many were new there. One that is not taken holds up the later ones."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/cloudevents+json"}
    with httpx.Client(base_url=to, headers=headers, timeout=10) as client:
        return sum(_one(client, event) for event in events)


def _one(client: httpx.Client, event: Mapping[str, Any]) -> int:
    for attempt in range(TRIES):
        try:
            answer = client.post("/events", json=dict(event))
        except httpx.TransportError:
            answer = None
        if answer is not None and answer.status_code == 202:
            return int(answer.json()["new"])
        if answer is not None and answer.status_code < 500 and answer.status_code != 429:
            raise NotTaken(f"refused with {answer.status_code}")
        time.sleep(FIRST_PAUSE_SECONDS * 2**attempt)
    raise NotTaken("no answer")
