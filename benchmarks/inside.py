"""What is measured inside one process: questions to the database per page, `may`, and one determination."""

import time
from collections.abc import Callable, Mapping
from statistics import median

from django.conf import settings
from django.test import Client
from tests.journeys import oracle
from tests.journeys.told import ON, Told
from tests.journeys.watching import counted

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.authority.domain import Allow
from dichterbij.ground.authority.verb import answer
from dichterbij.kernel.periods import Period
from dichterbij.law import Facts, Question, determine
from dichterbij_world.store import World, default_path

from .may_case import attempt


def questions(cookie: str, pages: Mapping[str, str]) -> dict[str, int]:
    """Return how many questions each page asks the database, the second time it is looked at."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    found: dict[str, int] = {}
    for name, address in pages.items():
        client.get(address)
        with counted() as asked:
            status = client.get(address).status_code
        assert status == 200, f"{status} at {name}"
        found[name] = len(asked)
    return found


def microseconds_of_may() -> float:
    """Return the median time of `may` for a citizen and their own matter, without reading anything."""
    login, authority, tried = attempt()
    assert isinstance(answer(login, authority, tried), Allow)
    return _median(lambda: answer(login, authority, tried), 5000) * 1e6


def milliseconds_of_a_determination(who: str = "student") -> float:
    """Return the median time in which the law answers on zorgtoeslag, with all facts at hand."""
    world = World(default_path())
    number = world.persona(who).bsn
    _family, family = world.family_of(number)
    somebody = oracle.Somebody(Told(family.person(number), family, ON), {})
    laws, law, period = current_laws(), "wet_op_de_zorgtoeslag", Period.month(2026, 7)
    outputs = ("heeft_recht_op_zorgtoeslag", "zorgtoeslag_per_maand")
    asked = oracle.ask(laws, somebody, law, outputs, period)
    persons: dict[str, dict[str, object]] = {}
    for (person, name), value in asked.used.items():
        persons.setdefault(person, {})[name] = value
    question = Question(law=law, outputs=outputs, subject="p1", period=period, decided_on=ON)
    facts = Facts(subject="p1", persons=persons)  # type: ignore[arg-type]
    assert determine(laws, question, facts).outputs == asked.outputs  # type: ignore[union-attr]
    return _median(lambda: determine(laws, question, facts), 500) * 1000


def _median(act: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return median(taken)
