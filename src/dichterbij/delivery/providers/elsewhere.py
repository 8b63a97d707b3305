"""Where something lies that is not in this instance: remembered when an organisation elsewhere tells of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from dichterbij.delivery.cases.queries import Place
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Product
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level

from .models import Elsewhere

PORTAL = "portaal.overzicht"
KEEP = timedelta(days=365)


def remember(access: Access, numbers: Iterable[tuple[UUID, str]]) -> None:
    """Remember that these (number, product) of the person lie with the organisation of the access."""
    now = clock.now()
    rows = [
        Elsewhere(
            number=number,
            organisation=access.organisation.value,
            party=access.subject.party,
            product=product,
            seen_at=now,
        )
        for number, product in numbers
    ]
    Elsewhere.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=["organisation", "party", "product", "seen_at"],
    )


def place(number: UUID) -> Place | None:
    """Return where a case or draft lies that is not here; None when nobody told of it."""
    row = Elsewhere.objects.filter(number=number).first()
    return Place(product=catalogue.for_access(row.product), party=row.party) if row and row.product else None


def product(number: UUID) -> Product | None:
    """Return what to ask access for before a message is opened that is not here; None when nobody told of it."""
    row = Elsewhere.objects.filter(number=number).first()
    return product_at(Oin(row.organisation)) if row else None


def product_at(organisation: Oin) -> Product:
    """Return what the portal itself asks for: to show what lies there. The organisation asks for more where it must."""
    return Product(id=PORTAL, organisation=organisation, activity=activities.activity(PORTAL), level=Level.LOW)


def bodies() -> tuple[Oin, ...]:
    """Return the organisations that can be asked elsewhere."""
    return tuple(found.oin for found in organisations.organisations() if found.provider_url and not found.hosted)


def purge(now: datetime) -> int:
    """Forget what nobody saw for a year."""
    return Elsewhere.objects.filter(seen_at__lt=now - KEEP).delete()[0]
