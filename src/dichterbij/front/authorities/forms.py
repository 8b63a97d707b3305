"""The forms of mandates: for what and until when, and the code that was handed over."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dichterbij.ground.authority.mandates import MOST_MONTHS
from dichterbij.kernel import clock
from dichterbij.kernel.dates import add_months
from dichterbij.web.forms import DateField

from . import choices

ALL, SOME = "all", "some"


class MandateForm(forms.Form):
    """What another may do, and until which day."""

    scope = forms.ChoiceField(
        label=gettext_lazy("Wat mag deze persoon voor u doen?"),
        choices=[(ALL, gettext_lazy("Alles wat ik hier kan regelen")), (SOME, gettext_lazy("Alleen wat ik aankruis"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies wat deze persoon mag doen.")},
    )

    def __init__(self, language: str, data: Any = None) -> None:
        """Offer every product, and a year as the usual period."""
        today = clock.today()
        super().__init__(data, initial={"last_day": add_months(today, 12)})
        self.fields["products"] = forms.MultipleChoiceField(
            label=_("Alleen hiervoor"),
            help_text=_("Vul dit in als u koos voor alleen wat u aankruist."),
            choices=choices.products(language),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["last_day"] = DateField(
            label=_("Tot en met welke dag?"), min_day=today, max_day=add_months(today, MOST_MONTHS), required=True
        )

    def clean(self) -> dict[str, Any]:
        """Ask for at least one product when not everything is meant."""
        said = super().clean() or {}
        if said.get("scope") == SOME and not said.get("products"):
            self.add_error("products", _("Kruis aan waarvoor de machtiging is."))
        return said

    @property
    def chosen(self) -> frozenset[str]:
        """Return the ids of what was chosen."""
        every = self.cleaned_data["scope"] == ALL
        return choices.all_of_it() if every else frozenset(self.cleaned_data["products"])

    @property
    def last_day(self) -> date:
        """Return the last day of the mandate."""
        found: date = self.cleaned_data["last_day"]
        return found


class CodeForm(forms.Form):
    """A code that somebody handed over."""

    code = forms.CharField(
        label=gettext_lazy("Uw code"),
        help_text=gettext_lazy("Twaalf tekens, bijvoorbeeld K7QM 4XPR 9DTW. Spaties maken niet uit."),
        max_length=40,
        error_messages={"required": gettext_lazy("Vul de code in die u kreeg.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )
