"""The log as a story: who did what on which day, why they were allowed to, and one click to every line."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.http import HttpResponse

from dichterbij.front.my_data.telling import by_day, tell
from dichterbij.ground.logbook import removing
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import ActLine, ActPart, Entry, Kind, Log, Result
from dichterbij.ground.organisations import keys
from dichterbij.ground.registry import activities
from dichterbij.kernel import clock
from dichterbij.kernel.access import Role
from dichterbij.kernel.identifiers import Oin

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
DUO, ROTTERDAM = Oin("00000099100000003000"), Oin("00000099100000001000")
MORNING = datetime(2026, 6, 15, 8, tzinfo=UTC)


def read(response: HttpResponse) -> str:
    return unescape(response.content.decode()).replace("\xa0", " ").replace("\xad", "")


def act(
    minute: int,
    *did: str,
    items: int = 5,
    at: Oin = DUO,
    by_self: bool = False,
    role: Role = Role.STAFF,
    **part: object,
) -> ActLine:
    usual = {"activity": "duo.aanvullende-beurs", "product": "aanvullende-beurs", "refused": False}
    one = ActPart(organisation=at, purpose="", legal_basis="Wet", items=items, did=did, **(usual | part))
    return ActLine(act=uuid4(), at=MORNING + timedelta(minutes=minute), by_self=by_self, role=role, parts=(one,))


def titles(*acts: ActLine) -> list[str]:
    return [each.title for each in tell(sorted(acts, key=lambda act: act.at, reverse=True), "nl")]


def test_the_looks_around_an_act_of_a_worker_are_told_with_it(organisations):
    acts = [act(3), act(2, "besluit", items=10), act(1), act(0)]
    (told,) = tell(acts, "nl")
    assert told.title == "Een medewerker van Dienst Uitvoering Onderwijs besliste over uw aanvraag: aanvullende beurs"
    assert told.looks[0].act == acts[1].act
    assert {look.act for look in told.looks} == {each.act for each in acts}
    assert told.summary == "Daarbij werd gekeken naar 25 gegevens."
    assert [part.items for part in told.parts] == [25]


def test_two_things_that_were_done_are_told_apart(organisations):
    assert len(titles(act(0, "vraag"), act(1), act(2, "besluit"))) == 2


def test_looks_of_another_day_of_another_body_or_by_yourself_are_told_apart(organisations):
    assert len(titles(act(0), act(24 * 60))) == 2
    assert len(titles(act(0), act(1, at=ROTTERDAM))) == 2
    assert len(titles(act(0), act(1, by_self=True, role=Role.CITIZEN))) == 2


def test_an_overview_of_several_bodies_counts_who_looked_and_at_how_much(organisations):
    mine = act(0, items=4, by_self=True, role=Role.CITIZEN, activity="portaal.overzicht", at=ROTTERDAM, product="")
    both = ActLine(
        act=mine.act, at=mine.at, by_self=True, role=Role.CITIZEN, parts=(*mine.parts, *act(0, items=10).parts)
    )
    (told,) = tell([both], "nl")
    assert (told.title, told.summary) == (
        "U liet uitzoeken wat u kunt of moet regelen",
        "2 organisaties keken naar 14 gegevens.",
    )


def test_a_refused_look_says_that_nothing_was_shown(organisations):
    (told,) = tell([act(0, items=0, refused=True)], "nl")
    assert told.summary == "Dat is geweigerd. Er is niets getoond."


def test_who_tried_and_was_refused_is_never_told_as_a_computer_or_as_an_application(organisations):
    own = {"refused": True, "activity": "portaal.delen", "product": ""}
    (tried,) = titles(act(0, items=0, at=ROTTERDAM, role=Role.CITIZEN, **own))
    assert tried == "Iemand probeerde uw zaken te bekijken bij Gemeente Rotterdam"
    (mine,) = titles(act(0, items=0, at=ROTTERDAM, by_self=True, role=Role.CITIZEN, **own))
    assert mine == "U regelde iets bij Gemeente Rotterdam"


def test_of_a_matter_of_somebody_else_only_the_month_is_told(organisations):
    other = ActLine(
        act=None, at=datetime(2026, 5, 31, 22, tzinfo=UTC), by_self=False, role=Role.SYSTEM, parts=act(0).parts
    )
    (section,) = by_day(tell([other], "nl"), "nl")
    assert section.heading == "In juni 2026"
    assert section.acts[0].title == "Dit was voor de zaak van iemand anders"
    assert section.acts[0].looks == ()


def test_nothing_yet_is_said_in_words(log_in):
    assert "Er is nog niet naar uw gegevens gekeken." in read(log_in("student").get("/who-looked"))


def test_every_line_is_one_click_away_with_the_names_of_data_and_never_their_values(log_in):
    client = log_in("student")
    client.post("/my-data")
    page = read(client.get("/who-looked"))
    lines = read(client.get(re.search(r'href="(/who-looked/[0-9a-f-]+)"', page)[1]))
    assert "Geboortedatum" in lines
    assert "11 februari 2002" not in lines
    assert "Basisregistratie Personen" in lines


def test_a_line_says_of_which_year_month_or_other_day_the_data_are(log_in, citizen):
    access = citizen("student", "aanvullende-beurs")
    entry = Entry(kind=Kind.READ, registry="duo", subject=access.subject.bsn, fields=("x",), outcome=Result.GIVEN)
    for period in ("2024", "2026-05", "2026-01-01", "2026-06-15"):
        logbook.record(access, replace(entry, period=period))
    page = read(log_in("student").get(f"/who-looked/{access.act}"))
    assert re.findall(r"<td>X(.*?)</td>", page) == [
        ", over 2024",
        ", over mei 2026",
        ", zoals het was op 1 januari 2026",
        "",
    ]


@pytest.mark.parametrize(
    ("language", "done", "seen"),
    [
        ("", "U gaf toestemming om gegevens te delen met een bedrijf", "Wat een bedrijf u vroeg te delen"),
        ("/en", "You consented to share data with a company", "What a company asked you to share"),
        ("/pap", "Bo a duna pèrmit pa kompartí datonan ku un kompania", "Kiko un kompania a pidi bo pa kompartí"),
    ],
)
def test_what_was_done_and_seen_on_this_site_is_told_in_the_language_of_who_reads(
    log_in, citizen, language, done, seen
):
    access = citizen("student", "aanvullende-beurs")
    logbook.record_act(access, "toestemming om te delen")
    entry = Entry(kind=Kind.VIEW, subject=access.subject.bsn, fields=("delen",), outcome=Result.GIVEN)
    logbook.record(access, entry)
    page = read(log_in("student").get(f"{language}/who-looked/{access.act}"))
    assert f"<td>{done}" in page
    assert f"<td>{seen}</td>" in page


def test_lines_of_somebody_elses_act_are_not_found(log_in):
    log_in("student").post("/my-data")
    other = log_in("neutral")
    assert other.get(f"/who-looked/{uuid4()}").status_code == 404


def test_older_acts_are_on_a_next_page_and_nonsense_in_the_address_shows_the_first(log_in, citizen):
    access = citizen("student", "aanvullende-beurs")
    entry = Entry(kind=Kind.READ, registry="duo", subject=access.subject.bsn, fields=("x",), outcome=Result.GIVEN)
    for number in range(25):
        own = activities.activity("portaal.overzicht" if number % 2 else "portaal.mijn-gegevens")
        logbook.record(replace(access, act=uuid4(), activity=own), entry)
    client = log_in("student")
    first = read(client.get("/who-looked"))
    following = re.search(r'href="(\?before=[^"]+)"', first)[1]
    second = read(client.get(f"/who-looked{following}"))
    assert first.count("<h3>") == 20
    assert second.count("<h3>") == 5
    assert read(client.get("/who-looked?before=gisteren")).count("<h3>") == 20


def test_up_to_when_lines_were_removed_and_why_is_told(log_in, citizen):
    access = citizen("student", "aanvullende-beurs")
    entry = Entry(kind=Kind.READ, registry="duo", subject=access.subject.bsn, fields=("x",), outcome=Result.GIVEN)
    with clock.frozen(datetime(2005, 5, 10, 9, tzinfo=UTC)):
        logbook.record(access, entry)
        logbook.seal()
    assert "verwijderd" not in read(log_in("student").get("/who-looked"))
    removing.remove_expired(Log.OPEN)
    page = read(log_in("student").get("/who-looked"))
    assert "Regels van 10 mei 2005 en eerder zijn op 15 juni 2026 verwijderd." in page
    assert "Wij bewaren ze 20 jaar" in page
    keys.destroy_before(ROTTERDAM, keys.first_year(ROTTERDAM) + 1)
    year = keys.first_year(ROTTERDAM)
    told = f"Op 15 juni 2026 is ook vernietigd wat regels van vóór {year} met u verbond."
    assert told in read(log_in("student").get("/who-looked"))


def test_one_sees_only_the_organisation_purpose_case_or_month_one_chose(log_in, citizen):
    case = uuid4()
    access = citizen("student", "aanvullende-beurs").for_case(case)
    entry = Entry(kind=Kind.READ, registry="duo", subject=access.subject.bsn, fields=("x",), outcome=Result.GIVEN)
    logbook.record(access, entry)
    other = replace(
        access, act=uuid4(), case=None, organisation=ROTTERDAM, activity=activities.activity("portaal.mijn-gegevens")
    )
    with clock.frozen(MORNING.replace(month=5)):
        logbook.record(other, entry)
    client = log_in("student")

    def told(**asked):
        return re.findall(r"<h3>(.*?)</h3>", read(client.get("/who-looked", asked)))

    mine, grant = "U vroeg uw gegevens op", "U werkte aan een aanvraag: aanvullende beurs"
    assert told() == [grant, mine]
    assert told(organisation=DUO.value) == told(purpose="duo.aanvullende-beurs") == told(month="2026-06") == [grant]
    assert told(case=case) == [grant]
    assert "Aanvullende beurs, Dienst Uitvoering Onderwijs, vanaf 15 juni 2026" in read(client.get("/who-looked"))
    assert "Over deze aanvraag staat hier geen regel" in read(client.get("/who-looked", {"case": uuid4()}))
    form = {"organisation": DUO.value, "purpose": "", "case": "", "month": ""}  # as the form sends it, with any case
    assert "Over deze aanvraag staat hier geen regel" not in read(client.get("/who-looked", form))
    assert told(organisation=ROTTERDAM.value) == told(month="2026-05") == [mine]
    assert told(organisation=ROTTERDAM.value, month="2026-06") == []
    assert told(organisation="x", purpose="y", month="z") == [grant, mine]
