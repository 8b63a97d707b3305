"""Fields that Django lacks: a date in three parts, an amount in euros, a document to send along."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from dichterbij.kernel.money import Cents

Kind = TypeVar("Kind", bound=forms.Field)
PARTS = ("day", "month", "year")
MEGABYTE = 1_000_000
# First bytes of the kinds of documents we can show to a worker and keep: what a name says is not believed.
SIGNATURES = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}


def sometimes(field: Kind) -> Kind:
    """Return a field that only some other answers make necessary: it may be empty, and is not called optional."""
    field.required = False
    field.is_sometimes_needed = True  # type: ignore[attr-defined]
    return field


class DateInput(forms.MultiWidget):
    """Three small boxes for day, month and year: quicker than a calendar for a day one knows."""

    template_name = "web/forms/date_input.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Make three boxes that bring up the digits on a phone."""
        numeric = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 2}
        boxes: dict[str, forms.Widget | type[forms.Widget]]
        boxes = {part: forms.TextInput(attrs=numeric) for part in PARTS[:2]}
        boxes["year"] = forms.TextInput(attrs=numeric | {"maxlength": 4})
        super().__init__(boxes, attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        """Return day, month and year of a date."""
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateField(forms.MultiValueField):
    """A day, typed as three numbers. `min_day` and `max_day` are the first and last day allowed."""

    widget = DateInput
    default_error_messages = {
        "invalid": _("Deze datum bestaat niet. Vul dag, maand en jaar in, bijvoorbeeld 27 3 1985."),
        "incomplete": _("Vul de dag, de maand en het jaar in."),
        "too_early": _("Deze datum ligt te ver terug."),
        "too_late": _("Deze datum ligt te ver vooruit."),
    }

    def __init__(self, *, min_day: date | None = None, max_day: date | None = None, **options: Any) -> None:
        """Make a field for a day between two days."""
        self.min_day, self.max_day = min_day, max_day
        parts = tuple(forms.CharField(max_length=4, required=False) for _part in PARTS)
        super().__init__(parts, require_all_fields=False, **options)

    def clean(self, value: Sequence[str]) -> date | None:
        """Return the day; raises ValidationError when it does not exist or is out of bounds."""
        filled = [part for part in (value or ()) if part]
        if 0 < len(filled) < len(PARTS):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        found: date | None = super().clean(value)
        return found

    def compress(self, data_list: Sequence[str]) -> date | None:
        """Return the day that three numbers name."""
        if not data_list:
            return None
        try:
            day, month, year = (int(part) for part in data_list)
            found = date(year, month, day)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if self.min_day and found < self.min_day:
            raise ValidationError(self.error_messages["too_early"], code="too_early")
        if self.max_day and found > self.max_day:
            raise ValidationError(self.error_messages["too_late"], code="too_late")
        return found


# As the Dutch write it (1.250,50 and 1.250,-) and as the English do (1,250.50).
_AMOUNTS = (
    re.compile(r"(-?)(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}|-))?", re.ASCII),
    re.compile(r"(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?", re.ASCII),
)


def cents_of(text: str) -> Cents:
    """Return an amount that a person typed, in euro cents; raises ValueError for what is no amount.

    >>> cents_of("1.250,50"), cents_of("€ 1250"), cents_of("12.5"), cents_of("1,250.00")
    (125050, 125000, 1250, 125000)
    """
    match = next(filter(None, (form.fullmatch(re.sub(r"[\s€]", "", text)) for form in _AMOUNTS)), None)
    if match is None:
        raise ValueError(f"no amount in {len(text)} characters")
    sign, whole, fraction = match.groups()
    cents = int(re.sub(r"[.,]", "", whole)) * 100 + int((fraction or "0").replace("-", "0").ljust(2, "0"))
    return Cents(-cents if sign else cents)


class AmountField(forms.CharField):
    """An amount in euros, typed as people write it; `cleaned_data` holds euro cents."""

    default_error_messages = {
        "invalid": _("Vul een bedrag in, bijvoorbeeld 1250 of 1250,50."),
        "negative": _("Vul een bedrag van 0 euro of meer in."),
        "too_much": _("Dit bedrag is te hoog. Kijk of de komma goed staat."),
    }

    def __init__(self, *, max_cents: int = 100_000_000_00, **options: Any) -> None:
        """Make a field for an amount up to `max_cents` euro cents."""
        self.max_cents = max_cents
        super().__init__(max_length=20, **options)
        self.widget.attrs |= {"inputmode": "decimal", "data-amount": "true", "autocomplete": "off"}

    def prepare_value(self, value: object) -> object:
        """Show euro cents as euros with a comma."""
        return f"{value // 100},{value % 100:02d}" if isinstance(value, int) else value

    def clean(self, value: str) -> Cents | None:
        """Return the amount in euro cents, None when nothing was typed."""
        text = super().clean(value)
        if not text:
            return None
        try:
            cents = cents_of(text)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if cents < 0:
            raise ValidationError(self.error_messages["negative"], code="negative")
        if cents > self.max_cents:
            raise ValidationError(self.error_messages["too_much"], code="too_much")
        return cents


class UploadField(forms.FileField):
    """A document to send along: PDF, JPG or PNG, recognised by its content."""

    default_error_messages = {
        "too_big": _("Dit bestand is te groot. Het mag hoogstens %(megabytes)s MB zijn."),
        "kind": _("Dit soort bestand kunnen wij niet lezen. Stuur een PDF, een JPG of een PNG."),
        "empty": _("Dit bestand is leeg. Kies een ander bestand."),
    }

    def __init__(self, *, max_bytes: int = 10 * MEGABYTE, **options: Any) -> None:
        """Make a field for a document of at most `max_bytes` bytes."""
        self.max_bytes = max_bytes
        options.setdefault("help_text", _("Een PDF, JPG of PNG van hoogstens 10 MB."))
        super().__init__(**options)
        self.widget.attrs["accept"] = ",".join(f".{kind}" for kind in SIGNATURES)

    def clean(self, data: UploadedFile | None, initial: object = None) -> UploadedFile | None:
        """Return the document; raises ValidationError when it is too big or of another kind."""
        file: UploadedFile | None = super().clean(data, initial)
        if file is None or file is initial:
            return file
        if (file.size or 0) > self.max_bytes:
            raise ValidationError(self.error_messages["too_big"], "too_big", {"megabytes": self.max_bytes // MEGABYTE})
        if not self._is_readable(file):
            raise ValidationError(self.error_messages["kind"], code="kind")
        return file

    @staticmethod
    def _is_readable(file: UploadedFile, signatures: Mapping[str, bytes] = SIGNATURES) -> bool:
        start = file.read(16)
        file.seek(0)
        return any(start.startswith(signature) for signature in signatures.values())
