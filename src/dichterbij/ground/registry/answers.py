"""What the gateway releases, and why it may refuse."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dichterbij.ground.logbook.domain import Receipt
from dichterbij.kernel.identifiers import Number
from dichterbij.kernel.problems import Problem

from .domain import RawRecord, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """One value with where it comes from. `in_investigation`: its holder doubts it."""

    value: Value
    source: str
    valid_from: date | None
    in_investigation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a registry says of one person: exactly the fields asked, without those that have no row at the source.

    `confidential`: never to be given to third parties. `suspended`: why the registration has stopped.
    """

    values: Mapping[str, FieldValue]
    confidential: bool
    suspended: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was read, when, and the lines that say so. A person the registry does not know is not in `records`."""

    records: Mapping[Number, Record]
    read_at: datetime
    receipts: tuple[Receipt, ...]


def released(raw: RawRecord, fields: Iterable[str], source: str) -> Record:
    """Keep exactly what was asked: a source that says more than that is cut short here."""
    values = {
        name: FieldValue(
            value=raw.values[name].value,
            source=source,
            valid_from=raw.values[name].valid_from,
            in_investigation=name in raw.in_investigation,
        )
        for name in fields
        if name in raw.values
    }
    return Record(values=values, confidential=raw.confidential, suspended=raw.suspended)


class FieldNotAllowed(Problem):
    """A field lies outside the processing activity. The whole question is refused; nothing is trimmed silently."""

    code = "field-not-allowed"
    title = "Dit gegeven mag hiervoor niet worden opgevraagd"
    status = 403

    def __init__(self, fields: tuple[str, ...], *, registry: str) -> None:
        super().__init__(f"Bron {registry}: {', '.join(fields)}.")
        self.fields = fields


class InvalidQuery(Problem):
    """A question has no form that can be answered: no fields, too many, the same one twice, or nobody asked about."""

    code = "invalid-query"
    title = "Deze vraag aan een bron klopt niet"
    status = 400


class UnknownActivity(Problem):
    """Nobody registered this processing activity, or it belongs to another organisation."""

    code = "unknown-activity"
    title = "Hiervoor is geen verwerking vastgelegd"
    status = 403


class ActivityExpired(Problem):
    """The processing activity is not in force on this day."""

    code = "activity-expired"
    title = "Deze verwerking geldt nu niet"
    status = 403


class RegistryUnavailable(Problem):
    """A source does not answer. `registry`: which, by its key; `since`: the first of the failures in a row."""

    code = "registry-unavailable"
    title = "Deze bron is nu niet bereikbaar"
    status = 503

    def __init__(self, registry: str, since: datetime) -> None:
        super().__init__()
        self.registry = registry
        self.since = since
