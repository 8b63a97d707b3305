"""The print queue as files: a PDF per letter and a manifest, for whoever prints and posts them."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from dichterbij.ground.organisations import keys
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin

from .models import PrintJob
from .services import PDF

MANIFEST = "manifest.json"


def write_out(folder: Path) -> int:
    """Write every letter that waits to a new folder, then mark them printed; returns how many there were.

    The manifest is written last: a folder without one is unfinished, its letters are still in the queue. The folder
    holds personal data and is readable by its owner only. Raises FileExistsError when it exists.
    """
    folder.mkdir(mode=0o700, parents=True)
    jobs = list(PrintJob.objects.filter(printed_at__isnull=True).select_related("message").order_by("queued_at"))
    _write(folder / MANIFEST, json.dumps(list(_letters(folder, jobs)), indent=1).encode())
    PrintJob.objects.filter(pk__in=[job.pk for job in jobs]).update(printed_at=clock.now())
    return len(jobs)


def _letters(folder: Path, jobs: list[PrintJob]) -> Iterator[dict[str, str]]:
    for job in jobs:
        message = job.message
        content = keys.open_sealed(Oin(message.organisation), bytes(message.pdf_sealed), purpose=PDF)
        name = f"{message.id}.pdf"
        _write(folder / name, content)
        yield {
            "file": name,
            "organisation": message.organisation,
            "queued": job.queued_at.isoformat(),
            "sha256": hashlib.sha256(content).hexdigest(),
        }


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
