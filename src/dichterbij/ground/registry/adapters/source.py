"""One registry as a thing to ask: credentials, a deadline, trying again, and what its refusals mean to us."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import httpx

from dichterbij.kernel.identifiers import Number

from ..domain import NotAtSource, SourceRefused, SourceUnavailable, TooManyAtSource
from . import transports

DEADLINE_SECONDS = 1.0
MOST_PERSONS = 20
_REFUSALS = {"tooManyResults": TooManyAtSource, "notFound": NotAtSource}
_PAUSES = (0.05, 0.2)
_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A registry with its client. All questions are reads, so asking again is safe."""

    name: str
    client: httpx.Client

    def ask(self, path: str, body: Json, *, trace: str = "", headers: Mapping[str, str] | None = None) -> Json:
        """Post a question and return the JSON answer, within one second with every repetition.

        Raises `SourceUnavailable` (no answer in time, or the source says it cannot), `SourceRefused` (the source
        does not accept the question). `trace`: W3C trace id, passed on so that logs can be joined.
        """
        sent = {**_headers(trace), **(headers or {})}
        return self._settled(lambda left: self.client.post(path, json=dict(body), timeout=left, headers=sent))

    def look_up(self, path: str, asked: Mapping[str, str] | None = None, *, trace: str = "") -> Json:
        """Get an answer by an address that holds no number of a person; raises as `ask`."""
        return self._settled(lambda left: self.client.get(path, params=asked, timeout=left, headers=_headers(trace)))

    def _settled(self, call: Callable[[float], httpx.Response]) -> Json:
        ends_at = time.monotonic() + DEADLINE_SECONDS
        for pause in (*_PAUSES, None):
            answer = self._tried(call, ends_at)
            if answer is not None and answer.status_code not in _TRY_AGAIN:
                return self._accepted(answer)
            if pause is None or time.monotonic() + pause >= ends_at:
                break
            time.sleep(pause)
        raise SourceUnavailable(f"De bron {self.name} gaf geen antwoord.")

    def _tried(self, call: Callable[[float], httpx.Response], ends_at: float) -> httpx.Response | None:
        try:
            return call(max(0.001, ends_at - time.monotonic()))
        except httpx.TransportError:
            return None

    def _accepted(self, answer: httpx.Response) -> Json:
        if answer.status_code != 200:
            code = _code(answer)
            raise _REFUSALS.get(code, SourceRefused)(
                f"De bron {self.name} weigert de vraag ({answer.status_code}, {code})."
            )
        try:
            body = answer.json()
        except ValueError:
            raise SourceUnavailable(f"De bron {self.name} gaf een onleesbaar antwoord.") from None
        if not isinstance(body, dict):
            raise SourceUnavailable(f"De bron {self.name} gaf een onleesbaar antwoord.")
        return body


def source(name: str, url: str, token: str) -> Source:
    """Return a registry by its address and credential."""
    return Source(name, transports.client(url, token, deadline=DEADLINE_SECONDS))


def in_groups(persons: tuple[Number, ...]) -> Iterator[list[str]]:
    """Give the numbers of persons in groups as large as a registry takes at once."""
    rest = iter([person.value for person in dict.fromkeys(persons)])
    while group := list(islice(rest, MOST_PERSONS)):
        yield group


def _headers(trace: str) -> dict[str, str]:
    return {"traceparent": f"00-{trace}-{trace[:16]}-01"} if len(trace) == 32 else {}


def _code(answer: httpx.Response) -> str:
    """Return the stable code of a problem, never its text: that could repeat what was asked."""
    try:
        code = answer.json().get("code", "")
    except (ValueError, AttributeError):
        return "onbekend"
    return code if isinstance(code, str) and code.isalnum() else "onbekend"
