"""What is kept here about a person, per source."""

import json
from datetime import date

from django.utils.translation import gettext as _

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import UnknownOrganisation
from dichterbij.ground.registry.registries import registry
from dichterbij.kernel.access import Access
from dichterbij.law.labels import labels_for

from .domain import Kept, Row, Source, words
from .models import Snapshot
from .services import PURPOSE, facts_by_registry


def sources(access: Access, language: str) -> tuple[Source, ...]:
    """Return every source of the person's own data, also those that were never asked or did not answer."""
    kept = {row.registry: row for row in Snapshot.objects.filter(party=access.subject.party)}
    return tuple(_source(access, key, kept.get(key), language) for key in facts_by_registry(access.activity.id))


def _source(access: Access, key: str, row: Snapshot | None, language: str) -> Source:
    named = registry(key)
    return Source(
        key=key,
        label=named.label(language),
        holder=_holder(named.holder),
        rows=_rows(access, row, language) if row and row.sealed else (),
        read_at=row.read_at if row else None,
        unavailable_since=row.unavailable_since if row else None,
    )


def _holder(key: str) -> str:
    try:
        return organisations.by_key(key).name
    except UnknownOrganisation:
        return key


def _rows(access: Access, row: Snapshot, language: str) -> tuple[Row, ...]:
    content = json.loads(keys.open_sealed(access.organisation, bytes(row.sealed), purpose=PURPOSE))
    values = [Kept(**{**item, "valid_from": _day(item["valid_from"])}) for item in content]
    return tuple(_row(row.registry, value, language) for value in values)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _row(key: str, kept: Kept, language: str) -> Row:
    laws = current_laws()
    labels = labels_for(laws, language)
    fact = laws.vocabulary.get(kept.fact)
    label = labels.label_of_fact(kept.fact) if fact else registry(key).field_label(kept.fact, language)
    fixed = {f"value {value}": text for value, text in labels.fact(kept.fact).values.items()}
    return Row(
        label=f"{label} ({kept.year})" if kept.year else label,
        value=words(fact, kept.value, language, _texts() | fixed),
        valid_from=kept.valid_from,
        in_investigation=kept.in_investigation,
    )


def _texts() -> dict[str, str]:
    return {
        "yes": _("Ja"),
        "no": _("Nee"),
        "nothing": _("Niets geregistreerd"),
        "one person": _("1 persoon"),
        "people": _("{count} personen"),
    }
