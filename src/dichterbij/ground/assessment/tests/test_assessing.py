"""The law asks, the registries answer, the law asks on: no fact too many, nothing guessed, nothing betrayed."""

import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dichterbij.ground.assessment import comparing, models, queries, services
from dichterbij.ground.assessment.domain import Origin, Request, State, UnknownAssessment
from dichterbij.ground.logbook.domain import OpenTransaction
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations.domain import SealBroken
from dichterbij.ground.registry import activities
from dichterbij.ground.registry.answers import FieldNotAllowed
from dichterbij.kernel import clock
from dichterbij.kernel.access import Actor, Role
from dichterbij.kernel.identifiers import Bsn, Oin
from dichterbij.kernel.periods import Period
from dichterbij.law import LawError

STUDENT, MOTHER, FATHER, FRIEND = Bsn("999993653"), Bsn("999990019"), Bsn("999995200"), Bsn("999995212")
DUO, TOESLAGEN = Oin("00000099100000003000"), Oin("00000099100000004000")
ROTTERDAM, SVB = Oin("00000099100000001000"), Oin("00000099100000005000")
JUNE = date(2026, 6, 15)
GRANT = Request(
    law="wet_studiefinanciering_2000",
    outputs=("heeft_recht_op_aanvullende_beurs", "aanvullende_beurs_per_maand"),
    period=Period.parse("2026-07"),
    decided_on=JUNE,
)
ALLOWANCE = Request(
    law="wet_op_de_zorgtoeslag",
    outputs=("heeft_recht_op_zorgtoeslag", "zorgtoeslag_per_maand"),
    period=Period.parse("2026-07"),
    decided_on=JUNE,
)
FUNERAL = Request(
    law="participatiewet",
    outputs=("heeft_recht_op_bijzondere_bijstand_uitvaart",),
    period=Period.day(JUNE),
    decided_on=JUNE,
)
pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "logbook"]),
    pytest.mark.usefixtures("organisations", "registries"),
]


@pytest.fixture
def duo(new_access):
    return new_access(bsn=STUDENT, organisation=DUO, activity=activities.activity("duo.aanvullende-beurs"))


@pytest.fixture
def toeslagen(new_access):
    activity = activities.activity("dienst-toeslagen.zorgtoeslag")
    return new_access(bsn=STUDENT, organisation=TOESLAGEN, activity=activity)


@pytest.fixture
def rotterdam(new_access):
    activity = activities.activity("rotterdam.bijzondere-bijstand-uitvaart")
    return new_access(bsn=STUDENT, organisation=ROTTERDAM, activity=activity)


def by_name(assessment) -> dict[tuple[str, str], object]:
    return {(fact.person, fact.fact): fact for fact in assessment.facts}


# ------------------------------------------------------------------------------------------------ the loop


def test_a_right_is_determined_from_the_registries_alone(duo):
    found = services.assess(duo, GRANT)
    assert found.state is State.DETERMINED
    assert found.outputs["heeft_recht_op_aanvullende_beurs"] is True
    assert found.outputs["aanvullende_beurs_per_maand"] == 46640
    assert found.questions == found.unavailable == ()


def test_every_fact_says_whose_it_is_where_it_comes_from_and_when_it_was_read(duo):
    found = by_name(services.assess(duo, GRANT))
    born = found["p1", "geboortedatum"]
    assert (born.value_text, born.source, born.about) == ("11 februari 2002", "Basisregistratie Personen", "")
    assert born.read_at is not None
    assert found["p1", "onderwijssoort"].organisation == DUO
    assert {fact.about for fact in found.values()} > {"", found["p3", "datum_overlijden"].about}


def test_the_income_of_a_parent_is_used_and_never_shown(duo):
    income = by_name(services.assess(duo, GRANT))["p3", "toetsingsinkomen_peiljaar"]
    assert income.value_text is None
    assert income.about
    assert income.source


