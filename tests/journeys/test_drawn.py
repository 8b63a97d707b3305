"""People drawn from the world: every card equals the output of its law file, every fact equals its registry."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.kernel.formats import date_long, euro
from dichterbij.law.labels import labels_for
from dichterbij_world.people import Person
from dichterbij_world.store import World

from .oracle import SUBJECT, Somebody
from .private import everybody, secrets_of
from .rooms import has
from .told import ON, Told
from .visitor import Visitor

if not has("life_events"):
    pytest.skip("there are no life events in this house", allow_module_level=True)

from .plans import NOT_HERE, asked_of, differences, open_plan, shown_cards

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
PEOPLE, AT_ONCE = 30, 5
RELATIONS = ("partner", "kind", "ouder", "broer_zus", "anders")


@pytest.mark.parametrize(
    "part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in range(1, PEOPLE // AT_ONCE))]
)
def test_a_plan_is_what_the_law_says(part: int, world: World, seed: int, visitor: Callable[[], Visitor]) -> None:
    people = sorted(everybody(world), key=lambda each: each[0])
    drawn = random.Random(seed).sample(people, PEOPLE)[part * AT_ONCE : (part + 1) * AT_ONCE]
    for key, person, family in drawn:
        chance = random.Random(f"{seed} {key}")
        problems = _problems(visitor(), key, Told(person, family, ON), chance)
        assert not problems, f"person {key} of the world of seed {seed}:\n" + "\n".join(problems)


def _problems(visitor: Visitor, key: str, told: Told, chance: random.Random) -> list[str]:
    visitor.log_in(key)
    visitor.watch.secrets = secrets_of(told)
    form, said, dead = _story(told, chance)
    page = open_plan(visitor, form)
    died_on = date.fromisoformat(str(said["overlijdensdatum"]))
    who = Somebody(told, {**said, "overledene": dead} if dead else said, dead)
    law, cards = asked_of(who, died_on), shown_cards(page)
    problems = differences(cards, law, said)
    if any(each.not_here for each in law.values()) and NOT_HERE not in page.text:
        problems.append("does not say that the laws of the Netherlands do not apply there")
    used = {fact: value for each in law.values() for (person, fact), value in each.used.items() if person == SUBJECT}
    chosen = [cards[card] for card in ("zorgtoeslag", "aanvullende-beurs", "nabestaandenuitkering") if card in cards]
    for shown in chosen or list(cards.values())[:1]:
        problems += _wrong_facts(visitor, shown.address, used)
    return problems


def _story(told: Told, chance: random.Random) -> tuple[dict[str, str], dict[str, object], str]:
    """Return what to fill in, the facts of the case, and the number of who died when the register names them."""
    together = chance.choice((True, False))
    form = {"zelfde_adres_als_overledene": "yes" if together else "no"}
    facts: dict[str, object] = {"zelfde_adres_als_overledene": together}
    if (place := not told.person.abroad) or told.person.abroad:
        facts["woont_in_nederland"] = place
    known = _recently_died(told)
    if known is not None:
        dead, relation = known
        day = dead.died_on
        assert day
        return form | {"who": "0"}, facts | _case(day, relation), dead.bsn
    day, relation = ON - timedelta(days=chance.randint(0, 900)), chance.choice(RELATIONS)
    somebody = {"name": "Iemand", "relation": relation, **_date(day)}
    return form | somebody, facts | _case(day, relation), ""


def _case(day: date, relation: str) -> dict[str, object]:
    return {"overlijdensdatum": day.isoformat(), "relatie_tot_overledene": relation}


def _date(day: date) -> dict[str, str]:
    return {f"died_on_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def _recently_died(told: Told) -> tuple[Person, str] | None:
    """Return the relative who died last, in the last three years, and what the person was to them."""
    own, family = told.person, told.family
    relations = {parent.bsn: "kind" for parent in own.parents if parent.bsn}
    relations |= dict.fromkeys(own.children, "ouder")
    relations |= {union.partner: "partner" for union in own.unions if not union.ended_on}
    dead = [family.person(bsn) for bsn in relations if family.person(bsn).has_died(ON)]
    recent = [one for one in dead if one.died_on and one.died_on >= ON.replace(year=ON.year - 3)]
    last = max(recent, key=lambda one: one.died_on or ON, default=None)
    return (last, relations[last.bsn]) if last else None


def _wrong_facts(visitor: Visitor, address: str, used: dict[str, object]) -> list[str]:
    """Return which facts on the page of a card differ from what is true of the person."""
    page, labels = visitor.get(address), labels_for(current_laws(), "nl")
    expected = {labels.label_of_fact(name): (name, value) for name, value in used.items()}
    problems = []
    for row in page.top.with_class("dichterbij-summary__row"):
        label, shown = (next(row.all(tag)).text for tag in ("dt", "dd"))
        if label in expected and "Bron: u zelf" not in shown:
            name, value = expected[label]
            words = _words(name, value)
            if words is not None and not shown.casefold().startswith(words.casefold()):
                problems.append(f"{name}: {words!r} is shown as {shown!r}")
    return problems


def _words(name: str, value: object) -> str | None:
    """Return how a fact is told; None for relatives, who are told by who they are."""
    labels, fact = labels_for(current_laws(), "nl"), current_laws().vocabulary[name]
    if fact.is_relation or fact.shown_to == "nobody":
        return None
    match value:
        case None:
            return "geen"
        case bool():
            return "ja" if value else "nee"
        case int() if fact.type == "amount":
            return euro(value, "nl").replace("\xa0", " ")
        case str() if fact.type == "date":
            return date_long(date.fromisoformat(value), "nl")
        case str():
            return labels.fact(name).values.get(value, value)
    return str(value)
