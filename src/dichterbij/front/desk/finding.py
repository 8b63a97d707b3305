"""Find who stands at the counter or is on the phone, by two things they tell; the search itself is recorded."""

from datetime import date, timedelta

from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.organisations.domain import StaffRole
from dichterbij.ground.registry import searching
from dichterbij.ground.registry.answers import Record
from dichterbij.ground.registry.sought import Search
from dichterbij.kernel.access import NOBODY, Permission, Subject
from dichterbij.kernel.identifiers import Bsn

from . import barring, place, trying
from .domain import Person
from .rules import rules

NAME, BORN = "naam.volledigeNaam", "geboorte.datum"
LINES = ("adressering.adresregel1", "adressering.adresregel2")
WHY = "Zoeken wie aan de balie staat of belt"


def find(
    login: Login,
    role: StaffRole,
    *,
    born_on: date,
    surname: str = "",
    postcode: str = "",
    house_number: int | None = None,
) -> tuple[Person, ...]:
    """Return at most five people who fit; raises what `searching.find` raises, and `TooManyTries`."""
    access = place.access(login, role, NOBODY, Permission.READ, WHY)
    asked = Search(
        born_on=born_on,
        surname=surname,
        postcode=postcode,
        house_number=house_number,
        fields=(NAME, BORN, *LINES),
        trace=access.trace,
    )
    with searching.refusals_recorded(access, asked):
        trying.ensure_few("search", login.party, most=rules().searches, within=timedelta(minutes=10))
    trying.note("search", login.party)
    people = tuple(_person(bsn, record) for bsn, record in searching.find(access, asked).items())
    return tuple(each for each in people if not barring.stands(login, each.subject))


def _person(bsn: Bsn, record: Record) -> Person:
    lines = () if record.confidential else tuple(_text(record, name) for name in LINES)
    return Person(
        subject=Subject(party=identity.party_for(bsn), bsn=bsn),
        name=_text(record, NAME),
        born_on=_text(record, BORN),
        lines=tuple(filter(None, lines)),
    )


def _text(record: Record, name: str) -> str:
    found = record.values.get(name)
    return str(found.value) if found and found.value else ""
