"""Where a letter on paper goes: read through the gateway, under the task it is sent for, and only when it is needed."""

from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages.addresses import known_address
from dichterbij.kernel.access import Access


def paper_address(access: Access) -> tuple[str, ...]:
    """Return the lines of the postal address of who chose paper; for anybody else nothing is read.

    Empty for who has no address in the register. Raises what `registry.read` raises.
    """
    return known_address(access) if messages.wants_post(access) else ()
