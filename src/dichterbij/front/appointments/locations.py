"""Where people can come: `content/appointments/*.yaml`, a file per organisation; an overlay may bring its own.

What every organisation shares stands in `shared.yaml`; the file of an organisation goes before it.
"""

from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_noop

from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import UnknownOrganisation
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

from .domain import TICK, Appointment, Location, Texts

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LANGUAGES = ("nl", "en", "pap")
SHARED = "shared.yaml"
GONE = gettext_noop("deze balie is er niet meer")


class InvalidLocationFile(Problem):
    """A file with locations is not in order."""

    code = "invalid-location-file"
    title = "Het bestand met balies klopt niet"


class UnknownLocation(Problem):
    """Nobody can come there."""

    code = "unknown-location"
    title = "Deze balie is er niet"
    status = 404


def locations() -> tuple[Location, ...]:
    """Return every location of the organisations that are here; raises `InvalidLocationFile`."""
    found: dict[str, Path] = {}
    for folder in settings.DATA_FOLDERS:
        found |= {path.name: path for path in sorted((Path(folder) / "content/appointments").glob("*.yaml"))}
    shared = found.pop(SHARED)
    here = ((path, _hosted(path.stem)) for path in found.values())
    return tuple(location for path, oin in here if oin for location in _read(path, shared, oin))


def location(key: str) -> Location:
    """Return a location; raises `UnknownLocation` with whom to call."""
    found = next((each for each in locations() if each.key == key), None)
    if found is None:
        raise UnknownLocation
    return found


def place_of(about: Appointment) -> Location:
    """Return where an appointment is; of a counter that was taken away, that it is gone."""
    here = locations()
    return next((each for each in here if each.key == about.location), None) or _gone(about, here)


def _gone(about: Appointment, here: tuple[Location, ...]) -> Location:
    topics = (each.topics for each in here if each.organisation == about.organisation)
    return Location(
        key=about.location,
        organisation=about.organisation,
        name={language: _in(language, GONE) for language in LANGUAGES},
        address="",
        hours={},
        minutes=0,
        places=0,
        closed=frozenset(),
        days_ahead=0,
        remind_days=0,
        remind_post_days=0,
        most=0,
        topics=next(topics, {}),
        bring={},
        is_gone=True,
    )


def _in(language: str, words: str) -> str:
    with translation.override(language):
        return translation.gettext(words)


def _hosted(key: str) -> Oin | None:
    try:
        found = organisations.by_key(key)
    except UnknownOrganisation:
        return None
    return found.oin if found.hosted else None


@lru_cache(maxsize=64)
def _read(path: Path, shared: Path, organisation: Oin) -> tuple[Location, ...]:
    own, common = (yaml.safe_load(each.read_text(encoding="utf-8")) for each in (path, shared))
    try:
        data = {**common, **own, "topics": {**own.get("topics", {}), **common["topics"]}}
        return tuple(_location(key, each, data, organisation) for key, each in own["locations"].items())
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise InvalidLocationFile(f"content/appointments/{path.name}: {wrong}") from wrong


def _location(key: str, data: Mapping[str, Any], shared: Mapping[str, Any], organisation: Oin) -> Location:
    minutes = int(data["minutes"])
    if minutes <= 0 or minutes * 60 % TICK.seconds or int(data["places"]) <= 0:
        raise ValueError(f"{key}: minutes is a multiple of {TICK.seconds // 60}, places at least one")
    return Location(
        key=key,
        organisation=organisation,
        name=_texts(data["name"]),
        address=data["address"],
        hours={DAYS.index(day): _spans(key, spans) for day, spans in data["hours"].items()},
        minutes=minutes,
        places=int(data["places"]),
        closed=frozenset(_day(each) for each in data.get("closed", ())),
        days_ahead=_figure(shared["days_ahead"]),
        remind_days=_figure(shared["remind_days"]),
        remind_post_days=_figure(shared["remind_post_days"]),
        most=_figure(shared["most"]),
        topics={topic: _texts(words) for topic, words in shared["topics"].items()},
        bring=_texts(shared["bring"]),
    )


def _spans(key: str, spans: list[str]) -> tuple[tuple[time, time], ...]:
    """Return opening hours, written as `09:00-12:30`; raises ValueError when they overlap or run backwards."""
    found = tuple(tuple(time.fromisoformat(part) for part in span.split("-")) for span in spans)
    flat = [moment for span in found for moment in span]
    if any(len(span) != 2 for span in found) or sorted(set(flat)) != flat:
        raise ValueError(f"{key}: opening hours run from early to late and do not overlap")
    return tuple((span[0], span[1]) for span in found)


def _texts(words: Mapping[str, str]) -> Texts:
    return {language: words[language] for language in LANGUAGES}


def _day(written: object) -> date:
    if not isinstance(written, date):
        raise ValueError(f"{written} is no day: write 2026-12-24")
    return written


def _figure(entry: Mapping[str, Any]) -> int:
    if not entry["source"]:
        raise ValueError("a figure needs its source")
    return int(entry["is"])
