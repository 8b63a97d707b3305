"""Entries for the algorithm register, made from the law files.

Field names follow the publication standard of the Dutch algorithm register (algoritmes.overheid.nl, version 1.0).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Decider, Product
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry.law_fields import facts_of
from dichterbij.ground.registry.registries import registry
from dichterbij.kernel import clock
from dichterbij.law import FactDefinition
from dichterbij.law.labels import labels_for
from dichterbij.law.model import LawVersion

DECIDING = ("BESCHIKKING", "RECHTSPOSITIE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One article that is computed: its number, its official address, and our own summary of it."""

    number: str
    url: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Datum:
    """One fact the law may ask, and where it comes from."""

    label: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One law of ours as the register describes an algorithm.

    `products`: what decisions it is used for; `automatic`: whether any of them may be taken without a worker.
    """

    id: str
    name: str
    organisation: str
    valid_from: date
    valid_to: date | None
    versions: int
    url: str
    rules: tuple[Rule, ...]
    data: tuple[Datum, ...]
    provisional: tuple[str, ...]
    products: tuple[str, ...]
    automatic: bool
    fingerprint: str


def entries(language: str) -> tuple[Entry, ...]:
    """Return an entry for the newest version of every law that produces a decision or a legal position."""
    return _entries(current_laws().hash, language, clock.today())


@lru_cache(maxsize=8)
def _entries(laws: str, language: str, today: date) -> tuple[Entry, ...]:  # noqa: ARG001 what the entries depend on
    """Make the entries once per set of laws, language and day: every visitor reads the same."""
    found = current_laws().laws.values()
    return tuple(_entry(versions, language) for versions in found if _decides(versions[0]))


def entry(law: str, language: str) -> Entry | None:
    """Return the entry of one law; None when there is none."""
    return next((each for each in entries(language) if each.id == law), None)


def _decides(version: LawVersion) -> bool:
    return any(article.legal_character in DECIDING for article in version.articles) or bool(
        catalogue.products_of(version.id)
    )


def _entry(versions: tuple[LawVersion, ...], language: str) -> Entry:
    newest = versions[0]
    products = catalogue.products_of(newest.id)
    computed = [article for article in newest.articles if article.is_translated]
    return Entry(
        id=newest.id,
        name=newest.name,
        organisation=_organisation(newest, products),
        valid_from=date.fromisoformat(newest.valid_from),
        valid_to=date.fromisoformat(newest.valid_to) if newest.valid_to else None,
        versions=len(versions),
        url=newest.url,
        rules=tuple(Rule(number=each.number, url=each.url, summary=each.summary) for each in computed),
        data=tuple(dict.fromkeys(_data(newest, language))),
        provisional=tuple(marking.reason for article in computed for marking in article.markings),
        products=tuple(product.name(language) for product in products),
        automatic=any(product.decider is Decider.AUTOMATIC for product in products),
        fingerprint=newest.sha256,
    )


def _organisation(version: LawVersion, products: tuple[Product, ...]) -> str:
    if products:
        return organisations.by_key(products[0].organisation).name
    return version.authority


def _data(version: LawVersion, language: str) -> Iterator[Datum]:
    """Return every fact that the law can ask today, also through the laws it rests on; a fact counts once."""
    labels, vocabulary = labels_for(current_laws(), language), current_laws().vocabulary
    for name in facts_of(version.id, (), min(clock.today(), _last_day(version))):
        if not vocabulary[name].is_relation:
            yield Datum(label=labels.label_of_fact(name), source=_source(vocabulary[name], language))


def _last_day(version: LawVersion) -> date:
    return date.fromisoformat(version.valid_to) if version.valid_to else date.max


def _source(fact: FactDefinition, language: str) -> str:
    if fact.registry:
        return registry(fact.registry).label(language)
    return {
        "judgement": _("Een medewerker stelt dit vast"),
        "case": _("Uit de aanvraag"),
    }.get(fact.origin, _("U geeft dit zelf op"))
