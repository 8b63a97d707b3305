"""What is true of the people of the world, in the words of the vocabulary of facts.

Taken from how the people were made, not from what a registry answers: so a registry, an adapter or a reader that
changes something on the way is found out. Days that a registry cannot know yet are seen from the day of the world.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dichterbij.law import UNKNOWN
from dichterbij_world.people import Family, Person, Study

Given = object
ON = date(2026, 6, 15)
EUROPEAN = frozenset({"0001", "0072"})
LAWFUL, EQUATED = frozenset({"25", "26"}), frozenset({"25", "26"})


@dataclass(frozen=True)
class Told:
    """Somebody with their family, as the law sees them on a day."""

    person: Person
    family: Family
    day: date

    @property
    def home(self) -> str:
        """Return where they live; empty for a letter address, abroad or nowhere."""
        return "" if self.person.letter_address or self.person.abroad else self.person.home

    def of(self, bsn: str) -> "Told":
        """Return a member of the family."""
        return Told(self.family.person(bsn), self.family, self.day)

    def year(self, offset: int = 0) -> int:
        """Return the year of the question, or one before it."""
        return self.day.year + offset

    def at_home(self) -> list[Person]:
        """Return who else is registered at the home, the living only."""
        others = self.family.residents(self.home, ON) if self.home else ()
        return [one for one in others if one.bsn != self.person.bsn]


def fact(told: Told, name: str) -> Given:
    """Return a fact of the registries, None when there is none, UNKNOWN when no registry knows."""
    return FACTS[name](told)


def _or_none(value: Given) -> Given:
    return value or None


def _partner(told: Told) -> Given:
    running = [union for union in told.person.unions if union.ended_on is None or union.ended_on > ON]
    alive = [union.partner for union in running if not told.family.person(union.partner).has_died(ON)]
    return alive[0] if alive and not told.person.has_died(ON) else None


def _partner_at_death(told: Told) -> Given:
    if not told.person.has_died(ON):
        return None
    return next((union.partner for union in told.person.unions if union.ended_on is None), None)


def _last_union_since(told: Told) -> Given:
    begun = [union.since for union in told.person.unions if union.since <= ON]
    return max(begun).isoformat() if begun else None


def _parent(number: int) -> Callable[[Told], Given]:
    def found(told: Told) -> Given:
        return (told.person.parents[number].bsn or None) if len(told.person.parents) > number else None

    return found


def _children(told: Told) -> Given:
    return _or_none([bsn for bsn in told.person.children if told.family.person(bsn).born_on <= ON])


def _in_the_netherlands(told: Told) -> Given:
    if told.person.abroad:
        return False
    return True if told.family.home(told.person.home) else UNKNOWN


def _lawful(told: Told) -> Given:
    return True if told.person.nationality in EUROPEAN or told.person.permit in LAWFUL else UNKNOWN


def _equated(told: Told) -> Given:
    return True if told.person.nationality == "0001" or told.person.permit in EQUATED else UNKNOWN


def _together(told: Told) -> Person | None:
    """Return the one adult at the address who is no spouse, parent, grandparent or child; with a joint child first."""
    own = told.person
    close = {*own.children, _partner(told), *(parent.bsn for parent in own.parents)}
    elders = {bsn for parent in own.parents if parent.bsn for bsn in [one.bsn for one in _parents_of(told, parent.bsn)]}
    adults = [one for one in told.at_home() if one.bsn not in close | elders and _is_adult(one)]
    joint = [one for one in adults if set(one.children) & set(own.children)]
    return joint[0] if joint else adults[0] if len(adults) == 1 else None


def _parents_of(told: Told, bsn: str) -> list[Person]:
    parents = told.family.person(bsn).parents
    return [told.family.person(parent.bsn) for parent in parents if parent.bsn]


def _is_adult(person: Person) -> bool:
    return person.birth_known != "day" or person.age(ON) >= 18


def _samenwonende(told: Told) -> Given:
    found = _together(told)
    return found.bsn if found else None


def _joint_child(told: Told) -> Given:
    found = _together(told)
    return bool(set(found.children) & set(told.person.children)) if found else UNKNOWN


def _minor_at_home(told: Told) -> Given:
    found = _together(told)
    if found is None:
        return UNKNOWN
    children = {*found.children, *told.person.children}
    return any(one.bsn in children and not _is_adult(one) for one in told.at_home())


def _income(offset: int = 0, part: str = "cents", *, per_month: bool = False) -> Callable[[Told], Given]:
    def found(told: Told) -> Given:
        row = next((one for one in told.person.incomes if one.year == told.year(offset)), None)
        if row is None or row.year > ON.year:
            return UNKNOWN
        cents: int = getattr(row, part)
        return cents // (1200 if per_month else 100) * 100

    return found


def _assets(told: Told) -> Given:
    row = next((one for one in told.person.wealth if one.year == told.year()), None)
    return max(0, row.assets_cents // 100 - row.debts_cents // 100) * 100 if row else UNKNOWN


def _insured(told: Told) -> Given:
    since, died = told.person.insured_since, told.person.died_on if told.person.has_died(ON) else None
    return since is not None and since <= told.day and (died is None or told.day <= died)


def _study(told: Told) -> Study | None:
    running = [one for one in told.person.studies if one.since <= told.day and (one.until or told.day) >= told.day]
    return max((one for one in running if one.since <= ON), key=lambda one: one.since, default=None)


def _of_study(read: Callable[[Study], Given]) -> Callable[[Told], Given]:
    def found(told: Told) -> Given:
        study = _study(told)
        return _or_none(read(study)) if study else None

    return found


def _financed(told: Told) -> Study | None:
    return next((one for one in told.person.studies if one.finance_since and one.finance_since <= ON), None)


def _first_month(told: Told) -> Given:
    study = _financed(told)
    return study.finance_since.isoformat() if study and study.finance_since else None


def _lives(told: Told) -> Given:
    """Return how a student lives: with a parent until the month after the last parent at that address died."""
    study = _financed(told)
    if study is None or study.finance_since is None or told.day < study.finance_since:
        return UNKNOWN
    parents = [told.family.person(one.bsn) for one in told.person.parents if one.bsn]
    at_home = [one for one in parents if one.home and one.home == told.person.home]
    if any(one.is_alive(ON) for one in at_home):
        return "thuiswonend"
    last = max((one.died_on for one in at_home if one.died_on), default=None)
    is_same_month = last is not None and (told.day.year, told.day.month) <= (last.year, last.month)
    return "thuiswonend" if is_same_month else "uitwonend"


def _pension_starts(born: date) -> date:
    """Return the day of pension age; the world knows those born before 1961 (AOW 7a)."""
    from dichterbij_world.documents.svb import pension_day

    return pension_day(born)


def _has_pension(told: Told) -> Given:
    person = told.person
    return _pension_starts(person.born_on) <= ON and person.is_alive(ON) and person.aow_percentage > 0


def _owned(told: Told) -> Given:
    running = [one for one in told.person.businesses if one.since <= told.day and (one.until or told.day) >= told.day]
    return len([one for one in running if one.share == "eigenaar" and one.since <= ON])


def _home_says(read: Callable[[Told], Given]) -> Callable[[Told], Given]:
    return lambda told: read(told) if told.home and told.family.home(told.home) else UNKNOWN


def _rent(told: Told) -> Given:
    home = told.family.home(told.home)
    return home.rent_cents if home and home.rented else UNKNOWN


def _is_known_birthday(told: Told) -> Given:
    return told.person.born_on.isoformat() if told.person.birth_known == "day" else UNKNOWN


def _died(told: Told) -> Given:
    return told.person.died_on.isoformat() if told.person.died_on and told.person.has_died(ON) else None


FACTS: dict[str, Callable[[Told], Given]] = {
    "geboortedatum": _is_known_birthday,
    "datum_overlijden": _died,
    "partner": _partner,
    "partner_bij_overlijden": _partner_at_death,
    "laatste_verbintenis_vanaf": _last_union_since,
    "ouder_1": _parent(0),
    "ouder_2": _parent(1),
    "kinderen": _children,
    "woonadres": lambda told: _or_none(told.home),
    "gemeente_code": lambda told: None if told.person.municipality == "1999" else f"GM{told.person.municipality}",
    "woont_in_nederland": _in_the_netherlands,
    "rechtmatig_verblijf": _lawful,
    "gelijkgesteld_met_nederlander": _equated,
    "medebewoners": lambda told: _or_none(sorted(one.bsn for one in told.at_home())),
    "samenwonende": _samenwonende,
    "samen_kind": _joint_child,
    "minderjarig_kind_op_adres": _minor_at_home,
    "toetsingsinkomen": _income(),
    "toetsingsinkomen_peiljaar": _income(-2),
    "rendementsgrondslag": _assets,
    "inkomen_uit_arbeid": _income(part="wage_cents", per_month=True),
    "inkomen_uit_uitkering": _income(part="benefit_cents", per_month=True),
    "verzekerd_zvw": _insured,
    "onderwijssoort": _of_study(lambda one: "_".join(part for part in (one.kind, one.route) if part)),
    "onderwijsniveau": _of_study(lambda one: one.level),
    "onderwijsvorm": _of_study(lambda one: one.form),
    "eerste_maand_studiefinanciering": _first_month,
    "woonsituatie": _lives,
    "ouders_buiten_beschouwing": lambda told: _or_none(
        list(study.disregarded_parents) if (study := _financed(told)) else []
    ),
    "aow_uitkering": _has_pension,
    "aow_opbouwpercentage": lambda told: told.person.aow_percentage,
    "anw_verzekerd": lambda told: told.person.abroad is None,
    "ondernemingen": _owned,
    "onderneming_in_nederland": lambda told: UNKNOWN,  # of a company, and asked of a person who names none
    "voertuigen": lambda told: len([one for one in told.person.vehicles if one.since <= min(told.day, ON)]),
    "zelfstandige_woning": _home_says(lambda told: told.family.home(told.home).independent),  # type: ignore[union-attr]
    "huurwoning": _home_says(lambda told: told.family.home(told.home).rented),  # type: ignore[union-attr]
    "kale_huur": _rent,
}
