"""The public table of products: nothing of the catalogue is missing, and no level is lower than the product asks."""

import pytest
from django.test import Client

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.front.about import offers
from dichterbij.ground.identity import means
from dichterbij.ground.identity.domain import Audience, IdentifierType
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.ground.registry import activities
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


@pytest.mark.parametrize("language", ["nl", "en", "pap"])
def test_every_product_is_shown_with_who_decides_its_level_and_the_reason(organisations: Organisation, language: str):
    prefix = "" if language == "nl" else f"/{language}"
    page = Client().get(f"{prefix}/about/products").content.decode()
    for product in catalogue.products():
        assert f'id="product-{product.id}"' in page and f'href="#product-{product.id}"' in page
        assert product.level_ground[language].partition(".")[0] in page


def test_the_level_that_is_shown_is_the_level_that_is_asked(organisations: Organisation):
    shown = {offer.id: offer.level for offer in offers.offers("nl")}
    asked = {
        product.id: str(means.LEVEL_WORDS[catalogue.for_access(product.id).level]) for product in catalogue.products()
    }
    assert shown == asked


def test_no_means_is_offered_that_is_too_low_or_cannot_say_for_whom_it_is(organisations: Organisation):
    named = {each.name: each for each in means.offered_to(Audience.CITIZEN)}
    for product, offer in ((each, _shown(each.id)) for each in catalogue.products()):
        shown = [named[name] for name in offer.means.split(", ")]
        assert shown, product.id
        assert all(each.highest >= product.level for each in shown)
        assert all(IdentifierType.BSN in each.identifier_types or product.for_companies for each in shown)


def test_what_registers_know_of_somebody_is_never_behind_a_low_login(organisations: Organisation):
    reading = [each for each in catalogue.products() if _reads(each.activity)]
    assert reading
    assert all(each.level >= Level.SUBSTANTIAL for each in reading)


def _reads(activity: str) -> bool:
    return bool(activities.allowed_fields(activity))


def _shown(product: str) -> offers.Offer:
    return next(each for each in offers.offers("nl") if each.id == product)
