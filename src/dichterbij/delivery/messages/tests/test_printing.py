"""The print queue leaves the product once, as files a printer can use."""

import hashlib
import json
import stat

import pytest

from dichterbij.delivery.messages import models, services
from dichterbij.delivery.messages.printing import write_out
from dichterbij.kernel.access import Permission

from .test_box import _send

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


@pytest.fixture
def waiting(citizen) -> models.PrintJob:
    """A letter that waits for the printer."""
    owner = citizen("widow", "zorgtoeslag", Permission.READ)
    services.choose_post(owner, by_post=True)
    _send(owner)
    return models.PrintJob.objects.get()


def test_a_letter_is_written_once_with_its_hash_for_its_owner_only(waiting, tmp_path):
    assert write_out(tmp_path / "first") == 1
    (entry,) = json.loads((tmp_path / "first" / "manifest.json").read_text())
    content = (tmp_path / "first" / entry["file"]).read_bytes()
    assert content.startswith(b"%PDF-")
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert stat.S_IMODE((tmp_path / "first" / entry["file"]).stat().st_mode) == 0o600
    assert write_out(tmp_path / "second") == 0


def test_a_folder_that_exists_is_left_alone_and_the_letter_keeps_waiting(waiting, tmp_path):
    with pytest.raises(FileExistsError):
        write_out(tmp_path)
    waiting.refresh_from_db()
    assert waiting.printed_at is None


def test_a_letter_that_cannot_be_written_keeps_waiting(waiting, tmp_path, monkeypatch):
    folder = tmp_path / "letters"
    monkeypatch.setattr("dichterbij.delivery.messages.printing._write", _disk_is_full)
    with pytest.raises(OSError, match="full"):
        write_out(folder)
    waiting.refresh_from_db()
    assert waiting.printed_at is None
    assert not (folder / "manifest.json").exists()


def _disk_is_full(*_args: object) -> None:
    raise OSError("full")
