"""The switch at the top of every page, what the menu offers beside it, and who acts for me by law."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from dichterbij.ground.authority import represented
from dichterbij.ground.authority.models import RegisteredRepresentative
from dichterbij.ground.logbook.domain import Kind
from dichterbij.ground.logbook.models import Line
from dichterbij.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
BUTTON = re.compile(r'name="person" value="([^"]+)">([^<]+)</button>([^<]*)')


def _page(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def _choices(client: Client) -> dict[str, tuple[str, str]]:
    return {name: (party, as_what.strip()) for party, name, as_what in BUTTON.findall(_page(client, "/applications"))}


def _act(client: Client, name: str) -> None:
    assert client.post("/authorities/act", {"person": _choices(client)[name][0]}).status_code == 302


def _menu(client: Client) -> set[str]:
    menu = re.search(r'<nav class="dichterbij-navigation".*?</nav>', _page(client, "/applications"), re.S)
    assert menu
    return set(re.findall(r'href="([^"]+)"', menu[0]))


def test_every_page_offers_for_whom_somebody_may_act_and_as_what(log_in):
    administrator = log_in("administrator")
    assert "U handelt voor uzelf" in _page(administrator, "/rules")
    assert not _choices(administrator), "no register was asked"
    administrator.post("/authorities/look-up")
    assert {name: as_what for name, (_, as_what) in _choices(administrator).items()} == {
        "Corrie Lommerveen": "als bewindvoerder",
        "Daan Lommerveen": "als bewindvoerder",
    }
    _act(administrator, "Daan Lommerveen")
    for address in ("/", "/rules", "/applications", "/authorities", "/no-such-page"):
        page = _page(administrator, address)
        assert "U handelt nu voor <strong>Daan Lommerveen</strong>, als bewindvoerder" in page, address
        assert re.search(r"<title>\s*Voor Daan Lommerveen - ", page), address
    assert set(_choices(administrator)) == {"Corrie Lommerveen"}, "one goes straight to the other"
    _act(administrator, "Corrie Lommerveen")
    assert "U handelt nu voor <strong>Corrie Lommerveen</strong>" in _page(administrator, "/applications")


@pytest.mark.parametrize("who", ["administrator", "mentor", "widow_daughter", "student_father", "uncle", "director"])
def test_the_menu_and_the_start_page_lead_nowhere_where_somebody_who_acts_is_refused(log_in, who):
    client = log_in(who)
    client.post("/authorities/look-up")
    _act(client, next(iter(_choices(client))))
    start = re.search(r"<main.*?</main>", _page(client, "/"), re.S)
    assert start
    for address in _menu(client) | set(re.findall(r'href="(/[^"]+)"', start[0])):
        assert client.get(address).status_code == 200, address
    assert not Line.objects.filter(kind=Kind.DENIED).exists(), "nobody reads that somebody tried what we offered"


def test_who_acts_for_another_does_not_silence_what_protects_that_other(log_in):
    guardian, ward = log_in("guardian"), log_in("ward")
    guardian.post("/authorities/look-up")
    _act(guardian, "Bram Turfoever")
    assert "Bericht als iemand kijkt" not in _page(guardian, "/who-looked")
    assert guardian.post("/who-looked/notices").status_code == 403
    assert "Dan krijgt u een bericht." in _page(ward, "/who-looked")


def test_a_worker_has_no_switch(log_in):
    assert "dichterbij-acting" not in _page(log_in("rotterdam_handler"), "/desk")


def test_the_represented_reads_who_acts_for_them_by_law_since_when_and_until_when(log_in):
    client = log_in("client")
    assert "Kijk na wie voor mij handelt" in _page(client, "/authorities")
    client.post("/authorities/look-up")
    page = _page(client, "/authorities")
    assert "Ruud Lommerveen" in page
    assert "Is uw bewindvoerder en regelt uw geldzaken. Sinds 20 maart 2026, tot de rechter het stopt." in page
    assert "Anja Lommerveen" in page
    assert "Is uw mentor en regelt uw zorg." in page


def test_who_asks_who_acts_for_them_in_two_tabs_at_once_reads_each_once(log_in):
    client = log_in("client")
    client.post("/authorities/look-up")
    for row in RegisteredRepresentative.objects.all():  # as the other tab wrote it, which saw nothing to replace
        row.id, row.fetched_at = None, row.fetched_at - timedelta(milliseconds=1)
        row.save()
    assert _page(client, "/authorities").count("Is uw mentor en regelt uw zorg.") == 1


def test_a_child_reads_who_has_authority_over_them(log_in):
    son = log_in("bonaire_son")
    son.post("/authorities/look-up")
    page = _page(son, "/authorities")
    assert "Sharon Waterakker" in page
    assert "Winston Bieskade" in page
    assert "Heeft gezag over u, tot u 18 jaar bent." in page


def test_who_has_nobody_reads_that_and_it_is_forgotten_after_a_day(log_in):
    starter = log_in("starter")
    starter.post("/authorities/look-up")
    assert "De registers noemen niemand die door de wet voor u handelt." in _page(starter, "/authorities")
    assert represented.purge(clock.now()) == 0
    RegisteredRepresentative.objects.update(fetched_at=clock.now() - represented.KEPT)
    assert represented.purge(clock.now()) == 1
