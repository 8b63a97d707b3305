"""Forms of life events: a few optional questions, each a fact of the vocabulary."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.kernel import clock
from dichterbij.kernel.dates import add_months
from dichterbij.kernel.formats import date_long
from dichterbij.law import FactDefinition
from dichterbij.web.forms import AmountField, DateField

from . import wording
from .about import DEATH, RELATION, SAME_ADDRESS, Deceased, Relation
from .relatives import MONTHS_BACK
from .wording import answer_text

YES, NO = "yes", "no"
EARLIEST = date(1900, 1, 1)


class FactsForm(forms.Form):
    """Questions about facts. `answers` holds what was answered, as facts; nothing is required unless `required`."""

    def __init__(
        self,
        facts: Iterable[FactDefinition],
        language: str,
        data: Mapping[str, Any] | None = None,
        *,
        answers: Mapping[str, object] | None = None,
        required: bool = False,
    ) -> None:
        """Make a question of each fact."""
        initial = {name: _shown(value) for name, value in (answers or {}).items()}
        super().__init__(data, initial=initial)
        for fact in facts:
            self.fields[fact.name] = field_for(fact, language, required=required)

    @property
    def answers(self) -> dict[str, object]:
        """Return the facts that were answered."""
        return {name: _given(value) for name, value in self.cleaned_data.items() if value not in (None, "")}


def field_for(fact: FactDefinition, language: str, *, required: bool) -> forms.Field:
    """Return the form field that asks for a fact."""
    said = wording.fact(fact.name, language)
    common: dict[str, Any] = {"label": said.get("question"), "help_text": said.get("help"), "required": required}
    if fact.values:
        return _choice([(value, said.values.get(value, value)) for value in fact.values], common)
    match fact.type:
        case "boolean":
            return _choice([(YES, _("Ja")), (NO, _("Nee"))], common)
        case "date":
            return DateField(min_day=EARLIEST, max_day=clock.today(), **common)
        case "amount":
            return AmountField(**common)
        case "number":
            return forms.IntegerField(min_value=0, **common)
    return forms.CharField(max_length=100, **common)


def _choice(choices: list[tuple[str, str]], common: dict[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)


def _shown(value: object) -> object:
    if isinstance(value, bool):
        return YES if value else NO
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _given(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return {YES: True, NO: False}.get(value, value) if isinstance(value, str) else value


OTHER = "other"


class WhoForm(forms.Form):
    """Who died: a relative the register names, or somebody else; and whether they lived together.

    `taken` are answers of the public checklist; each is taken along only when the person says so.
    """

    def __init__(
        self,
        candidates: Sequence[Deceased],
        taken: Mapping[str, object],
        language: str,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Make the questions; `candidates` may be nobody."""
        super().__init__(data)
        self.candidates, self.taken = tuple(candidates), dict(taken)
        if self.candidates:
            self.fields["who"] = _who(self.candidates, language)
        self.fields |= _somebody_else(language, required=not self.candidates)
        self.fields[SAME_ADDRESS] = _choice(
            [(YES, _("Ja")), (NO, _("Nee"))],
            {"label": wording.fact(SAME_ADDRESS, language).get("question"), "required": True},
        )
        if choices := _takeable(self.taken, language):
            self.fields["take"] = _take(choices)

    def clean(self) -> dict[str, Any]:
        """Ask for the relation and the day when it is somebody else."""
        data = super().clean() or {}
        if self._is_other(data):
            for name in ("relation", "died_on"):
                if name not in self.errors and not data.get(name):
                    self.add_error(name, _("Vul dit in als het om iemand anders gaat."))
        return data

    def _is_other(self, data: Mapping[str, Any]) -> bool:
        return str(data.get("who", OTHER)) == OTHER

    @property
    def deceased(self) -> Deceased:
        """Return who died."""
        data = self.cleaned_data
        if not self._is_other(data):
            return self.candidates[int(data["who"])]
        return Deceased(name=data["name"].strip(), died_on=data["died_on"], relation=Relation(data["relation"]))

    @property
    def answers(self) -> dict[str, object]:
        """Return the facts the person gave, and those they chose to take along."""
        chosen = {name: self.taken[name] for name in self.cleaned_data.get("take", ()) if name in self.taken}
        return {**chosen, SAME_ADDRESS: self.cleaned_data[SAME_ADDRESS] == YES}


def _who(candidates: Sequence[Deceased], language: str) -> forms.ChoiceField:
    choices = [(str(number), _died(each, language)) for number, each in enumerate(candidates)]
    return _choice(
        [*choices, (OTHER, _("Iemand anders"))],
        {"label": _("Over wie gaat het?"), "required": True, "initial": "0" if len(choices) == 1 else None},
    )


def _died(each: Deceased, language: str) -> str:
    return _("%(name)s, overleden op %(day)s") % {"name": each.name, "day": date_long(each.died_on, language)}


def _somebody_else(language: str, *, required: bool) -> dict[str, forms.Field]:
    said = wording.fact(RELATION, language)
    relations = [(each.value, said.values.get(each.value, each.value)) for each in Relation]
    earliest = add_months(clock.today(), -MONTHS_BACK)
    return {
        "name": forms.CharField(label=_("Naam"), required=False, max_length=100),
        "died_on": DateField(
            label=wording.fact(DEATH, language).get("question"),
            required=required,
            min_day=earliest,
            max_day=clock.today(),
        ),
        "relation": _choice(relations, {"label": said.get("question"), "required": required}),
    }


def _takeable(taken: Mapping[str, object], language: str) -> list[tuple[str, str]]:
    """Return the earlier answers that the register does not know better."""
    known = {DEATH, RELATION, SAME_ADDRESS}
    vocabulary = current_laws().vocabulary
    return [
        (name, f"{wording.fact(name, language).get('label')}: {answer_text(name, value, language)}")
        for name, value in taken.items()
        if name not in known and vocabulary[name].origin != "register"
    ]


def _take(choices: list[tuple[str, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Deze antwoorden gaf u eerder. Welke neemt u mee?"),
        help_text=_("Wat u niet aanvinkt, wissen wij."),
    )
