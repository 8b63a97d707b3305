"""The forms of an application: one field per fact that is asked, one box per fact that may be wrong."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dichterbij.ground.assessment.domain import Question, UsedFact
from dichterbij.web.forms.answers import NO, UNKNOWN, YES, answer_field

from .domain import Application, Correction, Value

LONGEST = 1000


class ApplicationForm(forms.Form):
    """What only the applicant can tell. What they do not know stays unknown; nothing is guessed for them."""

    remark = forms.CharField(
        label=gettext_lazy("Wilt u nog iets vertellen?"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        questions: Iterable[Question],
        application: Application,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Ask each question, with what was answered before."""
        super().__init__(data, initial={"remark": application.remark})
        self.questions = tuple(questions)
        for question in self.questions:
            self.fields[question.fact] = field_for(question)
            self.initial[question.fact] = _shown(application, question, self.fields[question.fact])
        self.order_fields([*(question.fact for question in self.questions), "remark"])

    @property
    def supplied(self) -> dict[str, Value]:
        """Return the facts that were answered."""
        answers = {each.fact: self.cleaned_data.get(each.fact) for each in self.questions}
        return {fact: as_value(answer) for fact, answer in answers.items() if answer not in (None, "", UNKNOWN)}

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the facts that the applicant does not know."""
        return tuple(each.fact for each in self.questions if each.fact not in self.supplied)


class CorrectionForm(forms.Form):
    """What is not right about one fact."""

    says = forms.CharField(
        label=gettext_lazy("Wat klopt er niet?"),
        help_text=gettext_lazy("Schrijf op hoe het wel is. U mag dit ook leeg maken als het toch klopt."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, fact: UsedFact, application: Application, data: Mapping[str, Any] | None = None) -> None:
        """Show what was said about this fact before."""
        same = (each for each in application.corrections if (each.person, each.fact) == (fact.person, fact.fact))
        said = next((each.says for each in same), "")
        super().__init__(data, initial={"says": said})
        self.fact = fact

    @property
    def correction(self) -> Correction:
        """Return the correction as it was given."""
        return Correction(person=self.fact.person, fact=self.fact.fact, says=self.cleaned_data["says"])


class AnswerForm(forms.Form):
    """The answer to a question: in words, or as the fact that is asked."""

    answer = forms.CharField(
        label=gettext_lazy("Uw antwoord"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, question: Question | None, data: Mapping[str, Any] | None = None) -> None:
        """Ask in words, unless the question is about a fact."""
        super().__init__(data)
        if question is not None:
            self.fields["answer"] = field_for(question)

    @property
    def given(self) -> Value:
        """Return the answer; None when the applicant does not know."""
        answer = self.cleaned_data["answer"]
        return None if answer in (None, "", UNKNOWN) else as_value(answer)


def field_for(question: Question) -> forms.Field:
    """Return the form field for a question of the law."""
    return answer_field(question.type, question.values, label=question.question, help_text=question.help)


def as_value(answer: object) -> Value:
    """Return an answer of a form as a fact."""
    match answer:
        case "yes" | "no":
            return answer == YES
        case date():
            return answer.isoformat()
        case str() | int():
            return answer
    raise TypeError(f"a form field gave a {type(answer).__name__}")


def _shown(application: Application, question: Question, field: forms.Field) -> object:
    """Return the answer of before; what somebody does not know is a choice, or an empty field."""
    if question.fact in application.unknown:
        return UNKNOWN if isinstance(field, forms.ChoiceField) else None
    value = application.supplied.get(question.fact)
    if isinstance(value, bool):
        return YES if value else NO
    return date.fromisoformat(value) if question.type == "date" and isinstance(value, str) else value