def test_the_day_a_parent_died_is_hidden_in_the_list_of_facts_and_in_the_explanation_alike(duo, registries):
    registries.say("brp", MOTHER)["overlijden.datum"] = "2019-03-07"
    found = services.assess(duo, GRANT)
    hidden = {(fact.person, fact.fact) for fact in found.facts if fact.value_text is None}
    told = {(line.ref.person, line.ref.fact) for line in found.explanation("nl").facts if not line.shown}
    assert told <= hidden
    assert "datum_overlijden" in {fact for _person, fact in told}
    assert "7 maart 2019" not in repr([(fact.value_text, found.explanation("nl")) for fact in found.facts])


def test_who_claims_together_sees_the_income_of_the_other(toeslagen, registries):
    registries.say("brp", STUDENT)["partners.burgerservicenummer"] = FRIEND.value
    registries.say("brp", FRIEND).update({"geboorte.datum": "1999-01-01", "verblijfstitel.rechtmatigVerblijf": True})
    registries.say("rvz", FRIEND)["verzekering.zvw"] = True
    registries.say("belastingdienst", FRIEND).update(
        {"inkomensgegeven.verzamelinkomen": 21_234, "vermogen.rendementsgrondslag": 0}
    )
    found = [fact for fact in services.assess(toeslagen, ALLOWANCE).facts if fact.fact == "toetsingsinkomen"]
    assert [fact.person for fact in found if fact.value_text] == ["p1", "p2"]


def test_what_can_no_longer_change_the_outcome_is_not_asked(duo, registries):
    registries.say("duo", STUDENT).clear()
    found = services.assess(duo, GRANT)
    assert found.outputs["heeft_recht_op_aanvullende_beurs"] is False
    assert registries.fields_of(FATHER) == registries.fields_of(MOTHER) == set()


def test_nothing_is_asked_of_the_income_of_a_parent_who_died(duo, registries):
    services.assess(duo, GRANT)
    assert registries.fields_of(MOTHER) == {"overlijden.datum"}
    assert "inkomensgegeven.verzamelinkomen" in registries.fields_of(FATHER)


def test_each_round_asks_a_registry_once_for_people_of_whom_the_same_is_wanted(duo, registries):
    services.assess(duo, GRANT)
    (deaths,) = [query for query in registries.asked if "overlijden.datum" in query.fields]
    assert set(deaths.persons) == {MOTHER, FATHER}


def test_income_of_two_years_ago_is_asked_of_that_year(duo, registries):
    services.assess(duo, GRANT)
    (income,) = [query for query in registries.asked if query.registry == "belastingdienst"]
    assert income.period == Period.year(2024)


def test_every_field_that_is_read_is_recorded_for_the_person_it_is_about(duo, registries):
    services.assess(duo, GRANT)
    asked = sum(len(query.fields) * len(query.persons) for query in registries.asked)
    assert sum(Line.objects.filter(kind="read").values_list("items", flat=True)) <= asked
    assert Line.objects.filter(kind="read").count() == sum(len(query.persons) for query in registries.asked)


def test_a_second_question_of_the_same_act_does_not_read_again_what_is_known(toeslagen, registries):
    services.assess_many(toeslagen, [ALLOWANCE])
    once = len(registries.asked)
    services.assess_many(toeslagen, [ALLOWANCE, replace(ALLOWANCE, outputs=("zorgtoeslag_per_maand",))])
    assert len(registries.asked) == 2 * once


def test_where_somebody_lives_decides_whether_the_law_applies_and_then_nothing_more_is_read(toeslagen, registries):
    registries.say("brp", STUDENT)["verblijfplaats.gebied"] = "BQ-BO"
    found = services.assess(toeslagen, ALLOWANCE)
    assert found.state is State.REFUSED
    assert found.refusal.code == "does_not_apply_in_territory"
    assert found.refusal.who_helps
    assert [query.fields for query in registries.asked] == [("verblijfplaats.gebied",)]
    assert found.explanation("nl").outcome


def test_an_organisation_cannot_assess_what_its_activity_does_not_cover(new_access):
    svb = new_access(bsn=STUDENT, organisation=SVB, activity=activities.activity("svb.nabestaandenuitkering"))
    with pytest.raises(FieldNotAllowed):
        services.assess(svb, GRANT)


