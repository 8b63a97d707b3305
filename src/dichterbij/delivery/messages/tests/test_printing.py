"""The print queue leaves the product once, as files a printer can use, whatever breaks on the way."""

import hashlib
import json
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pytest
from django.db import connections

from dichterbij.delivery.messages import models, printing, returns, services
from dichterbij.delivery.messages.document import Contact, Document, Letterhead, Paragraph
from dichterbij.delivery.messages.printing import write_out
from dichterbij.ground.organisations import services as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission
from dichterbij.kernel.identifiers import Oin

from .matterhorn import failures
from .reading import text_of_pdf
from .test_box import _send

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


@pytest.fixture
def waiting(citizen) -> models.PrintJob:
    """A letter that waits for the printer."""
    owner = citizen("widow", "zorgtoeslag", Permission.READ)
    services.choose_post(owner, by_post=True)
    _send(owner)
    return models.PrintJob.objects.get()


@pytest.fixture
def many(citizen) -> int:
    """Twelve letters that wait for the printer; returns how many."""
    owner = citizen("widow", "zorgtoeslag", Permission.READ)
    services.choose_post(owner, by_post=True)
    for _ in range(12):
        _send(owner)
    return 12


def _manifest(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text())


def test_a_letter_is_written_once_with_its_hash_and_pages_for_its_owner_only(waiting, tmp_path):
    assert write_out(tmp_path / "first") == 1
    manifest = _manifest(tmp_path / "first")
    (entry,) = manifest["letters"]
    content = (tmp_path / "first" / entry["file"]).read_bytes()
    assert content.startswith(b"%PDF-")
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert entry["pages"] == 1
    assert entry["delivery"] == "standard"
    assert manifest["address_window_mm"]["x"] == 24
    assert stat.S_IMODE((tmp_path / "first" / entry["file"]).stat().st_mode) == 0o600
    assert write_out(tmp_path / "second") == 0


def test_a_folder_that_exists_is_left_alone_and_the_letter_keeps_waiting(waiting, tmp_path):
    with pytest.raises(FileExistsError):
        write_out(tmp_path)
    waiting.refresh_from_db()
    assert waiting.printed_at is None


def test_a_letter_that_cannot_be_written_keeps_waiting(waiting, tmp_path, monkeypatch):
    folder = tmp_path / "letters"
    monkeypatch.setattr(printing, "_write", _disk_is_full)
    with pytest.raises(OSError, match="full"):
        write_out(folder)
    monkeypatch.undo()
    assert not folder.exists()
    assert write_out(folder) == 1


def test_two_processes_at_once_print_every_letter_once(many, tmp_path):
    def print_all(name: str) -> int:
        try:
            return write_out(tmp_path / name)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        counts = list(pool.map(print_all, ("a", "b", "c")))
    files = [entry["file"] for name in "abc" for entry in _manifest(tmp_path / name)["letters"]]
    assert sum(counts) == len(files) == len(set(files)) == many


def test_letters_of_a_process_that_died_while_writing_come_back_when_its_time_is_over(many, tmp_path, monkeypatch):
    _die_at(monkeypatch, "_hand_out", tmp_path / "first")
    assert write_out(tmp_path / "second") == 0
    _later(monkeypatch)
    assert write_out(tmp_path / "third") == many
    assert not (tmp_path / "first").exists()


def test_letters_of_a_process_that_died_after_handing_out_are_not_printed_again(many, tmp_path, monkeypatch):
    _die_at(monkeypatch, "_finish", tmp_path / "first")
    assert _manifest(tmp_path / "first")["letters"]
    _later(monkeypatch)
    assert write_out(tmp_path / "second") == 0
    assert models.PrintJob.objects.filter(printed_at__isnull=True).count() == 0


def test_a_process_that_was_silent_too_long_hands_out_nothing(many, tmp_path, monkeypatch):
    write_all = printing._write_all

    def slow(folder: Path, batch: models.PrintBatch) -> int:
        count = write_all(folder, batch)
        models.PrintBatch.objects.filter(id=batch.id).update(busy_until=clock.now() - timedelta(seconds=1))
        printing.take_back()
        return count

    monkeypatch.setattr(printing, "_write_all", slow)
    with pytest.raises(printing.Overtaken):
        write_out(tmp_path / "first")
    monkeypatch.undo()
    assert not (tmp_path / "first").exists()
    assert write_out(tmp_path / "second") == many


def test_a_letter_without_an_address_is_not_printed_and_is_on_a_list(citizen, tmp_path, monkeypatch):
    owner = citizen("widow", "zorgtoeslag", Permission.READ)
    services.choose_post(owner, by_post=True)
    head = Letterhead(sender="Dienst", recipient_lines=("G. van der Hazelkamp",))
    letter = Document(
        title="Brief", language="nl", dated=date(2026, 6, 15), blocks=(Paragraph("x"), Contact("Dienst", ())), head=head
    )
    assert not services.render(letter).is_addressed
    assert services.render(replace(letter, head=replace(head, recipient_lines=("G.", "Straat 1")))).is_addressed
    monkeypatch.setattr("dichterbij.delivery.messages.tests.test_box.LETTER", letter)
    _send(owner)
    assert write_out(tmp_path / "letters") == 0
    assert returns.without_address([owner.organisation]) == 1


def test_a_letter_that_waits_while_a_way_is_closed_goes_with_a_sheet_that_names_what_works(waiting, tmp_path):
    sender = Oin(waiting.organisation)
    organisations.close(sender, ["call"])
    write_out(tmp_path / "letters")
    (entry,) = _manifest(tmp_path / "letters")["letters"]
    sheet = pikepdf.open(tmp_path / "letters" / entry["sheet"])
    assert "is nu niet te bereiken door: bellen. Dit kan wel: op de site, langskomen, schrijven." in text_of_pdf(sheet)
    assert failures(sheet) == []
    assert len(sheet.pages) == 1
    assert hashlib.sha256((tmp_path / "letters" / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


def test_no_sheet_goes_with_a_letter_while_every_way_is_open(waiting, tmp_path):
    write_out(tmp_path / "letters")
    assert _manifest(tmp_path / "letters")["letters"][0]["sheet"] is None


def _die_at(monkeypatch: pytest.MonkeyPatch, step: str, folder: Path) -> None:
    """Let a process stop at a step, as when the power fails: nothing of it is tidied up."""
    with monkeypatch.context() as patch:
        patch.setattr(printing, step, _power_cut)
        with pytest.raises(OSError, match="power"):
            write_out(folder)


def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: now)


def _power_cut(*_args: object) -> None:
    raise OSError("power")


def _disk_is_full(*_args: object) -> None:
    raise OSError("full")
