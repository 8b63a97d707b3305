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
AGAIN = timedelta(days=1)
"""What was seen this recently is not written down again."""


def remember(access: Access, numbers: Iterable[tuple[UUID, str]]) -> None:
    """Remember that these (number, product) of the person lie with the organisation of the access.

    Who told of a number first keeps it; a number of one organisation never leads to another.
    """
    now, told = clock.now(), dict(numbers)
    fresh = Elsewhere.objects.filter(number__in=told, seen_at__gt=now - AGAIN).values_list("number", flat=True)
    new = told.keys() - set(fresh)
    if not new:
        return
    who = {"organisation": access.organisation.value, "party": access.subject.party}
    rows = [Elsewhere(number=number, product=told[number], seen_at=now, **who) for number in new]
    Elsewhere.objects.bulk_create(rows, ignore_conflicts=True)
    Elsewhere.objects.filter(number__in=new, **who).update(seen_at=now)


def place(number: UUID) -> Place | None:
    """Return where a case or draft lies that is not here; None when nobody told of it."""
    row = Elsewhere.objects.filter(number=number).exclude(product="").first()
    if row is None:
        return None
    found = catalogue.for_access(row.product)
    return Place(product=found, party=row.party) if found.organisation.value == row.organisation else None


def has_something(party: UUID, organisation: Oin) -> bool:
    """Say whether a person has something with an organisation elsewhere, as it told us."""
    return Elsewhere.objects.filter(party=party, organisation=organisation.value).exists()


def product(number: UUID) -> Product | None:
    """Return what to ask access for before a message is opened that is not here; None when nobody told of it."""
    row = Elsewhere.objects.filter(number=number).first()
    return product_at(Oin(row.organisation)) if row else None


def product_of(number: UUID) -> str:
    """Return the product that a case, draft or message elsewhere is about; empty when nobody told of it."""
    return Elsewhere.objects.filter(number=number).values_list("product", flat=True).first() or ""


def product_at(organisation: Oin) -> Product:
    """Return what the portal itself asks for: to show what lies there. The organisation asks for more where it must."""
    return Product(id=PORTAL, organisation=organisation, activity=activities.activity(PORTAL), level=Level.LOW)


def products() -> tuple[Product, ...]:
    """Return what to ask access for at every organisation elsewhere that can be asked."""
    found = organisations.organisations()
    return tuple(product_at(each.oin) for each in found if each.can_be_asked and not each.hosted)


def purge(now: datetime) -> int:
    """Forget what nobody saw for a year."""
    return Elsewhere.objects.filter(seen_at__lt=now - KEEP).delete()[0]
