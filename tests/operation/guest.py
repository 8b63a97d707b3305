"""Somebody who visits a real server over HTTP, with one browser without JavaScript; two tabs share its cookie."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from tests.journeys.page import Form, Page, read
from tests.journeys.visitor import Values, Visitor


def _browser(cookies: httpx.Cookies | None = None) -> httpx.Client:
    """Return a browser that keeps no connection open: a killed server is then seen at once."""
    return httpx.Client(timeout=60, cookies=cookies, limits=httpx.Limits(max_keepalive_connections=0))


@dataclass
class Guest:
    """One browser. `address` may change when the server comes back elsewhere; the cookie stays."""

    address: str
    http: httpx.Client = field(default_factory=_browser)

    def get(self, path: str, *, status: int | None = 200) -> Page:
        """Look at a page, wherever it leads."""
        return self._follow(path, self._ask("GET", path), status)

    def press(self, page: Page, form: Form, values: Values | None = None, *, status: int | None = 200) -> Page:
        """Send a form of a page, with what is filled in there and what is filled in now."""
        return self.send(form.action, Visitor.filled(form, values), status=status)

    def send(self, path: str, data: dict[str, list[str]], *, status: int | None = 200) -> Page:
        """Post to an address, and go where the answer leads."""
        return self._follow(path, self._ask("POST", path, data), status)

    def log_in(self, who: str, *, as_staff: bool = False) -> Page:
        """Log in with the test means."""
        page = self.get("/login?for=staff" if as_staff else "/login")
        page = self.press(page, page.form("/login/start"))
        return self.press(page, page.form(having="state"), {"person": who})

    def second_tab(self, address: str = "") -> "Guest":
        """Return another tab of this browser, perhaps at another server of the same instance."""
        return Guest(address or self.address, _browser(self.http.cookies))

    def _ask(self, method: str, path: str, data: dict[str, list[str]] | None = None) -> httpx.Response:
        headers = {"Referer": self.address + path} if method == "POST" else {}
        return self.http.request(method, self.address + path, data=data, headers=headers)

    def _at(self, location: str) -> str:
        """Go to another site when an address leads there; returns the path."""
        parts = urlsplit(location)
        if parts.netloc:
            self.address = f"{parts.scheme}://{parts.netloc}"
        return parts._replace(scheme="", netloc="").geturl()

    def _follow(self, path: str, answer: httpx.Response, status: int | None) -> Page:
        for _ in range(6):
            if answer.status_code not in (301, 302, 303):
                break
            path = self._at(answer.headers["Location"])
            answer = self._ask("GET", path)
        body = answer.text if answer.headers.get("Content-Type", "").startswith("text/") else ""
        page = read(urlsplit(path).path, answer.status_code, body)
        assert status is None or page.status == status, f"{page.status} at {path}: {page.title}\n{page.main[:600]}"
        return page
