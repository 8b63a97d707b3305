"""Where somebody wants help, and what was asked. Neither has a field for who it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class NearForm(forms.Form):
    """A place or a postcode; asked with GET, so that nothing is kept."""

    near = forms.CharField(
        label=_("Plaats of postcode"),
        help_text=_("Van een postcode zijn vier cijfers genoeg."),
        max_length=80,
        error_messages={"required": _("Vul een plaats of postcode in.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CountForm(forms.Form):
    """What was asked at a point. There is no field to write in: only a code and a list."""

    code = forms.CharField(
        label=_("Code van uw informatiepunt"),
        help_text=_("Die kreeg u van wie deze site beheert."),
        max_length=80,
        error_messages={"required": _("Vul de code van uw informatiepunt in.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, subjects: list[tuple[str, str]], data: Any = None) -> None:
        """Offer the subjects."""
        super().__init__(data)
        self.fields["subject"] = forms.ChoiceField(
            label=_("Waar ging de vraag over?"),
            choices=subjects,
            widget=forms.RadioSelect,
            error_messages={"required": _("Kies waar de vraag over ging.")},
        )
