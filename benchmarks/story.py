"""Everything the pages need: the student's journey, with a plan, an application, a decision and a letter."""

import time
from dataclasses import dataclass, field

from tests.journeys.page import Page
from tests.operation import applying
from tests.operation.guest import Guest

WHO = {"who": "0", "zelfde_adres_als_overledene": "yes"}
SOMEBODY = {
    "name": "Iemand",
    "relation": "broer_zus",
    "died_on_day": "1",
    "died_on_month": "6",
    "died_on_year": "2026",
    "zelfde_adres_als_overledene": "no",
}


@dataclass
class Story:
    """The journey as it was walked: who is logged in, which pages there are now, and how long opening took."""

    student: Guest
    worker: Guest
    counter: Guest
    pages: dict[str, str] = field(default_factory=dict)
    desk_pages: dict[str, str] = field(default_factory=dict)
    counter_pages: dict[str, str] = field(default_factory=dict)
    open_plan_ms: float = 0
    refresh_plan_ms: float = 0

    @property
    def visits(self) -> tuple[tuple[Guest, dict[str, str]], ...]:
        """Return who looks at which pages."""
        looked = (self.pages, self.desk_pages, self.counter_pages)
        return tuple(zip((self.student, self.worker, self.counter), looked, strict=True))


def walk(address: str) -> Story:
    """Walk the student's journey to the letter."""
    story = Story(Guest(address), Guest(address), Guest(address))
    story.student.log_in("student")
    plan = _plan(story)
    draft = applying.begin(story.student)
    review = applying.fill(story.student, draft)
    case = story.student.press(review, applying.sending(review)).path.removesuffix("/received")
    _decide(story, case.rpartition("/")[2])
    _help(story)
    letter = story.student.get(case).link("/messages/")
    other = story.student.get("/apply/zorgtoeslag")
    other = story.student.press(other, other.form())
    story.pages = _public() | {
        "my overview": "/plan",
        "plan": plan,
        "card of a plan": f"{plan}/cards/aanvullende-beurs",
        "application": other.path,
        "applications": "/applications",
        "case": case,
        "messages": "/messages",
        "letter": letter,
        "letter as PDF": f"{letter}/pdf",
        "my data": "/my-data",
        "who looked": "/who-looked",
    }
    return story


def _public() -> dict[str, str]:
    return {
        "start page": "/",
        "checklist": "/life-events/death",
        "product": "/apply/aanvullende-beurs",
        "about": "/about",
        "algorithms": "/about/algorithms",
    }


def _plan(story: Story) -> str:
    page = story.student.get("/plan")
    page = story.student.press(page, page.form(having="event"))
    page, story.open_plan_ms = _timed(story.student, page, "", WHO)
    page, story.refresh_plan_ms = _timed(story.student, page, "/refresh", {})
    return page.path


def open_somebodys_plan(guest: Guest) -> str:
    """Open a plan of anybody, about somebody they name; returns its address."""
    page = guest.get("/plan")
    page = guest.press(page, page.form(having="event"))
    form = page.form(having="zelfde_adres_als_overledene")
    values = WHO if "who" in form.names else SOMEBODY
    return guest.press(page, form, values).path


def switching(address: str, times: int) -> list[float]:
    """Return how long a guardian waits to act for another: the registers are asked, and the page that follows."""
    found = []
    for _ in range(times):
        guardian = Guest(address)
        guardian.log_in("guardian")
        page, started = guardian.get("/authorities"), time.perf_counter()
        page = guardian.press(page, page.form("/authorities/look-up"))
        guardian.press(page, page.form("/authorities/act"))
        found.append((time.perf_counter() - started) * 1000)
    return found


def _timed(guest: Guest, page: Page, ending: str, values: dict[str, str]) -> tuple[Page, float]:
    form = page.form(ending, having="" if ending else "zelfde_adres_als_overledene")
    started = time.perf_counter()
    page = guest.press(page, form, values)
    return page, (time.perf_counter() - started) * 1000


def _help(story: Story) -> None:
    """Let a worker help the student: one page says who she is, what runs, what is next and by when."""
    counter = story.counter
    counter.log_in("rotterdam_handler", as_staff=True)
    page = counter.get("/counter")
    born = {"born_on_day": "11", "born_on_month": "2", "born_on_year": "2002"}
    page = counter.press(page, page.form(having="surname"), {"surname": "Zwaanstra", **born})
    shown = {"presence": "document", "document": "passport", "number": "C39", "reason": "question"}
    page = counter.press(page, page.form(having="presence"), shown)
    story.counter_pages = {"desk: who is this, what runs, what is next": page.path}


def _decide(story: Story, case: str) -> None:
    worker = story.worker
    worker.log_in("duo_handler", as_staff=True)
    page = worker.get(f"/desk/cases/{case}")
    page = worker.press(page, page.form(having="reason"), {"reason": "Aanvraag behandelen"})
    page = worker.press(page, page.form("/handling"))
    page = worker.press(page, page.form("/decision"))
    worker.press(page, page.form("/publication"))
    story.desk_pages = {"desk: work": "/desk", "desk: case": page.path}
