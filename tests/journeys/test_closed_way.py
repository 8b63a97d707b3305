"""When a way closes, every card, page and letter about that organisation names what works instead, at once."""

import gettext
import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from itertools import groupby
from pathlib import Path

import pytest
from django.core.management import call_command

import dichterbij
from dichterbij.delivery.cases import outages
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages.document import Contact
from dichterbij.delivery.messages.reaching import contact
from dichterbij.delivery.paper import issuing
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from tests.states import all_states

from .rooms import has
from .visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
TO_CALL = r"\b[Bb]el\b|[Bb]ellen (mag|kan)|(kunt|mag) .*\b(bellen|bellend)\b|telefonisch|kan ook aan de telefoon"
BEHIND_A_NUMBER = {
    "Alles kan ook aan de telefoon, aan de balie en op papier.",
    "Bel %(name)s:",
    "Bel %(phone)s.",
    "Bel ons",
    "Bel ons:",
    "Of bel ons:",
    "Of bel:",
    "Twijfelt u? Bel eerst. Vaak is het dan snel opgelost.",
    "U kunt alles ook bellend, aan de balie of op papier regelen.",
    "Vragen? Bel",
    "Zelf bellen mag ook:",
}
"""Sentences that stand behind a number, which is not there while the phone is closed."""
ELSEWHERE = {
    "Bel 14 met het netnummer van uw gemeente, bijvoorbeeld 14 070.",
    "Bel de beheerder van de bron. Mensen zien intussen welk deel ontbreekt.",
    "Bel mij terug",
    "Bel voor de openingstijden.",
    "Dit hoeft niet. Dan kunnen wij u bellen als iets niet duidelijk is.",
    "Een huurwoning: bel de verhuurder. Blijven wonen kan soms alleen als u binnen zes maanden iets regelt.",
    "Geef de code aan de persoon die u machtigt. Doe dat zelf, of bel.",
    "Het register kent alleen dit adres. Meld dat u eraan twijfelt, en bel de persoon als dat kan.",
    "Ik bel",
    "Kreeg u deze code zonder dat u zelf met het bedrijf te maken had? Kies dan nee. "
    "Bel het bedrijf op een nummer dat u al kende.",
    "Krijgt u een bericht over geld of haast? Klik niet. Ga zelf naar de site of bel.",
}
"""Sentences to call somebody who is no organisation of this instance, or of us who call."""
APPLY, INSTEAD = "/apply/aanvullende-beurs", "Dit kan wel: op de site, langskomen, schrijven."


@pytest.fixture
def ways(visitor: Callable[[], Visitor]) -> Iterator[Callable[..., None]]:
    """Return what closes and opens ways to DUO, where a visitor can come; nothing is remembered afterwards."""

    def change(*words: str) -> None:
        call_command("ways", "duo", *words, stdout=io.StringIO())

    yield change
    organisations.forget()


def _in_letters() -> Contact:
    return contact(organisations.by_key("duo").oin, "nl")


def test_a_phone_that_is_closed_is_told_on_the_page_and_in_letters_and_no_longer_once_it_is_open(
    visitor: Callable[[], Visitor], ways: Callable[..., None]
) -> None:
    ways("--close", "call")
    page = visitor().get(APPLY)
    assert f"is nu niet te bereiken door: bellen. {INSTEAD}" in page.main
    told = dict(_in_letters().pairs)
    assert str(told["Let op"]).endswith(INSTEAD)
    assert told["Bellen"] == "Dit kan nu niet. Gebruik een van de andere manieren."
    ways("--open", "call")
    assert INSTEAD not in visitor().get(APPLY).main
    assert dict(_in_letters().pairs)["Bellen"] != "Dit kan nu niet. Gebruik een van de andere manieren."


def test_every_card_names_what_works_while_the_phone_of_its_organisation_is_closed(
    visitor: Callable[[], Visitor], ways: Callable[..., None]
) -> None:
    if not has("life_events"):
        pytest.skip("there are no life events in this house")
    for each in organisations.organisations():
        call_command("ways", each.key, "--close", "call", stdout=io.StringIO())
    page = visitor().get("/life-events/death")
    assert f"tel:{organisations.operator().contact.phone.replace(' ', '')}" not in page.links
    assert "bel ons" not in page.main
    tasks = page.top.with_class("dichterbij-task")
    here = [task.text for task in tasks if "door: bellen" in task.text]
    assert all(INSTEAD in text for text in here)
    assert all("Dit kan nu niet." in text for text in here if "Bellen" in text)
    outside = [task.text for task in tasks if "door: bellen" not in task.text]
    assert not [text for text in outside if any(each.name in text for each in organisations.organisations())]
    assert here


def test_no_sentence_says_to_call_but_behind_a_number_that_is_not_there_while_the_phone_is_closed() -> None:
    source = Path(dichterbij.__file__).parent
    files = list(source.rglob("en/LC_MESSAGES/django.mo"))
    assert len(files) > 10
    told = {text for file in files for text in _sentences(file) if re.search(TO_CALL, text)}
    assert told - ELSEWHERE <= BEHIND_A_NUMBER


def _sentences(file: Path) -> Iterator[str]:
    """Yield the Dutch sentences of a catalogue."""
    with file.open("rb") as compiled:
        known = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]
    yield from (key[0] if isinstance(key, tuple) else key for key in known)


@pytest.mark.slow
def test_no_page_shows_a_number_or_an_invitation_to_call_while_every_phone_is_closed(
    visitor: Callable[[], Visitor], ways: Callable[..., None]
) -> None:
    # The Juridisch Loket is an address in the words of cards, and no way to an organisation.
    known = [each for each in organisations.organisations() if each.key != "juridisch-loket"]
    numbers = {number for each in known for number in (each.contact.phone, each.contact.phone_abroad) if number}
    grant = catalogue.product("aanvullende-beurs")
    open_form = issuing.version(grant, "nl")
    before = "".join(page for _address, page in _pages(visitor))
    assert sum(number in before for number in numbers) > 2
    for each in known:
        call_command("ways", each.key, "--close", "call", stdout=io.StringIO())
    forbidden = numbers | {"".join(number.split()) for number in numbers} | BEHIND_A_NUMBER
    seen = list(_pages(visitor))
    assert len(seen) > 100
    found = [(address, words) for address, page in seen for words in forbidden if words in page]
    assert not found
    assert issuing.version(grant, "nl") != open_form
    assert all("is nu niet te bereiken door: bellen" in page for address, page in seen if "</footer>" in page)


def _pages(visitor: Callable[[], Visitor]) -> Iterator[tuple[str, str]]:
    """Yield every address of a page state that somebody can simply go to, in Dutch, also where it refuses."""
    states = sorted(all_states(), key=lambda state: state.who)
    for who, theirs in groupby(states, key=lambda state: state.who):
        person = visitor()
        if who:
            person.log_in(who, as_staff=bool(re.search("_(handler|reader|jurist)$", who)))
        for address in {state.go for state in theirs if isinstance(state.go, str)}:
            answer = person.client.get(address, follow=True)
            if answer.get("Content-Type", "").startswith("text/html") and not address.startswith(("/en/", "/pap/")):
                yield address, unescape(answer.content.decode())


def test_an_outage_that_lasts_closes_the_site_and_its_end_opens_it(ways: Callable[..., None]) -> None:
    ways()
    duo, began = organisations.by_key("duo").oin, clock.now() - timedelta(hours=1)
    outages.record(duo, began, None)
    assert organisations.organisation(duo).closed == {"click"}
    outages.record(duo, began, clock.now())
    assert organisations.organisation(duo).closed == frozenset()
