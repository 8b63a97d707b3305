"""Mandates in full: looking only, passing on, asking who has no login, the counter, and what ends them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages.models import Message, PrintJob
from dichterbij.ground.authority.domain import Denied
from dichterbij.ground.authority.models import Mandate
from dichterbij.ground.authority.services import require
from dichterbij.ground.authority.tests.said import Register
from dichterbij.ground.identity import sessions
from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.ground.identity.models import Party
from dichterbij.ground.identity.register_events import RecordChanged
from dichterbij.ground.identity.tests.clients import request_of, sign_in_client
from dichterbij.ground.organisations.domain import Appointment, StaffTask
from dichterbij.ground.organisations.queries import by_key
from dichterbij.ground.organisations.services import appoint
from dichterbij.ground.outbox import services as outbox
from dichterbij.ground.outbox.services import emit
from dichterbij.ground.registry import adapters
from dichterbij.ground.registry.domain import Query, RawRecord
from dichterbij.kernel import clock
from dichterbij.kernel.access import Matter, Permission, Product
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level
from dichterbij_world.store import World, default_path

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
PRODUCT = "zorgtoeslag"
LAST_DAY = {"last_day_day": "31", "last_day_month": "12", "last_day_year": "2026"}
ALL = {"scope": "all", **LAST_DAY}


@pytest.fixture
def people(organisations, persona):
    """Return a function that logs one of the world in, in a browser of their own."""

    def log_in(name: str) -> tuple[Client, Login]:
        client = Client()
        return client, sign_in_client(client, persona(name), Level.SUBSTANTIAL, name=f"{name.title()} Verzonnen")

    return log_in


def _code(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return re.findall(r"<strong>((?:[A-Z0-9]{4} ?){3})</strong>", page)[0]


def _accept(client: Client, code: str, answer: str = "yes") -> int:
    return client.post("/authorities", {"code": code, "answer": answer}).status_code


def _mandated(people, form: dict[str, object]) -> tuple[Client, Client, Login]:
    (widow, represented), (student, _login) = people("widow"), people("student")
    code = _code(widow, widow.post("/authorities/give", form)["Location"])
    assert _accept(student, code) == 302
    return widow, student, represented


def _of(client: Client) -> Login:
    login = sessions.find(request_of(client)).login
    assert login is not None
    return login


def _may(client: Client, represented: Login, permission: Permission, product: str = PRODUCT) -> bool:
    try:
        require(_of(client), catalogue.for_access(product), permission, subject=represented.subject)
    except Denied:
        return False
    return True


def test_who_may_only_look_along_sends_nothing(people):
    _widow, student, represented = _mandated(people, {**ALL, "may": "look"})
    assert _may(student, represented, Permission.READ)
    assert not _may(student, represented, Permission.PREPARE)
    assert not _may(student, represented, Permission.SUBMIT)


def test_a_mandate_for_everything_is_for_a_product_of_tomorrow_too(people):
    _widow, student, represented = _mandated(people, ALL)
    known = catalogue.for_access(PRODUCT)
    later = Product(
        id="later", organisation=known.organisation, activity=known.activity, level=known.level, matter=Matter.OTHER
    )
    login = sessions.find(request_of(student)).login
    assert require(login, later, Permission.SUBMIT, subject=represented.subject)


def test_who_acts_for_another_reads_in_their_own_log_what_they_did(people):
    _widow, student, represented = _mandated(people, ALL)
    assert "U deed nog niets voor een ander" in student.get("/authorities/done").content.decode()
    student.post("/authorities/act", {"person": str(represented.party)})
    student.post(f"/apply/{PRODUCT}")
    page = student.get("/authorities/done").content.decode()
    assert "U bekeek zaken: zorgtoeslag" in page
    assert "<td>Widow Verzonnen</td><td>met een machtiging</td>" in page
    Mandate.objects.update(ended_at=clock.now())
    page = student.get("/authorities/done").content.decode()
    assert "<td>iemand voor wie u nu niet meer handelt</td>" in page
    assert "Widow" not in page.partition("<main")[2].partition("</main")[0]
    assert "U deed nog niets voor een ander" in people("widow_daughter")[0].get("/authorities/done").content.decode()


def test_who_reads_what_a_code_is_for_can_refuse_it(people):
    (widow, _login), (student, _other) = people("widow"), people("student")
    code = _code(widow, widow.post("/authorities/give", ALL)["Location"])
    page = student.post("/authorities", {"code": code})
    assert page.status_code == 200
    assert "Widow Verzonnen vraagt of u wilt handelen" in page.content.decode()
    assert _accept(student, code, "no") == 302
    assert _accept(student, code) == 404
    assert Mandate.objects.get().ended_at is not None


def test_a_mandate_is_passed_on_once_and_only_when_that_was_allowed(people):
    widow, student, represented = _mandated(people, {**ALL, "may_pass_on": "on"})
    father, mother = people("new_father")[0], people("new_mother")[0]
    first = Mandate.objects.get()
    code = _code(student, student.post(f"/authorities/{first.id}/pass-on", LAST_DAY)["Location"])
    assert _accept(student, code) == 409
    assert _accept(widow, code) == 409
    assert _accept(father, code) == 302
    assert _may(father, represented, Permission.SUBMIT)
    second = Mandate.objects.get(passed_on_from=first.id)
    assert father.post(f"/authorities/{second.id}/pass-on", LAST_DAY).status_code == 404
    assert "New_Father Verzonnen" in widow.get("/authorities").content.decode()
    assert mother.post(f"/authorities/{second.id}/end").status_code == 404
    widow.post(f"/authorities/{first.id}/end")
    assert not _may(father, represented, Permission.READ)


def test_without_permission_to_pass_on_or_beyond_its_own_end_a_mandate_stays_where_it_is(people):
    _widow, student, _represented = _mandated(people, ALL)
    mandate = Mandate.objects.get()
    assert student.post(f"/authorities/{mandate.id}/pass-on", LAST_DAY).status_code == 404
    Mandate.objects.update(may_pass_on=True)
    later = {**LAST_DAY, "last_day_year": "2027"}
    assert student.post(f"/authorities/{mandate.id}/pass-on", later).status_code == 200
    assert Mandate.objects.count() == 1


def test_guardianship_after_giving_ends_a_mandate_within_a_quarter_of_an_hour(people):
    _widow, student, represented = _mandated(people, ALL)
    assert _may(student, represented, Permission.READ)
    adapters.register("ccbr", Register(**{"curatoren.aanwezig": True}))
    try:
        assert _may(student, represented, Permission.READ)
        with clock.frozen(clock.now() + timedelta(minutes=14, seconds=59)):
            student, _login = people("student")
            assert _may(student, represented, Permission.READ)
        with clock.frozen(clock.now() + timedelta(minutes=16)):
            student, _login = people("student")
            assert not _may(student, represented, Permission.READ)
            adapters.configure(settings.REGISTRIES)
            assert not _may(student, represented, Permission.READ)
    finally:
        adapters.configure(settings.REGISTRIES)
    assert Mandate.objects.get().ended_by is None


def test_while_who_gave_a_mandate_is_bankrupt_it_covers_no_money(people):
    _widow, student, represented = _mandated(people, ALL)
    care = replace(catalogue.for_access(PRODUCT), id="zorg", matter=Matter.CARE)
    assert _may(student, represented, Permission.READ)
    adapters.register("ccbr", Register(**{"insolventies.failliet": True}))
    try:
        Mandate.objects.update(checked_until=clock.now())
        assert not _may(student, represented, Permission.READ)
        assert require(_of(student), care, Permission.SUBMIT, subject=represented.subject)
    finally:
        adapters.configure(settings.REGISTRIES)
    Mandate.objects.update(checked_until=clock.now())
    assert _may(student, represented, Permission.READ)


class GuardianOf(Register):
    """The courts, who appointed a guardian for one person."""

    def __init__(self, bsn: Bsn) -> None:
        super().__init__(**{"curatoren.aanwezig": True})
        self._ward = bsn

    def fetch(self, query: Query) -> Mapping[Bsn, RawRecord]:
        return {bsn: record for bsn, record in super().fetch(query).items() if bsn == self._ward}


@pytest.fixture
def guardian_of():
    """Return a function that lets the courts name a guardian of one person."""
    yield lambda bsn: adapters.register("ccbr", GuardianOf(bsn))
    adapters.configure(settings.REGISTRIES)


def test_guardianship_of_who_has_a_mandate_ends_it_and_both_read_why(people, persona, guardian_of):
    widow, student, represented = _mandated(people, ALL)
    guardian_of(persona("student"))
    Mandate.objects.update(checked_until=clock.now())
    assert not _may(student, represented, Permission.READ)
    assert "Student Verzonnen kreeg een curator" in widow.get("/authorities").content.decode()
    own = student.get("/authorities").content.decode()
    assert "U kreeg een curator" in own and "Widow Verzonnen" in own
    with clock.frozen(clock.now() + timedelta(days=91)):
        assert "kreeg een curator" not in people("widow")[0].get("/authorities").content.decode()


def test_guardianship_of_who_gave_a_mandate_is_told_to_both_too(people, persona, guardian_of):
    widow, student, represented = _mandated(people, ALL)
    guardian_of(persona("widow"))
    Mandate.objects.update(checked_until=clock.now())
    assert not _may(student, represented, Permission.READ)
    assert "Widow Verzonnen kreeg een curator" in student.get("/authorities").content.decode()
    assert "U kreeg een curator" in widow.get("/authorities").content.decode()


def test_guardianship_or_death_of_who_passed_a_mandate_on_ends_what_was_passed_on(people, persona, guardian_of):
    _widow, student, represented = _mandated(people, {**ALL, "may_pass_on": "on"})
    father, login = people("new_father")
    code = _code(student, student.post(f"/authorities/{Mandate.objects.get().id}/pass-on", LAST_DAY)["Location"])
    assert _accept(father, code) == 302
    assert _may(father, represented, Permission.READ)
    Party.objects.filter(id=people("student")[1].party).update(died_at=clock.now())
    assert not _may(father, represented, Permission.READ)
    Party.objects.update(died_at=None)
    guardian_of(persona("student"))
    Mandate.objects.filter(representative=login.party).update(checked_until=clock.now())
    assert not _may(father, represented, Permission.READ)
    assert not Mandate.objects.filter(ended_at=None).exists()


def test_a_mandate_of_who_died_is_neither_accepted_nor_passed_on(people):
    _widow, student, represented = _mandated(people, {**ALL, "may_pass_on": "on"})
    first, father = Mandate.objects.get(), people("new_father")[0]
    code = _code(student, student.post(f"/authorities/{first.id}/pass-on", LAST_DAY)["Location"])
    assert "Handelen voor Widow Verzonnen" in student.get("/authorities").content.decode()
    Party.objects.filter(id=represented.party).update(died_at=clock.now())
    assert "Handelen voor Widow Verzonnen" not in student.get("/authorities").content.decode()
    assert _accept(father, code) == 404
    assert student.post(f"/authorities/{first.id}/pass-on", LAST_DAY).status_code == 404
    assert not Mandate.objects.filter(passed_on_from=first.id).exclude(accepted_at=None).exists()


def test_who_is_under_guardianship_accepts_no_mandate(people):
    widow, ward = people("widow")[0], people("ward")[0]
    code = _code(widow, widow.post("/authorities/give", ALL)["Location"])
    assert _accept(ward, code) == 409
    assert Mandate.objects.get().accepted_at is None


def test_a_register_event_about_either_has_the_courts_asked_again(people, persona, guardian_of):
    _widow, student, represented = _mandated(people, ALL)
    assert _may(student, represented, Permission.READ)
    guardian_of(persona("student"))
    assert _may(student, represented, Permission.READ)
    with transaction.atomic():
        emit(RecordChanged(party=people("student")[1].party, registry="brp"), person="student")
    outbox.run_once()
    assert not _may(student, represented, Permission.READ)


def _born(persona, name: str) -> dict[str, str]:
    found = next(each for each in World(default_path()).personas() if each.key == name)
    family = next(each for each in World(default_path()).families() for one in each.people if one.bsn == found.bsn)
    born = next(one.born_on for one in family.people if one.bsn == found.bsn)
    return {"born_on_day": str(born.day), "born_on_month": str(born.month), "born_on_year": str(born.year)}


@pytest.fixture
def asked(people, persona):
    """Let the daughter ask the widow, who has no computer; return her browser and the code in the letter."""

    def ask(**changed: str) -> tuple[Client, str]:
        daughter = people("widow_daughter")[0]
        form = {**ALL, "bsn": persona("widow").value, **_born(persona, "widow"), **changed}
        assert daughter.post("/authorities/ask", form).status_code == 200
        letter = Message.objects.filter(activity="portaal.machtigen").order_by("-sent_at").first()
        return daughter, _in_letter(letter) if letter else ""

    return ask


def _in_letter(letter: Message) -> str:
    from dichterbij.delivery.messages.services import PAGE
    from dichterbij.ground.organisations import keys
    from dichterbij.kernel.identifiers import Oin

    page = keys.open_sealed(Oin(letter.organisation), bytes(letter.page_sealed), purpose=PAGE).decode()
    return re.findall(r"((?:[2-9A-Z]{4} ){2}[2-9A-Z]{4})", page)[0]


def test_who_has_no_login_says_yes_with_the_code_of_the_letter_and_only_to_who_asked(asked, people, persona):
    daughter, code = asked()
    assert PrintJob.objects.count() == 1
    assert "Hazelkamp" not in daughter.get("/authorities").content.decode()
    stranger = people("student")[0]
    assert _accept(stranger, code) == 404
    assert _accept(daughter, code) == 302
    widow = people("widow")[1]
    assert _may(daughter, widow, Permission.SUBMIT)


@pytest.mark.parametrize(
    ("name", "changed"),
    [("widow", {"born_on_year": "1946"}), ("widow_husband", {}), ("widower_son", {}), ("ward", {})],
    ids=["another day of birth", "somebody who died", "a child", "somebody under guardianship"],
)
def test_the_answer_is_the_same_when_no_letter_can_go(people, persona, name, changed):
    daughter = people("widow_daughter")[0]
    form = {**ALL, "bsn": persona(name).value, **_born(persona, name), **changed}
    answer = daughter.post("/authorities/ask", form)
    assert "Kloppen de gegevens die u invulde?" in answer.content.decode()
    assert not Mandate.objects.exists()
    assert not Message.objects.exists()


def test_nobody_asks_for_themselves(people, persona):
    daughter = people("widow_daughter")[0]
    own = {**ALL, "bsn": persona("widow_daughter").value, **_born(persona, "widow_daughter")}
    assert daughter.post("/authorities/ask", own).status_code == 409


@pytest.mark.parametrize("changed", [{}, {"born_on_year": "1946"}], ids=["right", "another day of birth"])
def test_how_often_somebody_may_ask_says_nothing_about_whether_the_numbers_were_right(people, persona, changed):
    daughter = people("widow_daughter")[0]
    form = {**ALL, "bsn": persona("widow").value, **_born(persona, "widow"), **changed}
    answers = [daughter.post("/authorities/ask", form).status_code for _ in range(7)]
    assert answers == [200] * 5 + [409] * 2
    assert Mandate.objects.count() == (0 if changed else 5)
    with clock.frozen(clock.now() + timedelta(days=14)):
        assert people("widow_daughter")[0].post("/authorities/ask", form).status_code == 200


def test_who_has_a_login_after_all_says_yes_or_no_there(asked, people):
    daughter, _code_of_letter = asked()
    widow, represented = people("widow")
    assert "Deze persoon vraagt of dit mag." in widow.get("/authorities").content.decode()
    mandate = Mandate.objects.get()
    assert daughter.post("/authorities", {"allow": str(mandate.id)}).status_code == 404
    assert widow.post("/authorities", {"allow": "x"}).status_code == 404
    assert widow.post("/authorities", {"allow": str(mandate.id)}).status_code == 302
    assert _may(daughter, represented, Permission.SUBMIT)


def _worker(people, at: str, unit: str) -> Client:
    login = people("duo_handler")[1]
    who = {"party": login.party, "organisation": by_key(at).oin, "unit": unit}
    appoint(Appointment(**who, roles=(StaffTask.HANDLE,), first_on=date(2020, 1, 1)))
    client = Client()
    sign_in_client(client, login.bsn, Level.SUBSTANTIAL, audience=Audience.STAFF)
    return client


def test_at_the_counter_a_worker_writes_down_the_yes_and_what_was_seen(asked, people):
    daughter, code = asked()
    elsewhere = _worker(people, "duo", "studiefinanciering")
    assert elsewhere.post("/authorities/counter", {"code": code, "document": "passport"}).status_code == 403
    worker = _worker(people, "rotterdam", "burgerzaken")
    assert worker.post("/authorities/counter", {"code": code}).status_code == 422
    page = worker.post("/authorities/counter", {"code": code, "document": "passport"})
    assert "De machtiging geldt nu" in page.content.decode()
    widow = people("widow")[1]
    assert _may(daughter, widow, Permission.SUBMIT)
    assert worker.post("/authorities/counter", {"code": code, "document": "passport"}).status_code == 422


def test_the_list_of_mandates_asks_the_database_no_more_for_ten_than_for_one(people, django_assert_max_num_queries):
    widow = people("widow")[0]
    for _number in range(10):
        widow.post("/authorities/give", ALL)
    assert Mandate.objects.count() == 10
    with django_assert_max_num_queries(14):
        assert widow.get("/authorities").status_code == 200
