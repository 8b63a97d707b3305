"""Asking the other machine of a means: within a time and a size, and not again and again while it is down."""

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from dichterbij.ground.registry import breaker

from .refusals import MeansUnavailable

DEADLINE = 5.0
"""Seconds until the whole answer is there; who logs in waits for it."""
LARGEST = 200_000
"""Bytes of an answer."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back."""

    status: int
    content: bytes


def fetch(http: httpx.Client, method: str, address: str, **sent: Any) -> Fetched:
    """Return an answer of any status; raises `MeansUnavailable` when it is late, too large, broken or not there."""
    name = urlsplit(address).netloc
    if not breaker.may_ask(name):
        raise MeansUnavailable
    try:
        found = _received(http, method, address, sent)
    except (httpx.HTTPError, TimeoutError):
        breaker.failed(name)
        raise MeansUnavailable from None
    if found.status >= 500:
        breaker.failed(name)
        raise MeansUnavailable
    breaker.answered(name)
    return found


def _received(http: httpx.Client, method: str, address: str, sent: dict[str, Any]) -> Fetched:
    until, content = time.monotonic() + DEADLINE, bytearray()
    with http.stream(method, address, timeout=DEADLINE, **sent) as answer:
        for part in answer.iter_bytes():
            content += part
            if len(content) > LARGEST or time.monotonic() > until:
                raise TimeoutError
        return Fetched(answer.status_code, bytes(content))
