"""Somebody at the front door: one browser without JavaScript, that follows links and fills in forms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urlsplit

from django.test import Client

from .page import Form, Page, read
from .watching import MOST_QUERIES, Watch, counted

Values = Mapping[str, str | Iterable[str]]


def _client() -> Client:
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@dataclass
class Visitor:
    """One person with one browser. Every answer is looked at by the watch."""

    watch: Watch
    client: Client = field(default_factory=_client)
    questions: dict[str, int] = field(default_factory=dict)

    def get(self, address: str, *, status: int = 200) -> Page:
        """Look at a page, wherever it leads; a page may ask the database at most twelve things."""
        with counted() as asked:
            answer = self.client.get(address)
        if answer.status_code == 200:
            assert len(asked) <= MOST_QUERIES, f"{len(asked)} questions for {address}:\n" + "\n".join(asked)
            self.questions[address] = len(asked)
        return self._arrived(address, answer, status)

    def press(self, page: Page, form: Form, values: Values | None = None, *, status: int = 200) -> Page:
        """Send a form of a page, with what is filled in there and what is filled in now."""
        return self.send(form.action, self.filled(form, values), status=status, coming_from=page.path)

    @staticmethod
    def filled(form: Form, values: Values | None = None) -> dict[str, list[str]]:
        """Return what a browser would send."""
        given = {name: [value] if isinstance(value, str) else list(value) for name, value in (values or {}).items()}
        sent: dict[str, list[str]] = {}
        for name, value in form.fields:
            if name not in given:
                sent.setdefault(name, []).append(value)
        return {**sent, **given}

    def send(self, address: str, data: Mapping[str, list[str]], *, status: int = 200, coming_from: str = "/") -> Page:
        """Post to an address, and go where the answer leads; a browser says which page it comes from."""
        site = "http://testserver"
        answer = self.client.post(address, data, headers={"referer": site + coming_from, "origin": site})
        return self._arrived(address, answer, status)

    def log_in(self, who: str, *, as_staff: bool = False) -> Page:
        """Log in with the test means, as a persona or anybody else of the world by key."""
        page = self.get("/login?for=staff" if as_staff else "/login")
        page = self.press(page, page.form("/login/start"))
        return self.press(page, page.form(having="state"), {"person": who})

    def _arrived(self, address: str, answer: object, status: int) -> Page:
        for _ in range(6):
            self._look(address, answer)
            if answer.status_code not in (301, 302, 303):  # type: ignore[attr-defined]
                break
            address = answer.url  # type: ignore[attr-defined]
            answer = self.client.get(address)
        page = self._page(address, answer)
        assert page.status == status, f"{page.status} at {address}: {page.title}\n{page.main[:600]}"
        return page

    def _page(self, address: str, answer: object) -> Page:
        content = _content(answer)
        kind = answer.get("Content-Type", "")  # type: ignore[attr-defined]
        body = content.decode() if kind.startswith(("text/", "application/json")) else ""
        return read(urlsplit(address).path, answer.status_code, body)  # type: ignore[attr-defined]

    def _look(self, address: str, answer: object) -> None:
        self.watch.look(f"address {urlsplit(address).path}", address)
        for name, value in answer.headers.items():  # type: ignore[attr-defined]
            self.watch.look(f"header {name} of {urlsplit(address).path}", value)
        if answer.get("Content-Type", "").startswith(("text/", "application/json")):  # type: ignore[attr-defined]
            self.watch.look(f"page {urlsplit(address).path}", unescape(_content(answer).decode()))
        assert not dict(parse_qsl(urlsplit(address).query)).keys() & {"bsn", "burgerservicenummer"}


def _content(answer: object) -> bytes:
    if getattr(answer, "streaming", False):
        return b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.content  # type: ignore[attr-defined,no-any-return]
