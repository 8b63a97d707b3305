"""What is kept here about a person, per source."""

import json
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from dichterbij.delivery.cases.corrections import queries as corrections
from dichterbij.delivery.cases.corrections.domain import CorrectionRequest, Datum
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import UnknownOrganisation
from dichterbij.ground.registry.registries import registry
from dichterbij.kernel.access import Access
from dichterbij.law.labels import labels_for

from .domain import Kept, Row, Source, is_nothing, words
from .models import Snapshot
from .services import MATTERS, PURPOSE, facts_by_registry

Asked = Mapping[Datum, CorrectionRequest]
"""What the person asked to correct and waits for."""
UNSAID = frozenset({"overlijden.datum"})
"""Fields whose absence goes without saying: whoever reads the page is alive."""


def sources(access: Access, language: str) -> tuple[Source, ...]:
    """Return every source of the person's own data, also those that were never asked or did not answer."""
    kept = {row.registry: row for row in Snapshot.objects.filter(party=access.subject.party)}
    asked = corrections.running(access)
    return tuple(_source(access, key, kept.get(key), asked, language) for key in facts_by_registry(access.activity.id))


def _source(access: Access, key: str, row: Snapshot | None, asked: Asked, language: str) -> Source:
    named = registry(key)
    holder, url = _holder(named.holder)
    kept = tuple(each for each in kept_of(access, row) if each.fact != MATTERS)
    return Source(
        key=key,
        label=named.label(language),
        holder=holder,
        holder_url=url,
        rows=tuple(_row(key, each, asked, language) for each in kept if not is_nothing(each.value)),
        empty=tuple(_label(key, each, language) for each in kept if is_nothing(each.value) and _is_said(each)),
        read_at=row.read_at if row else None,
        unavailable_since=row.unavailable_since if row else None,
        waits_for=registry(row.silent).label(language) if row and row.silent not in ("", key) else "",
        changed_at=row.changed_at if row else None,
    )


def _holder(key: str) -> tuple[str, str]:
    try:
        found = organisations.by_key(key)
    except UnknownOrganisation:
        return key, ""
    return found.name, found.contact.url


def kept_of(access: Access, row: Snapshot | None) -> tuple[Kept, ...]:
    """Return what is kept of one source; nothing when it never answered."""
    if row is None or not row.sealed:
        return ()
    content = json.loads(keys.open_sealed(access.organisation, bytes(row.sealed), purpose=PURPOSE))
    return tuple(Kept(**{**item, "valid_from": _day(item["valid_from"])}) for item in content)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _is_said(kept: Kept) -> bool:
    fact = current_laws().vocabulary.get(kept.fact)
    return fact is None or fact.field not in UNSAID


def _row(key: str, kept: Kept, asked: Asked, language: str) -> Row:
    laws = current_laws()
    fixed = labels_for(laws, language).fact(kept.fact).values
    texts = _texts() | _municipalities() | {f"value {value}": text for value, text in fixed.items()}
    return Row(
        name=kept.fact,
        label=_label(key, kept, language),
        value=words(laws.vocabulary.get(kept.fact), kept.value, language, texts),
        valid_from=kept.valid_from,
        in_investigation=kept.in_investigation,
        asked=asked.get(Datum(source=key, name=kept.fact)),
    )


def _label(key: str, kept: Kept, language: str) -> str:
    """Return what a value is called; of a past year by its plain name, for laws call it by what they use it for."""
    fact = current_laws().vocabulary.get(kept.fact)
    if fact is None:
        return registry(key).field_label(kept.fact, language)
    if kept.year is None:
        return labels_for(current_laws(), language).label_of_fact(kept.fact)
    return f"{registry(key).field_label(fact.field, language)} ({kept.year})"


def _municipalities() -> dict[str, str]:
    return {f"value {each.territory}": each.name for each in organisations.organisations() if each.territory}


def _texts() -> dict[str, str]:
    return {
        "yes": _("Ja"),
        "no": _("Nee"),
        "one person": _("1 persoon"),
        "people": _("{count} personen"),
    }
