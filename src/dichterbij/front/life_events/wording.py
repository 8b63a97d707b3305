"""The words of facts, as the law room has them."""

from datetime import date

from django.utils.translation import gettext as _

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.kernel import formats
from dichterbij.law.labels import Words, labels_for


def fact(name: str, language: str) -> Words:
    """Return the label, question, help and names of values of a fact."""
    return labels_for(current_laws(), language).fact(name)


def answer_text(name: str, value: object, language: str) -> str:
    """Return an answer as people read it."""
    if isinstance(value, bool):
        return _("Ja") if value else _("Nee")
    said = fact(name, language).values.get(str(value))
    if said:
        return said
    try:
        return formats.date_long(date.fromisoformat(str(value)), language)
    except ValueError:
        return str(value)


def law_name(law: str, language: str) -> str:
    """Return what a law is called."""
    found = labels_for(current_laws(), language).laws.get(law)
    return found.name if found and found.name else current_laws().versions(law)[0].name
