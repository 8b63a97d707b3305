"""Determine, read, determine again, until the law answers or nothing more can be supplied."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from dichterbij.ground.registry.activities import TERRITORY_FIELD, allowed_fields
from dichterbij.kernel.identifiers import Bsn, KvkNumber, Number
from dichterbij.law import (
    UNKNOWN,
    FactDefinition,
    FactRef,
    Facts,
    LawSet,
    Open,
    Outcome,
    Question,
    Refused,
    determine,
)
from dichterbij.law.values import Given

from .domain import COMPANY, SUBJECT, Origin, Request, Supplied
from .people import People
from .reading import Found, Reader, Wanted, wanted

MOST_ROUNDS = 50
EUROPEAN = "NL"
MUNICIPALITY = "gemeenteVanInschrijving.code"
RELATIVES = (
    "partners.burgerservicenummer",
    "partners.voormalig",
    "ouders.1.burgerservicenummer",
    "ouders.2.burgerservicenummer",
    "kinderen.burgerservicenummer",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One answer to a fact, with where it came from. `raw`: as the registry or the person said it."""

    given: Given
    origin: Origin
    raw: str = field(repr=False)
    valid_from: date | None = None
    read_at: datetime | None = None
    in_investigation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The last answer of the law, with everything that was supplied to it on the way.

    `territory`: where the subject lives; None when the register that knows it did not answer.
    """

    outcome: Outcome
    known: Mapping[FactRef, Known]
    people: People
    territory: str | None


def ask(laws: LawSet, request: Request, reader: Reader, supplied: Supplied) -> Asked:
    """Return what the law says for the subject of the reader's access, after supplying all it needs."""
    run = _Run(
        laws=laws, request=request, reader=reader, supplied=supplied, people=People(reader.access.subject.number)
    )
    territory = run.territory()
    question = Question(
        law=request.law,
        outputs=request.outputs,
        subject=SUBJECT,
        period=request.period,
        decided_on=request.decided_on,
        territory=territory or EUROPEAN,
    )
    outcome = run.answer(question)
    if isinstance(outcome, Refused) and outcome.code == "no_local_rules":
        territory = run.municipality()
        outcome = run.answer(replace(question, territory=territory or EUROPEAN))
    return Asked(outcome=outcome, known=run.known, people=run.people, territory=territory)


