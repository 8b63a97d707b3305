"""What is offered here and how: per product the body, the ways, the login it asks and why, who may do it for you."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Channel, Product
from dichterbij.delivery.contact.reaching import closed_told
from dichterbij.ground.identity import means
from dichterbij.ground.identity.domain import Audience, IdentifierType, Means
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.kernel.access import Matter

WAYS = {
    Channel.CLICK: gettext_lazy("op deze site"),
    Channel.CALL: gettext_lazy("aan de telefoon"),
    Channel.COUNTER: gettext_lazy("aan de balie"),
    Channel.PAPER: gettext_lazy("op papier"),
}
OTHERS = {
    Matter.MONEY: gettext_lazy("Wie u machtigt, uw ouder met gezag, uw curator of uw bewindvoerder."),
    Matter.CARE: gettext_lazy("Wie u machtigt, uw ouder met gezag, uw curator of uw mentor."),
    Matter.OTHER: gettext_lazy("Wie u machtigt, uw ouder met gezag of uw curator."),
}
OF_COMPANIES = gettext_lazy("Voor een bedrijf wie dat mag volgens het Handelsregister, of de curator.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One product, in words: who decides, which ways, how sure a login must be and why, and who may act for another.

    `closed`: the ways that do not lead to a decision, each with the reason; `closed_now`: those closed today; `form`:
    whether there is one on paper here.
    """

    id: str
    name: str
    organisation: Organisation
    ways: str
    closed: tuple[tuple[str, str], ...]
    closed_now: str
    form: bool
    languages: str
    level: str
    ground: str
    means: str
    others: str


def offers(language: str) -> tuple[Offer, ...]:
    """Return every product of the catalogue, by name."""
    found = (_offer(each, language) for each in catalogue.products())
    return tuple(sorted(found, key=lambda offer: offer.name.casefold()))


def _offer(product: Product, language: str) -> Offer:
    decides = organisations.organisation(catalogue.organisation_of(product))
    return Offer(
        id=product.id,
        name=product.name(language),
        organisation=decides,
        ways=", ".join(str(word) for channel, word in WAYS.items() if channel in product.channels),
        closed=tuple((str(WAYS[way]), why[language]) for way, why in sorted(product.not_by.items())),
        closed_now=closed_told(decides),
        form=Channel.PAPER in product.channels and decides.hosted,
        languages=_("Nederlands, Engels en Papiaments. De Nederlandse tekst geldt."),
        level=str(means.LEVEL_WORDS[product.level]),
        ground=product.level_ground[language],
        means=", ".join(_(each.name) for each in _offered(product)),
        others=f"{OTHERS[product.matter]} {OF_COMPANIES}" if product.for_companies else str(OTHERS[product.matter]),
    )


def _offered(product: Product) -> list[Means]:
    """Return the means with which one gets this: sure enough, and saying who it is for, a person or a company."""
    sure = means.offered(Audience.CITIZEN, product.level)
    return [each for each in sure if IdentifierType.BSN in each.identifier_types or product.id in each.represented_in]
