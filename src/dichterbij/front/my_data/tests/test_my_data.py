"""What a person sees of themselves: per source, with its time, never a registry read that they did not ask for."""

import re
from datetime import timedelta
from html import unescape
from threading import Barrier

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from dichterbij.front.my_data import services
from dichterbij.front.my_data.models import Snapshot
from dichterbij.ground.identity.register_events import RecordChanged
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.outbox import services as outbox
from dichterbij.ground.outbox.services import emit
from dichterbij.ground.registry import adapters, fetching, health
from dichterbij.ground.registry.domain import Query, RawRecord, RawValue, SourceRefused, SourceUnavailable
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level
from dichterbij.kernel.problems import Problem

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


class Broken:
    """A source that gives no answer, or refuses us."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    def fetch(self, query: Query) -> None:
        raise self.problem


class Meeting:
    """A source that answers when another is asked at the same time."""

    def __init__(self, together: Barrier) -> None:
        self.together = together

    def fetch(self, query: Query) -> None:
        self.together.wait(timeout=30)
        raise SourceUnavailable("Kapot.")


@pytest.fixture
def student(log_in) -> Client:
    return log_in("student")


@pytest.fixture
def instead():
    """Put other sources in the place of some, for the rest of a test."""
    fetching._connect()
    before = {}

    def put(**sources: object) -> None:
        for registry, source in sources.items():
            before.setdefault(registry, adapters.adapter(registry))
            adapters.register(registry, source)

    yield put
    for registry, adapter in before.items():
        adapters.register(registry, adapter)
        health.answered(registry)


@pytest.fixture
def broken(instead):
    """Break a source for the rest of a test."""

    def break_down(registry: str, problem: Problem | None = None) -> None:
        instead(**{registry: Broken(problem or SourceUnavailable("Kapot."))})

    return break_down


def read(response: HttpResponse) -> str:
    return unescape(response.content.decode()).replace("\xa0", " ").replace("\xad", "")


def asked(client: Client) -> str:
    response = client.post("/my-data")
    assert response.url == "/my-data"
    return read(client.get("/my-data"))


def test_looking_at_the_page_reads_no_registry(student):
    page = read(student.get("/my-data"))
    assert "Mijn gegevens opvragen" in page
    assert "Basisregistratie Personen" in page
    assert "Er is nog niet naar uw gegevens gekeken." in read(student.get("/who-looked"))


def test_what_was_asked_for_is_shown_per_source_with_who_keeps_it(student):
    page = asked(student)
    for words in ("Mirthe Zwaanstra", "11 februari 2002", "Gemeente Rotterdam", "mbo", "Bijgehouden door"):
        assert words in page


def test_amounts_of_past_years_are_named_by_their_year(student):
    page = asked(student)
    assert "Inkomen (2024)" in page
    assert "Inkomen van dit jaar (2024)" not in page


def test_of_other_people_only_the_number_of_them_is_shown(student, world):
    page = asked(student)
    assert "Uw ene ouder" in page
    for key in ("student_mother", "student_father"):
        assert world.persona(key).bsn not in page
        assert world.persona(key).name not in page


def test_nobody_is_told_that_they_are_not_dead(student):
    assert "datum van overlijden" not in asked(student).lower()


def test_no_source_waits_for_another(student, instead, settings):
    settings.REGISTRY_DEADLINE_SECONDS = 60
    together = Barrier(2)
    instead(duo=Meeting(together), uwv=Meeting(together))
    assert "Mirthe Zwaanstra" in asked(student)
    assert not together.broken


@pytest.mark.parametrize("problem", [SourceUnavailable("Kapot."), SourceRefused("Verkeerde sleutel.")])
def test_a_source_that_is_down_is_named_with_since_when_and_the_others_are_shown(student, broken, problem):
    broken("duo", problem)
    page = asked(student)
    assert "Deze bron geeft nu geen antwoord" in page
    assert "Er kan dus meer over u bekend zijn dan hier staat." in page
    assert "Mirthe Zwaanstra" in page


def test_a_source_that_cannot_be_asked_without_another_names_the_one_that_is_down(student, broken):
    broken("brp")
    page = asked(student)
    homes = page.partition('id="source-bag"')[2].partition("</section>")[0]
    assert "Daarvoor is eerst een andere bron nodig: Basisregistratie Personen" in homes
    assert "Deze bron geeft nu geen antwoord" not in homes
    assert "Deze bron geeft nu geen antwoord" in page


def test_what_was_fetched_before_a_source_went_down_stays_with_its_time(student, broken):
    asked(student)
    broken("duo")
    page = asked(student)
    assert "Hieronder staat wat u opvroeg op" in page
    assert "mbo" in page


class Owing:
    """A body of claims of which the matters are given."""

    def __init__(self, **matters: int) -> None:
        self.matters = matters

    def fetch(self, query: Query) -> dict[Bsn, RawRecord]:
        matters = tuple({"zaakkenmerk": name, "saldo": cents} for name, cents in self.matters.items())
        values = {"vorderingen.saldo": sum(self.matters.values()), "vorderingen.zaken": matters}
        record = RawRecord(values={name: RawValue(value=values[name]) for name in query.fields})
        return dict.fromkeys(query.persons, record)


def owed(client: Client) -> str:
    return shown_as_owed(asked(client))


def shown_as_owed(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page[page.index('id="owed"') : page.index('id="wrong"')]).split())


def test_what_is_owed_to_several_bodies_is_added_up_in_cents(student, instead):
    instead(cjib=Owing(a=12850, b=1), cak=Owing(c=1999))
    assert "Samen € 148,50" in owed(student)


def test_while_one_body_does_not_answer_there_is_no_total_that_could_be_too_low(student, instead):
    asked(student)
    instead(cjib=Broken(SourceUnavailable("Kapot.")), cak=Owing(c=1999))
    told = owed(student)
    assert "niet bekend: geen antwoord sinds 15 juni 2026" in told
    assert "€ 19,99" in told
    assert "Samen" not in told
    assert "U moet misschien meer betalen dan hier staat." in told


def test_a_body_that_was_forgotten_because_it_stayed_down_is_not_known_and_leaves_no_total(student, instead):
    instead(cjib=Owing(a=12850), cak=Owing(c=1999))
    asked(student)
    yesterday = clock.now() - timedelta(hours=25)
    Snapshot.objects.filter(registry="cjib").update(read_at=yesterday, unavailable_since=clock.now())
    assert services.forget_old(clock.now()) == 1
    told = shown_as_owed(read(student.get("/my-data")))
    assert "niet bekend" in told
    assert "€ 19,99" in told
    assert "Samen" not in told


def test_a_matter_that_two_bodies_name_counts_once(student, instead):
    instead(cjib=Owing(a=12850), cak=Owing(a=12850, c=50))
    told = owed(student)
    assert "Samen € 129,00" in told
    assert "Eén bedrag staat bij twee organisaties." in told


def test_asking_is_in_the_log_as_one_act_of_your_own(student):
    asked(student)
    log = read(student.get("/who-looked"))
    assert log.count("U vroeg uw gegevens op") >= 1
    assert "Gemeente Rotterdam keek daarvoor naar" in log


def test_what_is_kept_is_sealed(student):
    asked(student)
    assert all(b"Zwaanstra" not in bytes(row.sealed) for row in Snapshot.objects.all())


def test_what_was_fetched_is_forgotten_after_a_day(student):
    asked(student)
    assert services.forget_old(clock.now()) == 0
    assert services.forget_old(clock.now() + timedelta(days=1, minutes=1)) > 0
    assert not Snapshot.objects.exists()


def test_somebody_else_sees_nothing_of_it(student, log_in):
    asked(student)
    assert "Zwaanstra" not in read(log_in("neutral").get("/my-data"))


def test_a_low_login_is_not_enough(organisations, world, client):
    sign_in_client(client, world.persona("student").bsn, Level.LOW)
    for path in ("/my-data", "/who-looked"):
        assert "login" in client.get(path).url


def test_no_page_asks_the_database_more_than_twelve_times(student, django_assert_max_num_queries):
    asked(student)
    for path in ("/my-data", "/who-looked"):
        with django_assert_max_num_queries(12):
            student.get(path)


@pytest.mark.parametrize("before", ["x", "2026-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "\0"])
def test_an_older_page_from_no_day_that_exists_is_the_first_page(student, before):
    assert student.get("/who-looked", {"before": before}).status_code == 200


def test_a_source_that_says_it_changed_is_asked_again_by_the_person_only(student, world):
    asked(student)
    party = party_for(Bsn(world.persona("student").bsn))
    with transaction.atomic():
        emit(RecordChanged(party=party, registry="belastingdienst"), person=str(party))
    outbox.run_once()
    lines = Line.objects.count()
    page = read(student.get("/my-data"))
    assert page.count("Hier is iets veranderd") == 1
    assert Line.objects.count() == lines
    assert "Hier is iets veranderd" not in asked(student)
