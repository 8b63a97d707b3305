"""The public table of products: nothing of the catalogue is missing, and no level is lower than the product asks."""

import pytest
from django.test import Client

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.front.about import offers
from dichterbij.ground.organisations.domain import Organisation

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


@pytest.mark.parametrize("language", ["nl", "en", "pap"])
def test_every_product_is_shown_with_who_decides_its_level_and_the_reason(organisations: Organisation, language: str):
    prefix = "" if language == "nl" else f"/{language}"
    page = Client().get(f"{prefix}/about/products").content.decode()
    for product in catalogue.products():
        assert f'id="product-{product.id}"' in page
        assert product.level_ground[language].partition(".")[0] in page


def test_the_level_that_is_shown_is_the_level_that_is_asked(organisations: Organisation):
    shown = {offer.id: offer.level for offer in offers.offers("nl")}
    asked = {product.id: str(offers.LEVELS[catalogue.for_access(product.id).level]) for product in catalogue.products()}
    assert shown == asked
