"""Where a letter on paper goes: read through the gateway, under the task it is sent for, and only when it is needed."""

from dichterbij.delivery.messages import queries as messages
from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.domain import Query
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access

LINES = ("adressering.adresregel1", "adressering.adresregel2", "adressering.adresregel3", "adressering.land")


def paper_address(access: Access) -> tuple[str, ...]:
    """Return the lines of the postal address of who chose paper; for anybody else nothing is read.

    Empty for who has no address in the register. Raises what `registry.read` raises.
    """
    return known_address(access) if messages.wants_post(access) else ()


def known_address(access: Access) -> tuple[str, ...]:
    """Return the lines of the postal address that the register knows now; none for who has none."""
    bsn = access.subject.bsn
    if bsn is None:
        return ()
    record = registry.read(access, Query(registry="brp", persons=(bsn,), fields=LINES, at=clock.today())).records.get(
        bsn
    )
    found = (record.values.get(name) for name in LINES) if record else ()
    return tuple(each.value for each in found if each and isinstance(each.value, str) and each.value)
