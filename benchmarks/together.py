"""Many sessions at once: everybody looks at their own pages, as fast as they come."""

import threading
import time
from dataclasses import dataclass, field

from tests.operation.guest import Guest

from .browser import Session
from .story import open_somebodys_plan

PAGES = ("/plan", "/applications", "/messages", "/who-looked", "/my-data", "/apply/aanvullende-beurs", "/")


@dataclass
class Load:
    """What came of it: how long each page took, in milliseconds, and how long it all lasted."""

    seconds: float
    milliseconds: list[float] = field(default_factory=list)

    @property
    def pages_per_second(self) -> float:
        """Return how many pages were served per second."""
        return len(self.milliseconds) / self.seconds


def everybody(address: str, keys: list[str], most: int) -> list[tuple[Session, str]]:
    """Log people in by their key and open a plan for each; who has died is passed over."""
    found: list[tuple[Session, str]] = []
    for key in keys:
        guest = Guest(address)
        if len(found) < most and _logged_in(guest, key):
            found.append((Session.of(guest), open_somebodys_plan(guest)))
    return found


def _logged_in(guest: Guest, key: str) -> bool:
    page = guest.get("/login")
    page = guest.press(page, page.form("/login/start"))
    return guest.press(page, page.form(having="state"), {"person": key}, status=None).status == 200


def look(sessions: list[tuple[Session, str]], seconds: float) -> Load:
    """Let everybody look at pages for so many seconds."""
    load, lock = Load(seconds), threading.Lock()
    until = time.perf_counter() + seconds

    def one(session: Session, plan: str) -> None:
        times, number = [], 0
        pages = (plan, *PAGES)
        while time.perf_counter() < until:
            took, _body = session.get(pages[number % len(pages)])
            times.append(took)
            number += 1
        with lock:
            load.milliseconds += times

    threads = [threading.Thread(target=one, args=each) for each in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return load
