"""What a person says is not right."""

from django import forms
from django.utils.translation import gettext_lazy


class CorrectionRequestForm(forms.Form):
    """What is not right about a datum, and how it is."""

    says = forms.CharField(
        label=gettext_lazy("Wat klopt er niet?"),
        help_text=gettext_lazy("Schrijf op hoe het wel is, en sinds wanneer."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Schrijf op wat er niet klopt.")},
    )


class UseQuestionForm(forms.Form):
    """What a person asks about a use of their data, or why they object to it."""

    says = forms.CharField(
        label=gettext_lazy("Wat is uw vraag of bezwaar?"),
        help_text=gettext_lazy("Vindt u dat dit niet had mogen gebeuren? Schrijf dan op waarom."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Schrijf uw vraag of bezwaar op.")},
    )
