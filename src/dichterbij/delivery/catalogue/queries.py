"""Which products there are, and what authority must know of them."""

from functools import cache

from django.conf import settings

from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Product as AccessProduct
from dichterbij.kernel.identifiers import Oin

from .domain import Product, UnknownProduct
from .files import read_products


@cache
def _all() -> dict[str, Product]:
    return read_products(settings.DATA_FOLDERS)


def product(product_id: str) -> Product:
    """Return the product with this id; raises `UnknownProduct`."""
    if product_id not in _all():
        raise UnknownProduct
    return _all()[product_id]


def products(organisation: Oin | None = None) -> tuple[Product, ...]:
    """Return all products by id, or those of one organisation."""
    found = (each for _, each in sorted(_all().items()))
    return tuple(each for each in found if organisation is None or organisation_of(each) == organisation)


def products_of(law: str) -> tuple[Product, ...]:
    """Return the products that a law decides on."""
    return tuple(each for each in products() if each.law == law)


def organisation_of(found: Product) -> Oin:
    """Return the number of the organisation that decides; raises `UnknownOrganisation`."""
    return organisations.by_key(found.organisation).oin


def for_access(product_id: str) -> AccessProduct:
    """Return what `authority.services.require` asks of a product: its organisation, activity and level of login."""
    found = product(product_id)
    return AccessProduct(
        id=found.id,
        organisation=organisation_of(found),
        activity=activities.activity(found.activity),
        level=found.level,
        matter=found.matter,
        say=found.say,
        for_companies=found.for_companies,
    )
