"""What a worker fills in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dichterbij.delivery.cases.domain import Judged
from dichterbij.delivery.catalogue.domain import Judgement, Product
from dichterbij.ground.assessment.domain import Question
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.web.forms import AmountField, sometimes

from .rules import rules

YES, NO = "yes", "no"
OTHER = "other"
"""The choice of who has a reason that no list has."""
GROUND = "ground"
NO_WORDS = _("Schrijf op wat u van de aanvrager wilt weten.")


class ReasonForm(forms.Form):
    """Why an application or a request is opened: a reason of the list, or in words when none of it fits."""

    kind = forms.ChoiceField(
        label=_("Waarom opent u deze aanvraag?"),
        help_text=_("De aanvrager leest deze reden meteen, bij “Wie keek in mijn gegevens”."),
        widget=forms.RadioSelect,
        initial=OTHER,
    )
    reason = sometimes(
        forms.CharField(label=_("Toelichting"), help_text=_("Verplicht als u koos voor iets anders."), max_length=200)
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Offer the reasons of `content/desk.yaml`."""
        super().__init__(data)
        language = get_language() or "nl"
        offered = [(key, words[language]) for key, words in rules().case_reasons.items()]
        self.fields["kind"].choices = [*offered, (OTHER, _("Iets anders"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for words when no reason of the list fits."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("kind") == OTHER and not said.get("reason"):
            self.add_error("reason", _("Kies een reden, of schrijf op waarom."))
        return said

    @property
    def told(self) -> str:
        """Return the reason as the applicant reads it, in Dutch as every reason in the log."""
        kind, words = self.cleaned_data["kind"], self.cleaned_data["reason"]
        listed = "" if kind == OTHER else rules().case_reasons[kind]["nl"]
        return ": ".join(part for part in (listed, words) if part)


class MoveForm(forms.Form):
    """Which unit of the organisation gets an application."""

    unit = forms.ChoiceField(label=_("Naar welke afdeling?"), widget=forms.RadioSelect)

    def __init__(self, units: Mapping[str, str], data: Mapping[str, Any] | None = None) -> None:
        """Offer the other units."""
        super().__init__(data)
        self.fields["unit"].choices = list(units.items())  # type: ignore[attr-defined]


class LetStandForm(forms.Form):
    """Why a decision stays as it is, though it would be another one now."""

    because = forms.CharField(
        label=_("Waarom blijft het besluit staan?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


class SignalForm(forms.Form):
    """What who keeps a rule did about the signals of a judgement."""

    product = forms.CharField(widget=forms.HiddenInput)
    fact = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Wat deed u met deze signalen?"),
        help_text=_("Schrijf niets over personen."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Schrijf op wat u met deze signalen deed.")},
    )


class SendBackForm(forms.Form):
    """What a second worker wants to be otherwise in a decision."""

    otherwise = sometimes(
        forms.CharField(
            label=_("Wat moet er anders?"),
            help_text=_("Vul dit in als u het besluit terugstuurt. Uw collega leest het."),
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=1000,
        )
    )

    def clean_otherwise(self) -> str:
        """Ask for words."""
        words: str = self.cleaned_data["otherwise"]
        if not words.strip():
            raise forms.ValidationError(_("Schrijf op wat er anders moet."))
        return words


class QuestionForm(forms.Form):
    """What the citizen is asked: something in words, or a fact that the law misses."""

    fact = forms.ChoiceField(label=_("Waar gaat uw vraag over?"), widget=forms.RadioSelect, required=False)
    text = forms.CharField(
        label=_("Uw vraag aan de aanvrager"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )

    def __init__(self, missing: Sequence[Question], data: Mapping[str, Any] | None = None) -> None:
        """Offer the facts that the law misses and the applicant can know; without any, only words are left."""
        super().__init__(data, initial={"fact": ""})
        self.questions = {each.fact: each.question for each in missing}
        if missing:
            self.fields["fact"].choices = [*((each.fact, each.label) for each in missing), ("", _("Iets anders"))]  # type: ignore[attr-defined]
            self.fields["text"].help_text = _("Laat dit leeg als u een gegeven kiest: dan schrijven wij de vraag.")
        else:
            del self.fields["fact"]
            self.fields["text"].required = True
            self.fields["text"].error_messages["required"] = NO_WORDS
            self.fields["text"].help_text = _("Schrijf kort en gewoon.")

    def clean(self) -> dict[str, Any]:
        """A chosen fact brings its own question; otherwise there must be words."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["text"] = str(cleaned.get("text", "")).strip() or self.questions.get(cleaned.get("fact", ""), "")
        if not cleaned["text"] and "text" not in self.errors:
            self.add_error("text", NO_WORDS)
        return cleaned


class CorrectionAnswerForm(forms.Form):
    """What the keeper of a source found about a datum that somebody says is not right."""

    outcome = forms.ChoiceField(
        label=_("Wat hebt u gedaan?"),
        choices=[(YES, _("Het gegeven is verbeterd")), (NO, _("Het gegeven blijft zoals het is"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u hebt gedaan.")},
    )
    text = forms.CharField(
        label=_("Waarom?"),
        help_text=_("De aanvrager leest dit in de brief."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Schrijf op wat u hebt gevonden.")},
    )

    def about_use(self) -> "CorrectionAnswerForm":
        """Return the same form, about how data were used and not about a value."""
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)  # noqa: S101 as declared above
        outcome.label = _("Wat vindt u?")
        outcome.choices = [(YES, _("De vrager heeft gelijk")), (NO, _("Dit gebruik was goed"))]
        self.fields["text"].label = _("Uw antwoord")
        return self

    @property
    def is_corrected(self) -> bool:
        """Say whether the datum was corrected."""
        return bool(self.cleaned_data["outcome"] == YES)


class JudgementForm(forms.Form):
    """The judgements that the product leaves to a worker, each with its reason."""

    def __init__(self, product: Product, language: str, data: Mapping[str, Any] | None = None) -> None:
        """Ask what the articles leave to a worker; nothing when they leave nothing."""
        super().__init__(data)
        self.judgements = product.judgements
        for each in product.judgements:
            self.fields[each.fact] = _field(each, language)
            self.fields[reason_of(each)] = forms.CharField(
                label=_("Waarom vindt u dit?"),
                help_text=_("Vul dit in als u hierboven antwoord geeft. De aanvrager leest dit in de brief."),
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=2000,
                required=False,
            )

        if product.judgements:
            grounds = rules().grounds
            self.fields[GROUND] = forms.ChoiceField(
                label=_("Wat moeten de makers van de regel hierover weten?"),
                help_text=_("Zo leert de regel van uw oordeel. Wie de regel maakt, hoort niet over wie het gaat."),
                choices=[(key, words[language]) for key, words in grounds.items()],
                initial=next(iter(grounds)),
                widget=forms.RadioSelect,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """A judgement needs a reason."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for each in self.judgements:
            given = cleaned.get(each.fact)
            if given not in (None, "") and not str(cleaned.get(reason_of(each), "")).strip():
                self.add_error(reason_of(each), _("Schrijf bij uw afweging op waarom u dit vindt."))
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
                reason=self.cleaned_data[reason_of(each)],
                ground=self.cleaned_data[GROUND] or next(iter(rules().grounds)),
            )


def reason_of(judgement: Judgement) -> str:
    """Return the name of the field with the reason of a judgement."""
    return f"{judgement.fact}_reason"


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
