"""The plan of somebody as they read it, and as it must be according to the law."""

import re
from dataclasses import dataclass
from datetime import date

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.front.life_events import queries as life_events
from dichterbij.front.life_events.domain import Card, Condition, Deadline, FactEquals, Output
from dichterbij.front.life_events.standings import month_after
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.formats import date_long, euro
from dichterbij.kernel.periods import Period

from .oracle import Asked, Somebody, ask
from .page import Node, Page
from .told import ON
from .visitor import Visitor

CARD = re.compile(r"/plan/[0-9a-f-]{36}/cards/([a-z-]+)$")
UNCERTAIN, NOT_FOR_YOU = "Wij weten dit nog niet zeker", "Niet voor u"
UNAVAILABLE = "Niet beschikbaar sinds"
NOT_HERE = "Deze wetten gelden niet waar u woont"


@dataclass(frozen=True)
class Shown:
    """A card on the plan: its words, its address, and whether it stands under what is not for the reader."""

    text: str
    address: str
    is_not_for_you: bool


def open_plan(visitor: Visitor, form: dict[str, str]) -> Page:
    """Begin a plan and say who died; `form` answers the questions of that page."""
    page = visitor.get("/plan")
    page = visitor.press(page, page.form(having="event"))
    page = visitor.press(page, page.form(having="zelfde_adres_als_overledene"), form)
    for _ in range(5):  # a busy machine: who did not answer within a second is asked again
        if UNAVAILABLE not in page.text:
            break
        page = visitor.press(page, page.form("/refresh"))
    return page


def shown_cards(page: Page) -> dict[str, Shown]:
    """Return the cards of a plan by id."""
    found: dict[str, Shown] = {}
    for section in page.top.all("section"):
        heading = next((node.text for node in section.all("h2")), "")
        for task in section.with_class("dichterbij-task"):
            address = next(link for link in _links(task) if CARD.search(link))
            found[_id(address)] = Shown(task.text, address, heading == NOT_FOR_YOU)
    return found


def _links(node: Node) -> list[str]:
    return [link.attributes["href"] for link in node.all("a") if "href" in link.attributes]


def _id(address: str) -> str:
    found = CARD.search(address)
    assert found
    return found[1]


def asked_of(who: Somebody, died_on: date) -> dict[Output, Asked]:
    """Return what the law says on everything the cards ask, asked of it directly."""
    found: dict[Output, Asked] = {}
    for card in life_events.event_at("death").cards:
        for output in card.outputs():
            if output not in found and _is_asked(output.law, who):
                period = _period(card, died_on)
                found[output] = ask(current_laws(), who, output.law, (output.output,), period)
    return found


def _period(card: Card, died_on: date) -> Period:
    return catalogue.product(card.product).stretch.around(ON) if card.product else month_after(died_on)


def _is_asked(law: str, who: Somebody) -> bool:
    """Say whether somebody can be asked: a task of the municipality only where that is on this instance."""
    event = life_events.event_at("death")
    names = [card for card in event.cards if card.task and law in {output.law for output in card.outputs()}]
    if law == event.law or not names or names[0].organisation != "gemeente":
        return True
    own = f"GM{who.told.person.municipality}"
    return any(each.territory == own for each in organisations.hosted())


def differences(cards: dict[str, Shown], law: dict[Output, Asked], said: dict[str, object]) -> list[str]:
    """Return where a plan is not what the law says."""
    event = life_events.event_at("death")
    found = [problem for card in event.cards if (problem := _difference(card, cards.get(card.id), law, said))]
    return found + [f"{card}: unknown card" for card in cards.keys() - {card.id for card in event.cards}]


def _difference(card: Card, shown: Shown | None, law: dict[Output, Asked], said: dict[str, object]) -> str:
    value, is_not_here = _value(card.shown_when, law, said)
    day = _day(card.deadline, law)
    if card.is_left_out_when_past and day and day < ON:
        return f"{card.id}: is over" if shown else ""
    if value is None and not is_not_here:
        return _when_unknown(card, shown)
    if is_not_here:
        return f"{card.id}: a law that does not apply there gives a card" if shown else ""
    if not value:
        return _when_not(card, shown, law, said)
    if shown is None or shown.is_not_for_you:
        return f"{card.id}: the law says yes, the plan does not"
    return _figures(card, shown, law, day)


def _value(condition: Condition, law: dict[Output, Asked], said: dict[str, object]) -> tuple[object, bool]:
    if isinstance(condition, FactEquals):
        return (said[condition.fact] == condition.value if condition.fact in said else None), False
    asked = law.get(condition)
    return (asked.outputs.get(condition.output), asked.not_here) if asked else (None, False)


def _when_unknown(card: Card, shown: Shown | None) -> str:
    if card.is_left_out_when_unknown:
        return f"{card.id}: promises what is not known" if shown else ""
    if shown is None or shown.is_not_for_you:
        return f"{card.id}: what is unknown is left out"
    return "" if UNCERTAIN in shown.text else f"{card.id}: does not say that it is not certain: {shown.text}"


def _when_not(card: Card, shown: Shown | None, law: dict[Output, Asked], said: dict[str, object]) -> str:
    could_wonder = card.otherwise_when is None or _value(card.otherwise_when, law, said)[0] in (True, None)
    if card.otherwise is None or not could_wonder:
        return f"{card.id}: the law says no, the plan shows it" if shown else ""
    return "" if shown and shown.is_not_for_you else f"{card.id}: does not stand under what is not for you"


def _figures(card: Card, shown: Shown, law: dict[Output, Asked], day: date | None) -> str:
    if UNCERTAIN in shown.text:
        return f"{card.id}: certain for the law, not for the plan"
    amount = law[card.amount].outputs.get(card.amount.output) if card.amount else None
    if isinstance(amount, int) and amount and euro(amount, "nl").replace("\xa0", " ") not in shown.text:
        return f"{card.id}: {euro(amount, 'nl')} is not in: {shown.text}"
    if day and date_long(day, "nl") not in shown.text:
        return f"{card.id}: {day} is not in: {shown.text}"
    return ""


def _day(deadline: Deadline | None, law: dict[Output, Asked]) -> date | None:
    asked = law.get(deadline.output) if deadline else None
    value = asked.outputs.get(deadline.output.output) if asked and deadline else None
    return date.fromisoformat(value) if isinstance(value, str) else None