@dataclass(slots=True, kw_only=True)
class _Run:
    """One assessment under way."""

    laws: LawSet
    request: Request
    reader: Reader
    supplied: Supplied
    people: People
    known: dict[FactRef, Known] = field(default_factory=dict)
    relatives: frozenset[Bsn] | None = None

    def territory(self) -> str | None:
        """Return where the subject lives, as far as that decides which law applies; abroad European law answers."""
        bsn = self.reader.access.subject.bsn
        if bsn is None:
            return EUROPEAN
        place = Wanted(registry="brp", field=TERRITORY_FIELD, number=bsn, at=self.request.decided_on, period=None)
        found = self.reader.read([place]).get(place)
        if found is None:
            return None
        value = found.value
        return value if isinstance(value, str) and value != "abroad" else EUROPEAN

    def municipality(self) -> str | None:
        """Return the code of the municipality of the subject, None when the register that knows it did not answer."""
        bsn = self.reader.access.subject.bsn
        if bsn is None or MUNICIPALITY not in allowed_fields(self.reader.access.activity.id).get("brp", frozenset()):
            return EUROPEAN
        place = Wanted(registry="brp", field=MUNICIPALITY, number=bsn, at=self.request.decided_on, period=None)
        found = self.reader.read([place]).get(place)
        if found is None:
            return None
        return str(found.value) if found.is_present else EUROPEAN

    def answer(self, question: Question) -> Outcome:
        """Ask the law, supply what it asks, ask again."""
        for _ in range(MOST_ROUNDS):
            outcome = determine(self.laws, question, self._facts())
            if not isinstance(outcome, Open) or not outcome.asks:
                break
            self._supply(outcome.asks)
        return outcome

    def _facts(self) -> Facts:
        persons: dict[str, dict[str, Given]] = {SUBJECT: {}}
        for ref, known in self.known.items():
            persons.setdefault(ref.person, {})[ref.fact] = known.given
        return Facts(subject=SUBJECT, persons=persons)

    def _supply(self, refs: Iterable[FactRef]) -> None:
        places: dict[FactRef, Wanted] = {}
        for ref in refs:
            fact = self.laws.vocabulary[ref.fact]
            number = self._readable(ref.person)
            if fact.origin == Origin.REGISTER and number is not None and _is_about(fact, number):
                places[ref] = self._place(fact, number)
            else:
                self.known[ref] = self._said(ref, fact)
        found = self.reader.read(places.values())
        for ref, place in places.items():
            self.known[ref] = self._from_register(ref, found.get(place))

    def _readable(self, person: str) -> Number | None:
        """Return the number of a person, or of the company that asks, about whom we may read.

        Somebody who was only named (the deceased) is read about within a case alone, by the body that decides it, and
        only when the register names them as spouse, parent or child of the applicant.
        """
        number = self.people.number(person)
        if number is None and self.reader.access.case is not None and self.people.confirm(person, self._relatives()):
            return self.people.number(person)
        return number

    def _relatives(self) -> frozenset[Bsn]:
        subject = self.reader.access.subject.bsn
        if self.relatives is None and subject is not None:
            day = self.request.decided_on
            allowed = allowed_fields(self.reader.access.activity.id).get("brp", frozenset())
            fields = [name for name in RELATIVES if name in allowed]
            found = self.reader.read(
                Wanted(registry="brp", field=name, number=subject, at=day, period=None) for name in fields
            )
            self.relatives = frozenset(Bsn(number) for each in found.values() for number in _numbers(each))
        return self.relatives or frozenset()

    def _place(self, fact: FactDefinition, number: Number) -> Wanted:
        return wanted(fact, number, self.request.period.first)

    def _from_register(self, ref: FactRef, found: Found | None) -> Known:
        """Return what the registry said; nothing there means what the vocabulary says it means."""
        fact = self.laws.vocabulary[ref.fact]
        if found is None:
            return _UNKNOWN
        if not found.is_present:
            if fact.absent == "unknown":
                return self._said(ref, fact)
            absent = fact.absent if isinstance(fact.absent, int) else None
            return Known(given=absent, origin=Origin.REGISTER, raw="", read_at=found.read_at)
        return Known(
            given=self._related(fact, found) if fact.is_relation else _given(found.value),
            origin=Origin.REGISTER,
            raw=str(found.value),
            valid_from=found.valid_from,
            read_at=found.read_at,
            in_investigation=found.in_investigation,
        )

    def _related(self, fact: FactDefinition, found: Found) -> Given:
        persons = self.people.related(_numbers(found), via=fact.name)
        self._may_read_now(persons)
        if fact.type == "list":
            return list(persons)
        return persons[0]

    def _may_read_now(self, persons: Iterable[str]) -> None:
        """Ask again what was not read about people of whom we did not know they are relatives."""
        for ref in [ref for ref, known in self.known.items() if known is _UNKNOWN and ref.person in persons]:
            if self.laws.vocabulary[ref.fact].registry not in self.reader.down:
                del self.known[ref]

    def _said(self, ref: FactRef, fact: FactDefinition) -> Known:
        """Return what was supplied; otherwise nobody knows.

        What the applicant says of a fact without naming a person counts for everybody of whom the law asks it.
        """
        key = f"{ref.person}.{ref.fact}"
        if key not in self.supplied and (ref.person == SUBJECT or fact.origin == Origin.APPLICANT):
            key = ref.fact
        if key not in self.supplied:
            return _UNKNOWN
        value = self.supplied[key]
        origin = Origin(fact.origin) if fact.origin != Origin.REGISTER else Origin.APPLICANT
        if fact.is_relation and value is not None:
            person = self.people.named(value, via=fact.name)
            return Known(given=[person] if fact.type == "list" else person, origin=origin, raw="")
        given = value.isoformat() if isinstance(value, date) else value
        assert not isinstance(given, Bsn)  # noqa: S101 only relations are people
        return Known(given=given, origin=origin, raw=str(given))


def _is_about(fact: FactDefinition, number: Number) -> bool:
    """Say whether a register knows a fact by such a number: what is of a company, by that of the company."""
    return (fact.of == COMPANY) == isinstance(number, KvkNumber)


_UNKNOWN = Known(given=UNKNOWN, origin=Origin.REGISTER, raw="")


def _numbers(found: Found) -> tuple[str, ...]:
    """Return the numbers of people that a relation of a registry holds; none when there is nobody."""
    if not found.is_present:
        return ()
    return tuple(map(str, found.value)) if isinstance(found.value, tuple) else (str(found.value),)


def _given(value: object) -> Given:
    if isinstance(value, tuple):
        return [_given(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _given(item) for key, item in value.items()}
    assert value is None or isinstance(value, str | int | bool)  # noqa: S101 the type of a registry's value
    return value
