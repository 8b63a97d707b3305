"""What somebody still has to pay, of several bodies together: never less than it is, and nothing twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dichterbij.ground.registry.registries import registry
from dichterbij.kernel.access import Access

from . import queries
from .domain import Plain
from .models import Snapshot
from .services import MATTERS, facts_by_registry, plain_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What one body says. `cents`: by reference of the matter; None when it is not known now, `since` when."""

    source: str
    cents: Mapping[str, int] | None
    since: datetime | None = None

    @property
    def sum_cents(self) -> int | None:
        """Return what is still to be paid to this body."""
        return None if self.cents is None else sum(self.cents.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What the bodies say together."""

    debts: tuple[Debt, ...]

    @property
    def total_cents(self) -> int | None:
        """Return the total, a matter that two bodies name counted once; None while something is not known."""
        known = [each.cents for each in self.debts if each.cents is not None]
        if len(known) < len(self.debts):
            return None
        return sum({name: cents for matters in known for name, cents in matters.items()}.values())

    @property
    def is_shared(self) -> bool:
        """Say whether a matter is named by more than one body."""
        names = [name for each in self.debts for name in each.cents or ()]
        return len(names) > len(set(names))


def owed(access: Access, language: str) -> Owed:
    """Return what the person has to pay, by what they asked for last; without debts when they asked nothing yet.

    What is forgotten of one body is not known: it never drops out of the total unseen.
    """
    activity = access.activity.id
    kept = {row.registry: row for row in Snapshot.objects.filter(party=access.subject.party)}
    keys = [key for key in facts_by_registry(activity) if MATTERS in plain_fields(activity, key)] if kept else []
    return Owed(debts=tuple(_debt(access, key, kept.get(key), language) for key in sorted(keys)))


def _debt(access: Access, key: str, row: Snapshot | None, language: str) -> Debt:
    since = row.unavailable_since if row else None
    kept = () if since else queries.kept_of(access, row)
    matters = next((each.value for each in kept if each.fact == MATTERS), None)
    return Debt(source=registry(key).label(language), cents=_cents(matters), since=since)


def _cents(matters: Plain) -> dict[str, int] | None:
    """Return what is kept of each matter by its reference; None when this was never asked."""
    if not isinstance(matters, list):
        return None
    return {str(each["zaakkenmerk"]): int(str(each["saldo"])) for each in matters if isinstance(each, dict)}
