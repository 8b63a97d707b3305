from pathlib import Path

import pytest
from babel.messages import Catalog
from django.core.management import CommandError, call_command

from dichterbij.web import catalogues
from dichterbij.web.sentences import problem_sentences, retention_sentences, sentences

PAGE = """{% load i18n %}
<div>
    {% translate "Uw plan" %}
      {% blocktranslate trimmed count number=n %}
        {{ number }} bericht
      {% plural %}
        {{ number }} berichten
      {% endblocktranslate %}
</div>"""
CODE = """from django.utils.translation import gettext as _, gettext_lazy
title = gettext_lazy("Mijn zaken")
def f():
    return _("Dag %(name)s") % {"name": "x"}
"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> catalogues.Room:
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "code.py").write_text(CODE)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_x.py").write_text('_("niet voor mensen")')
    made = catalogues.Room(name="room", folder=tmp_path, sources=(tmp_path,))
    monkeypatch.setattr(catalogues, "rooms", lambda: [made])
    return made


def translate(room: catalogues.Room, language: str, **strings: str) -> None:
    catalogue = catalogues.read(room, language)
    for message in catalogue:
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        for original, text in strings.items():
            if key and key.startswith(original.replace("_", " ")):
                message.string = (text, text) if isinstance(message.id, tuple) else text
    room.po(language).write_bytes(catalogues.as_po(catalogue))


def test_sentences_are_taken_from_code_and_templates_and_not_from_tests(room):
    found = {message.id for message in sentences(room.sources) if message.id}
    assert found == {"Uw plan", ("%(number)s bericht", "%(number)s berichten"), "Mijn zaken", "Dag %(name)s"}


def test_what_a_problem_says_is_a_sentence_too():
    source = """
class Late(Problem):
    code = "late"
    title: ClassVar[str] = "U bent te laat"
def f():
    raise Late("Het was gisteren.", remedy="Bel ons.")
def g():
    raise ValueError("Not for people.")
def h():
    raise CommandError("Not translated either.")
"""
    assert list(problem_sentences(source)) == ["U bent te laat", "Het was gisteren.", "Bel ons."]


def test_how_long_and_why_data_is_kept_is_taken_along() -> None:
    source = 'retention.register("cases.Draft", why="Zo kunt u verder.", keep="30 dagen", purge=purge)'
    assert list(retention_sentences(source)) == ["Zo kunt u verder.", "30 dagen"]


def test_writing_twice_changes_nothing_the_second_time(room):
    assert {file.name for file in catalogues.write()} == {"django.po", "django.mo"}
    assert catalogues.write() == []


def test_a_translation_survives_an_update_and_a_sentence_that_went_disappears(room):
    catalogues.write()
    translate(room, "en", Uw_plan="Your plan", Mijn_zaken="My cases")
    (room.folder / "code.py").write_text("")
    catalogues.write()
    catalogue = catalogues.read(room, "en")
    assert catalogue["Uw plan"].string == "Your plan"
    assert catalogue.get("Mijn zaken") is None


def test_a_new_sentence_is_taken_from_a_room_that_has_it_already(room, tmp_path, monkeypatch):
    catalogues.write()
    translate(room, "en", Uw_plan="Your plan")
    other = catalogues.Room(name="other", folder=tmp_path / "other", sources=(tmp_path / "other",))
    other.folder.mkdir()
    (other.folder / "page.html").write_text('{% translate "Uw plan" %}')
    monkeypatch.setattr(catalogues, "rooms", lambda: [room, other])
    catalogues.write()
    assert catalogues.read(other, "en")["Uw plan"].string == "Your plan"


def test_the_check_names_what_is_behind_missing_broken_and_equal(room):
    assert any("loopt achter" in finding.what for finding in catalogues.findings())
    catalogues.write()
    translate(room, "en", Uw_plan="Uw plan", Dag="Hello", Mijn_zaken="My cases")
    catalogues.write()
    found = [finding.what for finding in catalogues.findings() if "/en/" in finding.file.as_posix()]
    assert any("gelijk aan een andere taal: 'Uw plan'" in what for what in found)
    assert any("niet vertaald: '%(number)s bericht'" in what for what in found)
    assert any("invulplekken" in what and "'Dag %(name)s'" in what for what in found)
    with pytest.raises(CommandError, match="attention"):
        call_command("messages", "--check")


def test_english_and_papiamentu_may_not_be_the_same_either():
    room = catalogues.Room(name="x", folder=Path(), sources=())
    english, papiamentu = Catalog(locale="en"), Catalog(locale="pap")
    for catalogue in (english, papiamentu):
        catalogue.add("Vertrek", "Departure")
    both = {"en": english, "pap": papiamentu}
    assert [finding.what for finding in catalogues.equal_sentences(room, both, frozenset())] == [
        "gelijk aan een andere taal: 'Departure'"
    ]
    assert list(catalogues.equal_sentences(room, both, frozenset({"Departure"}))) == []


def test_no_sentence_of_any_room_equals_that_of_another_language():
    for room in catalogues.rooms():
        languages = {language: catalogues.read(room, language) for language in catalogues.TRANSLATED}
        assert list(catalogues.equal_sentences(room, languages, catalogues.names())) == []
