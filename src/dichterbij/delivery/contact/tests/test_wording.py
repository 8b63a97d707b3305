"""A notice tells whom to call, and while the phone is closed what works instead."""

import pytest

from dichterbij.delivery.contact import wording
from dichterbij.ground.organisations import queries, services

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_notice_names_the_number_and_while_the_phone_is_closed_what_works(organisations):
    operator = queries.operator()
    assert wording.help_otherwise().endswith(f"Vraag ons om hulp. Bel {operator.contact.phone}.")
    services.close(operator.oin, ["call"])
    told = wording.help_otherwise()
    assert told.endswith("is nu niet te bereiken door: bellen. Dit kan wel: op de site, langskomen, schrijven.")
    assert operator.contact.phone not in told
