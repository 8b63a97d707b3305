"""A number of a person in an address, a broken trace header, a visitor who leaves: at a real server, with its log."""

import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from . import applying
from .guest import Guest
from .product import Product, Server

pytestmark = pytest.mark.slow
BSN = "999993653"  # passes the eleven-test; of nobody
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
BROKEN = [
    "",
    "00",
    f"00-{TRACE}",
    f"00-{'0' * 32}-00f067aa0ba902b7-01",
    f"00-{TRACE.upper()}-00f067aa0ba902b7-01",
    f"ff-{TRACE}-00f067aa0ba902b7-01-" + "x" * 4000,
    f"00-{BSN}{BSN}{BSN}00000-00f067aa0ba902b7-00",
    "\xff\xfe",
]


@pytest.fixture
def student(pair: tuple[Server, Server]) -> Iterator[Guest]:
    found = Guest(pair[0].address)
    found.log_in("student")
    yield found


@pytest.mark.parametrize("path", [f"/who-looked/{BSN}", f"/my-data/{BSN}", f"/messages?bsn={BSN}", f"/{BSN}"])
def test_a_number_of_a_person_in_an_address_is_repeated_nowhere(student: Guest, instance: Product, path: str) -> None:
    answer = student.http.get(student.address + path)
    assert answer.status_code in (200, 404)
    assert BSN not in answer.text
    assert BSN not in instance.log


def test_a_broken_trace_header_stops_nobody_and_is_taken_over_by_nothing(student: Guest, instance: Product) -> None:
    for header in BROKEN:
        head = {"traceparent": header.encode("latin-1")}
        assert student.http.get(f"{student.address}/who-looked", headers=head).status_code == 200
    assert BSN not in instance.log


def test_a_trace_that_asks_not_to_be_sampled_is_recorded_all_the_same(student: Guest, instance: Product) -> None:
    page = student.get("/my-data")
    form = dict(page.form().fields)
    head = {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-00", "Referer": f"{student.address}/my-data"}
    student.http.post(f"{student.address}/my-data", data=form, headers=head)
    lines = instance.run("logbook", "ldv", "rotterdam").splitlines()
    assert any(f'"trace_id": "{TRACE}"' in line for line in lines)


def test_the_look_of_somebody_who_left_before_the_answer_stays_in_the_log(student: Guest) -> None:
    before = _acts(student)
    page = student.get("/my-data")
    body = f"csrfmiddlewaretoken={dict(page.form().fields)['csrfmiddlewaretoken']}"
    cookie = "; ".join(f"{name}={value}" for name, value in student.http.cookies.items())
    address = urlsplit(student.address)
    head = {
        "Host": address.netloc,
        "Cookie": cookie,
        "Referer": f"{student.address}/my-data",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
    }
    lines = ["POST /my-data HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", body]
    with socket.create_connection((address.hostname, address.port)) as line:
        line.sendall("\r\n".join(lines).encode())
    until = time.monotonic() + 60
    while _acts(student) <= before and time.monotonic() < until:
        time.sleep(0.1)
    assert _acts(student) > before


def _acts(guest: Guest) -> int:
    return len(set(applying.acts(guest)))
