"""Who gives what to whom, on which ground: from the record of processing activities and the fields it allows."""

import hashlib
import json
from dataclasses import asdict, replace
from functools import lru_cache

from dichterbij.delivery.sharing import catalogue as sharing
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.ground.registry.activities import Registered
from dichterbij.ground.registry.registries import registry
from dichterbij.kernel import clock
from dichterbij.law.labels import Labels, labels_for

from . import record
from .decisions import holder_of
from .domain import Controller, Flow, Processing, Source


def flows(language: str) -> tuple[Flow, ...]:
    """Return every flow of data, by source and receiver; made once for each set of laws, language and day."""
    return _flows(current_laws().hash, language, clock.today().isoformat())


def sources(language: str) -> tuple[Source, ...]:
    """Return every source with how many bodies get data from it."""
    by_source: dict[str, list[Flow]] = {}
    for flow in flows(language):
        by_source.setdefault(flow.registry, []).append(flow)
    return tuple(
        Source(
            registry=key,
            name=found[0].source,
            giver=found[0].giver,
            receivers=len({flow.receiver for flow in found}),
            purposes=len(found),
        )
        for key, found in by_source.items()
    )


def controllers(language: str) -> tuple[Controller, ...]:
    """Return the record of processing activities of each organisation (GDPR article 30)."""
    known = _controllers(current_laws().hash, language, clock.today().isoformat())
    return tuple(replace(each, phone=organisations.by_key(each.key).contact.phone) for each in known)


def controller(key: str, language: str) -> Controller | None:
    """Return the record of one organisation; None when it has none."""
    return next((each for each in controllers(language) if each.key == key), None)


@lru_cache(maxsize=6)
def _flows(laws: str, language: str, today: str) -> tuple[Flow, ...]:  # noqa: ARG001 what it depends on
    labels = labels_for(current_laws(), language)
    found = (
        _flow(each, key, fields, labels, language)
        for each in _in_force()
        if not each.activity.confidential
        for key, fields in activities.allowed_fields(each.activity.id).items()
    )
    return tuple(sorted(found, key=lambda flow: (flow.source.casefold(), flow.receiver.casefold(), flow.activity)))


def _flow(each: Registered, key: str, fields: frozenset[str], labels: Labels, language: str) -> Flow:
    return Flow(
        registry=key,
        source=registry(key).label(language),
        giver=holder_of(key),
        receiver=activities.organisation_of(each).name,
        activity=each.activity.id,
        purpose=each.purposes.get(language, each.activity.purpose),
        legal_basis=each.activity.legal_basis,
        url=each.source,
        fields=_named(key, fields, labels, language),
    )


@lru_cache(maxsize=6)
def _controllers(laws: str, language: str, today: str) -> tuple[Controller, ...]:  # noqa: ARG001 what it depends on
    labels = labels_for(current_laws(), language)
    by_key: dict[str, list[Processing]] = {}
    for each in _in_force():
        by_key.setdefault(activities.organisation_of(each).key, []).append(_described(each, labels, language))
    found = (_controller(key, tuple(theirs), language) for key, theirs in by_key.items())
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def _controller(key: str, theirs: tuple[Processing, ...], language: str) -> Controller:
    body = organisations.by_key(key)
    stated = [(each.id, each.version, asdict(record.stated(key, each.id, "nl"))) for each in theirs]
    said = json.dumps([body.name, record.officer(key, "nl"), stated], ensure_ascii=False)
    return Controller(
        key=key,
        name=body.name,
        address=body.contact.address,
        phone="",  # asked each time: a phone can be closed
        url=body.contact.url,
        officer=record.officer(key, language),
        version=hashlib.sha256(said.encode()).hexdigest()[:12],
        activities=theirs,
    )


def _described(each: Registered, labels: Labels, language: str) -> Processing:
    allowed = activities.allowed_fields(each.activity.id)
    names = {name for key, fields in allowed.items() for name in _named(key, fields, labels, language)}
    return Processing(
        id=each.activity.id,
        version=activities.activity(each.activity.id).version,
        controller=activities.organisation_of(each).name,
        purpose=each.purposes.get(language, each.activity.purpose),
        legal_basis=each.activity.legal_basis,
        url=each.source,
        categories=tuple(sorted(names, key=str.casefold)),
        sources=tuple(sorted(registry(key).label(language) for key in allowed)),
        is_by_consent=each.activity.id in {packet.activity for packet in sharing.packets().values()},
        is_automatic=each.activity.automatic,
        is_confidential=each.activity.confidential,
        first_on=each.first_on,
        last_on=each.last_on,
        stated=record.stated(activities.organisation_of(each).key, each.activity.id, language),
    )


def _in_force() -> list[Registered]:
    today = clock.today()
    return [each for each in activities.all_registered() if each.is_in_force(today)]


def _named(key: str, fields: frozenset[str], labels: Labels, language: str) -> tuple[str, ...]:
    """Return what fields of a registry are called: by the fact that reads them, or by the registry itself."""
    by_field = {
        fact.field: labels.label_of_fact(fact.name)
        for fact in current_laws().vocabulary.facts.values()
        if fact.registry == key
    }
    names = {by_field.get(name) or registry(key).field_label(name, language) for name in fields}
    return tuple(sorted(names, key=str.casefold))
