"""A browser that costs next to nothing: one kept connection per session, so that the server is what is measured."""

import http.client
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.operation.guest import Guest


@dataclass
class Session:
    """A logged-in person who looks at pages over one connection."""

    address: str
    cookie: str
    _connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)

    @classmethod
    def of(cls, guest: Guest) -> "Session":
        """Return the session of somebody who logged in."""
        cookie = "; ".join(f"{name}={value}" for name, value in guest.http.cookies.items())
        return cls(guest.address, cookie)

    def get(self, path: str, *, compressed: bool = False) -> tuple[float, bytes]:
        """Return how many milliseconds a page took, and its body."""
        headers = {"Cookie": self.cookie, "Accept": "text/html"}
        headers |= {"Accept-Encoding": "gzip"} if compressed else {}
        started = time.perf_counter()
        self._connection.request("GET", path, headers=headers)
        answer = self._connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - started) * 1000
        assert answer.status == 200, f"{answer.status} at {path}"
        return took, body
