"""A datum that is not right, at the front door: asked from a card, followed, seen by who decides, answered."""

from collections.abc import Callable

import pytest

from .page import Page
from .rooms import has
from .visitor import Visitor

if not (has("life_events") and has("desk") and has("my_data")):
    pytest.skip("a correction is asked in one room and answered in another", allow_module_level=True)

from .plans import open_plan, shown_cards

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
SAYS = "Ik woon hier niet meer sinds 1 mei."


def test_what_is_not_right_goes_to_who_keeps_it_and_is_seen_by_who_decides(visitor: Callable[[], Visitor]) -> None:
    father = visitor()
    father.log_in("widower")
    card = _card(father, "nabestaandenuitkering")
    case = _apply(father, card)
    request = _ask(father, card)
    assert SAYS in request.main
    assert "dat dit niet klopt" in father.get(card.path).main
    assert "verzoek om verbetering" in father.get("/messages").main
    assert "U meldde dat een gegeven niet klopt" in father.get(case).main
    _who_decides_sees_it(visitor(), case)
    _the_keeper_answers(visitor(), request.path)
    assert "verbeterd" in father.get(request.path).main
    assert "dat dit niet klopt" not in father.get(card.path).main
    assert request.path in father.get("/my-data").links
    assert "gaf antwoord op uw verzoek om verbetering" in father.get("/who-looked").main
    other = visitor()
    other.log_in("student")
    other.get(request.path, status=404)


def test_what_nobody_here_keeps_is_not_taken_in_silence(visitor: Callable[[], Visitor]) -> None:
    student = visitor()
    student.log_in("student")
    assert "niet aangesloten" in student.get("/corrections/new/huur/kale_huur").main
    student.get("/corrections/new/brp/bestaat_niet", status=404)
    student.get("/corrections/new/duo/partner", status=404)


def test_asking_twice_is_asking_once_and_no_words_is_not_asking(visitor: Callable[[], Visitor]) -> None:
    student = visitor()
    student.log_in("student")
    page = student.get("/corrections/new/duo/onderwijssoort")
    assert "Schrijf op wat er niet klopt" in student.press(page, page.form(), {"says": " "}, status=422).main
    first = student.press(page, page.form(), {"says": "Ik doe een andere opleiding."})
    second = student.press(page, page.form(), {"says": "Ik doe toch echt een andere opleiding."})
    assert first.path == second.path


def _card(father: Visitor, card: str) -> Page:
    plan = open_plan(father, {"zelfde_adres_als_overledene": "yes", "who": "0"})
    return father.get(shown_cards(plan)[card].address)


def _apply(father: Visitor, card: Page) -> str:
    page = father.press(card, card.form("/apply"))
    while not any("key" in form.names for form in page.forms):
        page = father.press(page, page.form(having="remark"))
    return father.press(page, page.form(having="key")).path.removesuffix("/received")


def _ask(father: Visitor, card: Page) -> Page:
    page = father.get(card.link("/corrections/new/brp/"))
    return father.press(page, page.form(), {"says": SAYS})


def _who_decides_sees_it(worker: Visitor, case: str) -> None:
    worker.log_in("svb_handler", as_staff=True)
    page = worker.get(worker.get("/desk").link("/desk/cases/", case.rpartition("/")[2]))
    page = worker.press(page, page.form(having="reason"), {"reason": "Aanvraag behandelen"})
    assert SAYS in page.main
    assert "gemeld bij wie de bron bijhoudt" in page.main


def _the_keeper_answers(worker: Visitor, request: str) -> None:
    worker.log_in("rotterdam_handler", as_staff=True)
    page = worker.get(worker.get("/desk").link("/desk/corrections/", request.rpartition("/")[2]))
    page = worker.press(page, page.form(having="reason"), {"reason": "Verzoek behandelen"})
    assert SAYS in page.main
    page = worker.press(page, page.form("/answer"), {"outcome": "yes", "text": "U staat nu goed ingeschreven."})
    assert "Verbeterd" in page.main
    assert request.rpartition("/")[2] not in " ".join(worker.get("/desk").links)
