"""When somebody comes, and about what."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from dichterbij.kernel.formats import weekday_long
from dichterbij.web.templatetags.web import time_of_day

CASE = "case:"


class DayForm(forms.Form):
    """Which day's times are shown; asked with GET."""

    def __init__(self, days: Iterable[date], language: str, chosen: date) -> None:
        """Offer the days on which there is time."""
        super().__init__(initial={"day": chosen.isoformat()})
        told = [(day.isoformat(), weekday_long(day, language)) for day in days]
        self.fields["day"] = forms.ChoiceField(label=_("Dag"), choices=told)


class TimeForm(forms.Form):
    """At which time."""

    def __init__(self, times: Sequence[datetime], data: Any = None) -> None:
        """Offer the free times of one day."""
        super().__init__(data)
        told = [(moment.isoformat(), time_of_day(moment)) for moment in times]
        self.fields["time"] = forms.ChoiceField(
            label=_("Hoe laat?"),
            choices=[("", _("Kies een tijd")), *told],
            error_messages={
                "required": _("Kies een tijd."),
                "invalid_choice": _("Deze tijd is niet meer vrij. Kies een andere."),
            },
        )

    @property
    def begins_at(self) -> datetime:
        """Return the chosen time."""
        return datetime.fromisoformat(self.cleaned_data["time"])


class BookForm(TimeForm):
    """At which time, and about what: an application of one's own, or a subject of the organisation."""

    def __init__(self, times: Sequence[datetime], about: Sequence[tuple[str, str]], data: Any = None) -> None:
        """Ask first what it is about."""
        super().__init__(times, data)
        self.fields["about"] = forms.ChoiceField(
            label=_("Waar gaat het over?"),
            choices=about,
            widget=forms.RadioSelect,
            error_messages={"required": _("Kies waar de afspraak over gaat.")},
        )
        self.order_fields(["about", "time"])

    @property
    def topic(self) -> str:
        """Return the chosen subject; empty for an application."""
        about: str = self.cleaned_data["about"]
        return "" if about.startswith(CASE) else about

    @property
    def case(self) -> UUID | None:
        """Return the chosen application, if it is about one."""
        about: str = self.cleaned_data["about"]
        return UUID(about.removeprefix(CASE)) if about.startswith(CASE) else None
