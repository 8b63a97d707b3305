"""Forms of life events: a few optional questions, each a fact of the vocabulary."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from dichterbij.kernel import clock
from dichterbij.law import FactDefinition
from dichterbij.web.forms import AmountField, DateField

from .adapters.words import words

YES, NO = "yes", "no"
EARLIEST = date(1900, 1, 1)


class FactsForm(forms.Form):
    """Questions about facts. `answers` holds what was answered, as facts; nothing is required unless `required`."""

    def __init__(
        self,
        facts: Iterable[FactDefinition],
        language: str,
        data: Mapping[str, Any] | None = None,
        *,
        answers: Mapping[str, object] | None = None,
        required: bool = False,
    ) -> None:
        """Make a question of each fact."""
        initial = {name: _shown(value) for name, value in (answers or {}).items()}
        super().__init__(data, initial=initial)
        for fact in facts:
            self.fields[fact.name] = field_for(fact, language, required=required)

    @property
    def answers(self) -> dict[str, object]:
        """Return the facts that were answered."""
        return {name: _given(value) for name, value in self.cleaned_data.items() if value not in (None, "")}


def field_for(fact: FactDefinition, language: str, *, required: bool) -> forms.Field:
    """Return the form field that asks for a fact."""
    said = words(fact.name, language)
    common: dict[str, Any] = {"label": said.question, "help_text": said.help, "required": required}
    if fact.values:
        return _choice([(value, said.values.get(value, value)) for value in fact.values], common)
    match fact.type:
        case "boolean":
            return _choice([(YES, _("Ja")), (NO, _("Nee"))], common)
        case "date":
            return DateField(min_day=EARLIEST, max_day=clock.today(), **common)
        case "amount":
            return AmountField(**common)
        case "number":
            return forms.IntegerField(min_value=0, **common)
    return forms.CharField(max_length=100, **common)


def _choice(choices: list[tuple[str, str]], common: dict[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)


def _shown(value: object) -> object:
    if isinstance(value, bool):
        return YES if value else NO
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _given(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return {YES: True, NO: False}.get(value, value) if isinstance(value, str) else value
