"""The print queue as files: a PDF per letter and a manifest, for whoever prints and posts them.

Each letter is claimed by one process, in one statement of the database, before anything is written; so two processes
never print the same one. A folder is complete when it has its name: until then it is called `.unfinished` and its
letters come back to the queue as soon as the process that wrote it is certainly gone.

A letter never changes once it was sent. When a way to its sender is closed while it waits, a sheet goes in its envelope
that says so and names what works instead.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin

from .models import PrintBatch, PrintJob, ReturnedLetter
from .pdf import pdf
from .reaching import closed_sheet
from .services import PDF

MANIFEST = "manifest.json"
UNFINISHED = ".unfinished"
LEASE = timedelta(minutes=15)
"""After so long without a sign of life a process that prints counts as gone."""
MOST = 2000
"""Letters in one folder; what is left goes in the next one."""
WINDOW = {"x": 24, "y": 46, "width": 90, "height": 21}
"""Where the address stands on the first page, in millimetres from the left and the top."""
_PAGE = re.compile(rb"/Type\s*/Page\b")


class Overtaken(RuntimeError):
    """Another process took these letters over, because this one was silent for too long; nothing was handed out."""


def write_out(folder: Path) -> int:
    """Write the letters that wait to a new folder and mark them printed; returns how many there were.

    The folder holds personal data and is readable by its owner only. Raises FileExistsError when it exists.
    """
    take_back()
    work = folder.with_name(folder.name + UNFINISHED)
    if folder.exists():
        raise FileExistsError(folder)
    work.mkdir(mode=0o700, parents=True)
    batch = _claim(folder)
    try:
        count = _write_all(work, batch)
    except BaseException:
        _release(batch)
        shutil.rmtree(work)
        raise
    _hand_out(work, folder, batch)
    return count


def take_back() -> int:
    """Settle what processes left behind that are gone: finish what was handed out, free the rest; returns how many."""
    gone = PrintBatch.objects.filter(finished_at__isnull=True, busy_until__lt=clock.now())
    return sum(_settle(batch) for batch in gone.values_list("id", flat=True))


def _settle(batch_id: UUID) -> bool:
    with transaction.atomic():
        found = PrintBatch.objects.select_for_update().filter(id=batch_id, finished_at__isnull=True)
        batch = found.filter(busy_until__lt=clock.now()).first()
        if batch is None:
            return False
        if _is_complete(Path(batch.folder), batch):
            _finish(batch)
        else:
            _release(batch)
        return True


def waiting() -> "QuerySet[PrintJob]":
    """Return the letters that can go to the printer: with an address that holds, and in nobody's hands."""
    doubtful = ReturnedLetter.objects.filter(
        organisation=OuterRef("organisation"), party=OuterRef("message__party"), settled_at__isnull=True
    )
    jobs = PrintJob.objects.filter(printed_at__isnull=True, batch__isnull=True, message__is_addressed=True)
    return jobs.filter(~Exists(doubtful))


def _claim(folder: Path) -> PrintBatch:
    now = clock.now()
    with transaction.atomic():
        batch = PrintBatch.objects.create(folder=str(folder.absolute()), begun_at=now, busy_until=now + LEASE)
        first = list(waiting().filter(enclosed_with__isnull=True).order_by("queued_at", "id").values_list("id")[:MOST])
        chosen = [number for (number,) in first]
        free = PrintJob.objects.filter(batch__isnull=True, printed_at__isnull=True)
        free.filter(id__in=chosen).update(batch=batch)
        free.filter(enclosed_with__in=batch.jobs.all()).update(batch=batch)
    return batch


def _write_all(folder: Path, batch: PrintBatch) -> int:
    jobs = batch.jobs.select_related("message").prefetch_related("enclosures__message").order_by("queued_at", "id")
    sheets = _sheets(folder, {Oin(job.organisation) for job in jobs})
    letters = [_letter(folder, job, batch) | {"sheet": sheets.get(job.organisation)} for job in jobs]
    manifest = {
        "batch": str(batch.id),
        "made_at": clock.now().isoformat(),
        "letters": letters,
        "address_window_mm": WINDOW,
    }
    _write(folder / MANIFEST, json.dumps(manifest, indent=1).encode())
    return len(letters)


def _sheets(folder: Path, senders: Iterable[Oin]) -> dict[str, str]:
    """Write a sheet for each sender of whom a way is closed now; returns its name by the number of the sender."""
    written = {}
    for sender in senders:
        if organisations.organisation(sender).closed:
            written[sender.value] = f"now-{sender.value}.pdf"
            _write(folder / written[sender.value], pdf(closed_sheet(sender)))
    return written


def _letter(folder: Path, job: PrintJob, batch: PrintBatch) -> dict[str, object]:
    message = job.message
    content = keys.open_sealed(Oin(message.organisation), bytes(message.pdf_sealed), purpose=PDF)
    name = _name(job)
    _write(folder / name, content)
    PrintBatch.objects.filter(id=batch.id, finished_at__isnull=True).update(busy_until=clock.now() + LEASE)
    return {
        "file": name,
        "organisation": message.organisation,
        "queued": job.queued_at.isoformat(),
        "sha256": hashlib.sha256(content).hexdigest(),
        "pages": len(_PAGE.findall(content)),
        "delivery": "registered" if job.registered else "standard",
        "enclosed_with": _name(job.enclosed_with) if job.enclosed_with else None,
    }


def _name(job: PrintJob) -> str:
    return f"{job.message_id}.pdf"


def _hand_out(work: Path, folder: Path, batch: PrintBatch) -> None:
    """Give the folder its name and mark its letters, while nobody else can take them over."""
    with transaction.atomic():
        mine = PrintBatch.objects.select_for_update().filter(id=batch.id, finished_at__isnull=True).first()
        if mine is not None:
            work.rename(folder)
            _finish(mine)
    if mine is None:
        shutil.rmtree(work)
        raise Overtaken


def _finish(batch: PrintBatch) -> None:
    batch.jobs.update(printed_at=clock.now())
    PrintBatch.objects.filter(id=batch.id).update(finished_at=clock.now())


def _release(batch: PrintBatch) -> None:
    PrintJob.objects.filter(batch=batch, printed_at__isnull=True).update(batch=None)
    PrintBatch.objects.filter(id=batch.id, finished_at__isnull=True).delete()


def _is_complete(folder: Path, batch: PrintBatch) -> bool:
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return False
    return bool(found.get("batch") == str(batch.id))


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
