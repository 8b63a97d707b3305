"""The control of a field, dressed with the classes of the design system."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField, widgets
from django.utils.safestring import SafeString

from .fields import DateInput
from .problems import errors_of

TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"
TEXTAREA = "utrecht-textarea utrecht-textarea--html-textarea"
SELECT = "utrecht-select utrecht-select--html-select"
RADIO = "utrecht-radio-button utrecht-radio-button--html-input"
CHECKBOX = "utrecht-checkbox utrecht-checkbox--html-input utrecht-checkbox--custom"

# Purpose of a field by its name (WCAG 1.3.5), where the form does not say otherwise.
AUTOCOMPLETE = {
    "email": "email",
    "e_mail": "email",
    "phone": "tel",
    "telephone": "tel",
    "name": "name",
    "given_name": "given-name",
    "family_name": "family-name",
    "date_of_birth": "bday",
    "street_address": "street-address",
    "postal_code": "postal-code",
    "city": "address-level2",
    "country": "country-name",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One radio button or check box of a group."""

    control: SafeString
    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the field template puts together. `kind`: "simple", "checkbox" or "group"."""

    kind: str
    control: SafeString
    choices: tuple[Choice, ...] = ()
    errors: tuple[str, ...] = ()
    is_amount: bool = False


def parts_of(field: BoundField) -> Parts:
    """Return the parts of a field, ready for the template."""
    widget, errors = field.field.widget, tuple(errors_of(field))
    match widget:
        case widgets.CheckboxSelectMultiple() | widgets.RadioSelect():
            return Parts(kind="group", control=SafeString(), choices=_choices(field), errors=errors)
        case DateInput() | widgets.SelectDateWidget() | widgets.MultiWidget():
            return Parts(kind="group", control=field.as_widget(), errors=errors)
        case widgets.CheckboxInput():
            return Parts(kind="checkbox", control=_dressed(field, CHECKBOX), errors=errors)
    is_amount = "data-amount" in widget.attrs
    return Parts(kind="simple", control=_dressed(field, _class_of(widget)), errors=errors, is_amount=is_amount)


def _class_of(widget: widgets.Widget) -> str:
    match widget:
        case widgets.Textarea():
            return TEXTAREA
        case widgets.Select():
            return SELECT
        case widgets.FileInput():
            return ""
    return f"{TEXTBOX} dichterbij-short" if "data-amount" in widget.attrs else TEXTBOX


def _dressed(field: BoundField, css: str) -> SafeString:
    widget = field.field.widget
    attributes: dict[str, Any] = {"class": " ".join(filter(None, [css, widget.attrs.get("class", "")]))}
    if "autocomplete" not in widget.attrs and field.name in AUTOCOMPLETE:
        attributes["autocomplete"] = AUTOCOMPLETE[field.name]
    return field.as_widget(attrs={name: value for name, value in attributes.items() if value})


def _choices(field: BoundField) -> tuple[Choice, ...]:
    css = CHECKBOX if isinstance(field.field.widget, widgets.CheckboxSelectMultiple) else RADIO
    found = []
    for option in field.subwidgets:
        option.data["attrs"] |= {"class": css}
        option.data["attrs"].pop("aria-describedby", None)
        found.append(Choice(control=option.tag(wrap_label=False), id=option.id_for_label, label=option.choice_label))
    return tuple(found)
