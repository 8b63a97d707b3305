"""What registers tell: parents, guardians, administrators and mentors; directors and proxies; estates, bankruptcies.

Law: Burgerlijk Wetboek 1:234 (who is under age; a human looks who acts for a young heir), 1:245, 1:253i (parents),
1:381 (guardian, everything), 1:441 (administrator, only property), 1:453 (mentor, only care), 2:130 and 2:240
(directors), 3:60 (proxies), 3:170 (heirs, together), 4:142 (executors, each alone unless the will says otherwise),
4:145 (executor, in the place of the heirs); Faillissementswet 68 (trustee) and 23 (the trustee acts for a bankrupt
company, and no director or proxy). Of a limited proxy a human reads how far it goes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.domain import Query, Value
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Bsn, KvkNumber

from . import standing
from .domain import Kind

AUTHORITY, CLIENTS, NAME, DIED = "gezag", "clienten", "naam.volledigeNaam", "overlijden.datum"
FUNCTIONS_OF, ESTATES, BANKRUPTCIES = "functies", "nalatenschappen", "faillissementen"
KINDS = {"curatele": Kind.GUARDIAN, "bewind": Kind.ADMINISTRATOR, "mentorschap": Kind.MENTOR}
FUNCTIONS = {
    "eigenaar": Kind.DIRECTOR,
    "vennoot": Kind.DIRECTOR,
    "bestuurder": Kind.DIRECTOR,
    "gevolmachtigde": Kind.PROXY,
}
"""Which functions at the business register let somebody act for the company; a limited partner is not among them."""
ALONE, TOGETHER = "alleen of zelfstandig bevoegd", "gezamenlijk bevoegd"
ROLES = {"executeur": Kind.EXECUTOR, "erfgenaam": Kind.HEIR, "contactpersoon": Kind.CONTACT}
OTHERS = {Kind.EXECUTOR: "medeExecuteurs", Kind.HEIR: "medeErfgenamen"}
NOT_AT_ALL, ALL_TOGETHER, EACH_ALONE = "geen", "gezamenlijk", "alleen"
Row = Mapping[str, Value]
People = Mapping[Bsn, tuple[str, bool]]
"""The name of each person, and whether they died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a register said: for whom somebody may act since when, with how many others, and the age of a child."""

    kind: Kind
    number: Bsn | KvkNumber
    name: str = field(repr=False)
    jointly: int = 0
    always_jointly: bool = False
    age: int | None = None
    since: date | None = None


def of_population(access: Access, bsn: Bsn) -> Iterator[Found]:
    """Give the children over whom somebody has authority."""
    for relation in _rows(_told(access, "brp", (bsn,), (AUTHORITY,)), bsn, AUTHORITY):
        age = relation.get("leeftijd")
        yield Found(
            kind=Kind.PARENT,
            number=Bsn(str(relation["minderjarige"])),
            name=str(relation["naam"]),
            jointly=int(str(relation.get("soort", "")).startswith("Gezamenlijk")),
            age=age if isinstance(age, int) else None,
        )


def of_business(access: Access, bsn: Bsn) -> Iterator[Found]:
    """Give the companies for which somebody may act, alone or together with another; none that is bankrupt."""
    rows = [
        row
        for row in _rows(_told(access, "kvk", (bsn,), (FUNCTIONS_OF,)), bsn, FUNCTIONS_OF)
        if row["functie"] in FUNCTIONS and row["bevoegdheid"] in (ALONE, TOGETHER)
    ]
    numbers = tuple(dict.fromkeys(KvkNumber(str(row["nummer"])) for row in rows))
    bankrupt = standing.bankrupt(access, numbers)
    for row in rows:
        if (number := KvkNumber(str(row["nummer"]))) not in bankrupt:
            together = row["bevoegdheid"] == TOGETHER
            yield Found(
                kind=FUNCTIONS[str(row["functie"])],
                number=number,
                name=str(row["naam"]),
                jointly=int(together),
                always_jointly=together,
            )


def of_courts(access: Access, bsn: Bsn) -> Iterator[Found]:
    """Give for whom the court appointed somebody, in whose estate they have a say, and whose trustee they are."""
    said = _told(access, "ccbr", (bsn,), (CLIENTS, ESTATES, BANKRUPTCIES))
    clients = [row for row in _rows(said, bsn, CLIENTS) if row["soort"] in KINDS]
    estates = [row for row in _rows(said, bsn, ESTATES) if row["bevoegdheid"] != NOT_AT_ALL]
    people = _people(access, [*clients, *estates])
    yield from _clients(clients, people)
    yield from _estates(estates, people, is_of_age=bool(estates) and standing.is_of_age(access, bsn))
    yield from _bankruptcies(_rows(said, bsn, BANKRUPTCIES))


SOURCES = (
    (frozenset({Kind.PARENT}), of_population),
    (frozenset(FUNCTIONS.values()), of_business),
    (frozenset({*KINDS.values(), *ROLES.values(), Kind.UNDETERMINED, Kind.TRUSTEE}), of_courts),
)
"""Who is asked, and which kinds the answer takes the place of."""


def _clients(rows: list[Row], people: People) -> Iterator[Found]:
    """Give the living among the clients."""
    for row in rows:
        number = Bsn(str(row["nummer"]))
        name, has_died = people.get(number, ("", True))
        if not has_died:
            yield Found(kind=KINDS[str(row["soort"])], number=number, name=name, since=_day(row.get("sinds")))


def _estates(rows: list[Row], people: People, *, is_of_age: bool) -> Iterator[Found]:
    """Give those who died indeed, also according to the population register."""
    for row in rows:
        number = Bsn(str(row["nummer"]))
        name, has_died = people.get(number, ("", False))
        if has_died:
            kind, jointly = _part(row) if is_of_age else (Kind.UNDETERMINED, 0)
            yield Found(kind=kind, number=number, name=name, jointly=jointly, always_jointly=jointly > 0)


def _bankruptcies(rows: list[Row]) -> Iterator[Found]:
    for row in rows:
        person, company = row.get("burgerservicenummer"), row.get("kvkNummer")
        number = Bsn(str(person)) if person else KvkNumber(str(company))
        yield Found(kind=Kind.TRUSTEE, number=number, name=str(row["naam"]))


def _part(row: Row) -> tuple[Kind, int]:
    """Return as what somebody acts in an estate and with how many others; what we do not know is left to a human.

    Whoever is under age says yes through another, whose own interest may differ (Burgerlijk Wetboek 1:250).
    """
    kind, power = ROLES.get(str(row["rol"]), Kind.UNDETERMINED), row["bevoegdheid"]
    if power == EACH_ALONE:
        return kind, 0
    others = row.get(OTHERS.get(kind, ""), 0)
    if power == ALL_TOGETHER and isinstance(others, int) and others > 0 and not row.get("minderjarigeErfgenamen"):
        return kind, others
    return Kind.UNDETERMINED, 0


def _people(access: Access, rows: list[Row]) -> People:
    """Return the name of each person in these rows, and whether they died."""
    numbers = tuple(dict.fromkeys(Bsn(str(row["nummer"])) for row in rows))
    records = _told(access, "brp", numbers, (NAME, DIED)) if numbers else {}
    return {number: (str(said.get(NAME, "")), bool(said.get(DIED))) for number, said in records.items()}


def _rows(records: Mapping[Bsn, Row], bsn: Bsn, name: str) -> list[Row]:
    value = records.get(bsn, {}).get(name)
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []


def _told(access: Access, register: str, persons: tuple[Bsn, ...], fields: tuple[str, ...]) -> Mapping[Bsn, Row]:
    query = Query(registry=register, persons=persons, fields=fields, at=clock.today())
    records = registry.read(access, query).records
    known = ((bsn, records[bsn].values) for bsn in persons if bsn in records)
    return {bsn: {name: each.value for name, each in values.items()} for bsn, values in known}


def _day(text: Value) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None
