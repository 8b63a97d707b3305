"""What somebody applies for: the facts they gave, and what they say is not right. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias
from uuid import UUID

from dichterbij.kernel.identifiers import Oin

Value: TypeAlias = str | int | bool | None
"""A fact as somebody gave it: text (dates as `YYYY-MM-DD`), a number (amounts in euro cents), yes or no, or nothing."""

Json: TypeAlias = str | int | bool | list["Json"] | dict[str, "Json"] | None
"""How an application is written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What somebody says about a fact that is not right. It never changes what the registry says.

    `person`: whose fact it is, by the ids of the assessment (`p1` is the applicant). `since`: the day on which the
    keeper of the source was asked to correct it, if it was.
    """

    person: str
    fact: str
    says: str = field(repr=False)
    since: date | None = None

    def as_json(self) -> dict[str, Json]:
        """Return the correction as plain data."""
        since = {"since": self.since.isoformat()} if self.since else {}
        return {"person": self.person, "fact": self.fact, "says": self.says, **since}


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What is asked, as the applicant gave it. `supplied`: facts by name; `assessment`: what the law said then.

    `unknown`: facts of which the applicant said not to know them; nobody asks them again on the way. `caused`: the
    supplied facts that came with the event the application was begun for; when it was no event, they are no facts.
    `sent_by`: the name of who sent it for the applicant, `sent_as`: on what ground; empty when they sent it themself.
    `sent_with`: whose worker helped that somebody, `sent_how`: how they met.
    `received_on`: the day on which it came in on paper, None when it did not; `on_paper`: the facts that stood on it.
    """

    name: str = field(repr=False)
    supplied: Mapping[str, Value] = field(default_factory=dict, repr=False)
    unknown: tuple[str, ...] = ()
    caused: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    remark: str = field(default="", repr=False)
    assessment: UUID | None = None
    sent_by: str = field(default="", repr=False)
    sent_as: str = ""
    sent_with: str = ""
    sent_how: str = ""
    received_on: date | None = None
    on_paper: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Json]:
        """Return the application as plain data."""
        return {
            "name": self.name,
            "supplied": dict(self.supplied),
            "unknown": [*self.unknown],
            "caused": [*self.caused],
            "corrections": [each.as_json() for each in self.corrections],
            "remark": self.remark,
            "assessment": str(self.assessment) if self.assessment else None,
            "sent_by": self.sent_by,
            "sent_as": self.sent_as,
            **({"sent_with": self.sent_with, "sent_how": self.sent_how} if self.sent_with else {}),
            **({"received_on": self.received_on.isoformat()} if self.received_on else {}),
            **({"on_paper": [*self.on_paper]} if self.on_paper else {}),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An application that is not sent yet. `key` makes sending it twice the same as sending it once.

    `cause`: the registered event it was begun for; empty when there was none.
    """

    id: UUID
    organisation: Oin
    product: str
    key: UUID
    channel: str
    language: str
    cause: str
    application: Application
    kept_until: date


def application_from(data: Mapping[str, Json]) -> Application:
    """Return the application that `as_json` wrote."""
    supplied, assessment = data["supplied"], data["assessment"]
    if not isinstance(supplied, dict):
        raise TypeError("an application was written in another form")
    return Application(
        name=str(data["name"]),
        supplied={name: value_from(given) for name, given in supplied.items()},
        unknown=tuple(map(str, _list(data.get("unknown", [])))),
        caused=tuple(map(str, _list(data.get("caused", [])))),
        corrections=tuple(_correction_from(each) for each in _list(data["corrections"]) if isinstance(each, dict)),
        remark=str(data.get("remark", "")),
        assessment=UUID(str(assessment)) if assessment else None,
        sent_by=str(data.get("sent_by", "")),
        sent_as=str(data.get("sent_as", "")),
        sent_with=str(data.get("sent_with", "")),
        sent_how=str(data.get("sent_how", "")),
        received_on=date.fromisoformat(str(data["received_on"])) if data.get("received_on") else None,
        on_paper=tuple(map(str, _list(data.get("on_paper", [])))),
    )


def value_from(data: Json) -> Value:
    """Return a fact that was written down; raises TypeError for what is no fact."""
    if isinstance(data, list | dict):
        raise TypeError("a fact is a text, a number, yes or no, or nothing")
    return data


def _correction_from(data: Mapping[str, Json]) -> Correction:
    since = data.get("since")
    return Correction(
        person=str(data["person"]),
        fact=str(data["fact"]),
        says=str(data["says"]),
        since=date.fromisoformat(str(since)) if since else None,
    )


def _list(data: Json) -> list[Json]:
    if not isinstance(data, list):
        raise TypeError("an application was written in another form")
    return data
