"""The forms of contact details: a new address, its code, and how somebody wants to hear."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import choices
from .choices import Choice
from .domain import Way, Wish

PHONE = re.compile(r"^(?:\+|00)?[0-9]{9,15}$")


class EmailForm(forms.Form):
    """A new e-mail address."""

    email = forms.EmailField(
        label=gettext_lazy("Uw e-mailadres"),
        help_text=gettext_lazy("Bijvoorbeeld naam@voorbeeld.nl. Wij sturen er een code naartoe."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Vul uw e-mailadres in."),
            "invalid": gettext_lazy("Dit is geen e-mailadres. Kijk of er een @ in staat, zoals naam@voorbeeld.nl."),
        },
    )

    @property
    def address(self) -> str:
        """Return the address as it was given."""
        return str(self.cleaned_data["email"])


class PhoneForm(forms.Form):
    """A new phone number for text messages."""

    phone = forms.CharField(
        label=gettext_lazy("Uw mobiele nummer"),
        help_text=gettext_lazy("Bijvoorbeeld 06 12345678 of +599 700 1234. Wij sturen er een code naartoe."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        error_messages={"required": gettext_lazy("Vul uw mobiele nummer in.")},
    )

    def clean_phone(self) -> str:
        """Return the number with its country, without spaces; a number that begins with 06 is Dutch."""
        plain = re.sub(r"[\s().-]", "", self.cleaned_data["phone"])
        if not PHONE.match(plain):
            raise forms.ValidationError(_("Dit is geen telefoonnummer. Gebruik alleen cijfers, zoals 06 12345678."))
        if plain.startswith("00"):
            return f"+{plain[2:]}"
        return plain if plain.startswith("+") else f"+31{plain.lstrip('0')}"

    @property
    def address(self) -> str:
        """Return the number with its country."""
        return str(self.cleaned_data["phone"])


ADDRESS_FORMS: dict[Way, type[EmailForm | PhoneForm]] = {Way.EMAIL: EmailForm, Way.SMS: PhoneForm}


class CodeForm(forms.Form):
    """The code that was sent to an address."""

    code = forms.CharField(
        label=gettext_lazy("De code die u kreeg"),
        help_text=gettext_lazy("Zes cijfers."),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Vul de code in die u kreeg.")},
    )

    def clean_code(self) -> str:
        """Return the digits."""
        return re.sub(r"\s", "", self.cleaned_data["code"])


class ChoiceForm(forms.Form):
    """How somebody wants to hear."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Hoe wilt u weten dat er een bericht is?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies hoe u het wilt weten.")},
    )
    also_by_post = forms.BooleanField(
        label=gettext_lazy("Stuur mijn brieven ook op papier"),
        help_text=gettext_lazy("Dat kost niets. Uw brieven blijven ook hier staan."),
        required=False,
    )

    def __init__(self, ways: tuple[Way, ...], data: Any = None, **values: Any) -> None:
        """Offer the ways that were proven, paper, and nothing."""
        super().__init__(data, **values)
        self.fields["choice"] = forms.ChoiceField(
            label=self.fields["choice"].label,
            choices=choices.offered(ways),
            widget=forms.RadioSelect,
            error_messages=self.fields["choice"].error_messages,
        )

    @property
    def wish(self) -> Wish:
        """Return what was chosen."""
        return choices.wish(Choice(self.cleaned_data["choice"]), also_by_post=self.cleaned_data["also_by_post"])


class ExceptionForm(ChoiceForm):
    """How somebody wants to hear from one organisation, or about one product."""

    field_order = ("about", "choice", "also_by_post")

    def __init__(self, ways: tuple[Way, ...], abouts: list[tuple[str, str]], data: Any = None) -> None:
        """Offer the organisations and products there are."""
        super().__init__(ways, data, prefix="exception")
        self.fields["about"] = forms.ChoiceField(
            label=_("Voor welke organisatie of welk onderwerp?"),
            choices=[("", _("Kies")), *abouts],
            error_messages={"required": _("Kies een organisatie of onderwerp.")},
        )
        self.order_fields(self.field_order)
