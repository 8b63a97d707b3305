"""What somebody disagrees with in a decision."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

LONGEST = 4000


class ObjectionForm(forms.Form):
    """An objection; after the last day also why it comes so late."""

    text = forms.CharField(
        label=gettext_lazy("Waar bent u het niet mee eens, en waarom?"),
        help_text=gettext_lazy("Een paar zinnen zijn genoeg. U kunt later nog iets aanvullen."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Schrijf op waar u het niet mee eens bent.")},
    )
    late_because = forms.CharField(
        label=gettext_lazy("Waarom maakt u nu pas bezwaar?"),
        help_text=gettext_lazy("Bijvoorbeeld omdat u ziek was of de brief niet kreeg."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Schrijf op waarom u nu pas bezwaar maakt.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, is_late: bool) -> None:
        """Ask for the reason only when it is late."""
        super().__init__(data)
        if not is_late:
            del self.fields["late_because"]
