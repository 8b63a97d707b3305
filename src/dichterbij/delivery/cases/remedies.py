"""Where somebody can go after a decision: the court, the ombudsman, legal aid (`content/remedies.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.identifiers import Oin


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Somebody who helps, and how to reach them."""

    name: str
    phone: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtFee:
    """What the court asks of a person: `low` for a benefit or allowance, in euro cents, of the year that is named."""

    year: int
    low: int
    usual: int
    source: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedies:
    """Where somebody can go after a decision of one organisation.

    `has_committee`: a committee advises on objections (Awb 7:13), which takes longer.
    """

    has_committee: bool
    court: Place
    fee: CourtFee
    ombudsman: Place
    legal_aid: Place


def remedies_against(organisation: Oin) -> Remedies:
    """Return where somebody can go after a decision of an organisation."""
    said = _file(tuple(Path(folder) / "content" / "remedies.yaml" for folder in settings.DATA_FOLDERS))
    court = organisations.by_key(said["court"]["organisation"])
    watching = said["ombudsman"]
    key = organisations.organisation(organisation).key
    own = watching.get(key, watching["of_all"])
    return Remedies(
        has_committee=key in said["objection"]["committee"],
        court=Place(name=court.name, phone=court.contact.phone, url=court.contact.url),
        fee=CourtFee(**said["court"]["fee"]),
        ombudsman=Place(**own),
        legal_aid=Place(**said["legal_aid"]),
    )


@lru_cache(maxsize=4)
def _file(files: tuple[Path, ...]) -> Mapping[str, Any]:
    last = [file for file in files if file.is_file()][-1]
    read: Mapping[str, Any] = yaml.safe_load(last.read_text(encoding="utf-8"))
    return read
