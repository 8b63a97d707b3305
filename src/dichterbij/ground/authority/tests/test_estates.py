"""After a death and in a bankruptcy: who acts for the estate, and what is left to a human."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from django.conf import settings
from django.test import Client

from dichterbij.ground.authority import registers
from dichterbij.ground.authority.agreements import CannotAgree, agree
from dichterbij.ground.authority.domain import Denied, Kind, Refusal, Unclear
from dichterbij.ground.authority.models import Agreement, RegisteredAuthority
from dichterbij.ground.authority.portal import TASK, own_access
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.organisations import queries as organisations_of
from dichterbij.ground.registry import activities, adapters
from dichterbij.ground.registry.domain import Value
from dichterbij.kernel.access import Access, Matter, Permission, Product, Subject
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level

from .said import OfEach, Register

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
ANNA, BORIS, CLARA = Bsn("999990007"), Bsn("999990019"), Bsn("999990020")
CHILDREN, BORIS_BROTHER = (Bsn("999990032"), Bsn("999990044")), Bsn("999990056")
DIED = "2026-06-01"


@pytest.fixture
def told(organisations: None) -> Iterator[Callable[..., None]]:
    """Return a function that lets the courts say something of everybody, and the population register a death."""

    def tell(field: str, *rows: dict[str, Value], died_on: str | None = DIED, born_on: str = "1980-02-03") -> None:
        adapters.register("ccbr", Register(**{field: rows or None}))
        adapters.register(
            "brp",
            Register(**{"naam.volledigeNaam": "B. Verzonnen", "overlijden.datum": died_on, "geboorte.datum": born_on}),
        )
        adapters.register("kvk", Register())

    yield tell
    adapters.configure(settings.REGISTRIES)


def _part(role: str, power: str = "alleen", others: int = 0, **more: Value) -> dict[str, Value]:
    return {"nummer": BORIS.value, "rol": role, "bevoegdheid": power, "medeErfgenamen": others, **more}


def _login(bsn: Bsn = ANNA) -> Login:
    return sign_in_client(Client(), bsn, Level.SUBSTANTIAL)


def _own(login: Login) -> Access:
    access = own_access(login, Permission.SUBMIT)
    registers.look_up(access)
    return access


def _boris() -> Subject:
    return Subject(party=party_for(BORIS), bsn=BORIS)


def _refused(
    login: Login,
    permission: Permission = Permission.SUBMIT,
    matter: Matter | None = Matter.MONEY,
    subject: Subject | None = None,
) -> Refusal | None:
    """Return why something about Boris is refused; None when it is allowed."""
    product = Product(
        id="iets",
        organisation=organisations_of.operator().oin,
        activity=activities.activity(TASK),
        level=Level.SUBSTANTIAL,
        matter=matter,
    )
    try:
        require(login, product, permission, subject=subject or _boris())
    except Denied as problem:
        return problem.reason
    return None


@pytest.mark.parametrize("role", ["executeur", "erfgenaam"])
def test_an_executor_or_the_only_heir_acts_in_the_money_of_the_dead_and_in_nothing_else(told, role):
    told("nalatenschappen", _part(role))
    login = _login()
    _own(login)
    assert _refused(login) is None
    assert _refused(login, matter=Matter.CARE) is Refusal.OUT_OF_SCOPE
    assert _refused(login, matter=Matter.OTHER) is Refusal.OUT_OF_SCOPE


def test_heirs_act_together(told):
    told("nalatenschappen", _part("erfgenaam", "gezamenlijk", 1))
    anna, clara = _login(), _login(CLARA)
    _own(anna)
    assert _refused(anna, Permission.PREPARE) is None
    assert _refused(anna) is Refusal.NOT_ALONE
    agree(_own(clara), _boris().party, "iets")
    assert _refused(anna) is None


@pytest.mark.parametrize("role", ["executeur", "contactpersoon", "iets nieuws"])
def test_who_is_no_heir_does_not_decide_with_the_heirs(told, role):
    told("nalatenschappen", _part("erfgenaam", "gezamenlijk", 1))
    anna, clara = _login(), _login(CLARA)
    _own(anna)
    told("nalatenschappen", _part(role, "gezamenlijk", 1))
    own = _own(clara)
    assert [(each.kind, each.is_together) for each in registers.known(own)] == [("undetermined", False)]
    with pytest.raises(CannotAgree):
        agree(own, _boris().party, "iets")


def test_a_yes_does_not_count_once_a_human_must_determine_who_said_it(told):
    told("nalatenschappen", _part("erfgenaam", "gezamenlijk", 1))
    anna, clara = _login(), _login(CLARA)
    _own(anna)
    agree(_own(clara), _boris().party, "iets")
    RegisteredAuthority.objects.filter(representative=clara.party).update(kind="undetermined")
    assert Agreement.objects.exists()
    assert _refused(anna) is Refusal.NOT_ALONE


def test_several_executors_each_act_alone_unless_the_will_says_otherwise(told):
    told("nalatenschappen", _part("executeur", medeExecuteurs=1))
    anna = _login()
    _own(anna)
    assert _refused(anna) is None
    told("nalatenschappen", _part("executeur", "gezamenlijk", medeExecuteurs=1))
    _own(anna)
    assert _refused(anna) is Refusal.NOT_ALONE
    agree(_own(_login(CLARA)), _boris().party, "iets")
    registers.forget(_boris().party)
    assert _refused(anna) is None, "the registers are asked again, also whether who agreed is of age"


@pytest.mark.parametrize(("born_on", "unclear"), [("2008-06-16", Unclear.YOUNG_HEIR), ("2008-06-15", None)])
def test_an_heir_who_is_under_age_does_not_act_alone(told, born_on, unclear):
    told("nalatenschappen", _part("erfgenaam"), born_on=born_on)
    login = _login()
    assert [each.unclear for each in registers.known(_own(login))] == [unclear]
    assert _refused(login) is (Refusal.NOT_DETERMINED if unclear else None)


@pytest.fixture
def family(organisations: None) -> Iterator[Callable[..., None]]:
    """Return a function that says who of a family are the heirs of Boris, and who has authority over the children."""

    def tell(heirs: Sequence[Bsn], *parents: Bsn) -> None:
        part = _part("erfgenaam", "gezamenlijk" if len(heirs) > 1 else "alleen", len(heirs) - 1)
        children = [each for each in heirs if each in CHILDREN]
        kind = "GezamenlijkOuderlijkGezag" if len(parents) > 1 else "EenhoofdigOuderlijkGezag"
        over = tuple({"soort": kind, "minderjarige": each.value, "naam": "Kind", "leeftijd": 6} for each in children)
        known = {"geboorte.datum": "1980-02-03"}
        people = {each: known | ({"gezag": over} if each in parents else {}) for each in (ANNA, CLARA)}
        died = {BORIS: {"naam.volledigeNaam": "B. Verzonnen", "overlijden.datum": DIED}}
        adapters.register("brp", OfEach(people | died))
        adapters.register("ccbr", OfEach({each: {"nalatenschappen": (part,)} for each in heirs}))
        adapters.register("kvk", Register())

    yield tell
    adapters.configure(settings.REGISTRIES)


@pytest.mark.parametrize("heirs", [(ANNA, *CHILDREN), CHILDREN, CHILDREN[:1]], ids=["with them", "two", "one child"])
def test_a_parent_acts_in_an_estate_for_their_young_children_who_are_heirs(family, heirs):
    family(heirs, ANNA)
    login = _login()
    (found,) = (each for each in registers.known(_own(login)) if each.kind is Kind.HEIR)
    assert (found.for_child, found.is_together) == (True, False)
    assert _refused(login) is None
    assert _refused(login, matter=Matter.CARE) is Refusal.OUT_OF_SCOPE


def test_a_parent_and_a_grown_up_heir_need_each_other_and_the_yes_of_the_parent_counts_for_the_children(family):
    family((ANNA, CLARA, *CHILDREN), ANNA)
    anna, clara = _login(), _login(CLARA)
    own, other = _own(anna), _own(clara)
    assert _refused(anna) is Refusal.NOT_ALONE
    assert _refused(clara) is Refusal.NOT_ALONE
    agree(own, _boris().party, "iets")
    assert _refused(clara) is None
    assert _refused(anna) is Refusal.NOT_ALONE
    agree(other, _boris().party, "iets")
    assert _refused(anna) is None


def test_the_yes_of_the_other_parent_of_the_same_child_takes_the_place_of_no_other_heir(family):
    family((BORIS_BROTHER, *CHILDREN), ANNA, CLARA)
    anna, clara = _login(), _login(CLARA)
    _own(anna)
    agree(_own(clara), _boris().party, "iets")
    assert _refused(anna) is Refusal.NOT_ALONE


def test_who_has_no_authority_over_a_child_does_not_speak_for_it(family):
    family((CLARA, *CHILDREN))
    anna, clara = _login(), _login(CLARA)
    assert registers.known(_own(anna)) == ()
    _own(clara)
    assert _refused(anna) is Refusal.NO_AUTHORITY
    assert _refused(clara) is Refusal.NOT_ALONE


def test_a_parent_speaks_no_more_for_a_child_when_their_authority_ended(family):
    family((CLARA, *CHILDREN), ANNA)
    anna, clara = _login(), _login(CLARA)
    agree(_own(anna), _boris().party, "iets")
    _own(clara)
    assert _refused(clara) is None
    family((CLARA, *CHILDREN))
    registers.forget(_boris().party)
    assert _refused(clara) is Refusal.NOT_ALONE


def test_a_husband_or_wife_who_got_everything_by_law_acts_alone(family):
    alone, nothing = ({"nalatenschappen": (_part("erfgenaam", power, 1),)} for power in ("alleen", "geen"))
    family((ANNA, CHILDREN[0]), ANNA)
    adapters.register("ccbr", OfEach({ANNA: alone, CHILDREN[0]: nothing}))
    anna = _login()
    _own(anna)
    assert _refused(anna) is None


def test_heirs_of_whom_the_register_says_different_things_are_helped_by_a_human(family):
    family((ANNA, *CHILDREN), ANNA)
    several = {ANNA: _part("erfgenaam", "alleen"), CHILDREN[0]: _part("erfgenaam", "gezamenlijk", 2)}
    adapters.register("ccbr", OfEach({each: {"nalatenschappen": (part,)} for each, part in several.items()}))
    anna = _login()
    _own(anna)
    assert _refused(anna) is Refusal.NOT_DETERMINED


def test_an_heir_does_nothing_beside_an_executor(told):
    told("nalatenschappen", _part("erfgenaam", "geen", 1))
    login = _login()
    _own(login)
    assert _refused(login, Permission.READ) is Refusal.NO_AUTHORITY


def test_the_contact_person_for_the_next_of_kin_looks_and_sends_nothing(told):
    told("nalatenschappen", _part("contactpersoon"))
    login = _login()
    _own(login)
    assert _refused(login, Permission.READ) is None
    assert _refused(login, Permission.RECEIVE) is None
    assert _refused(login) is Refusal.NOT_PERMITTED
    assert _refused(login, Permission.PREPARE) is Refusal.NOT_PERMITTED


@pytest.mark.parametrize(
    "part",
    [_part("erfgenaam", "niet te bepalen", 2), _part("iets nieuws"), _part("erfgenaam", "gezamenlijk", 0)],
    ids=["disputed", "a role nobody knows", "together with nobody"],
)
def test_what_cannot_be_determined_goes_to_a_human(told, part):
    told("nalatenschappen", part)
    login = _login()
    _own(login)
    assert [each.kind for each in registers.known(_own(login))] == ["undetermined"]
    for permission in Permission:
        assert _refused(login, permission) is Refusal.NOT_DETERMINED


def test_nobody_is_executor_of_who_lives_also_after_a_death_that_is_corrected(told):
    told("nalatenschappen", _part("executeur"))
    login = _login()
    _own(login)
    assert _refused(login) is None
    told("nalatenschappen", _part("executeur"), died_on=None)
    registers.forget(_boris().party)
    assert _refused(login) is Refusal.NO_AUTHORITY


def test_a_trustee_acts_in_the_money_of_a_bankrupt_person(told):
    told("faillissementen", {"burgerservicenummer": BORIS.value, "kvkNummer": None, "naam": "B. Verzonnen"})
    login = _login()
    _own(login)
    assert _refused(login) is None
    assert _refused(login, matter=Matter.CARE) is Refusal.OUT_OF_SCOPE


def test_a_trustee_of_a_company_asks_for_it_only_what_a_company_gets(told):
    told("faillissementen", {"burgerservicenummer": None, "kvkNummer": "90123459", "naam": "Verzonnen B.V."})
    login = _login()
    _own(login)
    row = RegisteredAuthority.objects.get(representative=login.party)
    company = identity.subjects_of({row.represented})[row.represented]
    assert company.kvk_number is not None and row.kind == "trustee"
    assert _refused(login, subject=company) is Refusal.NOT_FOR_COMPANIES


def test_a_bankruptcy_that_ended_is_over_when_the_register_is_asked_again(told):
    told("faillissementen", {"burgerservicenummer": BORIS.value, "kvkNummer": None, "naam": "B. Verzonnen"})
    login = _login()
    _own(login)
    told("faillissementen")
    registers.forget(_boris().party)
    assert _refused(login) is Refusal.NO_AUTHORITY


@pytest.mark.parametrize("function", ["bestuurder", "eigenaar", "gevolmachtigde"])
def test_a_company_that_goes_bankrupt_is_out_of_the_hands_of_its_director_and_proxy(told, function):
    row = {"nummer": "90123459", "naam": "Verzonnen B.V.", "functie": function}
    told("insolventies.failliet")
    adapters.register("kvk", Register(functies=({**row, "bevoegdheid": "alleen of zelfstandig bevoegd"},)))
    login = _login()
    _own(login)
    company = identity.subject_of(RegisteredAuthority.objects.get(representative=login.party).represented)
    assert _refused(login, matter=None, subject=company) is None
    adapters.register("ccbr", Register(**{"insolventies.failliet": True}))
    registers.forget(company.party)
    for permission in Permission:
        assert _refused(login, permission, matter=None, subject=company) is Refusal.NOT_OF_COMPANY
