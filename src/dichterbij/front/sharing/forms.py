"""The forms of sharing: the code of a company, and the answer to its question."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dichterbij.kernel.formats import date_long

ONCE, AGAIN, NO = "once", "again", "no"


class CodeForm(forms.Form):
    """The code that a company gave."""

    code = forms.CharField(
        label=gettext_lazy("De code die u van het bedrijf kreeg"),
        help_text=gettext_lazy("Twaalf tekens, bijvoorbeeld K7QM 4XPR 9DTW. Spaties maken niet uit."),
        max_length=40,
        error_messages={"required": gettext_lazy("Vul de code in die u kreeg.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class AnswerForm(forms.Form):
    """Yes or no. Nothing is chosen beforehand, and longer than once only where the company asked for it."""

    def __init__(self, last_day: date | None, data: Any = None) -> None:
        """Offer the answers. `last_day`: until when the company wants to ask again, None: once is enough."""
        super().__init__(data)
        choices = [(ONCE, _("Ja, één keer"))]
        if last_day:
            day = date_long(last_day, get_language() or "nl")
            choices.append((AGAIN, _("Ja, zo vaak als nodig tot en met %(day)s") % {"day": day}))
        self.fields["answer"] = forms.ChoiceField(
            label=_("Geeft u toestemming?"),
            choices=[*choices, (NO, _("Nee"))],
            widget=forms.RadioSelect,
            error_messages={"required": _("Kies ja of nee.")},
        )