def test_nothing_is_assessed_inside_a_transaction(duo, registries):
    with transaction.atomic(), pytest.raises(OpenTransaction):
        services.assess(duo, GRANT)
    assert not registries.asked


# ------------------------------------------------------------------------------------------------ sources that are down


@pytest.mark.parametrize("source", ["brp", "duo", "belastingdienst"])
def test_a_source_that_is_down_gives_a_partial_answer_that_names_it(duo, registries, source):
    registries.down = {source}
    found = services.assess(duo, GRANT)
    assert found.state is State.OPEN
    assert [each.registry for each in found.unavailable] == [source]
    assert "aanvullende_beurs_per_maand" not in found.outputs


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(down=st.sets(st.sampled_from(["brp", "duo", "belastingdienst", "rvz"])))
def test_no_failure_of_sources_ever_changes_an_outcome(toeslagen, registries, down):
    registries.down = set()
    whole = services.assess(toeslagen, ALLOWANCE)
    registries.down = down
    found = services.assess(toeslagen, ALLOWANCE)
    assert found.state is State.OPEN or found.outputs == whole.outputs
    assert found.state is State.DETERMINED or found.unavailable
    registries.down = set()


def test_while_the_register_of_residence_is_down_nothing_is_determined_or_refused(toeslagen, registries):
    registries.down = {"brp"}
    registries.say("rvz", STUDENT)["verzekering.zvw"] = False
    found = services.assess(toeslagen, ALLOWANCE)
    assert (found.state, found.outputs, found.receipt) == (State.OPEN, {}, None)
    assert [each.registry for each in found.unavailable] == ["brp"]


def test_a_source_that_is_down_is_asked_once_per_act(toeslagen, registries):
    registries.down = {"rvz"}
    services.assess_many(toeslagen, [ALLOWANCE, replace(ALLOWANCE, outputs=("zorgtoeslag_per_maand",))])
    assert sum(query.registry == "rvz" for query in registries.asked) == 1


# ------------------------------------------------------------------------------------------------ what people supply


def test_a_fact_only_the_applicant_can_give_is_a_question_until_it_is_given(rotterdam):
    found = services.assess(rotterdam, FUNERAL)
    assert found.state is State.OPEN
    asked = {question.fact: question for question in found.questions}
    assert asked
    assert all(question.question and question.label for question in asked.values())
    assert not any(question.origin is Origin.REGISTER for question in asked.values())


def test_what_the_worker_judges_completes_the_answer(rotterdam):
    supplied = {
        "overlijdensdatum": date(2026, 6, 8),
        "relatie_tot_overledene": "kind",
        "uitvaart_niet_te_betalen": True,
        "uitvaartkosten_noodzakelijk": True,
    }
    found = services.assess(rotterdam, FUNERAL, supplied)
    assert found.state is State.DETERMINED
    origins = {fact.fact: fact.origin for fact in found.facts}
    assert origins["uitvaartkosten_noodzakelijk"] is Origin.JUDGEMENT
    assert all(fact.read_at is None for fact in found.facts if fact.origin is not Origin.REGISTER)


def test_what_a_register_says_is_not_overruled_by_what_somebody_says(duo):
    found = by_name(services.assess(duo, GRANT, {"geboortedatum": "1950-01-01"}))
    assert found["p1", "geboortedatum"].origin is Origin.REGISTER
    assert found["p1", "geboortedatum"].value_text == "11 februari 2002"


def test_what_no_register_knows_the_person_may_say(duo, registries):
    del registries.say("brp", STUDENT)["geboorte.datum"]
    missing = services.assess(duo, GRANT)
    assert [question.fact for question in missing.questions] == ["geboortedatum"]
    found = by_name(services.assess(duo, GRANT, {"geboortedatum": date(2002, 2, 11)}))
    assert found["p1", "geboortedatum"].origin is Origin.APPLICANT


def test_a_supplied_value_of_the_wrong_kind_is_refused(rotterdam):
    with pytest.raises(LawError, match="uitvaart_niet_te_betalen"):
        services.assess(rotterdam, FUNERAL, {"uitvaart_niet_te_betalen": "misschien"})


