"""What is different between two times the law was asked: between the application and now."""

from dataclasses import dataclass, field

from dichterbij.ground.assessment.domain import Assessment, UsedFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A fact that is no longer the same. Hidden values (of somebody else) stay hidden: only that they changed shows."""

    person: str
    fact: str
    label: str
    before: str | None = field(repr=False)
    now: str | None = field(repr=False)
    source: str


def changes(before: Assessment, now: Assessment) -> tuple[Change, ...]:
    """Return the facts that are new, gone or different, in the order of the newest assessment."""
    old = {(each.person, each.fact): each for each in before.facts}
    new = {(each.person, each.fact): each for each in now.facts}
    keys = [*new, *(key for key in old if key not in new)]
    return tuple(_change(old.get(key), new.get(key)) for key in keys if _differs(old.get(key), new.get(key)))


def _differs(old: UsedFact | None, new: UsedFact | None) -> bool:
    return old is None or new is None or old.value_text != new.value_text


def _change(old: UsedFact | None, new: UsedFact | None) -> Change:
    known = new or old
    assert known is not None  # noqa: S101 a key comes from one of the two
    return Change(
        person=known.person,
        fact=known.fact,
        label=known.label,
        before=old.value_text if old else None,
        now=new.value_text if new else None,
        source=known.source,
    )
