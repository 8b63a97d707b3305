"""The points that are known: replaced as a whole by the file of the operator, found without asking anybody else."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction

from .domain import Near, Point, nearest
from .models import HelpPoint

MOST_SHOWN = 5


def replace(points: Iterable[Point]) -> int:
    """Let these be the points from now on; returns how many."""
    rows = [HelpPoint(**(asdict(each) | {"hours": each.hours})) for each in points]
    with transaction.atomic():
        HelpPoint.objects.all().delete()
        HelpPoint.objects.bulk_create(rows)
    return len(rows)


def points() -> tuple[Point, ...]:
    """Return all points, by key."""
    return tuple(_point(row) for row in HelpPoint.objects.order_by("key"))


def find(asked: str) -> tuple[Near, ...]:
    """Return the nearest points to a place or postcode."""
    return nearest(points(), asked, MOST_SHOWN)


def _point(row: HelpPoint) -> Point:
    return Point(
        key=row.key,
        name=row.name,
        address=row.address,
        postcode=row.postcode,
        place=row.place,
        phone=row.phone,
        latitude=row.latitude,
        longitude=row.longitude,
        hours={int(day): tuple(spans) for day, spans in row.hours.items()},
    )
