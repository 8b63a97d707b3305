"""What changed between two assessments of the same question: for who must decide on the newest facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dichterbij.law import Value

from .domain import Assessment, UsedFact


class What(StrEnum):
    """What happened to a fact."""

    NEW = "new"
    GONE = "gone"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A fact that is no longer as it was. A hidden value stays hidden: only that it changed is told."""

    what: What
    before: UsedFact | None
    now: UsedFact | None

    @property
    def fact(self) -> UsedFact:
        """Return the fact as it is known now, or as it was."""
        found = self.now or self.before
        assert found is not None  # noqa: S101 a difference is about something
        return found


def differences(before: Assessment, now: Assessment, language: str = "nl") -> tuple[Difference, ...]:
    """Return the facts that are new, gone or different, in the order in which the law asks them now.

    Compares the values themselves, also those that are not shown, without revealing them.
    """
    old = {(each.person, each.fact): each for each in before.facts_in(language)}
    new = {(each.person, each.fact): each for each in now.facts_in(language)}
    keys = [*new, *(key for key in old if key not in new)]
    found = [_difference(old.get(key), new.get(key)) for key in keys]
    return tuple(each for each in found if each is not None)


def changed_outputs(before: Assessment, now: Assessment) -> Mapping[str, tuple[Value, Value]]:
    """Return the outcomes that are not the same, with what they were and what they are."""
    return changed(before.outputs, now.outputs)


def changed(before: Mapping[str, Value], now: Mapping[str, Value]) -> Mapping[str, tuple[Value, Value]]:
    """Return the values that are not the same, with what they were and what they are."""
    pairs = {name: (before.get(name), now.get(name)) for name in dict.fromkeys([*before, *now])}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _difference(before: UsedFact | None, now: UsedFact | None) -> Difference | None:
    if before is None:
        return Difference(what=What.NEW, before=None, now=now)
    if now is None:
        return Difference(what=What.GONE, before=before, now=None)
    if before.fingerprint == now.fingerprint:
        return None
    return Difference(what=What.DIFFERENT, before=before, now=now)
