"""Where a letter on paper goes: the lines of an address as the register of people, or of companies, has it now."""

from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.domain import Query
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access

PERSON = ("adressering.adresregel1", "adressering.adresregel2", "adressering.adresregel3", "adressering.land")
COMPANY = ("onderneming.adresregel1", "onderneming.adresregel2")
NAMES = {"brp": "naam.volledigeNaam", "kvk": "onderneming.naam"}


def known_address(access: Access, *, with_name: bool = False) -> tuple[str, ...]:
    """Return the lines of the address of a person or company, after the name when that is asked; none without one.

    Raises what `registry.read` raises.
    """
    number = access.subject.number
    if number is None:
        return ()
    source, lines = ("brp", PERSON) if access.subject.bsn else ("kvk", COMPANY)
    fields = (NAMES[source], *lines) if with_name else lines
    query = Query(registry=source, persons=(number,), fields=fields, at=clock.today())
    record = registry.read(access, query).records.get(number)
    found = (record.values.get(name) for name in fields) if record else ()
    return tuple(each.value for each in found if each and isinstance(each.value, str) and each.value)
