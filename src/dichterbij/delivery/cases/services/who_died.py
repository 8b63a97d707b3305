"""Who died, for a case that no registered death began: the spouse whom the register lost on the day that is told."""

from collections.abc import Mapping
from datetime import date

from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.answers import Record
from dichterbij.ground.registry.domain import Query
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Bsn

from ..domain import Value

DAY, RELATION, PARTNER = "overlijdensdatum", "relatie_tot_overledene", "partner"
FORMER, DIED, AT_DEATH = "partners.voormalig", "overlijden.datum", "partners.bijOverlijden.burgerservicenummer"


def late_spouse(access: Access, told: Mapping[str, Value]) -> Bsn | None:
    """Return the spouse of the applicant who died on the day they told; None when the register knows no such one.

    Read under the activity of the body that decides, and only when the law asks who died. Nobody else is looked for.
    """
    own, day = access.subject.bsn, told.get(DAY)
    if own is None or told.get(RELATION) != PARTNER or day is None:
        return None
    former = _numbers(registry.read(access, _about((own,), FORMER)).records.get(own))
    if not former:
        return None
    known = registry.read(access, _about(former, DIED, AT_DEATH)).records
    on = day.isoformat() if isinstance(day, date) else day
    died = (bsn for bsn in former if bsn in known and _value(known[bsn], DIED) == on)
    return next((bsn for bsn in died if _value(known[bsn], AT_DEATH) == own.value), None)


def _about(persons: tuple[Bsn, ...], *fields: str) -> Query:
    return Query(registry="brp", persons=persons, fields=fields, at=clock.today())


def _numbers(record: Record | None) -> tuple[Bsn, ...]:
    value = _value(record, FORMER) if record else None
    return tuple(Bsn(str(number)) for number in (value if isinstance(value, tuple) else (value,)) if number)


def _value(record: Record, name: str) -> object:
    found = record.values.get(name)
    return found.value if found else None