SURVIVOR = Request(
    law="algemene_nabestaandenwet",
    outputs=("heeft_recht_op_nabestaandenuitkering",),
    period=Period.parse("2026-06"),
    decided_on=JUNE,
)
BEREAVED = {
    "overledene": FRIEND,
    "overlijdensdatum": "2026-06-08",
    "relatie_tot_overledene": "partner",
    "arbeidsongeschiktheidspercentage": 60,
    "arbeidsongeschikt_drie_maanden": True,
}


@pytest.fixture
def svb(new_access, registries):
    registries.say("svb", FRIEND)["verzekering.anw"] = True
    return new_access(bsn=STUDENT, organisation=SVB, activity=activities.activity("svb.nabestaandenuitkering"))


def test_about_somebody_who_is_only_named_nothing_is_read(svb, registries):
    registries.say("brp", STUDENT)["partners.voormalig"] = FRIEND.value
    found = services.assess(svb, SURVIVOR, BEREAVED)
    assert found.state is State.OPEN
    assert registries.fields_of(FRIEND) == set()
    assert FRIEND.value not in repr(found)


def test_within_a_case_the_deciding_body_reads_about_a_registered_spouse_who_died(svb, registries):
    registries.say("brp", STUDENT)["partners.voormalig"] = FRIEND.value
    found = services.assess(svb.for_case(uuid4()), SURVIVOR, BEREAVED)
    assert found.outputs["heeft_recht_op_nabestaandenuitkering"] is True
    assert registries.fields_of(FRIEND) == {"verzekering.anw"}


def test_naming_a_stranger_gives_no_way_to_their_data_also_within_a_case(svb, registries):
    found = services.assess(svb.for_case(uuid4()), SURVIVOR, BEREAVED)
    assert found.state is State.OPEN
    assert registries.fields_of(FRIEND) == set()


def test_what_is_said_for_all_children_counts_for_each_of_whom_the_law_asks_it(svb, registries):
    registries.say("brp", STUDENT)["kinderen.burgerservicenummer"] = (FATHER.value,)
    registries.say("brp", FATHER)["geboorte.datum"] = "2020-01-01"
    registries.say("brp", STUDENT)["partners.voormalig"] = FRIEND.value
    registries.say("brp", FATHER)["ouders.2.burgerservicenummer"] = FRIEND.value
    for number, bsn in enumerate((STUDENT, FATHER)):  # they do not live at one address
        registries.say("brp", bsn)["verblijfplaats.adresseerbaarObjectIdentificatie"] = f"059901000000000{number}"
    supplied = {**BEREAVED, "arbeidsongeschiktheidspercentage": 0}
    case = svb.for_case(uuid4())
    asked = services.assess(case, SURVIVOR, supplied)
    assert "kind_in_huishouden_van_ander" in {question.fact for question in asked.questions}
    supplied["kind_in_huishouden_van_ander"] = False
    found = services.assess(case, SURVIVOR, supplied)
    assert "kind_in_huishouden_van_ander" not in {question.fact for question in found.questions}


# ------------------------------------------------------------------------------------------------ keeping


def test_an_assessment_is_found_again_exactly_as_it_was(duo):
    found = services.assess(duo, GRANT)
    assert queries.assessment(duo, found.id) == found


def test_an_open_and_a_refused_assessment_are_found_again_too(toeslagen, registries):
    registries.down = {"rvz"}
    open_ = services.assess(toeslagen, ALLOWANCE)
    registries.say("brp", STUDENT)["verblijfplaats.gebied"] = "BQ-BO"
    refused = services.assess(toeslagen, ALLOWANCE)
    assert queries.assessment(toeslagen, open_.id) == open_
    assert queries.assessment(toeslagen, refused.id) == refused


def test_a_determination_replays_to_the_same_receipt(duo):
    found = services.assess(duo, GRANT)
    assert queries.replayed(duo, found.id).receipt() == found.receipt


