"""The forms of a check: where and when, the questions of one round, and all answers to change them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dichterbij.law import UNKNOWN, FactDefinition, FactRef
from dichterbij.law.values import Given
from dichterbij.web.forms.answers import NO, YES, answer_field, choice_field
from dichterbij.web.forms.answers import UNKNOWN as NOT_KNOWN

NEW, NONE, ALSO = "new", "none", "-also"
MOST_PEOPLE: Final = 12
MOST_AT_ONCE: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question as it is put: about which fact of whom, in which words, why, and who may be meant already."""

    ref: FactRef
    fact: FactDefinition
    question: str
    help: str
    why: str
    why_url: str
    note: str
    values: tuple[tuple[str, str], ...]
    known: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """Return the name of its field."""
        return f"{self.ref.person}.{self.ref.fact}"

    @property
    def hint(self) -> SafeString:
        """Return what stands below the question: help, what an empty answer means, and why it is asked."""
        lines = [line for line in (self.help, self.note) if line]
        link = format_html('<a href="{}">{}</a>', self.why_url, self.why) if self.why_url else self.why
        told = format_html_join(" ", "{}", ((line,) for line in lines))
        return format_html('{}<span class="rules-why">{}</span>', told, link) if self.why else told


class StartForm(forms.Form):
    """Where somebody lives, what they want to know, and for which month."""

    def __init__(
        self,
        territories: Sequence[tuple[str, str]],
        topics: Sequence[tuple[str, str]],
        months: Sequence[tuple[str, str]],
        initial: Mapping[str, str],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Ask only what is not settled already."""
        super().__init__(data, initial=dict(initial))
        if len(topics) > 1:
            self.fields["topic"] = _radio(_("Wat wilt u weten?"), topics)
        if len(territories) > 1:
            self.fields["territory"] = _radio(_("Waar woont u?"), territories)
        self.fields["month"] = forms.ChoiceField(
            label=_("Voor welke maand?"),
            choices=months,
            help_text=_("Wij nemen de regels van die maand."),
        )


def _radio(label: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    """Return a choice: all at once when they are few, else in a list."""
    widget = forms.RadioSelect if len(choices) <= MOST_AT_ONCE else forms.Select
    return forms.ChoiceField(label=label, choices=list(choices), widget=widget)


class RoundForm(forms.Form):
    """A few questions. `answers` are the facts, absent (None) or unknown where somebody said so or left it empty."""

    def __init__(
        self,
        asked: Iterable[Asked],
        data: Mapping[str, Any] | None = None,
        given: Mapping[FactRef, Given] | None = None,
    ) -> None:
        """Make a field of each question, with what was answered before."""
        super().__init__(data)
        self.asked = tuple(asked)
        for each in self.asked:
            self.fields |= _fields(each)
            if given and each.ref in given:
                self.initial.update(_shown(each, given[each.ref]))

    @property
    def answers(self) -> dict[FactRef, Given]:
        """Return the answers as facts."""
        return {each.ref: _answer(each, self.cleaned_data) for each in self.asked}


def _fields(asked: Asked) -> dict[str, forms.Field]:
    common: dict[str, Any] = {"label": asked.question, "help_text": asked.hint}
    if not asked.fact.is_relation:
        return {asked.name: answer_field(asked.fact.type, asked.values, **common)}
    if asked.fact.type == "list":
        return _people_fields(asked, common)
    others = [(person, _("Ja: %(who)s") % {"who": who}) for person, who in asked.known]
    somebody = _("Ja, iemand anders") if others else _("Ja, er is iemand")
    return {asked.name: choice_field([*others, (NEW, somebody), (NONE, _("Nee, er is niemand"))], **common)}


def _people_fields(asked: Asked, common: dict[str, Any]) -> dict[str, forms.Field]:
    """Ask for a list of people: how many, after those who are in the answers already."""
    number = forms.IntegerField(min_value=0, max_value=MOST_PEOPLE, required=False, **common)
    if not asked.known:
        return {asked.name: number}
    also = forms.MultipleChoiceField(
        label=asked.question,
        help_text=asked.hint,
        choices=asked.known,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    number.label, number.help_text = _("Hoeveel anderen nog?"), _("Vul 0 in als er niemand meer is.")
    return {asked.name + ALSO: also, asked.name: number}


def _answer(asked: Asked, data: Mapping[str, Any]) -> Given:
    value = data.get(asked.name)
    if asked.fact.is_relation:
        return _people(asked, value, data.get(asked.name + ALSO) or [])
    match value:
        case date():
            return value.isoformat()
        case "yes" | "no" if not asked.values:
            return value == YES
        case None | "":
            return _nothing(asked.fact)
        case str() | int():
            return UNKNOWN if value == NOT_KNOWN else value
    raise TypeError(f"a form field gave a {type(value).__name__}")


def _nothing(fact: FactDefinition) -> Given:
    """Return what an empty answer means: what the vocabulary says a missing field means."""
    if fact.absent is None:
        return None
    return 0 if fact.absent == 0 else UNKNOWN


def _people(asked: Asked, value: object, also: list[str]) -> Given:
    if asked.fact.type == "list":
        if value is None and not also:
            return UNKNOWN
        made = [f"{asked.name}.{number}" for number in range(1, int(str(value or 0)) + 1)]
        return [*also, *made]
    match value:
        case "new":
            return asked.name
        case "none":
            return None
        case None | "unknown":
            return UNKNOWN
    return str(value)


def _shown(asked: Asked, given: Given) -> dict[str, Any]:
    """Return how an answer stands in its fields."""
    if isinstance(given, list | tuple):
        made = [each for each in given if str(each).startswith(f"{asked.name}.")]
        return {asked.name: len(made), asked.name + ALSO: [each for each in given if each not in made]}
    return {asked.name: _initial(asked, given)}


def _initial(asked: Asked, given: Given) -> object:
    if given is UNKNOWN:
        is_choice = asked.values or asked.fact.type == "boolean" or asked.fact.is_relation
        return NOT_KNOWN if is_choice else None
    if asked.fact.is_relation:
        return NONE if given is None else NEW if given == asked.name else given
    if isinstance(given, bool):
        return YES if given else NO
    is_day = asked.fact.type == "date" and isinstance(given, str)
    return date.fromisoformat(str(given)) if is_day else given
