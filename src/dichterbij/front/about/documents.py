"""The product's own assessments: texts of editors with generated parts, and the results of the browser tests."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from dichterbij.ground.outbox import retention
from dichterbij.ground.registry import activities

EVIDENCE = "accessibility.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of an assessment in one language. `generated`: the name of what is filled in below the text."""

    title: str
    text: str
    points: tuple[str, ...]
    generated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """An assessment in one language. `is_reviewed`: somebody checked the words."""

    title: str
    is_reviewed: bool
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """One processing activity as the page shows it."""

    organisation: str
    purpose: str
    legal_basis: str
    items: int
    is_automatic: bool
    is_confidential: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the browser tests found: when, how many pages and states, at which widths, and what is wrong."""

    on: date
    pages: int
    states: int
    widths: tuple[int, ...]
    findings: tuple[str, ...]
    not_tested: tuple[str, ...]


def assessment(name: str, language: str) -> Assessment:
    """Return the assessment `privacy` or `human_rights` in a language."""
    data = _load(_newest(f"{name}.yaml"))
    return Assessment(
        title=data["title"][language],
        is_reviewed=data["reviewed"][language]["status"] == "reviewed",
        sections=tuple(_section(part, language) for part in data["sections"]),
    )


def _section(part: Mapping[str, Any], language: str) -> Section:
    return Section(
        title=part["title"][language],
        text=part.get("text", {}).get(language, ""),
        points=tuple(point[language] for point in part.get("points", ())),
        generated=part.get("generated", ""),
    )


def purposes(language: str) -> tuple[Purpose, ...]:
    """Return every registered processing activity, by organisation."""
    found = [
        Purpose(
            organisation=activities.organisation_of(each).name,
            purpose=each.purposes.get(language, each.activity.purpose),
            legal_basis=each.activity.legal_basis,
            items=sum(len(fields) for fields in activities.allowed_fields(each.activity.id).values()),
            is_automatic=each.activity.automatic,
            is_confidential=each.activity.confidential,
        )
        for each in activities.all_registered()
    ]
    return tuple(sorted(found, key=lambda each: (each.organisation, each.purpose)))


def retention_rules() -> tuple[tuple[str, str], ...]:
    """Return how long each kind of personal data is kept, and why, in the language of the page; the same words once."""
    return tuple(dict.fromkeys((_(rule.keep), _(rule.why)) for rule in retention.rules()))


def evidence() -> Evidence | None:
    """Return the last results of the browser tests; None when they were never stored."""
    path = _newest(EVIDENCE)
    return evidence_of(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def evidence_of(data: Mapping[str, Any]) -> Evidence:
    """Return results as the browser tests write them; raises KeyError, TypeError or ValueError for anything else."""
    return Evidence(
        on=date.fromisoformat(data["on"]),
        pages=int(data["pages"]),
        states=int(data["states"]),
        widths=tuple(map(int, data["widths"])),
        findings=tuple(map(str, data["findings"])),
        not_tested=tuple(map(str, data["not_tested"])),
    )


def _newest(name: str) -> Path:
    """Return the file of the overlay when there is one, otherwise the shipped one."""
    paths = [Path(folder) / "content" / "about" / name for folder in settings.DATA_FOLDERS]
    return next((path for path in reversed(paths) if path.is_file()), paths[0])


@lru_cache(maxsize=8)
def _load(path: Path) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded
