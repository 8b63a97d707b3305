"""Permission asked at the moment of the act: for oneself, as staff, by another organisation, by a job."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from dichterbij.ground.authority import reasons, services, sources
from dichterbij.ground.authority.domain import Authority, Denied, Kind, NotAutomatic, Refusal, Scope
from dichterbij.ground.authority.models import Mandate
from dichterbij.ground.identity import acts
from dichterbij.ground.identity.domain import Audience, LoginNeeded, StepUpNeeded
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.logbook.queries import acts_about
from dichterbij.ground.organisations import queries
from dichterbij.ground.organisations import services as organisation_services
from dichterbij.ground.organisations.domain import Appointment, StaffTask
from dichterbij.ground.registry import adapters
from dichterbij.kernel import clock
from dichterbij.kernel.access import Activity, Permission, Product, Role, Subject
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level
from dichterbij.kernel.problems import AccessExpired

from .said import Register, Silent

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
ANNA, WORKER = Bsn("999990007"), Bsn("999990019")
MORNING = datetime(2026, 6, 15, 8, 0, tzinfo=UTC)
GRANT = Activity(id="duo.aanvullende-beurs", version="1", purpose="Recht bepalen", legal_basis="Wsf 2000, art. 3.9")
LETTER = Activity(id="portaal.bericht", version="1", purpose="Schrijven", legal_basis="Wet", automatic=True)


@pytest.fixture
def bodies(organisations):
    yield {found.key: found for found in queries.organisations()}
    queries.forget()


@pytest.fixture
def product(bodies):
    return Product(id="aanvullende-beurs", organisation=bodies["duo"].oin, activity=GRANT, level=Level.SUBSTANTIAL)


@pytest.fixture(autouse=True)
def morning():
    with clock.frozen(MORNING):
        yield


def citizen(level=Level.SUBSTANTIAL, bsn=ANNA):
    return sign_in_client(Client(), bsn, level)


def worker(bodies, *tasks, at="duo", last_on=None):
    appointment = Appointment(
        party=party_for(WORKER),
        organisation=bodies[at].oin,
        unit=next(iter(_units(bodies[at]))),
        roles=tasks,
        first_on=date(2024, 1, 1),
        last_on=last_on,
    )
    organisation_services.appoint(appointment)
    return sign_in_client(Client(), WORKER, Level.SUBSTANTIAL, audience=Audience.STAFF)


def _units(organisation):
    from dichterbij.ground.organisations.models import Unit

    return Unit.objects.filter(organisation_id=organisation.oin.value).values_list("key", flat=True)


def anna():
    return Subject(party=party_for(ANNA), bsn=ANNA)


def refused(*arguments, **named):
    with pytest.raises(Denied) as caught:
        services.require(*arguments, **named)
    assert caught.value.detail == reasons.detail(caught.value.reason) and caught.value.remedy
    return caught.value.reason


def test_a_person_may_apply_for_themselves_within_one_act(product):
    login = citizen()
    with acts.within(acts.new("00-" + "ab" * 16 + "-" + "cd" * 8 + "-01")) as act:
        first = services.require(login, product, Permission.READ)
        second = services.require(login, product, Permission.SUBMIT, case=uuid4())
    assert first.act == second.act == act.id and first.trace == "ab" * 16
    assert first.is_own() and first.subject.bsn == ANNA and first.actor.organisation == queries.operator().oin
    assert services.require(login, product, Permission.READ).act != act.id


def test_a_person_decides_nothing_about_themselves(product):
    assert refused(citizen(), product, Permission.DECIDE) is Refusal.NOT_PERMITTED


def test_without_a_login_or_with_too_little_certainty_the_person_is_asked_to_log_in(product):
    with pytest.raises(LoginNeeded):
        services.require(None, product, Permission.READ)
    with pytest.raises(StepUpNeeded) as caught:
        services.require(citizen(Level.LOW), product, Permission.READ)
    assert caught.value.level is Level.SUBSTANTIAL


def test_a_login_that_ended_in_the_meantime_counts_no_more(product):
    login = citizen()
    with clock.frozen(MORNING + timedelta(minutes=15)), pytest.raises(StepUpNeeded):
        services.require(login, product, Permission.READ)


def test_the_matters_of_somebody_else_are_refused_and_the_attempt_is_recorded_for_them(product):
    boris = citizen(bsn=Bsn("999990020"))
    assert refused(boris, product, Permission.READ, subject=anna()) is Refusal.NO_AUTHORITY
    seen = acts_about(services.require(citizen(), product, Permission.READ), limit=10)[0]
    assert seen.parts[0].refused and not seen.by_self and seen.items == 0
    assert ANNA.value.encode() not in bytes(Line.objects.get().body)


def test_a_worker_opens_a_case_of_their_organisation_for_a_reason(bodies, product):
    login = worker(bodies, StaffTask.HANDLE)
    case = uuid4()
    access = services.for_staff(
        login, product, Permission.HANDLE, subject=anna(), case=case, reason=" Belt over de brief. "
    )
    assert access.actor.role is Role.STAFF and access.actor.organisation == bodies["duo"].oin
    assert access.actor.staff_reference == login.staff[0].audit_ref
    assert (access.reason, access.case) == ("Belt over de brief.", case)
    with pytest.raises(Denied) as caught:
        services.for_staff(login, product, Permission.HANDLE, subject=anna(), case=case, reason=" ")
    assert caught.value.reason is Refusal.NO_REASON


@pytest.mark.parametrize(
    ("task", "allowed"),
    [
        (StaffTask.READ, {Permission.READ}),
        (StaffTask.HANDLE, {Permission.READ, Permission.PREPARE, Permission.HANDLE}),
        (StaffTask.DECIDE, {Permission.READ, Permission.DECIDE}),
        (StaffTask.DESK, set()),
        (StaffTask.AUDIT, set()),
        (StaffTask.OPERATE, set()),
        (StaffTask.EDIT, set()),
    ],
)
def test_each_task_allows_what_it_says_and_nothing_more(bodies, product, task, allowed):
    login = worker(bodies, task)
    for permission in Permission:
        if permission in allowed:
            assert services.require(login, product, permission, subject=anna(), reason="brief")
        else:
            assert refused(login, product, permission, subject=anna(), reason="brief") is Refusal.NOT_PERMITTED


def test_a_worker_never_touches_their_own_case(bodies, product):
    login = worker(bodies, StaffTask.HANDLE, StaffTask.DECIDE)
    own = Subject(party=login.party, bsn=WORKER)
    assert refused(login, product, Permission.DECIDE, subject=own, reason="brief") is Refusal.OWN_CASE
    assert refused(login, product, Permission.READ, reason="brief") is Refusal.OWN_CASE


def test_a_worker_of_another_organisation_or_of_yesterday_is_refused(bodies, product):
    elsewhere = worker(bodies, StaffTask.HANDLE, at="svb")
    assert refused(elsewhere, product, Permission.READ, subject=anna(), reason="brief") is Refusal.OTHER_ORGANISATION
    former = worker(bodies, StaffTask.HANDLE, at="svb", last_on=date(2026, 6, 14))
    assert former.staff == ()
    assert refused(former, product, Permission.READ, subject=anna(), reason="brief") is Refusal.NO_AUTHORITY


def test_a_worker_who_logged_in_as_themself_is_no_worker(bodies, product):
    worker(bodies, StaffTask.HANDLE)
    login = citizen(bsn=WORKER)
    assert refused(login, product, Permission.HANDLE, subject=anna(), reason="brief") is Refusal.NO_AUTHORITY


def test_the_competent_organisation_acts_under_its_own_activity_within_the_same_act_and_minute(bodies, product):
    access = services.require(citizen(), product, Permission.READ)
    other = services.on_request(access, bodies["svb"].oin, LETTER)
    assert (other.organisation, other.activity, other.act) == (bodies["svb"].oin, LETTER, access.act)
    assert other.actor == access.actor and other.at == access.at
    with clock.frozen(MORNING + timedelta(seconds=61)), pytest.raises(AccessExpired):
        services.on_request(access, bodies["svb"].oin, LETTER)


def test_a_worker_does_not_reach_into_another_organisation(bodies, product):
    access = services.require(worker(bodies, StaffTask.READ), product, Permission.READ, subject=anna(), reason="brief")
    assert services.on_request(access, bodies["duo"].oin, GRANT).activity == GRANT
    with pytest.raises(Denied):
        services.on_request(access, bodies["svb"].oin, LETTER)


def test_a_job_gets_an_access_only_for_an_automatic_activity(bodies):
    rotterdam = bodies["rotterdam"].oin
    access = services.on_duty(rotterdam, LETTER, "Overlijden geregistreerd", anna())
    assert access.actor.role is Role.SYSTEM and access.actor.party is None and not access.is_own()
    assert access.reason == "Overlijden geregistreerd"
    with pytest.raises(NotAutomatic):
        services.on_duty(rotterdam, GRANT, "Nieuwsgierig", anna())


def test_a_source_of_authorities_is_added_without_a_change(product, monkeypatch):
    daughter, mother = citizen(), Subject(party=party_for(WORKER), bsn=WORKER)

    def mandates(login, subject, at):
        return (
            Authority(
                kind=Kind.MANDATE,
                representative=daughter.party,
                represented=mother.party,
                scope=Scope(products=frozenset({product.id})),
                permissions=frozenset({Permission.READ}),
                valid_from=MORNING - timedelta(days=1),
                valid_until=MORNING + timedelta(minutes=1),
                source="mandates",
                reference="m-1",
            ),
        )

    monkeypatch.setitem(sources._sources, "mandates", mandates)
    access = services.require(daughter, product, Permission.READ, subject=mother)
    assert access.actor.role is Role.REPRESENTATIVE and access.on_behalf_of == "mandate:m-1"
    assert refused(daughter, product, Permission.SUBMIT, subject=mother) is Refusal.NOT_PERMITTED
    with clock.frozen(MORNING + timedelta(minutes=1)):
        assert refused(daughter, product, Permission.READ, subject=mother) is Refusal.NOT_VALID_NOW


def test_every_refusal_has_words_for_people():
    assert set(reasons.DETAILS) == set(Refusal)
    assert all(len(sentence.split()) <= 20 for text in reasons.DETAILS.values() for sentence in text.split("."))


def test_a_worker_never_touches_the_case_of_their_child_or_of_somebody_they_act_for(bodies, product):
    login = worker(bodies, StaffTask.HANDLE, StaffTask.DECIDE)
    child = Subject(party=party_for(ANNA), bsn=ANNA)
    adapters.register("brp", Register(gezag=({"minderjarige": ANNA.value, "naam": "A. Verzonnen"},)))
    adapters.register("ccbr", Register())
    adapters.register("kvk", Register())
    try:
        assert refused(login, product, Permission.HANDLE, subject=child, reason="brief") is Refusal.RELATED
        other = Subject(party=party_for(Bsn("999990020")), bsn=Bsn("999990020"))
        assert services.require(login, product, Permission.HANDLE, subject=other, reason="brief")
        Mandate.objects.create(
            represented=login.party,
            representative=other.party,
            products=["iets"],
            sealed=b"",
            made_at=MORNING,
            accepted_at=MORNING,
            valid_until=MORNING + timedelta(days=1),
            code_until=MORNING,
        )
        assert refused(login, product, Permission.HANDLE, subject=other, reason="brief") is Refusal.RELATED
    finally:
        adapters.configure(settings.REGISTRIES)


def test_when_the_registers_are_silent_a_worker_goes_on_with_what_is_known(bodies, product, caplog):
    login = worker(bodies, StaffTask.HANDLE)
    adapters.register("brp", Silent())
    try:
        assert services.require(login, product, Permission.HANDLE, subject=anna(), reason="brief")
    finally:
        adapters.configure(settings.REGISTRIES)
    assert "is not known" in caplog.text
