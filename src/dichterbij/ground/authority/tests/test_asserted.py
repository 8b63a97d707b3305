"""Authority that a means asserts: for the products it was admitted for, while the login lasts, and for nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from dichterbij.ground.authority import asserted, registers
from dichterbij.ground.authority.domain import Denied, Refusal
from dichterbij.ground.authority.models import RegistersAsked
from dichterbij.ground.authority.portal import TASK
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity import asking, means, services, sessions
from dichterbij.ground.identity.domain import AssertionRefused, Audience, Identifier, IdentifierType, Login
from dichterbij.ground.identity.tests.clients import assertion_for, means_for, request_of
from dichterbij.ground.organisations import queries as organisations_of
from dichterbij.ground.registry import activities, adapters
from dichterbij.kernel import clock
from dichterbij.kernel.access import Matter, Permission, Product
from dichterbij.kernel.identifiers import KvkNumber
from dichterbij.kernel.levels import Level

from .said import Register

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
ANNA = "999990007"
COMPANY = Identifier(type=IdentifierType.KVK, value="90123456")


@pytest.fixture
def admitted(organisations, monkeypatch):
    """Admit a means that may say for which company somebody acts, for one product; nobody is bankrupt."""
    found = replace(
        means_for(Audience.CITIZEN),
        id="tests-company",
        represents=frozenset({IdentifierType.KVK}),
        represented_in=frozenset({"vergunning"}),
    )
    monkeypatch.setitem(means._means, found.id, found)
    adapters.register("ccbr", Register())
    yield found.id
    adapters.configure(settings.REGISTRIES)


def _log_in(through: str, represents: Identifier | None) -> Login:
    request = request_of(Client())
    asked = asking.begin(request, through, "/", Level.SUBSTANTIAL)
    said = assertion_for(
        ANNA, means=through, state=asked.state, represents=represents, represents_name="Verzonnen B.V."
    )
    login = services.sign_in(request, said)
    found = sessions.find(request).login
    assert found == login
    return login


def _product(number: str) -> Product:
    activity, operator = activities.activity(TASK), organisations_of.operator().oin
    return Product(
        id=number,
        organisation=operator,
        activity=activity,
        level=Level.SUBSTANTIAL,
        matter=Matter.OTHER,
        for_companies=True,
    )


def test_an_employee_acts_for_the_company_that_the_means_names_and_for_its_products_only(admitted):
    login = _log_in(admitted, COMPANY)
    access = require(login, _product("vergunning"), Permission.SUBMIT)
    assert access.subject.kvk_number == KvkNumber(COMPANY.value)
    assert access.on_behalf_of == f"employee:{admitted}"
    with pytest.raises(Denied) as caught:
        require(login, _product("subsidie"), Permission.SUBMIT)
    assert caught.value.reason is Refusal.OUT_OF_SCOPE


def test_what_a_means_says_ends_with_the_login_and_is_not_in_another_login(admitted):
    login = _log_in(admitted, COMPANY)
    (found,) = asserted.source(login, login.subject, login.authenticated_at)
    assert not found.is_valid(login.absolute_until)
    assert found.is_valid(login.absolute_until - timedelta(seconds=1))
    other = _log_in(admitted, None)
    with pytest.raises(Denied):
        require(other, _product("vergunning"), Permission.READ, subject=login.subject)


@pytest.mark.parametrize(
    "represents",
    [Identifier(type=IdentifierType.BSN, value="999990019"), Identifier(type=IdentifierType.RSIN, value="001234567")],
    ids=["a person", "another number"],
)
def test_a_means_that_was_not_admitted_for_such_a_party_is_refused(admitted, represents):
    with pytest.raises(AssertionRefused):
        _log_in(admitted, represents)
    with pytest.raises(AssertionRefused):
        _log_in(means_for(Audience.CITIZEN).id, COMPANY)


def test_an_employee_acts_no_more_for_a_company_that_goes_bankrupt(admitted):
    login = _log_in(admitted, COMPANY)
    require(login, _product("vergunning"), Permission.SUBMIT, subject=login.subject)
    adapters.register("ccbr", Register(**{"insolventies.failliet": True}))
    require(login, _product("vergunning"), Permission.SUBMIT, subject=login.subject)
    RegistersAsked.objects.update(at=clock.now() - registers.BELIEVED)
    with pytest.raises(Denied):
        require(login, _product("vergunning"), Permission.SUBMIT, subject=login.subject)
