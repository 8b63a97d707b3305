"""Over everybody of the world: nothing an outcome is told with holds a value of somebody who does not claim together.

What the law says is told in an explanation (page, letter, desk), a trace and a receipt; all three are searched for
the amounts and days of others, and each fact of another person must say that it is hidden.
"""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.kernel.formats import date_long, euro
from dichterbij.kernel.periods import Period
from dichterbij.law import Determined, Open
from dichterbij.law.explain import explain
from dichterbij_world.people import Family, Person
from dichterbij_world.store import World

from .oracle import SUBJECT, Asked, Somebody, ask
from .rooms import has
from .told import ON, Told

if not has("life_events"):
    pytest.skip("there are no life events in this house", allow_module_level=True)

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.front.life_events import queries as life_events

PARTNERS = ("partner", "samenwonende")
NEXT_MONTH = Period.month(2026, 7)
LEAST_CENTS = 10_000
"""Smaller amounts are also amounts of the law itself."""
LANGUAGES = ("nl", "en", "pap")


@pytest.mark.slow
def test_no_value_of_another_is_in_any_explanation_trace_or_receipt(world: World) -> None:
    problems, hidden, joint = [], 0, 0
    for person, family in _everybody(world):
        for law, asked in _answers(Told(person, family, ON)):
            found, others, shown = _betrayed(asked)
            hidden, joint = hidden + others, joint + shown
            problems += [f"{law}: {problem}" for problem in found]
    assert not problems, f"{len(problems)}: " + "\n".join(problems[:20])
    assert hidden > 100
    assert joint > 10


def _everybody(world: World) -> Iterator[tuple[Person, Family]]:
    for family in world.families():
        yield from ((person, family) for person in family.people if person.is_alive(ON) and person.age(ON) >= 16)


def _answers(told: Told) -> Iterator[tuple[str, Asked]]:
    """Ask every law behind a product or a card of the plan, as if a relative or somebody unknown died."""
    said: dict[str, object] = {
        "overlijdensdatum": "2026-06-08",
        "relatie_tot_overledene": _relation(told),
        "zelfde_adres_als_overledene": True,
        "woont_in_nederland": told.person.abroad is None,
        "kind_in_huishouden_van_ander": False,
    }
    for law, outputs in sorted(_questions().items()):
        yield law, ask(current_laws(), Somebody(told, said), law, tuple(sorted(outputs)), NEXT_MONTH)


def _relation(told: Told) -> str:
    return "partner" if told.person.unions else "kind"


def _questions() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for card in life_events.event_at("death").cards:
        for output in card.outputs():
            found.setdefault(output.law, set()).add(output.output)
    for product in catalogue.products():
        found.setdefault(product.law, set()).update(product.outputs)
    return found


def _betrayed(asked: Asked) -> tuple[list[str], int, int]:
    """Return what is told of others, how many of their values are hidden, and how many shown to who claims together."""
    outcome = asked.outcome
    if outcome is None:
        return [], 0, 0
    others = {ref: value for ref, value in asked.used.items() if ref[0] not in _together(outcome)}
    told = {language: explain(outcome, current_laws(), language) for language in LANGUAGES}
    problems = [
        f"{line.label} is shown"
        for explanation in told.values()
        for line in (*explanation.facts, *explanation.deciding)
        if line.shown and (line.ref.person, line.ref.fact) in others and _origin(line.ref.fact) != "applicant"
    ]
    problems += _found(outcome, repr(told), others, asked.used)
    joint = [ref for ref in asked.used if ref[0] in _together(outcome) - {SUBJECT}]
    return problems, len(others), len(joint)


def _found(
    outcome: Determined | Open, words: str, others: dict[tuple[str, str], object], used: dict[tuple[str, str], object]
) -> list[str]:
    """Return the facts of others whose amount or day stands in the words, the trace or the receipt."""
    own = {str(value) for ref, value in used.items() if ref not in others}
    own |= {str(value) for value in outcome.facts.persons[SUBJECT].values()}
    own |= {str(value) for value in outcome.outputs.values()}
    machine = json.dumps(outcome.trace(), default=str)
    machine += json.dumps(outcome.receipt(), default=str) if isinstance(outcome, Determined) else ""
    return [
        f"{fact} of another: {text}"
        for (_person, fact), value in others.items()
        if str(value) not in own and _origin(fact) != "applicant"
        for text in _texts(fact, value)
        if text in words.replace("\xa0", " ") or text in machine
    ]


def _together(outcome: Determined | Open) -> set[str]:
    """Return the subject and who claims together with them, by the facts the law was given."""
    own = outcome.facts.persons[SUBJECT]
    return {SUBJECT, *(str(own[name]) for name in PARTNERS if isinstance(own.get(name), str))}


def _origin(fact: str) -> str:
    return current_laws().vocabulary[fact].origin


def _texts(fact: str, value: object) -> list[str]:
    kind = current_laws().vocabulary[fact].type
    if kind == "amount" and isinstance(value, int) and value >= LEAST_CENTS:
        return [str(value), *(euro(value, language).replace("\xa0", " ") for language in LANGUAGES)]
    if kind == "date" and isinstance(value, str):
        day = date.fromisoformat(value)
        return [value, *(date_long(day, language) for language in LANGUAGES)]
    return []
