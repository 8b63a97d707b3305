"""Every product of the catalogue, by every way it names: from the first question to the decision, on the same case.

Which ways there are is in `Channel`; a product that closes one says why in its file, and everybody can read it.
"""

import io
from collections.abc import Callable
from uuid import UUID

import pikepdf
import pytest

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Channel, Decider, Product
from dichterbij.delivery.messages.tests.reading import everything_on
from dichterbij.delivery.paper.tests.reading_codes import CODE
from dichterbij.ground.outbox import services as outbox
from dichterbij_world.store import World

from .page import Form, Page
from .rooms import has
from .visitor import Visitor

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "logbook"]), pytest.mark.slow]
APPLICANT = {"nabestaandenuitkering": "widower", "zorgtoeslag": "widow"}
HANDLER = {"dienst-toeslagen": "toeslagen_handler"}
PARTS = ("year", "month", "day")
SEEN = {"presence": "document", "document": "passport", "number": "4K7", "reason": "apply"}
ANSWERS = {
    "relatie_tot_overledene": "kind",
    "overlijdensdatum_day": "8",
    "overlijdensdatum_month": "6",
    "overlijdensdatum_year": "2026",
    "uitvaart_niet_te_betalen": "yes",
    "samenlevingscontract": "no",
    "samen_koopwoning": "no",
    "samen_pensioenregeling": "no",
    "vorig_jaar_toeslagpartner": "no",
    "onderneming_in_nederland": "yes",
    "omzet_per_jaar": "18000",
    "remark": "Ik hoor het graag.",
}
OF_THE_SPOUSE = {
    "relatie_tot_overledene": "partner",
    "overlijdensdatum_day": "10",
    "arbeidsongeschikt_drie_maanden": "no",
}
JUDGED = {
    "uitvaartkosten_noodzakelijk": "yes",
    "noodzakelijke_uitvaartkosten": "1500",
    "overlijden_was_te_verwachten": "no",
}
Way = Callable[[Callable[[], Visitor], World, Product], UUID]


def _applicant(product: Product) -> str:
    return APPLICANT.get(product.id, "student")


def _answers(product: Product) -> dict[str, str]:
    return ANSWERS | OF_THE_SPOUSE if _applicant(product) == "widower" else ANSWERS


def day_of(name: str, day: str) -> dict[str, str]:
    """Return a day as the three boxes of a form."""
    return {f"{name}_{part}": value for part, value in zip(PARTS, day.split("-"), strict=True)}


def by_click(visitor: Callable[[], Visitor], _world: World, product: Product) -> UUID:
    """Log in and apply."""
    citizen = visitor()
    citizen.log_in(_applicant(product))
    return _apply(citizen, product)


def at_the_counter(visitor: Callable[[], Visitor], world: World, product: Product) -> UUID:
    """Show an identity document; a worker applies with the person."""
    return _apply(helped(visitor(), world, _applicant(product)), product)


def by_phone(visitor: Callable[[], Visitor], world: World, product: Product) -> UUID:
    """Answer questions on the phone; a worker applies for the person."""
    return _apply(called(visitor(), world, _applicant(product)), product)


def on_paper(visitor: Callable[[], Visitor], world: World, product: Product) -> UUID:
    """Take the blank form, send it by post; a worker types it in."""
    worker, page = posted(visitor, product)
    page = worker.press(page, page.form("/person"), signed(world, _applicant(product)))
    form = page.form("/application")
    page = worker.press(page, form, _fitting(form, _answers(product)))
    return UUID(page.link("/desk/cases/").rpartition("/")[2])


def posted(visitor: Callable[[], Visitor], product: Product) -> tuple[Visitor, Page]:
    """Take the blank form and send it; a worker opens the envelope."""
    answer = visitor().client.get(f"/apply/{product.id}/paper")
    with pikepdf.open(io.BytesIO(answer.content)) as file:
        codes = [CODE.search(everything_on(sheet)).group(0) for sheet in file.pages]  # type: ignore[union-attr]
    worker = visitor()
    worker.log_in(_handler(product), as_staff=True)
    page = worker.get("/post")
    return worker, worker.press(page, page.form(having="codes"), {"codes": "\n".join(codes)})


