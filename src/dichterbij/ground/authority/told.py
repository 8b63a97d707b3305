"""What registers tell: parents, guardians, administrators and mentors; directors and proxies; estates, bankruptcies.

Law: Burgerlijk Wetboek 1:245, 1:253i (parents), 1:381 (guardian, everything), 1:441 (administrator, only property),
1:453 (mentor, only care), 2:130 and 2:240 (directors), 3:60 (proxies), 3:170 (heirs, together), 4:142 (executors, each
alone unless the will says otherwise), 4:145 (executor, in the place of the heirs); Faillissementswet 68 (trustee) and
23 (the trustee acts for a bankrupt company, no director or proxy). Of a limited proxy a human reads how far it goes.

A child who is heir does not act (1:234): who has authority over them does (1:253i and 1:337), each parent alone. What
is asked of the government here is looking after the estate (3:170); what a parent needs a court for (1:345 and 1:253k:
selling, dividing, giving, borrowing) or does there (4:193: accepting) is not done here. A husband or wife who got
everything by law (4:13) acts alone, as the register says: the children then have a claim and no part.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from dichterbij.ground.registry.domain import Value
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Bsn, KvkNumber

from . import standing
from .asking import DIED, NAME, Row, rows_of, said_by
from .domain import Kind, Unclear

AUTHORITY, CLIENTS = "gezag", "clienten"
FUNCTIONS_OF, ESTATES, BANKRUPTCIES = "functies", "nalatenschappen", "faillissementen"
KINDS = {"curatele": Kind.GUARDIAN, "bewind": Kind.ADMINISTRATOR, "mentorschap": Kind.MENTOR}
FUNCTIONS = {
    "eigenaar": Kind.DIRECTOR,
    "vennoot": Kind.DIRECTOR,
    "bestuurder": Kind.DIRECTOR,
    "gevolmachtigde": Kind.PROXY,
}
"""Which functions at the business register let somebody act for the company; a limited partner is not among them."""
ALONE, TOGETHER, LIMITED = "alleen of zelfstandig bevoegd", "gezamenlijk bevoegd", "beperkt bevoegd"
HEIR = "erfgenaam"
ROLES = {"executeur": Kind.EXECUTOR, HEIR: Kind.HEIR, "contactpersoon": Kind.CONTACT}
OTHERS = {Kind.EXECUTOR: "medeExecuteurs", Kind.HEIR: "medeErfgenamen"}
NOT_AT_ALL, ALL_TOGETHER, EACH_ALONE = "geen", "gezamenlijk", "alleen"
Part = tuple[Bsn, Row]
"""Who has a part in an estate, somebody themself or a child of theirs, and what the register says of it."""
People = Mapping[Bsn, tuple[str, bool]]
"""The name of each person, and whether they died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a register said: for whom somebody may act since when, with how many others, and the age of a child.

    `unclear`: why it cannot say who may act; `speaks_for`: of an heir, in whose names they act, their own among them.
    """

    kind: Kind
    number: Bsn | KvkNumber
    name: str = field(repr=False)
    jointly: int = 0
    always_jointly: bool = False
    age: int | None = None
    since: date | None = None
    unclear: Unclear | None = None
    speaks_for: tuple[Bsn, ...] = ()


class Ask(Protocol):
    """Asks a register for whom somebody may act."""

    def __call__(self, access: Access, bsn: Bsn, children: tuple[Bsn, ...]) -> Iterator[Found]:
        """Give what the register says. `children`: over whom they have authority."""
        ...


def of_population(access: Access, bsn: Bsn, children: tuple[Bsn, ...]) -> Iterator[Found]:  # noqa: ARG001 it names them
    """Give the children over whom somebody has authority, and those of whom the register cannot say who has it."""
    for relation in rows_of(said_by(access, "brp", (bsn,), (AUTHORITY,)), bsn, AUTHORITY):
        age, is_nobody = relation.get("leeftijd"), relation.get("vanNiemand") is True
        if isinstance(age, int) and age >= standing.OF_AGE:
            continue
        yield Found(
            kind=Kind.UNDETERMINED if is_nobody else Kind.PARENT,
            unclear=Unclear.CHILD if is_nobody else None,
            number=Bsn(str(relation["minderjarige"])),
            name=str(relation["naam"]),
            jointly=int(str(relation.get("soort", "")).startswith("Gezamenlijk")),
            age=age if isinstance(age, int) else None,
        )


def of_business(access: Access, bsn: Bsn, children: tuple[Bsn, ...]) -> Iterator[Found]:  # noqa: ARG001 of companies
    """Give the companies for which somebody may act, alone, together or within limits; none that is bankrupt."""
    rows = [
        row
        for row in rows_of(said_by(access, "kvk", (bsn,), (FUNCTIONS_OF,)), bsn, FUNCTIONS_OF)
        if row["functie"] in FUNCTIONS and row["bevoegdheid"] in (ALONE, TOGETHER, LIMITED)
    ]
    numbers = tuple(dict.fromkeys(KvkNumber(str(row["nummer"])) for row in rows))
    bankrupt = standing.bankrupt(access, numbers)
    for row in rows:
        if (number := KvkNumber(str(row["nummer"]))) not in bankrupt:
            together, limited = row["bevoegdheid"] == TOGETHER, row["bevoegdheid"] == LIMITED
            yield Found(
                kind=Kind.UNDETERMINED if limited else FUNCTIONS[str(row["functie"])],
                unclear=Unclear.LIMITED_PROXY if limited else None,
                number=number,
                name=str(row["naam"]),
                jointly=int(together),
                always_jointly=together,
            )


def of_courts(access: Access, bsn: Bsn, children: tuple[Bsn, ...]) -> Iterator[Found]:
    """Give for whom the court appointed somebody, in whose estate they or their children have a say, whose trustee."""
    said = said_by(access, "ccbr", (bsn,), (CLIENTS, ESTATES, BANKRUPTCIES))
    of_children = said_by(access, "ccbr", children, (ESTATES,))
    clients = [row for row in rows_of(said, bsn, CLIENTS) if row["soort"] in KINDS]
    parts = [(each, row) for each in (bsn, *children) for row in rows_of({**said, **of_children}, each, ESTATES)]
    parts = [(each, row) for each, row in parts if row["bevoegdheid"] != NOT_AT_ALL]
    people = _people(access, [*clients, *(row for _, row in parts)])
    yield from _clients(clients, people)
    yield from _estates(parts, people, bsn, is_of_age=bool(parts) and standing.is_of_age(access, bsn))
    yield from _bankruptcies(rows_of(said, bsn, BANKRUPTCIES))


SOURCES: tuple[tuple[str, Ask], ...] = (("brp", of_population), ("kvk", of_business), ("ccbr", of_courts))
"""Who is asked, the population register first: it says of which children the courts are asked too."""


def _clients(rows: list[Row], people: People) -> Iterator[Found]:
    """Give the living among the clients."""
    for row in rows:
        number = Bsn(str(row["nummer"]))
        name, has_died = people.get(number, ("", True))
        if not has_died:
            yield Found(kind=KINDS[str(row["soort"])], number=number, name=name, since=_day(row.get("sinds")))


def _estates(parts: list[Part], people: People, bsn: Bsn, *, is_of_age: bool) -> Iterator[Found]:
    """Give those who died indeed, also according to the population register, with what somebody is in their estate."""
    for (number, role), several in _together(parts, bsn).items():
        name, has_died = people.get(number, ("", False))
        if has_died:
            part = _part(ROLES.get(role), several) if is_of_age else _Part(unclear=Unclear.YOUNG_HEIR)
            yield Found(
                kind=part.kind,
                number=number,
                name=name,
                jointly=part.jointly,
                always_jointly=part.jointly > 0,
                unclear=part.unclear,
                speaks_for=part.speaks_for,
            )


def _together(parts: list[Part], bsn: Bsn) -> dict[tuple[Bsn, str], list[Part]]:
    """Return what somebody is in each estate, with the parts of their children beside their own as an heir."""
    found: dict[tuple[Bsn, str], list[Part]] = {}
    for whose, row in parts:
        if whose == bsn or row["rol"] == HEIR:
            found.setdefault((Bsn(str(row["nummer"])), str(row["rol"])), []).append((whose, row))
    return found


def _bankruptcies(rows: list[Row]) -> Iterator[Found]:
    for row in rows:
        person, company = row.get("burgerservicenummer"), row.get("kvkNummer")
        number = Bsn(str(person)) if person else KvkNumber(str(company))
        yield Found(kind=Kind.TRUSTEE, number=number, name=str(row["naam"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """As what somebody acts in an estate, with how many others and in whose names; or why a human finds that out."""

    kind: Kind = Kind.UNDETERMINED
    jointly: int = 0
    unclear: Unclear | None = Unclear.ESTATE
    speaks_for: tuple[Bsn, ...] = ()


def _part(kind: Kind | None, parts: list[Part]) -> _Part:
    """Return as what somebody acts in an estate, also for their children; what we do not know is left to a human."""
    powers, names = {row["bevoegdheid"] for _, row in parts}, tuple(whose for whose, _ in parts)
    speaks_for = names if kind is Kind.HEIR else ()
    if kind and powers == {EACH_ALONE}:
        return _Part(kind=kind, unclear=None, speaks_for=speaks_for)
    counts = {row.get(OTHERS.get(kind, "")) for _, row in parts} if kind else set()
    others = counts.pop() if len(counts) == 1 else None
    if kind and powers == {ALL_TOGETHER} and isinstance(others, int) and len(parts) <= others + 1 and others > 0:
        return _Part(kind=kind, jointly=others + 1 - len(parts), unclear=None, speaks_for=speaks_for)
    return _Part()


def _people(access: Access, rows: list[Row]) -> People:
    """Return the name of each person in these rows, and whether they died."""
    numbers = tuple(dict.fromkeys(Bsn(str(row["nummer"])) for row in rows))
    records = said_by(access, "brp", numbers, (NAME, DIED))
    return {number: (str(said.get(NAME, "")), bool(said.get(DIED))) for number, said in records.items()}


def _day(text: Value) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None
