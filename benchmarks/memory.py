"""Memory of a server and everything it started."""

from pathlib import Path

from tests.operation.product import children


def megabytes(pid: int) -> tuple[float, float]:
    """Return memory summed over all processes: RSS counts what they share in each, PSS once."""
    processes = [pid, *children(pid)]
    return tuple(sum(_field(each, name) for each in processes) / 1024 for name in ("Rss", "Pss"))  # type: ignore[return-value]


def _field(pid: int, name: str) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))
