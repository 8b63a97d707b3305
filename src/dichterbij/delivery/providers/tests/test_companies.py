"""A company at an organisation in another instance: who acts for it is what our own registers say, not their word."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from dichterbij.delivery.providers import assertion, receiving
from dichterbij.delivery.providers.api import PREFIX
from dichterbij.delivery.providers.assertion import Asserted, Call
from dichterbij.ground.authority import agreements
from dichterbij.ground.authority.domain import Denied, Refusal
from dichterbij.ground.authority.models import Agreement
from dichterbij.ground.authority.tests.said import Register
from dichterbij.ground.identity import acts
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.domain import Stated
from dichterbij.ground.identity.models import Party
from dichterbij.ground.identity.refusals import LoginClosed
from dichterbij.ground.organisations import queries as organisations_of
from dichterbij.ground.organisations import tokens
from dichterbij.ground.registry import adapters
from dichterbij.ground.registry.domain import Query, RawRecord
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission, Role, Subject
from dichterbij.kernel.identifiers import Bsn, KvkNumber, Number
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
SCHEME, GRANT = "kleineondernemersregeling", "aanvullende-beurs"
ANNA, BORIS, CLARA = Bsn("999990007"), Bsn("999990019"), Bsn("999990020")
COMPANY, OTHER = KvkNumber("90123456"), KvkNumber("90123457")
ALONE, TOGETHER = "alleen of zelfstandig bevoegd", "gezamenlijk bevoegd"


class OfDirectors(Register):
    """A business register in which Anna and Boris are the directors, and nobody else."""

    def fetch(self, query: Query) -> Mapping[Bsn, RawRecord]:
        """Say it of these two."""
        return {bsn: said for bsn, said in super().fetch(query).items() if bsn in (ANNA, BORIS)}


def _registers(*, power: str = ALONE, is_bankrupt: bool = False) -> None:
    function = {"functie": "bestuurder", "bevoegdheid": power, "nummer": COMPANY.value, "naam": "Een bedrijf"}
    adapters.register("kvk", OfDirectors(functies=(function,)))
    adapters.register("ccbr", Register(**{"insolventies.failliet": is_bankrupt or None}))
    adapters.register("brp", Register())


@pytest.fixture
def registers(organisations: None) -> Iterator[None]:
    """Let Anna and Boris each be director of a company."""
    _registers()
    yield
    adapters.configure(settings.REGISTRIES)


def _asked(
    *,
    actor: Bsn = ANNA,
    subject: Number = COMPANY,
    body: str = "belastingdienst",
    agreed: tuple[Bsn, ...] = (),
    mandate: Stated | None = None,
) -> Asserted:
    return Asserted(
        number=uuid4(),
        asker=organisations_of.operator().oin,
        organisation=organisations_of.by_key(body).oin,
        actor=actor,
        subject=subject,
        level=Level.HIGH,
        act=acts.new(),
        asked_at=clock.now(),
        agreed=agreed,
        mandate=mandate,
    )


def _mandate(*products: str) -> Stated:
    until = clock.now() + timedelta(days=1)
    said = {"products": frozenset(products), "is_everything": True, "may_submit": True}
    return Stated(until=until, reference=str(uuid4()), **said)


def test_a_director_acts_for_their_company_because_our_own_business_register_says_so(registers: None) -> None:
    access = receiving.to_start(_asked(), SCHEME)
    assert (access.subject.kvk_number, access.subject.bsn, access.on_behalf_of) == (COMPANY, None, "director")
    assert access.actor.party == identity.party_for(ANNA)


@pytest.mark.parametrize(
    ("asked", "product", "reason"),
    [
        ({"actor": CLARA}, SCHEME, Refusal.NOT_OF_COMPANY),
        ({"subject": OTHER}, SCHEME, Refusal.NOT_OF_COMPANY),
        ({"body": "duo"}, GRANT, Refusal.NOT_FOR_COMPANIES),
        ({"actor": CLARA, "mandate": _mandate(SCHEME)}, SCHEME, Refusal.NOT_OF_COMPANY),
        ({"body": "duo", "mandate": _mandate(GRANT)}, GRANT, Refusal.NOT_OF_COMPANY),
    ],
    ids=["no director", "a company that is not theirs", "what only people get", "a mandate", "a mandate of people"],
)
def test_who_does_not_act_for_a_company_here_is_refused_whatever_the_portal_says(
    registers: None, asked: dict[str, Any], product: str, reason: Refusal
) -> None:
    with pytest.raises(Denied) as refused:
        receiving.to_start(_asked(**asked), product)
    assert refused.value.reason is reason


def test_a_company_that_is_bankrupt_is_out_of_the_hands_of_its_director_here_too(registers: None) -> None:
    _registers(is_bankrupt=True)
    with pytest.raises(Denied, match="failliet") as refused:
        receiving.to_start(_asked(), SCHEME)
    assert refused.value.reason is Refusal.NOT_OF_COMPANY


def test_who_died_asks_nothing_through_a_portal_that_has_not_heard_of_it(registers: None) -> None:
    Party.objects.filter(id=identity.party_for(ANNA)).update(died_at=clock.now())
    for asked in (_asked(), _asked(subject=ANNA)):
        with pytest.raises(LoginClosed):
            receiving.to_start(asked, SCHEME)


@pytest.mark.parametrize(
    ("agreed", "is_allowed"),
    [((BORIS,), True), ((), False), ((CLARA,), False), ((ANNA,), False)],
    ids=["the other director", "nobody", "no director", "themselves"],
)
def test_two_directors_who_act_together_need_each_other_here_too(
    registers: None, agreed: tuple[Bsn, ...], is_allowed: bool
) -> None:
    _registers(power=TOGETHER)
    asked = _asked(agreed=agreed)
    if is_allowed:
        assert receiving.to_submit(asked, SCHEME).on_behalf_of == "director"
        assert Agreement.objects.get().valid_until <= clock.now() + timedelta(minutes=1)
        return
    with pytest.raises(Denied) as refused:
        receiving.to_submit(asked, SCHEME)
    assert refused.value.reason is Refusal.NOT_ALONE


def test_a_yes_that_was_said_here_is_not_made_shorter_by_one_that_was_said_there(registers: None) -> None:
    company, boris = identity.party_for(COMPANY), identity.party_for(BORIS)
    week = clock.now() + timedelta(days=7)
    Agreement.objects.create(represented=company, party=boris, product=SCHEME, at=clock.now(), valid_until=week)
    agreements.take_over(company, SCHEME, (boris,))
    assert Agreement.objects.get().valid_until == week


def test_an_assertion_says_for_which_company_and_who_else_agreed_and_only_the_organisation_reads_that(
    may_ask: None, citizen
) -> None:
    company = Subject.of(identity.party_for(COMPANY), COMPANY)
    own = citizen("director", SCHEME)
    access = replace(own, subject=company, actor=replace(own.actor, role=Role.REPRESENTATIVE), on_behalf_of="director")
    boris = {"party": identity.party_for(BORIS), "at": clock.now(), "valid_until": clock.now() + timedelta(days=1)}
    Agreement.objects.create(represented=company.party, product=SCHEME, **boris)
    call = Call(method="POST", path=f"{PREFIX}/cases", body=b"{}")
    token = assertion.make(access, call)
    said = assertion.accept(token, call)
    assert (said.actor, said.subject, said.agreed) == (own.subject.bsn, COMPANY, (BORIS,))
    _, claims = tokens.signed_by(token, kind=assertion.KIND)
    assert COMPANY.value not in str(claims)
    looking = assertion.make(replace(access, permission=Permission.READ), call)
    assert assertion.accept(looking, call).agreed == (), "who agreed is nobody's business when nothing is sent"
