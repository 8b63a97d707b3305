"""What a worker fills in about an objection."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.delivery.cases.domain import Hearing, Objection
from dichterbij.delivery.cases.services.hearing import DAYS_TO_PREPARE
from dichterbij.delivery.cases.services.ruling import Words
from dichterbij.kernel import clock
from dichterbij.web.forms import DateField

from .rules import rules

YES, NO = "yes", "no"


class InviteForm(forms.Form):
    """When and where somebody can tell their story."""

    where = forms.CharField(
        label=_("Hoe laat en waar?"),
        help_text=_("Bijvoorbeeld: 10.00 uur, aan de balie. Of: 10.00 uur, wij bellen u."),
        max_length=200,
        error_messages={"required": _("Schrijf op hoe laat en waar, of dat u belt.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Ask for a day that leaves time to send papers (Awb 7:4)."""
        super().__init__(data)
        today = clock.today()
        first = today + timedelta(days=DAYS_TO_PREPARE)
        last = today + timedelta(days=rules().invite_within_days)
        self.fields["hear_on"] = DateField(label=_("Op welke dag?"), min_day=first, max_day=last)
        self.order_fields(["hear_on", "where"])


class RulingForm(forms.Form):
    """Why, and how the person could tell their story; the outcome follows from the law."""

    has_excuse = forms.ChoiceField(
        label=_("Had de aanvrager een goede reden om te laat te zijn?"),
        help_text=_("Algemene wet bestuursrecht, artikel 6:11. Zonder goede reden kijken wij niet naar de inhoud."),
        choices=[(YES, _("Ja")), (NO, _("Nee"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of er een goede reden was.")},
    )
    hearing = forms.ChoiceField(
        label=_("Hoe kon de aanvrager zijn verhaal vertellen?"),
        choices=[
            (Hearing.HEARD, _("De aanvrager vertelde zijn verhaal")),
            (Hearing.DECLINED, _("De aanvrager wilde dat niet")),
            (Hearing.SILENT, _("De aanvrager kwam niet en liet niets horen")),
            (Hearing.CLEAR, _("Niet nodig: te laat, duidelijk zonder grond, of de aanvrager krijgt alles")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe de aanvrager zijn verhaal kon vertellen.")},
    )
    report = forms.CharField(
        label=_("Verslag, of waarom het niet nodig was"),
        help_text=_("De aanvrager leest dit in de brief."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Schrijf op wat er verteld is, of waarom dat niet nodig was.")},
    )
    grounds = forms.CharField(
        label=_("Waarom beslist u zo?"),
        help_text=_("Ga in op elk punt van het bezwaar. De aanvrager leest dit in de brief."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Schrijf op waarom u zo beslist.")},
    )

    def __init__(self, made: Objection, data: Mapping[str, Any] | None = None) -> None:
        """Ask for a reason to be late only when it was."""
        super().__init__(data)
        if not made.is_late:
            del self.fields["has_excuse"]

    @property
    def has_excuse_said(self) -> bool:
        """Say whether there was a good reason to be late."""
        return bool(self.cleaned_data.get("has_excuse") == YES)

    def words(self) -> Words:
        """Return what the worker says."""
        given = self.cleaned_data
        return Words(
            grounds=given["grounds"],
            hearing=Hearing(given["hearing"]),
            report=given["report"],
            has_excuse=self.has_excuse_said,
        )
