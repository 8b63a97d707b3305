"""What a worker fills in while helping somebody, and about who may not be helped or was."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.web.forms import DateField

from .reviewing import Outcome


class NoteForm(forms.Form):
    """What was said, for the next worker and for the person; about one of their cases, or about the whole talk."""

    case = forms.ChoiceField(label=_("Bij welke aanvraag?"), required=False)
    words = forms.CharField(
        label=_("Notitie"),
        help_text=_("Schrijf op wat een collega moet weten. De persoon leest dit ook."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op wat er is gezegd.")},
    )

    def __init__(self, cases: Sequence[tuple[str, str]], data: Mapping[str, Any] | None = None) -> None:
        """Offer the cases of the person, by number and name."""
        super().__init__(data)
        self.fields["case"].choices = [("", _("Het hele gesprek")), *cases]  # type: ignore[attr-defined]


class ConferenceForm(forms.Form):
    """What the organisation that decides is asked, or answers."""

    words = forms.CharField(
        label=_("Uw vraag of antwoord"),
        help_text=_("De persoon om wie het gaat kan dit teruglezen."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op wat u wilt vragen of antwoorden.")},
    )


class ReviewForm(forms.Form):
    """What a reviewer found."""

    outcome = forms.ChoiceField(
        label=_("Wat vindt u van deze opening?"),
        choices=[
            (Outcome.RIGHT, _("terecht")),
            (Outcome.UNCLEAR, _("niet duidelijk: ik vraag het na")),
            (Outcome.WRONG, _("niet terecht: ik meld het")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u vindt.")},
    )
    remark = forms.CharField(
        label=_("Toelichting"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class FamilyForm(forms.Form):
    """Somebody of the family of a worker."""

    surname = forms.CharField(label=_("Achternaam, zonder voorvoegsel"), max_length=200)
    born_on = DateField(label=_("Geboortedatum"), required=True)
