"""The field that asks one fact: yes or no, a choice, a day, an amount, a number, or words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from .fields import AmountField, DateField

YES, NO, UNKNOWN = "yes", "no", "unknown"
EARLIEST = date(1900, 1, 1)
LONGEST = 200


def answer_field(kind: str, values: Sequence[tuple[str, str]], **common: Any) -> forms.Field:
    """Return the field for a fact of a type (`boolean`, `date`, `amount`, `number`; else words) or a closed choice.

    Who does not know chooses so, or leaves the field empty; `common` holds label and help.
    """
    if values:
        return choice_field(values, **common)
    match kind:
        case "boolean":
            return choice_field([(YES, _("Ja")), (NO, _("Nee"))], **common)
        case "date":
            return DateField(min_day=EARLIEST, required=False, **common)
        case "amount":
            return AmountField(required=False, **common)
        case "number":
            return forms.IntegerField(min_value=0, required=False, **common)
    return forms.CharField(max_length=LONGEST, required=False, **common)


def choice_field(choices: Sequence[tuple[str, str]], **common: Any) -> forms.ChoiceField:
    """Return a choice of which the last is that somebody does not know."""
    with_unknown = [*choices, (UNKNOWN, _("Dat weet ik niet"))]
    return forms.ChoiceField(choices=with_unknown, widget=forms.RadioSelect, **common)
