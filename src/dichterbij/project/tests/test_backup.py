"""Back up, damage, restore and log on; and every copy that is not whole is refused with nothing lost."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections

from dichterbij.delivery.cases import models, services
from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.logbook import sealing, verifying
from dichterbij.ground.logbook.models import Line
from dichterbij.project.backups import manifest, restoring, saving
from dichterbij.project.backups.manifest import BackupNotWhole

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"


@pytest.fixture
def applied(citizen) -> Callable[[str], str]:
    """Return a function that applies for the grant and gives the reference of the case."""

    def submitted(key: str) -> str:
        access = citizen(key, GRANT)
        draft = services.start(access, GRANT, name="M. Verzonnen", language="nl")
        return services.submit(citizen(key, GRANT), draft.id, draft.key).reference

    return submitted


@pytest.fixture
def copy(applied, tmp_path: Path) -> Path:
    """Return a backup of an instance in which one person applied."""
    applied("student")
    sealing.seal()
    folder = tmp_path / "copy"
    call_command("backup", folder, verbosity=0)
    return folder


def is_sqlite() -> bool:
    return connections["default"].vendor == "sqlite"


def damage() -> None:
    """Lose every case, and on SQLite the file itself."""
    if not is_sqlite():
        models.CaseStep.objects.all().delete()
        models.Case.objects.all().delete()
        return
    connections.close_all()
    Path(connections["default"].settings_dict["NAME"]).write_bytes(b"no database at all" * 500)


def test_after_damage_and_restore_people_log_on_and_find_what_they_had(copy, log_in):
    damage()
    call_command("restore", copy, verbosity=0)
    client = log_in("student")
    assert "Aanvullende beurs" in client.get("/applications").content.decode()
    assert "U vroeg aan: aanvullende beurs" in client.get("/who-looked").content.decode()
    assert all(found.position is None for found in verifying.verify())


def test_what_happened_after_the_copy_is_gone_from_both(copy, applied):
    lines = logbook.size()
    applied("starter")
    assert models.Case.objects.count() == 2
    assert logbook.size() > lines
    restoring.restore(copy)
    assert models.Case.objects.count() == 1
    assert logbook.size() == lines


def test_the_instance_works_on_after_a_restore(copy, applied):
    restoring.restore(copy)
    applied("starter")
    sealing.seal()
    assert models.Case.objects.count() == 2
    assert all(found.position is None for found in verifying.verify())


def test_a_copy_holds_no_keys_and_nobody_else_can_read_it(copy):
    content = b"".join(path.read_bytes() for path in copy.rglob("*") if path.is_file())
    keys = list((Path(settings.STATE) / "keys").rglob("*.key"))
    assert keys
    assert all(key.read_bytes() not in content for key in keys)
    assert all(stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 for path in copy.rglob("*"))


def test_other_files_go_along_and_come_back(copy, tmp_path):
    note = Path(settings.STATE) / "letters" / "note.txt"
    note.parent.mkdir(exist_ok=True)
    note.write_text("as it was", encoding="utf-8")
    second = tmp_path / "second"
    saving.save(second)
    note.write_text("changed", encoding="utf-8")
    restoring.restore(second)
    assert note.read_text(encoding="utf-8") == "as it was"


def test_who_has_no_keys_yet_is_told(copy, monkeypatch):
    assert restoring.without_keys() == ()
    monkeypatch.setattr(settings, "STATE", copy)
    assert "Dienst Uitvoering Onderwijs" in restoring.without_keys()


# ------------------------------------------------------------------------------------------------ refused


def test_a_folder_that_is_not_empty_is_not_written_over(copy):
    with pytest.raises(CommandError, match="niet leeg"):
        call_command("backup", copy)


@pytest.mark.parametrize("name", ["main", "logbook"])
def test_a_changed_copy_is_refused_and_the_instance_stays(copy, name):
    path = copy / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(CommandError, match=name):
        call_command("restore", copy)
    assert models.Case.objects.count() == 1


def test_an_unfinished_copy_is_refused(copy):
    (copy / manifest.NAME).unlink()
    with pytest.raises(BackupNotWhole):
        restoring.restore(copy)


def test_a_copy_without_its_logbook_is_refused(copy):
    (copy / "logbook").unlink()
    with pytest.raises(BackupNotWhole, match="logbook"):
        restoring.restore(copy)


def test_a_copy_of_another_kind_of_instance_is_refused(copy):
    path = copy / manifest.NAME
    path.write_text(json.dumps(json.loads(path.read_text()) | {"mode": "production"}), encoding="utf-8")
    with pytest.raises(BackupNotWhole, match="production"):
        restoring.restore(copy)


def test_a_log_that_ends_before_the_last_act_is_refused_and_what_was_there_comes_back(copy, applied, tmp_path):
    """The main database of later with the logbook of before, hashes and all: somebody mixed two copies."""
    applied("starter")
    sealing.seal()
    later = tmp_path / "later"
    saving.save(later)
    (later / "logbook").write_bytes((copy / "logbook").read_bytes())
    (later / manifest.NAME).unlink()
    known = manifest.read(copy)
    mixed = manifest.Manifest(
        mode=known.mode,
        engine=known.engine,
        made_at=known.made_at,
        log_lines=Line.objects.count(),
        hashes=manifest.hashes(later),
    )
    manifest.write(later, mixed)
    with pytest.raises(BackupNotWhole, match="Het logboek heeft"):
        restoring.restore(later)
    if is_sqlite():
        assert models.Case.objects.count() == 2
        assert Line.objects.count() == mixed.log_lines
