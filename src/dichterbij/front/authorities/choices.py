"""For what a mandate can be given: one or more products, or everything, also the overview and general messages."""

from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue

EVERYTHING = frozenset({"portaal.overzicht", "berichten"})
"""What is not a product: the overview after a life event, and messages that belong to no product."""


def products(language: str) -> list[tuple[str, str]]:
    """Return the products to choose from, with their names."""
    return [(each.id, each.name(language)) for each in catalogue.products()]


def all_of_it() -> frozenset[str]:
    """Return everything a mandate can be for, as far as it is there today."""
    return EVERYTHING | {each.id for each in catalogue.products()}


def told(chosen: frozenset[str], language: str) -> str:
    """Return in words what a mandate is for."""
    if chosen >= all_of_it():
        return _("alles wat u hier kunt regelen")
    return ", ".join(name for number, name in products(language) if number in chosen)
