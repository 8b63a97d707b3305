"""What the catalogue says of a decision, a flow and a processing activity. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

GOAL = 600
"""How many decisions the government wants to explain like this: the goal of policy (gegevens bij besluiten)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An article that uses a datum, with its official address."""

    law: str
    article: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Datum:
    """One fact that a decision may use. `registry` empty: nobody registers it, so it is asked (`why_asked`).

    `of_self`, `of_others`: whose it is; `places`: the articles that use it; `only_if_missing`: in a registry, and asked
    only of who is not in it.
    """

    fact: str
    label: str
    registry: str
    source: str
    holder: str
    field: str
    why_asked: str
    of_self: bool
    of_others: bool
    only_if_missing: bool
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision or legal position that a law of ours computes. `products`: what is applied for, by id."""

    key: str
    law: str
    name: str
    law_name: str
    article: str
    url: str
    authority: str
    is_decision: bool
    products: Mapping[str, str]
    data: tuple[Datum, ...] = field(repr=False)

    @property
    def known(self) -> tuple[Datum, ...]:
        """Return what is never asked, because a registry has it."""
        return tuple(each for each in self.data if each.registry)

    @property
    def asked(self) -> tuple[Datum, ...]:
        """Return what must still be asked, or judged."""
        return tuple(each for each in self.data if not each.registry)

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the registries that are used, by name."""
        return tuple(sorted({each.source for each in self.known}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What the keeper of one registry gives one body, for one purpose, on one ground."""

    registry: str
    source: str
    giver: str
    receiver: str
    activity: str
    purpose: str
    legal_basis: str
    url: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A registry as a giver: how many bodies get data from it, for how many purposes."""

    registry: str
    name: str
    giver: str
    receivers: int
    purposes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What only an organisation itself can say of an activity (GDPR article 30(1) c to g); empty: it did not say."""

    people: str
    recipients: str
    transfer: str
    retention: str
    measures: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Processing:
    """A processing activity as article 30 GDPR wants it described."""

    id: str
    version: str
    controller: str
    purpose: str
    legal_basis: str
    url: str
    categories: tuple[str, ...]
    sources: tuple[str, ...]
    is_by_consent: bool
    is_automatic: bool
    is_confidential: bool
    first_on: date | None
    last_on: date | None
    stated: Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller:
    """The record of one organisation: who it is, how to reach it and its officer (empty: not said), what it does.

    `version`: changes with anything that stands in it.
    """

    key: str
    name: str
    address: str
    phone: str
    url: str
    officer: str
    version: str
    activities: tuple[Processing, ...]
