"""Which products there are."""

from functools import cache

from django.conf import settings

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
