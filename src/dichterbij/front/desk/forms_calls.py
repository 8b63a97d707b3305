"""What somebody fills in to be called, and a worker after the call."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.ground.organisations.domain import Organisation

MOST = 300
"""How many characters somebody writes about what it is about."""


class CallBackForm(forms.Form):
    """Who wants to be called, at which number, about what, by whom."""

    organisation = forms.ChoiceField(label=_("Wie moet u bellen?"))
    name = forms.CharField(label=_("Uw naam"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.RegexField(
        label=_("Uw telefoonnummer"),
        regex=r"^\+?[0-9 ()-]{8,20}$",
        error_messages={"invalid": _("Vul een telefoonnummer in, met alleen cijfers.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    about = forms.CharField(
        label=_("Waar gaat het over?"),
        help_text=_("Een paar woorden zijn genoeg. Schrijf geen burgerservicenummer op."),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        organisations: Sequence[Organisation],
        data: Mapping[str, Any] | None = None,
        *,
        first: str = "",
        name: str = "",
        about: str = "",
    ) -> None:
        """Offer the organisations of this instance; `first`: the one to begin with, `name`: of who is logged in.

        `about`: what they ask, as far as the page says on which they were.
        """
        super().__init__(data, initial={"organisation": first, "name": name, "about": about[:MOST]})
        self.fields["organisation"].choices = [(each.key, each.name) for each in organisations]  # type: ignore[attr-defined]


class CallForm(forms.Form):
    """How a call went."""

    outcome = forms.ChoiceField(
        label=_("Hoe ging het?"),
        choices=[
            ("reached", _("gesproken")),
            ("no-answer", _("niet opgenomen: ik probeer het later weer")),
            ("gone", _("niet meer nodig")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het ging.")},
    )
