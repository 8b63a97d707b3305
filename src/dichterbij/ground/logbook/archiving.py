"""A month of the log as a Parquet file that proves itself, and the check of such a file. For the command line only.

Needs the extra `archive` (PyArrow), which no web process loads. The file holds every line as it was hashed, and in its
metadata the signed stands before and after the month: `check` needs no database. The columns beside the line repeat
what it says, for who counts and searches; `check` holds each of them against the line.
"""

import json
import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from dichterbij.kernel import clock

from . import proving
from .domain import START, leaf, link
from .models import Head, Position
from .months import Month

ROWS = 10_000
ABOUT = b"dichterbij.month"
COLUMNS = pa.schema(
    [
        ("position", pa.int64()),
        ("at", pa.timestamp("us", tz="UTC")),
        ("kind", pa.string()),
        ("organisation", pa.string()),
        ("activity", pa.string()),
        ("subject", pa.string()),
        ("items", pa.int32()),
        ("body", pa.string()),
    ]
)


def export(month: Month, folder: Path) -> Path:
    """Write a month to a file in a folder, whole or not at all; returns its path. Raises `ProofWrong` when it is not
    as it was signed."""
    path = folder / f"logbook-{month.log}-{month.name}.parquet"
    part = path.with_suffix(".part")
    schema = COLUMNS.with_metadata({ABOUT: json.dumps(_about(month)).encode()})
    with part.open("wb") as file:
        with pq.ParquetWriter(file, schema, compression="zstd") as writer:
            for batch in _batches(month, schema):
                writer.write_batch(batch)
        file.flush()
        os.fsync(file.fileno())
    check(part)
    part.replace(path)
    return path


def check(path: Path) -> tuple[int, int]:
    """Return the first and last position of a file, after every line was hashed up to the signed stand at its end.

    Raises `ProofWrong`.
    """
    try:
        with pq.ParquetFile(path) as file:
            return _checked(file)
    except (*proving.NOT_A_PROOF, pa.ArrowException):
        raise proving.ProofWrong("Dit bestand is geen maand van een logboek.") from None


def _checked(file: pq.ParquetFile) -> tuple[int, int]:
    if file.schema_arrow.remove_metadata() != COLUMNS:
        raise proving.ProofWrong("Dit bestand heeft andere kolommen dan een maand van een logboek.")
    about = json.loads(file.schema_arrow.metadata[ABOUT])
    after, chain = _start(about)
    position = after
    for batch in file.iter_batches(batch_size=ROWS):
        for row in batch.to_pylist():
            position += 1
            _ensure_repeats(row, position)
            chain = link(chain, leaf(row["body"].encode()))
    _ensure_end(about, position, chain)
    return after + 1, position


def _ensure_repeats(row: Mapping[str, Any], position: int) -> None:
    """Raise `ProofWrong` unless a row stands at its place and its columns repeat what its line says."""
    if row["position"] != position:
        raise proving.ProofWrong(f"Regel {position} ontbreekt.")
    said = _said(row["body"])
    changed = [name for name in said if row[name] != said[name]]
    if changed:
        raise proving.ProofWrong(f"Bij regel {position} zegt kolom {changed[0]} iets anders dan de regel zelf.")


def _ensure_end(about: Mapping[str, Any], position: int, chain: bytes) -> None:
    """Raise `ProofWrong` unless the lines lead to a signed stand of the month that the file says it is."""
    end = about["after"]
    proving.ensure_signed({**end, "log": about["log"]})
    if (position, chain.hex()) != (end["size"], end["chain"]):
        raise proving.ProofWrong("De regels komen niet overeen met de ondertekende stand.")
    if clock.day_of(datetime.fromisoformat(end["sealedAt"])).isoformat()[:7] != about["month"]:
        raise proving.ProofWrong("De ondertekende stand is niet van de maand die het bestand noemt.")


def _about(month: Month) -> dict[str, Any]:
    before = Head.objects.filter(log=month.log, size=month.first - 1).first()
    after = Head.objects.get(log=month.log, size=month.last)
    return {
        "v": 1,
        "log": month.log.value,
        "month": month.name,
        "before": proving.stand(before) if before else None,
        "after": proving.stand(after),
    }


def _start(about: dict[str, Any]) -> tuple[int, bytes]:
    before = about["before"]
    if before is None:
        return 0, START
    proving.ensure_signed({**before, "log": about["log"]})
    return before["size"], bytes.fromhex(before["chain"])


def _batches(month: Month, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for first in range(month.first, month.last + 1, ROWS):
        rows = Position.objects.filter(
            log=month.log, position__gte=first, position__lte=min(first + ROWS - 1, month.last)
        )
        made = [_row(row) for row in rows.order_by("position").select_related("line")]
        yield pa.RecordBatch.from_pylist(made, schema=schema)


def _row(row: Position) -> dict[str, Any]:
    body = bytes(row.line.body).decode()
    return {"position": row.position, **_said(body), "body": body}


def _said(body: str) -> dict[str, Any]:
    """Return what a line says in columns."""
    said = json.loads(body)
    return {
        "at": datetime.fromisoformat(said["at"]),
        "kind": said["kind"],
        "organisation": said["organisation"],
        "activity": said["activity"]["id"],
        "subject": said["subject"],
        "items": said["items"],
    }
