"""For what a mandate can be given: one or more products, or everything, also the overview and general messages."""

from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.authority.domain import OF_COMPANIES, Kind
from dichterbij.ground.authority.mandates import Terms

GENERAL = frozenset({"portaal.overzicht", "berichten"})
"""What is no product and belongs to everything: the overview after a life event, and messages about no product."""


def products(language: str) -> list[tuple[str, str]]:
    """Return the products to choose from, with their names."""
    return [(each.id, each.name(language)) for each in catalogue.products()]


def to_agree(kind: Kind) -> frozenset[str]:
    """Return for which products somebody's yes counts: their own (a child's), or as one of several who act together."""
    match kind:
        case Kind.SELF:
            return frozenset(each.id for each in catalogue.products() if each.say.agrees_from is not None)
        case Kind.PARENT:
            return frozenset(each.id for each in catalogue.products() if each.say.together)
        case _:
            of_companies = kind in OF_COMPANIES
            return frozenset(each.id for each in catalogue.products() if each.for_companies == of_companies)


def told(terms: Terms, language: str) -> str:
    """Return in words what a mandate is for."""
    names = ", ".join(name for number, name in products(language) if number in terms.products)
    what = _("alles wat u hier kunt regelen") if terms.is_everything else names
    return what if terms.may_submit else _("%(what)s (alleen meekijken)") % {"what": what}
