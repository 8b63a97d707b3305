"""Who may act for somebody by a mandate: for telling them that there is something, never for letting them act."""

from uuid import UUID

from dichterbij.kernel import clock

from .models import Mandate


def representatives(party: UUID, product: str) -> tuple[UUID, ...]:
    """Return who may act now for somebody about a product, by a mandate they accepted; nobody for who is bankrupt."""
    now = clock.now()
    rows = Mandate.objects.filter(represented=party, ended_at=None, accepted_at__lte=now, valid_until__gt=now)
    known = rows.filter(is_bankrupt=False).exclude(representative=None).order_by("made_at")
    found = known.values_list("representative", "products", "is_everything")
    return tuple(dict.fromkeys(who for who, products, every in found if who and (every or product in products)))
