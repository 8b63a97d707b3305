"""An application for the grant by the student, step by step, as the tests of operation need it."""

from collections.abc import Iterator

from tests.journeys.page import Form, Page

from .guest import Guest

GRANT = "aanvullende-beurs"
CASE, DRAFT = "/applications/", "/applications/draft/"


def begin(student: Guest) -> Page:
    """Begin an application; returns the page of the draft."""
    page = student.get(f"/apply/{GRANT}")
    return student.press(page, page.form())


def fill(student: Guest, page: Page, remark: str = "") -> Page:
    """Fill in the draft; returns the page to read it over."""
    return student.press(page, page.form(having="remark"), {"remark": remark})


def sending(page: Page) -> Form:
    """Return the form that sends an application."""
    return page.form(having="key")


def cases(student: Guest) -> list[str]:
    """Return the addresses of the cases of a person, of all organisations."""
    links = student.get("/applications").links
    return [link for link in links if link.startswith(CASE) and not link.startswith(DRAFT)]


def receipts(student: Guest) -> int:
    """Return how many receipts are on the first page of the message box."""
    return student.get("/messages").main.count("Wij hebben uw aanvraag ontvangen")


def newest_messages(student: Guest) -> set[str]:
    """Return the addresses of the messages on the first page of the box: whatever is new stands there."""
    return {link for link in student.get("/messages").links if link.startswith("/messages/")}


def acts(student: Guest) -> Iterator[str]:
    """Give the address of every act in the log of a person."""
    address = "/who-looked"
    while address:
        page = student.get(address)
        yield from (link for link in page.links if link.startswith("/who-looked/"))
        older = [link for link in page.links if link.startswith("?before=")]
        address = f"/who-looked{older[0]}" if older else ""
