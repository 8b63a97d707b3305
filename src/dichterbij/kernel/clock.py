"""The only place that asks the time.

Instants are aware and in UTC; a legal day is a date in Amsterdam. A demonstration can stand still on one
day: the time of day goes on, the day does not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_fixed_day: date | None = None
_frozen: datetime | None = None


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    if _frozen is not None:
        return _frozen
    real = datetime.now(UTC)
    if _fixed_day is None:
        return real
    local = real.astimezone(AMSTERDAM)
    return datetime.combine(_fixed_day, local.time(), tzinfo=AMSTERDAM).astimezone(UTC)


def machine_time() -> datetime:
    """Return the time of the machine, also when the day stands still: for back-off and leases, never for law."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """Return the legal day of an instant: the day in Amsterdam.

    >>> day_of(datetime(2026, 6, 14, 22, 30, tzinfo=UTC))
    datetime.date(2026, 6, 15)
    """
    return moment.astimezone(AMSTERDAM).date()


def end_of(day: date) -> datetime:
    """Return the instant at which a legal day is over: midnight in Amsterdam.

    >>> end_of(date(2026, 6, 15)).astimezone(UTC)
    datetime.datetime(2026, 6, 15, 22, 0, tzinfo=datetime.timezone.utc)
    """
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=AMSTERDAM)


def today() -> date:
    """Return the present legal day, in Amsterdam."""
    return day_of(now())


def stand_still_on(day: date | None) -> None:
    """Let every later day be this one (a demonstration), or let time run again with None."""
    global _fixed_day  # noqa: PLW0603 one clock per process is the point
    _fixed_day = day


def stands_still() -> bool:
    """Say whether every day is the same day, so that each midnight the time goes back."""
    return _fixed_day is not None


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Stop the clock at an instant, for a test."""
    global _frozen  # noqa: PLW0603 one clock per process is the point
    before, _frozen = _frozen, at.astimezone(UTC)
    try:
        yield
    finally:
        _frozen = before