def signed(world: World, who: str) -> dict[str, str]:
    """Return by what somebody who signs says on paper who they are."""
    person = world.document("brp", world.persona(who).bsn)
    return {"bsn": world.persona(who).bsn, **day_of("born_on", person["geboorte"]["datum"]["datum"])}


WAYS: dict[Channel, Way] = {
    Channel.CLICK: by_click,
    Channel.CALL: by_phone,
    Channel.COUNTER: at_the_counter,
    Channel.PAPER: on_paper,
}


@pytest.mark.parametrize("way", list(Channel))
@pytest.mark.parametrize("product", catalogue.products(), ids=lambda each: each.id)
def test_an_application_comes_to_a_decision(
    world: World, visitor: Callable[[], Visitor], product: Product, way: Channel
) -> None:
    if not has("desk"):
        pytest.skip("there is no desk where somebody decides")
    if way not in product.channels:
        assert product.not_by[way]["nl"] in visitor().get("/about/products").text
        return
    case = WAYS[way](visitor, world, product)
    outbox.run_once()
    if product.decider is Decider.WORKER:
        _decide(visitor, case, product)
    citizen = visitor()
    citizen.log_in(_applicant(product))
    page = citizen.get(f"/applications/{case}")
    assert "Er is een besluit" in page.text
    assert any(link.startswith("/messages/") for link in page.links)
    if _applicant(product) == "widower":
        assert "U krijgt een nabestaandenuitkering" in citizen.get(page.link("/messages/")).text


def _apply(who: Visitor, product: Product) -> UUID:
    """Apply on the pages of citizens, for oneself or with the person who is helped."""
    page = who.get(f"/apply/{product.id}")
    page = who.press(page, page.form())
    while not any("key" in form.names for form in page.forms):
        form = page.form(having="remark")
        page = who.press(page, form, _fitting(form, _answers(product)))
    page = who.press(page, page.form(having="key"))
    return UUID(page.path.split("/")[2])


def _fitting(form: Form, values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name in form.names}


def _handler(product: Product) -> str:
    return HANDLER.get(product.organisation, f"{product.organisation}_handler")


def helped(
    visitor: Visitor, world: World, who: str, how: dict[str, str] | None = None, *, worker: str = "rotterdam_handler"
) -> Visitor:
    """Find somebody by two things they tell, and begin to help; without more, their identity document was seen."""
    person = world.document("brp", world.persona(who).bsn)
    told = {"surname": person["naam"]["geslachtsnaam"], **day_of("born_on", person["geboorte"]["datum"]["datum"])}
    visitor.log_in(worker, as_staff=True)
    page = visitor.get("/counter")
    page = visitor.press(page, page.form(having="surname"), told)
    visitor.press(page, page.form("/counter/person"), how or SEEN)
    return visitor


def called(worker: Visitor, world: World, who: str) -> Visitor:
    """Find somebody who calls, and begin to help when they answered what only they know."""
    worker = helped(worker, world, who, {"presence": "questions", "reason": "apply"})
    page = worker.get("/counter/questions")
    worker.press(page, page.form("/counter/questions"), _told(world, who, page))
    return worker


def _told(world: World, who: str, page: Page) -> dict[str, str]:
    """Return what the person answers to the questions on the phone, from what the world knows of them."""
    from dichterbij.front.desk.tests.talking import answers

    return _fitting(page.form("/counter/questions"), answers(world, who))


def _decide(visitor: Callable[[], Visitor], case: UUID, product: Product) -> None:
    worker = visitor()
    page = _opened(worker, _handler(product), case)
    form = page.form("/decision")
    reasons = {f"{fact}_reason": "Dat volgt uit de stukken." for fact in JUDGED}
    page = worker.press(page, form, _fitting(form, {**JUDGED, **reasons}))
    if product.cosigned:
        colleague = visitor()
        page = _opened(colleague, f"{product.organisation}_jurist", case)
        page = colleague.press(page, page.form("/second-worker"), {"agree": "1"})
        page = worker.get(f"/desk/cases/{case}")
    worker.press(page, page.form("/publication"))
    outbox.run_once()


def _opened(worker: Visitor, key: str, case: UUID) -> Page:
    worker.log_in(key, as_staff=True)
    page = worker.get(f"/desk/cases/{case}")
    return worker.press(page, page.form(having="reason"), {"kind": "handle"})
