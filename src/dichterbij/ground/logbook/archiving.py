"""A month of the log as a Parquet file that proves itself, and the check of such a file. For the command line only.

Needs the extra `archive` (PyArrow), which no web process loads. The file holds every line as it was hashed, and in its
metadata the signed stands before and after the month: `check` needs no database.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

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
    with pq.ParquetFile(path) as file:
        about = json.loads((file.schema_arrow.metadata or {}).get(ABOUT, b"null"))
        if about is None:
            raise proving.ProofWrong("Dit bestand is geen maand van een logboek.")
        after, chain = _start(about)
        position = after
        for batch in file.iter_batches(batch_size=ROWS, columns=["position", "body"]):
            for found, body in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                position += 1
                chain = link(chain, leaf(body.encode()))
                if found != position:
                    raise proving.ProofWrong(f"Regel {position} ontbreekt.")
    proving.ensure_signed({"log": about["log"], **about["after"]})
    if (position, chain.hex()) != (about["after"]["size"], about["after"]["chain"]):
        raise proving.ProofWrong("De regels komen niet overeen met de ondertekende stand.")
    return after + 1, position


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
    proving.ensure_signed({"log": about["log"], **before})
    return before["size"], bytes.fromhex(before["chain"])


def _batches(month: Month, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for first in range(month.first, month.last + 1, ROWS):
        rows = Position.objects.filter(
            log=month.log, position__gte=first, position__lte=min(first + ROWS - 1, month.last)
        )
        made = [_row(row) for row in rows.order_by("position").select_related("line")]
        yield pa.RecordBatch.from_pylist(made, schema=schema)


def _row(row: Position) -> dict[str, Any]:
    line = row.line
    return {
        "position": row.position,
        "at": line.at,
        "kind": line.kind,
        "organisation": line.organisation,
        "activity": line.activity,
        "subject": line.subject,
        "items": line.items,
        "body": bytes(line.body).decode(),
    }
