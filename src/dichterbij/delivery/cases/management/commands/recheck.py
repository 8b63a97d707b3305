"""Compare decisions in force with the present law files."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.management import BaseCommand

from dichterbij.delivery.cases.services import compare_with_present_law
from dichterbij.delivery.cases.services.looking_again import Compared
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.law import Value

EVERY = 1000


class Command(BaseCommand):
    """`dichterbij recheck`: after a corrected law file. What differs becomes work; no decision changes by itself."""

    help = "Find decisions that the present law files would make otherwise, and put each on the list of a worker."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Compare per organisation, and say how many differ and by how much; no word about anybody."""
        for organisation in organisations.hosted():
            self._tell(organisation, self._counted(compare_with_present_law(organisation.oin)))

    def _counted(self, compared: Iterable[Compared]) -> list[Compared]:
        done = []
        for number, each in enumerate(compared, start=1):
            done.append(each)
            if number % EVERY == 0:
                self.stdout.write(f"  {number} compared")
        return done

    def _tell(self, organisation: Organisation, done: list[Compared]) -> None:
        if not done:
            return
        gaps = _gaps(done)
        differ = sum(bool(each.differs) for each in done)
        self.stdout.write(f"{organisation.name}: {len(done)} decisions of other law files, {differ} would differ")
        for (product, output), pairs in sorted(gaps.items()):
            self.stdout.write(f"  {product}, {output}: {len(pairs)}{_by(pairs)}")


def _gaps(done: Iterable[Compared]) -> Mapping[tuple[str, str], list[tuple[Value, Value]]]:
    """Return per product and outcome what it was and what it would be, for each decision that differs."""
    found: dict[tuple[str, str], list[tuple[Value, Value]]] = {}
    for each in done:
        for output, pair in each.differs.items():
            found.setdefault((each.product, output), []).append(pair)
    return found


def _by(pairs: list[tuple[Value, Value]]) -> str:
    """Return by how much whole amounts (euro cents) differ, from least to most."""
    gaps = sorted(now - before for before, now in pairs if type(before) is int and type(now) is int)
    return f", by {gaps[0]} to {gaps[-1]}" if gaps else ""
