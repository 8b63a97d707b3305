"""What somebody did on behalf of others, as sentences. For whom, it says of those for whom they may act now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import UnknownProduct
from dichterbij.ground.logbook import wording
from dichterbij.ground.logbook.domain import ActLine
from dichterbij.ground.organisations import queries as organisations


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One act for another: when, what, at which organisation, for whom, and on what ground."""

    at: datetime
    what: str
    where: str
    whom: str
    ground: str


def told(acts: Sequence[ActLine], names: Mapping[UUID, str], language: str) -> list[Done]:
    """Return acts in words. `names`: of those for whom somebody may act now."""
    return [
        Done(
            at=act.at,
            what=_what(act) % _words(act, language),
            where=_where(act),
            whom=names[act.about] if act.about else _("iemand voor wie u nu niet meer handelt"),
            ground=_ground(act.on_behalf_of),
        )
        for act in acts
    ]


UNDO = {
    "aanvraag": "applications",
    "antwoord": "applications",
    "bezwaar": "applications",
    "machtiging": "authorities",
    "machtiging aannemen": "authorities",
    "toestemming": "authorities-agree",
}
"""On which page something that was done can be undone; anything else is undone by calling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One act of one's own: when, what, and the name of the page where it can be undone (empty: call)."""

    at: datetime
    what: str
    undo: str


def by_oneself(acts: Sequence[ActLine], language: str) -> list[Own]:
    """Return one's own acts in words, with where each is undone."""
    return [Own(at=act.at, what=_what(act) % _words(act, language), undo=UNDO.get(_did(act), "")) for act in acts]


def _did(act: ActLine) -> str:
    return next((name for part in act.parts for name in part.did), "")


def _what(act: ActLine) -> str:
    if all(part.refused for part in act.parts):
        return _("U vroeg iets dat niet mocht: %(what)s")
    did = _did(act)
    if did:
        return wording.by_oneself(did) or _("U regelde iets bij %(who)s")
    return _("U bekeek zaken: %(what)s")


def _words(act: ActLine, language: str) -> dict[str, str]:
    return {"what": _about(act, language), "who": _where(act)}


def _where(act: ActLine) -> str:
    return ", ".join(organisations.organisation(oin).name for oin in act.organisations)


def _about(act: ActLine, language: str) -> str:
    for part in act.parts:
        try:
            return catalogue.product(part.product).name(language).lower()
        except UnknownProduct:
            continue
    return _("algemeen")


def _ground(ground: str) -> str:
    return {
        "mandate": _("met een machtiging"),
        "parent": _("als ouder"),
        "guardian": _("als curator"),
        "administrator": _("als bewindvoerder"),
        "mentor": _("als mentor"),
        "director": _("als bestuurder of eigenaar"),
        "proxy": _("met een volmacht"),
        "employee": _("als medewerker"),
        "executor": _("als executeur"),
        "heir": _("als erfgenaam"),
        "contact": _("als contactpersoon voor de nabestaanden"),
        "trustee": _("als curator in een faillissement"),
    }.get(ground.rpartition(":")[2] if ground.startswith("desk:") else ground.partition(":")[0], _("voor een ander"))
