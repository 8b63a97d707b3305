"""What somebody told us in a check, without saying who they are: where, which month, about what, and their answers.

Other people in the answers have made-up ids that say how they relate: `ik.partner`, `ik.kinderen.2`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from dichterbij.law import UNKNOWN, FactRef, Facts, Vocabulary
from dichterbij.law.values import Given

from .published import SUBJECT

NOT_KNOWN: Final = {"unknown": True}
Persons = Mapping[str, Mapping[str, Given]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """The state of one check. `month`: its first day; `persons`: answers per person, by names of the vocabulary."""

    territory: str
    month: date
    topic: str
    persons: Persons = field(default_factory=dict, repr=False)

    @property
    def facts(self) -> Facts:
        """Return the answers as the law wants them."""
        return Facts(subject=SUBJECT, persons={SUBJECT: {}, **self.persons})

    def with_answers(self, answers: Mapping[FactRef, Given], vocabulary: Vocabulary) -> "Visit":
        """Return the visit with these answers added; people nobody points at any more are forgotten."""
        merged = {person: dict(given) for person, given in self.persons.items()}
        for ref, value in answers.items():
            merged.setdefault(ref.person, {})[ref.fact] = value
        return replace(self, persons=_reachable(merged, vocabulary))

    def answered(self) -> Iterator[tuple[FactRef, Given]]:
        """Yield every answer, the visitor's own first."""
        for person, given in sorted(self.persons.items(), key=lambda item: (item[0].count("."), item[0])):
            for fact, value in given.items():
                yield FactRef(person, fact), value

    def as_json(self) -> dict[str, Any]:
        """Return the visit as plain data, to be kept sealed."""
        return {
            "territory": self.territory,
            "month": self.month.isoformat(),
            "topic": self.topic,
            "persons": {
                person: {fact: NOT_KNOWN if value is UNKNOWN else value for fact, value in given.items()}
                for person, given in self.persons.items()
            },
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Visit":
        """Return what `as_json` wrote."""
        return cls(
            territory=data["territory"],
            month=date.fromisoformat(data["month"]),
            topic=data["topic"],
            persons={
                person: {fact: UNKNOWN if value == NOT_KNOWN else value for fact, value in given.items()}
                for person, given in data["persons"].items()
            },
        )


def _reachable(persons: dict[str, dict[str, Given]], vocabulary: Vocabulary) -> dict[str, dict[str, Given]]:
    """Return the visitor and everybody they still name, directly or through others."""
    found, waiting = [SUBJECT], [SUBJECT]
    while waiting:
        for person in named(persons.get(waiting.pop(), {}), vocabulary):
            if person not in found:
                found.append(person)
                waiting.append(person)
    return {person: persons[person] for person in found if person in persons}


def named(given: Mapping[str, Given], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the people that somebody's answers point at."""
    people: list[str] = []
    for fact, value in given.items():
        if vocabulary[fact].is_relation:
            values = value if isinstance(value, list | tuple) else [value]
            people += [each for each in values if isinstance(each, str)]
    return tuple(dict.fromkeys(people))
