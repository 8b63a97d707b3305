"""What a worker fills in."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.delivery.cases.domain import Judged
from dichterbij.delivery.catalogue.domain import Judgement, Product
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.web.forms import AmountField

YES, NO = "yes", "no"


class ReasonForm(forms.Form):
    """Why a case is opened."""

    reason = forms.CharField(
        label=_("Waarom opent u deze aanvraag?"),
        help_text=_("De aanvrager leest deze reden meteen, bij “Wie keek in mijn gegevens”."),
        max_length=200,
    )


class QuestionForm(forms.Form):
    """What the citizen is asked."""

    text = forms.CharField(
        label=_("Uw vraag aan de aanvrager"),
        help_text=_("Schrijf kort en gewoon. De termijn staat stil tot er antwoord is (Awb 4:15)."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


class JudgementForm(forms.Form):
    """The judgements that the product leaves to a worker, each with its reason."""

    def __init__(self, product: Product, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.judgements = product.judgements
        for each in product.judgements:
            self.fields[each.fact] = _field(each, language)
            self.fields[f"{each.fact}_reason"] = forms.CharField(
                label=_("Waarom vindt u dit?"),
                help_text=_("De aanvrager leest dit in de brief."),
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=2000,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """A judgement needs a reason."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for each in self.judgements:
            given = cleaned.get(each.fact)
            if given not in (None, "") and not str(cleaned.get(f"{each.fact}_reason", "")).strip():
                self.add_error(f"{each.fact}_reason", _("Schrijf bij uw afweging op waarom u dit vindt."))
        return cleaned

    def judged(self) -> tuple[Judged, ...]:
        """Return the judgements that were given."""
        return tuple(self._judged())

    def _judged(self) -> Iterator[Judged]:
        for each in self.judgements:
            value = self.cleaned_data.get(each.fact)
            if value in (None, ""):
                continue
            yield Judged(
                fact=each.fact,
                value=value == YES if isinstance(value, str) else value,
                reason=self.cleaned_data[f"{each.fact}_reason"],
            )


def _field(judgement: Judgement, language: str) -> forms.Field:
    question, article = judgement.question[language], judgement.source.article
    fact = current_laws().vocabulary.get(judgement.fact)
    if fact is not None and fact.type == "amount":
        return AmountField(label=question, help_text=article, required=False)
    return forms.ChoiceField(
        label=question,
        help_text=article,
        choices=[(YES, _("Ja")), (NO, _("Nee"))],
        widget=forms.RadioSelect,
        required=False,
    )
