"""A personal plan: who it is for, what it asks of whom, and what happens when something does not answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client

from dichterbij.front.life_events import plans
from dichterbij.front.life_events.about import Deceased, Relation
from dichterbij.front.life_events.adapters.content import life_events
from dichterbij.front.life_events.domain import Group
from dichterbij.front.life_events.models import Plan, PlanCard
from dichterbij.ground.authority import registers
from dichterbij.ground.authority.portal import own_access
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.domain import ActingFor
from dichterbij.ground.identity.tests.clients import request_of, sign_in_client
from dichterbij.ground.logbook import pseudonyms
from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.logbook.lines import parsed
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import adapters
from dichterbij.ground.registry.domain import SourceUnavailable
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission
from dichterbij.kernel.identifiers import Bsn, Oin

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
EVENT = "overlijden"


def opened(own, key: str, *, together: bool = True) -> Plan:
    plan = plans.begin(own(key), EVENT)
    who = plans.about_of(Plan.objects.get(id=plan)).candidates[0]
    plans.open_plan(own(key), plan, who, {"zelfde_adres_als_overledene": together})
    return Plan.objects.get(id=plan)


def told(own, key: str, relation: Relation, died_on: date = date(2026, 6, 8), *, together: bool = False) -> Plan:
    plan = plans.begin(own(key), EVENT)
    who = Deceased(name="Een naaste", died_on=died_on, relation=relation)
    plans.open_plan(own(key), plan, who, {"zelfde_adres_als_overledene": together})
    return Plan.objects.get(id=plan)


def groups(plan: Plan) -> dict[str, str]:
    return dict(plan.cards.values_list("card", "group"))


def test_beginning_a_plan_finds_the_relative_who_died_and_nobody_else(own):
    plan = Plan.objects.get(id=plans.begin(own("student"), EVENT))
    (found,) = plans.about_of(plan).candidates
    assert (found.relation, found.died_on) == (Relation.CHILD, date(2026, 6, 8))
    assert plan.opened_at is None
    assert not plan.cards.exists()


def test_the_student_gets_ten_cards_of_six_organisations_and_the_grant_with_its_amount(own):
    plan = opened(own, "student")
    shown = [card for card in plan.cards.all() if card.group != Group.NOT_FOR_YOU]
    event = life_events()[EVENT]
    assert len(shown) >= 10
    assert len({event.card(card.card).organisation for card in shown}) >= 6
    grant = plan.cards.get(card="aanvullende-beurs")
    assert (grant.group, grant.amount_cents) == (Group.MAY_BE_ENTITLED, 46640)
    assert plan.cards.get(card="uitvaart").day == date(2026, 6, 16)
    assert plan.cards.get(card="erfbelasting").day == date(2028, 2, 8)
    assert groups(plan)["nabestaandenuitkering"] == Group.NOT_FOR_YOU
    assert groups(plan)["wezenuitkering"] == Group.NOT_FOR_YOU


def test_an_adult_child_is_promised_nothing_about_the_rented_home(own):
    shown = groups(opened(own, "student"))
    assert shown["huurwoning-kind"] == Group.TO_DO
    assert not {"huurwoning-medehuurder", "huurwoning-samenwoner", "huurwoning-leeg"} & set(shown)


def test_the_widow_gets_a_higher_state_pension_and_no_grant_for_students(own):
    shown = groups(opened(own, "widow"))
    assert {"aow-alleenstaande", "huurwoning-medehuurder", "machtiging", "toeslagen-partner"} <= set(shown)
    assert not {"aanvullende-beurs", "kinderbijslag", "toeslagen-overledene", "gezag-kinderen"} & set(shown)
    assert shown["nabestaandenuitkering"] == Group.NOT_FOR_YOU


def test_the_father_of_young_children_gets_what_is_for_the_children(own):
    shown = groups(opened(own, "widower"))
    assert {"gezag-kinderen", "kindgebonden-budget", "kinderopvangtoeslag", "erfenis-kind", "kinderbijslag"} <= set(
        shown
    )
    assert shown["nabestaandenuitkering"] == Group.MAY_BE_ENTITLED
    assert not {"aanvullende-beurs", "aow-alleenstaande", "machtiging"} & set(shown)


def test_who_says_that_there_was_no_state_pension_reads_nothing_about_it(own):
    plan = opened(own, "widower")
    about_pension = {"aow-stopt", "aow-overlijdensuitkering-partner"}
    assert about_pension <= set(groups(plan)), "nobody looks up what the dead had"
    plans.answer(own("widower"), plan.id, {"overledene_kreeg_aow": False})
    assert not about_pension & set(groups(plan))


def test_the_brother_abroad_tells_us_himself_and_gets_his_own_plan(own):
    plan = told(own, "uncle", Relation.SIBLING)
    shown = groups(plan)
    assert {"erfenis", "contactpersoon", "inloggen-buitenland", "erfbelasting", "huurwoning-leeg"} <= set(shown)
    assert not {"aanvullende-beurs", "toeslagen-partner", "huurwoning-kind", "aow-alleenstaande"} & set(shown)
    assert "nabestaandenuitkering" not in shown, "a brother would not think of it"
    assert plan.cause == ""


def test_who_lives_abroad_gets_numbers_that_can_be_dialled_from_there(own, log_in):
    plan = told(own, "uncle", Relation.SIBLING)
    page = log_in("uncle").get(f"/plan/{plan.id}/cards/erfbelasting").content.decode()
    assert "+31 55 538 53 85" in page
    assert "0800 0543" not in page
    assert "netnummer" not in log_in("uncle").get(f"/plan/{plan.id}").content.decode()


def test_who_lives_on_bonaire_hears_who_helps_there_and_gets_no_dutch_card(own):
    plan = told(own, "bonaire_mother", Relation.CHILD)
    assert set(groups(plan).values()) <= {Group.NOT_FOR_YOU}
    assert set(plan.cards.values_list("verdict", flat=True)) == {"not-here"}
    outcomes = {said for row in plan.cards.all() for said in plans.content_of(row, Oin(plan.operator))["nl"]["outcome"]}
    assert any("Bonaire" in said and "helpt u" in said for said in outcomes)


def test_the_plan_says_once_that_laws_do_not_apply_where_somebody_lives_and_per_law_who_helps(own, log_in):
    plan = told(own, "bonaire_mother", Relation.CHILD)
    page = log_in("bonaire_mother").get(f"/plan/{plan.id}").content.decode()
    assert page.count("waar u woont") == 1
    assert "De RCN-unit SZW helpt u." in page
    assert "Vraag het openbaar lichaam van uw eiland om hulp." in page


def test_each_organisation_reads_for_itself_within_one_act(own):
    plan = plans.begin(own("student"), EVENT)
    act = own("student")
    who = plans.about_of(Plan.objects.get(id=plan)).candidates[0]
    plans.open_plan(act, plan, who, {"zelfde_adres_als_overledene": True})
    (line,) = [each for each in logbook.acts_about(act, limit=20) if each.act == act.act]
    assert len(line.organisations) >= 4
    assert act.organisation in line.organisations


def test_looking_at_a_plan_reads_no_registry(own):
    plan = opened(own, "student")
    before = len(logbook.acts_about(own("student"), limit=50))
    with down(*adapters.names()):
        assert plans.row_of(own("student"), plan.id).cards.count() == plan.cards.count()
    assert len(logbook.acts_about(own("student"), limit=50)) == before


def lines_about(world, key: str) -> set[tuple[str, str]]:
    """Return registry and field of everything that was read about somebody, under any activity."""
    bsn = Bsn(world.persona(key).bsn)
    names = {name for each in organisations.hosted() for name in pseudonyms.all_of_subject(each.oin, bsn)}
    found = [parsed(line) for line in Line.objects.filter(subject__in=names)]
    return {(each["registry"], name) for each in found for name in each["fields"]}


def test_of_the_dead_mother_only_that_she_died_and_her_name_are_read(own, world):
    opened(own, "student")
    read = lines_about(world, "student_mother")
    assert ("brp", "overlijden.datum") in read
    assert {registry for registry, _name in read} == {"brp"}
    assert not {name for _registry, name in read if "verblijf" in name or "adres" in name}


def test_a_death_that_somebody_tells_us_about_reads_nothing_about_anybody_else(own, world):
    told(own, "uncle", Relation.SIBLING)
    assert lines_about(world, "student_mother") == set()


@contextmanager
def down(*names: str) -> Iterator[None]:
    """Let registries not answer."""

    class Silent:
        def fetch(self, _query: object) -> None:
            raise SourceUnavailable("Stil.")

    real = {name: adapters.adapter(name) for name in names}
    for name in names:
        adapters.register(name, Silent())
    try:
        yield
    finally:
        for name, adapter in real.items():
            adapters.register(name, adapter)


def test_a_source_that_is_down_leaves_the_plan_as_it_was_and_says_since_when(own):
    plan = opened(own, "student")
    before = list(plan.cards.order_by("card").values_list("card", "group", "amount_cents", "day", "asked_at"))
    with down("duo", "belastingdienst"):
        plans.refresh(own("student"), plan.id)
    after = plan.cards.order_by("card")
    assert [row[:4] for row in before] == list(after.values_list("card", "group", "amount_cents", "day"))
    grant = plan.cards.get(card="aanvullende-beurs")
    assert grant.unavailable_since is not None
    assert grant.asked_at == {row[0]: row[4] for row in before}["aanvullende-beurs"]
    plans.refresh(own("student"), plan.id)
    assert not plan.cards.filter(unavailable_since__isnull=False).exists()


def test_a_plan_opened_while_a_source_is_down_is_partial_and_never_says_no(own):
    plan = plans.begin(own("student"), EVENT)
    who = plans.about_of(Plan.objects.get(id=plan)).candidates[0]
    with down("duo"):
        plans.open_plan(own("student"), plan, who, {"zelfde_adres_als_overledene": True})
    grant = PlanCard.objects.get(plan=plan, card="aanvullende-beurs")
    assert (grant.group, grant.amount_cents) == (Group.MAY_BE_ENTITLED, None)
    assert grant.unavailable_since is not None


def test_a_plan_of_somebody_else_does_not_exist(own):
    plan = opened(own, "student")
    with pytest.raises(plans.UnknownPlan):
        plans.row_of(own("widow"), plan.id)
    with pytest.raises(plans.UnknownPlan):
        plans.refresh(own("widow"), plan.id)
    with pytest.raises(plans.UnknownPlan):
        plans.row_of(replace(own("student"), organisation=_other(own)), plan.id)


def _other(own):
    from dichterbij.ground.organisations import queries

    return next(each.oin for each in queries.hosted() if each.oin != own("student").organisation)


def test_two_clicks_make_one_plan(own):
    assert plans.begin(own("student"), EVENT) == plans.begin(own("student"), EVENT)


def test_only_own_tasks_can_be_ticked_and_unticked(own):
    plan = opened(own, "student")
    plans.tick(own("student"), plan.id, "contactpersoon", done=True)
    plans.tick(own("student"), plan.id, "aow-stopt", done=True)
    assert plan.cards.get(card="contactpersoon").done_at is not None
    assert plan.cards.get(card="aow-stopt").done_at is None
    plans.refresh(own("student"), plan.id)
    assert plan.cards.get(card="contactpersoon").done_at is not None
    plans.tick(own("student"), plan.id, "contactpersoon", done=False)
    assert plan.cards.get(card="contactpersoon").done_at is None


def test_an_answer_to_an_open_question_is_asked_once_and_settles_the_card(own):
    plan = opened(own, "student")
    assert plan.cards.get(card="huurwoning-kind").verdict == "unknown"
    plans.answer(own("student"), plan.id, {"medehuurder": False})
    assert plan.cards.get(card="huurwoning-kind").verdict == "applies"
    plans.answer(own("student"), plan.id, {"medehuurder": True})
    shown = groups(Plan.objects.get(id=plan.id))
    assert "huurwoning-medehuurder" in shown
    assert "huurwoning-kind" not in shown


def test_erasing_a_plan_erases_its_determinations_and_a_year_without_a_look_does_too(own):
    from dichterbij.ground.assessment.models import Determination

    plan = opened(own, "student")
    assert Determination.objects.filter(kept_for=f"plan:{plan.id}").exists()
    assert plans.purge(clock.now() + timedelta(days=300)) == 0
    assert plans.purge(clock.now() + timedelta(days=366)) == 1
    assert not Determination.objects.filter(kept_for=f"plan:{plan.id}").exists()
    again = opened(own, "student")
    plans.erase(own("student"), again.id)
    assert not Plan.objects.exists()


def test_a_second_plan_after_the_same_death_takes_the_place_of_the_first_with_its_determinations(own):
    from dichterbij.ground.assessment.models import Determination

    first, second = opened(own, "student"), opened(own, "student")
    assert list(Plan.objects.values_list("id", flat=True)) == [second.id]
    assert not Determination.objects.filter(kept_for=f"plan:{first.id}").exists()


def test_what_is_kept_of_a_plan_is_sealed(own, world):
    plan = opened(own, "student")
    name = plans.about_of(plan).candidates[0].name.encode()
    assert name not in bytes(plan.about_sealed)
    assert world.persona("student_mother").bsn.encode() not in bytes(plan.about_sealed)


def test_who_acts_for_a_company_is_offered_what_a_company_can_ask_for_and_no_plan(organisations, world):
    client = Client()
    login = sign_in_client(client, world.persona("director").bsn)
    registers.look_up(own_access(login, Permission.READ))
    company, *_ = registers.known(own_access(login, Permission.READ))
    request = request_of(client)
    identity.act_for(request, ActingFor(subject=company.represented, name=company.name))
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    for page in ("/", "/plan"):
        told = client.get(page).content.decode()
        assert 'href="/apply/kleineondernemersregeling"' in told and "overleden" not in told, page
    assert client.post("/plan", {"event": "death"}).status_code == 403
