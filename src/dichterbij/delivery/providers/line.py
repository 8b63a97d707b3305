"""The line to one organisation elsewhere: a request with its assertion, an answer of a decent size in decent time."""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from secrets import token_hex
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from dichterbij.ground.identity.domain import StepUpNeeded
from dichterbij.ground.registry import breaker
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level
from dichterbij.kernel.problems import Problem

from . import assertion, signed
from .domain import NotAvailable
from .refusals import refusal

LOG = logging.getLogger(__name__)
LARGEST = 10_000_000
"""Bytes of an answer; a letter of a hundred pages is far below it."""

CONNECT_SECONDS, ANSWER_SECONDS, ACT_SECONDS = 1.0, 5.0, 15.0
"""To look something up may take as long as a page waits anyway; an act (render a receipt) may take longer."""

PAUSE_SECONDS = 0.1
TRIES = 2
Headers = Callable[[assertion.Call], dict[str, str]]
"""Says who asks: the headers of one try of one request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back: its bytes, and when it was last changed as the sender says."""

    content: bytes
    last_modified: str

    def json(self) -> object:
        """Return the content as JSON; raises `NotAvailable` when it is none."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            raise gone("no JSON") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How an organisation elsewhere is reached. `url`: its base address, up to and including the version."""

    url: str

    def get(self, access: Access, path: str) -> Reply:
        """Look something up."""
        return self._asked(_in_the_name_of(access), "GET", path, b"", ANSWER_SECONDS)

    def send(self, access: Access, method: str, path: str, body: object = None, *, again: bool = True) -> Reply:
        """Do something. `again`: doing it twice is doing it once, so a lost connection is tried a second time."""
        content = b"" if body is None else json.dumps(body).encode()
        tries = TRIES if again else 1
        return self._asked(_in_the_name_of(access), method, path, content, ACT_SECONDS, tries=tries)

    def post(self, to: Oin, kind: str, path: str, body: object) -> Reply:
        """Say something as who operates this instance to who operates that one, in a token of this kind; once."""

        def headers(call: assertion.Call) -> dict[str, str]:
            return {"Authorization": f"Bearer {signed.made(to, call, kind=kind)}"}

        return self._asked(headers, "POST", path, json.dumps(body).encode(), ANSWER_SECONDS, tries=1)

    def _asked(
        self, headers: Headers, method: str, path: str, body: bytes, seconds: float, *, tries: int = TRIES
    ) -> Reply:
        self._ensure_private()
        if not breaker.may_ask(self.url):
            raise NotAvailable
        try:
            reply = self._tried(headers, method, path, body, seconds, tries=tries)
        except NotAvailable:
            breaker.failed(self.url)
            raise
        except Problem:
            breaker.answered(self.url)
            raise
        breaker.answered(self.url)
        return reply

    def _tried(self, headers: Headers, method: str, path: str, body: bytes, seconds: float, *, tries: int) -> Reply:
        for left in range(tries - 1, -1, -1):
            try:
                return self._once(headers, method, path, body, seconds)
            except httpx.TimeoutException:
                raise gone("too late") from None
            except httpx.HTTPError as error:
                if not left:
                    raise gone(type(error).__name__) from None
                time.sleep(PAUSE_SECONDS)
        raise NotAvailable

    def _once(self, headers: Headers, method: str, path: str, body: bytes, seconds: float) -> Reply:
        own = urlsplit(self.url).path + path
        said = headers(assertion.Call(method=method, path=own, body=body)) | {"Content-Type": "application/json"}
        until = time.monotonic() + seconds
        timeout = httpx.Timeout(seconds, connect=CONNECT_SECONDS)
        with _client().stream(method, self.url + path, content=body, headers=said, timeout=timeout) as answer:
            content = _received(answer, until)
            if not answer.is_success:
                raise _problem(answer.status_code, content)
            return Reply(content=content, last_modified=answer.headers.get("Last-Modified", ""))

    def _ensure_private(self) -> None:
        if settings.HTTPS and not self.url.startswith("https://"):
            raise gone("an address without https")


def _in_the_name_of(access: Access) -> Headers:
    def headers(call: assertion.Call) -> dict[str, str]:
        trace = f"00-{access.trace}-{token_hex(8)}-01"
        return {"Authorization": f"Bearer {assertion.make(access, call)}", "traceparent": trace}

    return headers


@cache
def _client() -> httpx.Client:
    """Return the connections of this process; nothing of the environment changes where they go."""
    return httpx.Client(follow_redirects=False, trust_env=False)


def _received(answer: httpx.Response, until: float) -> bytes:
    """Return the body; raises `NotAvailable` when it is too much or comes drop by drop."""
    content = bytearray()
    for part in answer.iter_bytes():
        content += part
        if len(content) > LARGEST:
            raise gone("too large")
        if time.monotonic() > until:
            raise gone("drop by drop")
    return bytes(content)


def _problem(status: int, content: bytes) -> Problem:
    """Return what an organisation refuses as a problem of ours."""
    try:
        said = json.loads(content)
        code = str(said["type"]).removeprefix("urn:dichterbij:problem:")
        detail, level = str(said.get("detail", "")), Level(said.get("level", 0))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return gone(f"status {status} without a problem")
    if code == StepUpNeeded.code:
        return StepUpNeeded(level)
    return refusal(code, status, detail) or gone(f"status {status} {code[:60]}")


def gone(reason: str) -> NotAvailable:
    """Return that an organisation cannot be asked now; the reason is for the operator."""
    LOG.warning("an organisation elsewhere cannot be asked: %s", reason)
    return NotAvailable()
