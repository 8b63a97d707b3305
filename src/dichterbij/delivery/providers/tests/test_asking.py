"""The organisation that decides is the one that reads: under its own activity, in the act of who asked."""

from datetime import date

import pytest

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.providers import services
from dichterbij.delivery.providers.domain import NotHere
from dichterbij.ground.assessment.domain import Request, State
from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.periods import Period

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT, ALLOWANCE = "aanvullende-beurs", "zorgtoeslag"


@pytest.fixture
def portal(citizen):
    from dataclasses import replace

    access = citizen("student", GRANT)
    return replace(
        access,
        organisation=organisations.operator().oin,
        activity=activities.activity("portaal.overzicht"),
        product="portaal",
    )


def _ask(product: str) -> services.Ask:
    found = catalogue.product(product)
    return services.Ask(
        organisation=catalogue.organisation_of(found),
        activity=found.activity,
        requests=(
            Request(law=found.law, outputs=found.outputs, period=Period.month(2026, 7), decided_on=date(2026, 6, 15)),
        ),
    )


def test_two_organisations_answer_side_by_side_each_as_itself(portal):
    asks = [_ask(GRANT), _ask(ALLOWANCE)]
    found = services.assess_all(portal, asks, deadline=10)
    assert found.down == ()
    for ask in asks:
        (assessment,) = found.answers[ask.organisation]
        assert (assessment.state, assessment.organisation) == (State.DETERMINED, ask.organisation)


def test_every_read_is_logged_under_the_activity_of_who_decides_within_one_act(portal):
    services.assess_all(portal, [_ask(GRANT), _ask(ALLOWANCE)], deadline=10)
    (act,) = logbook.acts_about(portal, limit=10)
    assert {part.activity for part in act.parts} == {"duo.aanvullende-beurs", "dienst-toeslagen.zorgtoeslag"}
    assert {part.organisation for part in act.parts} == {_ask(GRANT).organisation, _ask(ALLOWANCE).organisation}


def test_an_organisation_that_is_not_here_says_so(portal):
    ask = _ask(GRANT)
    with pytest.raises(NotHere):
        services.assess(portal, organisations.by_key("cak").oin, ask.activity, ask.requests[0])


@pytest.mark.slow
def test_one_organisation_that_is_slow_leaves_the_others(portal, monkeypatch):
    import time

    asks = [_ask(GRANT), _ask(ALLOWANCE)]
    known = services.provider

    def provider(oin):
        if oin == asks[0].organisation:
            time.sleep(3)
        return known(oin)

    monkeypatch.setattr(services, "provider", provider)
    found = services.assess_all(portal, asks, deadline=2)
    assert set(found.answers) == {asks[1].organisation}
    assert [down.organisation for down in found.down] == [asks[0].organisation]
    time.sleep(1.5)  # let the slow one finish before its database goes
