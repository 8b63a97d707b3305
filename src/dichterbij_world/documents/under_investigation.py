"""Marks values whose correctness is being looked into (`inOnderzoek`); the register sends the mark along unasked."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from .dates import brp_date


def mark(document: dict[str, Any], paths: Iterable[str], on: date) -> None:
    """Mark groups (`verblijfplaats`) or single values (`geboorte.datum`) in a document, since a month before `on`."""
    since = brp_date(on - timedelta(days=30))
    for path in paths:
        group, _, value = path.partition(".")
        if group not in document:
            continue
        plain = [key for key in document[group] if key not in ("verblijfadres", "inOnderzoek")]
        doubted = dict.fromkeys([value] if value else plain, True)
        document[group]["inOnderzoek"] = {"datumIngangOnderzoek": since} | doubted
        inner = document[group].get("verblijfadres")
        if inner and not value:
            lines = dict.fromkeys(inner, True)
            inner["inOnderzoek"] = {"datumIngangOnderzoek": since} | lines
