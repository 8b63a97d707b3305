"""What is wrong in a form, in words that name the field and say how to repair it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxInput, ChoiceWidget, FileInput
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """One line of the error summary: the text and the id of the control to go to."""

    text: str
    target: str = ""


def error_text(field: BoundField, error: ValidationError) -> str:
    """Return one error of a field as a sentence; an empty field is named by its label."""
    if error.code == "required" and field.field.error_messages.get("required") == _required_of_django():
        return _required(field)
    return " ".join(error.messages)


def _required_of_django() -> str:
    from django.forms import Field

    return str(Field.default_error_messages["required"])


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
