"""What is wrong in a form, in words that name the field and say how to repair it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core import validators
from django.core.exceptions import ValidationError
from django.forms import (
    BaseForm,
    BoundField,
    ChoiceField,
    DecimalField,
    Field,
    FileField,
    IntegerField,
    MultipleChoiceField,
)
from django.forms.widgets import CheckboxInput, ChoiceWidget, FileInput
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """One line of the error summary: the text and the id of the control to go to."""

    text: str
    target: str = ""


# Django's own words per code, and ours: shorter, with the label, and in all our languages.
_OURS = {
    "invalid_choice": gettext_noop("Kies een van de mogelijkheden: %(label)s"),
    "max_length": gettext_noop("Schrijf hoogstens %(limit_value)s tekens bij: %(label)s"),
    "min_length": gettext_noop("Schrijf minstens %(limit_value)s tekens bij: %(label)s"),
    "max_value": gettext_noop("%(label)s: vul hoogstens %(limit_value)s in."),
    "min_value": gettext_noop("%(label)s: vul minstens %(limit_value)s in."),
    "invalid": gettext_noop("Dit klopt niet: %(label)s"),
}
_FIELDS_OF_DJANGO = (Field, ChoiceField, MultipleChoiceField, IntegerField, DecimalField, FileField)
_VALIDATORS_OF_DJANGO = (
    validators.MaxLengthValidator,
    validators.MinLengthValidator,
    validators.MaxValueValidator,
    validators.MinValueValidator,
    validators.EmailValidator,
)


def error_text(field: BoundField, error: ValidationError) -> str:
    """Return one error of a field as a sentence that names the field; what a form wrote itself stays as it is."""
    if not _is_of_django(error):
        return " ".join(error.messages)
    if error.code == "required":
        return _required(field)
    if error.code in _OURS:
        return _(_OURS[error.code]) % {"limit_value": "", **(error.params or {}), "label": field.label}
    return " ".join(error.messages)


def _is_of_django(error: ValidationError) -> bool:
    """Say whether the words are the default ones: the very object that Django keeps."""
    kept = [message for field in _FIELDS_OF_DJANGO for message in field.default_error_messages.values()]
    kept += [validator.message for validator in _VALIDATORS_OF_DJANGO]
    return any(error.message is message for message in kept)


def _required(field: BoundField) -> str:
    label = str(field.label)
    if label.endswith("?"):
        return _("Beantwoord de vraag: %(label)s") % {"label": label}
    match field.field.widget:
        case CheckboxInput():
            return _("Vink dit aan: %(label)s") % {"label": label}
        case ChoiceWidget():
            return _("Maak een keuze: %(label)s") % {"label": label}
        case FileInput():
            return _("Kies een bestand: %(label)s") % {"label": label}
        case _:
            return _("Vul dit in: %(label)s") % {"label": label}


def errors_of(field: BoundField) -> list[str]:
    """Return the errors of a field as sentences."""
    return [error_text(field, error) for error in field.errors.as_data()]


def first_control(field: BoundField) -> str:
    """Return the id of the control that a link to the field must reach: the first one of a group."""
    if field.use_fieldset:
        return f"{field.auto_id}_0"
    return str(field.id_for_label or field.auto_id)


def problems_of(form: BaseForm) -> Iterator[FieldProblem]:
    """Yield what is wrong in a form: first what concerns the whole, then each field in order."""
    for text in form.non_field_errors():
        yield FieldProblem(text=str(text))
    for field in form.visible_fields():
        for text in errors_of(field):
            yield FieldProblem(text=text, target=first_control(field))