def test_no_number_of_anybody_stands_in_what_is_kept(duo):
    found = services.assess(duo, GRANT, {"overledene": MOTHER})
    row = models.Determination.objects.get(id=found.id)
    content = keys.open_sealed(DUO, bytes(row.sealed), purpose=f"determination-{found.id}").decode()
    for bsn in (STUDENT, MOTHER, FATHER):
        assert bsn.value not in content
        assert bsn.value.encode() not in bytes(row.sealed)
    assert json.loads(content)["facts"]["persons"]["p1"]["ouder_1"] == '"p2"'


def test_what_is_kept_cannot_be_changed_or_moved_to_another(duo):
    one, other = services.assess(duo, GRANT), services.assess(duo, GRANT)
    sealed = models.Determination.objects.get(id=other.id).sealed
    models.Determination.objects.filter(id=one.id).update(sealed=sealed)
    with pytest.raises(SealBroken):
        queries.assessment(duo, one.id)


def test_nobody_finds_an_assessment_of_another_person_or_organisation(duo, new_access):
    found = services.assess(duo, GRANT)
    father = new_access(bsn=FATHER, organisation=DUO, activity=duo.activity)
    for access, number in [(father, found.id), (replace(duo, organisation=SVB), found.id), (duo, uuid4())]:
        with pytest.raises(UnknownAssessment):
            queries.assessment(access, number)


def test_a_worker_who_looks_is_recorded_and_the_person_is_not(duo):
    found = services.assess(duo, GRANT)
    queries.assessment(duo, found.id)
    assert not Line.objects.filter(kind="view").exists()
    worker = Actor(role=Role.STAFF, organisation=DUO, party=uuid4(), staff_reference="M-1")
    queries.assessment(replace(duo, actor=worker), found.id)
    assert Line.objects.filter(kind="view").count() == 1


def test_it_stays_with_its_case_and_otherwise_leaves_after_ninety_days(duo):
    kept, loose = services.assess(duo, GRANT), services.assess(duo, GRANT)
    with transaction.atomic():
        services.keep(duo, [kept.id], kept_for="case:1")
    assert services.purge_loose(clock.now() + timedelta(days=89)) == 0
    assert services.purge_loose(clock.now() + timedelta(days=91)) == 1
    queries.assessment(duo, kept.id)
    with pytest.raises(UnknownAssessment):
        queries.assessment(duo, loose.id)
    assert services.release("case:1") == 1


def test_one_cannot_keep_the_assessments_of_another(duo, new_access):
    found = services.assess(duo, GRANT)
    services.keep(new_access(bsn=FATHER, organisation=DUO), [found.id], kept_for="plan:9")
    assert models.Determination.objects.get().kept_for == ""


# ------------------------------------------------------------------------------------------------ what changed


def test_nothing_changed_when_nothing_changed(duo):
    before, now = services.assess(duo, GRANT), services.assess(duo, GRANT)
    assert comparing.differences(before, now) == ()
    assert comparing.changed_outputs(before, now) == {}


def test_a_hidden_value_that_changed_is_noticed_and_stays_hidden(duo, registries):
    before = services.assess(duo, GRANT)
    registries.say("belastingdienst", FATHER)["inkomensgegeven.verzamelinkomen"] = 9_000_000
    now = services.assess(duo, GRANT)
    (difference,) = comparing.differences(before, now)
    assert difference.what is comparing.What.DIFFERENT
    assert difference.before.value_text is difference.now.value_text is None
    assert "aanvullende_beurs_per_maand" in comparing.changed_outputs(before, now)


def test_facts_that_came_and_went_are_named(duo, registries):
    before = services.assess(duo, GRANT)
    registries.say("duo", STUDENT)["inschrijving.onderwijssoort"] = None
    now = services.assess(duo, GRANT)
    assert {each.what for each in comparing.differences(before, now)} == {
        comparing.What.GONE,
        comparing.What.DIFFERENT,
    }


@pytest.mark.parametrize("language", ["nl", "en", "pap"])
def test_everything_can_be_read_in_three_languages(duo, language):
    found = services.assess(duo, GRANT)
    assert all(fact.label for fact in found.facts_in(language))
    assert found.explanation(language).outcome
