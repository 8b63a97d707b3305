"""What a worker fills in to find somebody and to begin: a code, two data items, a document, what a caller answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dichterbij.web.forms import DateField, sometimes

from .domain import Document, Presence, Shown, last_digits
from .rules import PhoneQuestion, rules

DOCUMENTS = [
    (Document.PASSPORT, _("paspoort")),
    (Document.IDENTITY_CARD, _("identiteitskaart")),
    (Document.DRIVING_LICENCE, _("rijbewijs")),
    (Document.RESIDENCE_PERMIT, _("verblijfsdocument")),
]
QUESTIONS = {
    "home_since": _("Sinds welk jaar woont u op uw adres?"),
    "parent_born": _("Wat is de geboortedatum van een van uw ouders?"),
    "child_born": _("Wat is de geboortedatum van een van uw kinderen?"),
    "union_since": _("Op welke dag trouwde u voor het laatst, of werd u geregistreerd partner?"),
}
WHY: dict[str, Any] = {
    "label": _("Waarom helpt u deze persoon?"),
    "help_text": _("De persoon leest dit meteen, bij “Wie keek in mijn gegevens”."),
    "widget": forms.RadioSelect,
    "error_messages": {"required": _("Kies een reden uit de lijst.")},
}


def _offer_reasons(form: forms.Form) -> None:
    language = get_language() or "nl"
    choices = [(key, words[language]) for key, words in rules().reasons.items()]
    form.fields["reason"].choices = choices  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """The code that somebody shows, and why they are helped: enough to begin."""

    code = forms.CharField(
        label=_("Code van de persoon"),
        help_text=_("Acht tekens, op de telefoon of in een brief. Spaties maken niet uit."),
        max_length=20,
        error_messages={"required": _("Vul de code in.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.ChoiceField(**WHY)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Offer the reasons of `content/desk.yaml`."""
        super().__init__(data)
        _offer_reasons(self)


class SearchForm(forms.Form):
    """Two things somebody tells: the day of birth, and a surname or an address."""

    born_on = DateField(label=_("Geboortedatum"), required=True)
    surname = forms.CharField(
        label=_("Achternaam, zonder voorvoegsel"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    postcode = forms.RegexField(
        label=_("Of: postcode"),
        regex=r"^\s*[1-9][0-9]{3} ?[A-Za-z]{2}\s*$",
        required=False,
        error_messages={"invalid": _("Een postcode is vier cijfers en twee letters.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    house_number = forms.IntegerField(label=_("En huisnummer"), min_value=1, max_value=99999, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for a surname, or for a whole address."""
        said = super().clean() or {}
        if not self.errors and not said.get("surname") and not (said.get("postcode") and said.get("house_number")):
            self.add_error("surname", _("Vul een achternaam in, of een postcode en huisnummer."))
        return said


class BeginForm(forms.Form):
    """How the person shows who they are, and why they are helped."""

    presence = forms.ChoiceField(
        label=_("Hoe weet u wie het is?"),
        choices=[
            (Presence.DOCUMENT, _("Ik zag een identiteitsbewijs")),
            (Presence.QUESTIONS, _("De persoon belt: ik stel vragen")),
            (Presence.EMERGENCY, _("Nood: de persoon is er niet, en het kan niet wachten")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe u weet wie het is.")},
    )
    document = sometimes(forms.ChoiceField(label=_("Welk identiteitsbewijs?"), choices=[("", _("geen")), *DOCUMENTS]))
    number = sometimes(
        forms.CharField(
            label=_("Laatste drie tekens van het nummer"),
            help_text=_("Nooit het hele nummer: wij bewaren alleen deze drie."),
            max_length=20,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
    )
    reason = sometimes(forms.ChoiceField(**WHY))
    because = sometimes(
        forms.CharField(
            label=_("Alleen bij nood: waarom kan het niet wachten?"),
            help_text=_("De persoon leest dit. Een ander kijkt na of het nodig was."),
            max_length=200,
        )
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, known: Presence | None) -> None:
        """Ask how it is known who it is only when no code said so; then only the reason is left."""
        super().__init__(data)
        _offer_reasons(self)
        self.known = known
        if known is not None:
            for name in ("presence", "document", "number", "because"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for what goes with the way that was chosen."""
        said = super().clean() or {}
        presence = said.get("presence", "")
        if presence != Presence.EMERGENCY and not said.get("reason"):
            self.add_error("reason", _("Kies een reden uit de lijst."))
        if presence == Presence.EMERGENCY and len(str(said.get("because", "")).split()) < 3:
            self.add_error("because", _("Schrijf in een paar woorden waarom het niet kan wachten."))
        if presence == Presence.DOCUMENT:
            self._check_document(said)
        return said

    def _check_document(self, said: Mapping[str, Any]) -> None:
        if not said.get("document"):
            self.add_error("document", _("Kies welk identiteitsbewijs u zag."))
        if not last_digits(str(said.get("number", ""))):
            self.add_error("number", _("Vul de laatste drie tekens van het nummer in."))

    @property
    def shown(self) -> Shown:
        """Return how it was shown who the person is."""
        presence = self.known or Presence(self.cleaned_data["presence"])
        if presence is not Presence.DOCUMENT:
            return Shown(presence=presence)
        end = last_digits(self.cleaned_data["number"])
        return Shown(presence=presence, document=Document(self.cleaned_data["document"]), document_end=end)

    @property
    def emergency(self) -> str:
        """Return why it is an emergency; empty when it is none."""
        is_emergency = self.cleaned_data.get("presence") == Presence.EMERGENCY
        return str(self.cleaned_data["because"]) if is_emergency else ""


class PhoneForm(forms.Form):
    """What the caller answers; an empty answer is a wrong one. Why they are helped is asked when it is not known."""

    def __init__(
        self, questions: Sequence[PhoneQuestion], data: Mapping[str, Any] | None = None, *, reason: str
    ) -> None:
        """Ask these questions."""
        super().__init__(data)
        self.asked = [each.id for each in questions]
        for each in questions:
            label = QUESTIONS[each.id]
            self.fields[each.id] = (
                DateField(label=label, required=True)
                if each.kind == "one_of_days"
                else forms.CharField(label=label, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
            )
        if not reason:
            self.fields["reason"] = forms.ChoiceField(**WHY)
            _offer_reasons(self)

    @property
    def given(self) -> dict[str, str]:
        """Return the answers as texts."""
        return {name: str(self.cleaned_data[name]) for name in self.asked}
