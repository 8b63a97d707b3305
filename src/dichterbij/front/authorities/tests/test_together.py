"""Companies, and acts that one person may not do alone: two directors, two parents, a child with a say."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client

from dichterbij.delivery.cases.services.steps import record_act
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.authority import agreements
from dichterbij.ground.authority.domain import Denied, Refusal
from dichterbij.ground.authority.models import Agreement, RegisteredAuthority
from dichterbij.ground.authority.services import require
from dichterbij.ground.authority.tests.said import Register
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity import sessions
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.identity.models import Party
from dichterbij.ground.identity.tests.clients import request_of, sign_in_client
from dichterbij.ground.registry import adapters
from dichterbij.kernel import clock
from dichterbij.kernel.access import Matter, Permission, Product, Role, Say, Subject
from dichterbij.kernel.identifiers import KvkNumber
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
PIZZERIA, TWO_DIRECTORS, LIMITED = KvkNumber("90123456"), KvkNumber("90123457"), KvkNumber("90123458")
PRODUCT, OF_COMPANIES = "zorgtoeslag", "kleineondernemersregeling"


@pytest.fixture
def people(organisations, persona):
    """Return a function that logs one of the world in, who asked the registers for whom they may act."""

    def log_in(name: str) -> tuple[Client, Login]:
        client = Client()
        login = sign_in_client(client, persona(name), Level.SUBSTANTIAL, name=f"{name.title()} Verzonnen")
        client.post("/authorities/look-up")
        return client, login

    return log_in


def _refused(login: Login, subject, product: Product, permission: Permission = Permission.SUBMIT) -> Refusal | None:
    try:
        require(login, product, permission, subject=subject)
    except Denied as problem:
        return problem.reason
    return None


def _companies(login: Login) -> dict[KvkNumber, str]:
    rows = RegisteredAuthority.objects.filter(representative=login.party)
    subjects = identity.subjects_of({row.represented for row in rows})
    return {subjects[row.represented].kvk_number: row.kind for row in rows if subjects[row.represented].kvk_number}


def _company(login: Login, number: KvkNumber):
    rows = RegisteredAuthority.objects.filter(representative=login.party)
    found = identity.subjects_of({row.represented for row in rows}).values()
    return next(each for each in found if each.kvk_number == number)


def test_directors_and_proxies_act_for_their_company_as_the_business_register_says(people):
    _client, director = people("director")
    _other, brother = people("second_director")
    assert _companies(director) == {PIZZERIA: "director", TWO_DIRECTORS: "director"}
    assert _companies(brother) == {PIZZERIA: "proxy", TWO_DIRECTORS: "director", LIMITED: "undetermined"}
    product = catalogue.for_access(OF_COMPANIES)
    access = require(director, product, Permission.SUBMIT, subject=_company(director, PIZZERIA))
    assert (access.on_behalf_of, access.actor.role) == ("director", Role.REPRESENTATIVE)
    assert access.subject.kvk_number == PIZZERIA and access.subject.bsn is None
    stranger = people("student")[1]
    assert _refused(stranger, access.subject, product) is Refusal.NOT_OF_COMPANY


def test_every_product_of_the_catalogue_is_for_a_company_or_says_that_it_is_not(people):
    director, proxy = people("director")[1], people("second_director")[1]
    several = catalogue.products()
    assert any(each.for_companies for each in several)
    for each in several:
        for login in (director, proxy):
            refused = _refused(login, _company(login, PIZZERIA), catalogue.for_access(each.id))
            assert refused is (None if each.for_companies else Refusal.NOT_FOR_COMPANIES), each.id


def test_a_director_switches_to_the_company_and_every_page_says_so(people):
    client, login = people("director")
    company = _company(login, PIZZERIA)
    assert client.post("/authorities/act", {"person": str(company.party)}).status_code == 302
    page = client.get("/applications")
    assert page.status_code == 200
    assert "U handelt nu voor <strong>Trattoria Ovenbrink B.V.</strong>" in page.content.decode()
    found = sessions.find(request_of(client)).login
    assert found is not None and found.subject == company
    assert client.get("/messages").status_code == 200
    for page in ("/plan", f"/apply/{PRODUCT}", "/my-data", "/who-looked"):
        assert client.get(page).status_code in (200, 302, 403), page
    answer = client.post(f"/apply/{PRODUCT}")
    assert answer.status_code == 403
    assert "Een bedrijf kan dit niet aanvragen." in answer.content.decode()
    client.post("/login/own")
    assert "als bestuurder of eigenaar" in client.get("/authorities/done").content.decode()


def test_two_directors_who_act_together_need_each_other(people):
    (client, director), (other, _brother) = people("director"), people("second_director")
    company, product = _company(director, TWO_DIRECTORS), catalogue.for_access(OF_COMPANIES)
    assert _refused(director, company, product) is Refusal.NOT_ALONE
    assert _refused(director, company, product, Permission.PREPARE) is None
    form = {"person": str(company.party), "product": OF_COMPANIES}
    client.post("/authorities/agree", form)
    assert _refused(director, company, product) is Refusal.NOT_ALONE
    other.post("/authorities/agree", form)
    assert _refused(director, company, product) is None
    assert _refused(director, company, replace(product, id="iets anders")) is Refusal.NOT_ALONE
    assert _refused(director, company, catalogue.for_access(PRODUCT)) is Refusal.NOT_FOR_COMPANIES
    other.post("/authorities/agree", {"back": f"{company.party} {OF_COMPANIES}"})
    assert _refused(director, company, product) is Refusal.NOT_ALONE


def _both_agreed(people) -> tuple[Login, Login, Subject, Product]:
    (client, director), (other, brother) = people("director"), people("second_director")
    company, product = _company(director, TWO_DIRECTORS), catalogue.for_access(OF_COMPANIES)
    for each in (client, other):
        each.post("/authorities/agree", {"person": str(company.party), "product": OF_COMPANIES})
    assert _refused(director, company, product) is None
    return director, brother, company, product


def test_a_yes_counts_no_more_once_who_said_it_is_director_no_more_without_their_asking(people):
    director, brother, company, product = _both_agreed(people)
    adapters.register("kvk", Register())
    try:
        RegisteredAuthority.objects.filter(representative=brother.party).update(valid_until=clock.now())
        assert _refused(director, company, product) is Refusal.NOT_ALONE
    finally:
        adapters.configure(settings.REGISTRIES)


def test_a_yes_of_who_died_counts_no_more(people):
    director, brother, company, product = _both_agreed(people)
    Party.objects.filter(id=brother.party).update(died_at=clock.now())
    assert _refused(director, company, product) is Refusal.NOT_ALONE


def test_a_yes_is_for_one_thing_that_is_sent(people):
    director, _brother, company, product = _both_agreed(people)
    record_act(require(director, product, Permission.SUBMIT, subject=company), "aanvraag")
    assert _refused(director, company, product) is None  # the same thing, sent again by a double click
    with clock.frozen(clock.now() + timedelta(seconds=61)):
        assert _refused(director, company, product) is Refusal.NOT_ALONE


def test_a_yes_ends_after_a_week(people):
    director, _brother, company, product = _both_agreed(people)
    Agreement.objects.update(valid_until=clock.now())
    assert _refused(director, company, product) is Refusal.NOT_ALONE


def test_who_shares_no_authority_agrees_to_nothing(people):
    company = _company(people("director")[1], TWO_DIRECTORS)
    stranger = people("student")[0]
    stranger.post("/authorities/agree", {"person": str(company.party), "product": PRODUCT})
    assert not Agreement.objects.exists()


def _child(login: Login):
    row = RegisteredAuthority.objects.filter(representative=login.party, kind="parent").first()
    return identity.subjects_of({row.represented})[row.represented]


def test_what_the_law_asks_of_both_parents_waits_for_the_second(people):
    (_client, father), (mother_client, mother) = people("new_father"), people("new_mother")
    child, passport = _child(father), _care(Say(together=True))
    assert _refused(father, child, catalogue.for_access(PRODUCT)) is None
    assert _refused(father, child, passport) is Refusal.NOT_ALONE
    _agree(child.party, mother.party, passport)
    assert _refused(father, child, passport) is None
    mother_client.post("/authorities/look-up")
    assert _refused(father, child, passport) is None


def _agree(represented: UUID, party: UUID, product: Product) -> None:
    until = clock.now() + agreements.HOLDS_FOR
    Agreement.objects.create(
        represented=represented, party=party, product=product.id, at=clock.now(), valid_until=until
    )


def _care(say: Say) -> Product:
    return replace(catalogue.for_access(PRODUCT), id="zorg", matter=Matter.CARE, say=say)


@pytest.mark.parametrize(
    ("age", "alone", "with_the_child"),
    [
        (11, None, None),
        (12, Refusal.MUST_AGREE, None),
        (15, Refusal.MUST_AGREE, None),
        (16, Refusal.OWN_SAY, Refusal.OWN_SAY),
        (None, Refusal.OWN_SAY, Refusal.OWN_SAY),
    ],
)
def test_a_child_agrees_from_twelve_and_decides_from_sixteen_where_the_law_says_so(people, age, alone, with_the_child):
    father = people("new_father")[1]
    child, care = _child(father), _care(Say(agrees_from=12, own_from=16))
    RegisteredAuthority.objects.update(age=age)
    assert _refused(father, child, care) is alone
    assert _refused(father, child, catalogue.for_access(PRODUCT)) is None
    _agree(child.party, child.party, care)
    assert _refused(father, child, care) is with_the_child
