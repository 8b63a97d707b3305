"""What the law says for somebody of the world, asked directly: no gateway, no assessment, no page in between."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dichterbij.kernel.periods import Period
from dichterbij.law import UNKNOWN, Determined, Facts, LawSet, Open, Question, Refused, Unknown, determine

from .told import ON, Told, fact

SUBJECT = "p1"
EUROPEAN = "NL"
ISLANDS = {"5106": "BQ-BO", "5108": "BQ-SE", "5109": "BQ-SA"}
Facts_ = dict[str, dict[str, object]]


@dataclass
class Asked:
    """One question to the law about somebody: what it said, and every fact of the registries it was given."""

    outputs: Mapping[str, object] = field(default_factory=dict)
    not_here: bool = False
    used: dict[tuple[str, str], object] = field(default_factory=dict)
    outcome: Determined | Open | None = None


@dataclass
class Somebody:
    """Who the law is asked about. `said`: what the person or the case supplies; `dead`: who died, when in the family.

    About somebody who is only named nothing is read: what the law asks about them is unknown, unless a registry
    names them as a relative along the way.
    """

    told: Told
    said: Mapping[str, object]
    dead: str = ""

    @property
    def territory(self) -> str:
        """Return whose law holds where they live; abroad European law answers."""
        where = self.told.person.abroad
        return ISLANDS.get(where.country, EUROPEAN) if where else EUROPEAN


def ask(laws: LawSet, who: Somebody, law: str, outputs: tuple[str, ...], period: Period) -> Asked:
    """Ask the law, supply what it asks from the world, ask again until it answers or nothing more is known."""
    readable: set[str] = {who.told.person.bsn}
    while True:
        before = set(readable)
        asked = _ask(laws, who, _question(who, law, outputs, period), readable)
        if readable == before:
            return asked


def _question(who: Somebody, law: str, outputs: tuple[str, ...], period: Period) -> Question:
    return Question(law=law, outputs=outputs, subject=SUBJECT, period=period, decided_on=ON, territory=who.territory)


def _ask(laws: LawSet, who: Somebody, question: Question, readable: set[str]) -> Asked:
    run = _Run(laws, who, readable, question.period.first)
    while True:
        outcome = determine(laws, question, Facts(subject=SUBJECT, persons=run.persons))  # type: ignore[arg-type]
        if isinstance(outcome, Refused):
            return Asked(not_here=outcome.code == "does_not_apply_in_territory")
        if isinstance(outcome, Determined) or not outcome.asks:
            known = {name: value for name, value in outcome.outputs.items() if not isinstance(value, Unknown)}
            return Asked(outputs=known, used=run.used, outcome=outcome)
        assert isinstance(outcome, Open)
        for ref in outcome.asks:
            run.supply(ref.person, ref.fact)


class _Run:
    def __init__(self, laws: LawSet, who: Somebody, readable: set[str], day: date) -> None:
        self.laws, self.who, self.readable, self.day = laws, who, readable, day
        self.numbers = {SUBJECT: who.told.person.bsn}
        self.persons: Facts_ = {SUBJECT: {}}
        self.used: dict[tuple[str, str], object] = {}

    def supply(self, person: str, name: str) -> None:
        """Give the law a fact of somebody."""
        value = self._value(person, name)
        if value is not UNKNOWN:
            self.used[person, name] = value
        self.persons.setdefault(person, {})[name] = self._as_people(name, value)

    def _value(self, person: str, name: str) -> object:
        definition = self.laws.vocabulary[name]
        number = self.numbers.get(person, "")
        if definition.origin == "register" and number in self.readable:
            told = Told(self.who.told.family.person(number), self.who.told.family, self._day(name))
            found = fact(told, name)
            if found is not UNKNOWN:
                return found
        is_own = person == SUBJECT or definition.origin == "applicant"
        return self.who.said.get(name, UNKNOWN) if is_own else UNKNOWN

    def _day(self, name: str) -> date:
        return date(self.day.year, 1, 1) if self.laws.vocabulary[name].period == "year" else self.day

    def _as_people(self, name: str, value: object) -> object:
        """Return relatives as ids; a relative whom a registry names may be read about from now on."""
        definition = self.laws.vocabulary[name]
        if not definition.is_relation or value in (None, UNKNOWN):
            return value
        numbers = list(value) if isinstance(value, list) else [str(value)]
        if definition.origin == "register":
            self.readable.update(numbers)
        ids = [self._id(number) for number in numbers]
        return ids if definition.type == "list" else ids[0]

    def _id(self, number: str) -> str:
        known = next((person for person, bsn in self.numbers.items() if bsn == number), None)
        person = known or f"p{len(self.numbers) + 1}"
        self.numbers[person] = number
        self.persons.setdefault(person, {})
        return person
