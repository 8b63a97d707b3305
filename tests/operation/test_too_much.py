"""A hundred megabytes, a wrong file and a broken body, at a real server: a page that says so, and nothing is stored."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from . import applying
from .guest import Guest
from .product import Product, Server

pytestmark = pytest.mark.slow
MEGABYTE, HUNDRED = 1_000_000, 100
BOUNDARY = "grens"


@pytest.fixture
def student(pair: tuple[Server, Server]) -> Iterator[Guest]:
    found = Guest(pair[0].address)
    found.log_in("student")
    yield found
    page = applying.begin(found)
    found.press(page, page.form("/discard"))


def _post(guest: Guest, path: str, body: Iterator[bytes], length: int, kind: str) -> tuple[int, str]:
    """Send a body piece by piece, as a browser does; read the answer as soon as the server stops listening."""
    connection = http.client.HTTPConnection(urlsplit(guest.address).netloc, timeout=60)
    connection.putrequest("POST", path)
    cookie = "; ".join(f"{name}={value}" for name, value in guest.http.cookies.items())
    for name, value in {
        "Cookie": cookie,
        "Referer": guest.address + path,
        "Content-Type": kind,
        "Content-Length": str(length),
    }.items():
        connection.putheader(name, value)
    connection.endheaders()
    try:
        for piece in body:
            connection.send(piece)
    except (BrokenPipeError, ConnectionResetError):
        pass  # it has seen enough; what it says about it is waiting
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def _file(token: str, megabytes: int) -> tuple[bytes, bytes, int]:
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="virus.exe"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    ).encode()
    tail = f"\r\n--{BOUNDARY}--\r\n".encode()
    return head, tail, len(head) + megabytes * MEGABYTE + len(tail)


def test_a_hundred_megabytes_is_a_page_that_says_so(student: Guest, instance: Product) -> None:
    page = applying.begin(student)
    head, tail, length = _file(dict(page.form(having="remark").fields)["csrfmiddlewaretoken"], HUNDRED)
    before = _stored(instance)

    def body() -> Iterator[bytes]:
        yield head
        for _ in range(HUNDRED):
            yield b"x" * MEGABYTE
        yield tail

    kind = f"multipart/form-data; boundary={BOUNDARY}"
    status, text = _post(student, page.path, body(), length, kind)
    assert status == 413, text[:500]
    assert "te groot" in text
    assert _stored(instance) - before < MEGABYTE
    assert student.get(page.path).path == page.path


@pytest.mark.parametrize("kind", [f"multipart/form-data; boundary={BOUNDARY}", "multipart/form-data", "text/xml"])
def test_a_body_that_cannot_be_read_is_a_page_that_says_so(student: Guest, kind: str) -> None:
    page, rubbish = applying.begin(student), b"\x00\xff--grens\r\nno form at all"
    status, text = _post(student, page.path, iter([rubbish]), len(rubbish), kind)
    assert status in (400, 403), text[:500]
    assert "Wat u kunt doen" in text


def _stored(instance: Product) -> int:
    return sum(path.stat().st_size for path in Path(instance.state).rglob("*") if path.is_file())
