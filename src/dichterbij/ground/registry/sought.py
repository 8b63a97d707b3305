"""Looking for a person in the population register: what is asked, and what an adapter that can do so offers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, runtime_checkable

from dichterbij.kernel.identifiers import Bsn

from .domain import RawRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Look for a person in the population register by what they tell of themself; `fields` come with who is found.

    A surname with a day of birth, a postcode and house number with a day of birth, or all of these.
    `with_deceased`: also who has died.
    """

    born_on: date
    surname: str = field(default="", repr=False)
    postcode: str = field(default="", repr=False)
    house_number: int | None = field(default=None, repr=False)
    fields: tuple[str, ...]
    with_deceased: bool = False
    trace: str = ""


@runtime_checkable
class Searchable(Protocol):
    """Finds persons by what they tell of themselves."""

    def search(self, asked: Search) -> Mapping[Bsn, RawRecord]:
        """Return who fits; raises `SourceUnavailable`, `SourceRefused`."""
        ...
