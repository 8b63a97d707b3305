"""The command line of the world."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from dichterbij_world.__main__ import main
from dichterbij_world.management.commands import demonstration
from dichterbij_world.store import World, Writer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "world.sqlite3"
    assert main(["--world", str(path), "load", "--persons", "80"]) == 0
    return path


def test_the_logins_say_who_one_can_be_and_show_no_number(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--world", str(path), "logins"])
    shown = capsys.readouterr().out
    assert "student " in shown and "(alleen op papier)" in shown
    assert not any(persona.bsn in shown for persona in World(path).personas())


def test_a_death_happens_and_is_undone_by_command(path: Path) -> None:
    world = World(path)
    guardian = world.persona("guardian").bsn
    main(["--world", str(path), "event", "death", "--persona", "guardian", "--on", "2026-06-14"])
    assert (world.document("brp", guardian) or {})["overlijden"]["datum"]["datum"] == "2026-06-14"
    assert (world.document("ccbr", world.persona("ward").bsn) or {})["curatoren"] == []
    main(["--world", str(path), "event", "death-correction", "--persona", "guardian"])
    assert "overlijden" not in (world.document("brp", guardian) or {})
    assert [event["type"].rpartition(".")[2] for event in world.events()][-2:] == ["geregistreerd", "gecorrigeerd"]


def test_a_registry_misbehaves_until_it_is_told_not_to(path: Path) -> None:
    main(["--world", str(path), "fault", "rdw", "down"])
    assert World(path).fault("rdw") == "down"
    main(["--world", str(path), "fault", "rdw", "none"])
    assert World(path).fault("rdw") == ""


def test_an_unknown_registry_or_persona_is_refused(path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["--world", str(path), "fault", "kadaster", "down"])
    with pytest.raises(KeyError):
        main(["--world", str(path), "event", "death", "--persona", "nobody"])


@pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
def test_a_demonstration_of_another_version_is_not_mixed_with_this_one(path: Path, monkeypatch) -> None:
    writer = Writer(path)
    writer.set_meta({"made_by": "an earlier release"})
    writer.close()
    monkeypatch.setattr(demonstration, "default_path", lambda: path)
    with pytest.raises(CommandError, match="invented by another version"):
        call_command("demonstration")
