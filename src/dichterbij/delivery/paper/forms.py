"""What a worker fills in about the post."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dichterbij.delivery.cases.domain import Application
from dichterbij.delivery.cases.forms import ApplicationForm
from dichterbij.delivery.messages.domain import Reason
from dichterbij.ground.assessment.domain import Question
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Bsn, KvkNumber
from dichterbij.kernel.problems import InvalidIdentifier
from dichterbij.web.forms import DateField, UploadField

from .domain import Trouble
from .entering import Written

EARLIEST = date(1900, 1, 1)
BY_POST, ON_SITE = "post", "site"
ASK, COLLEAGUE = "ask", "colleague"


class NotShownAgain(forms.TextInput):
    """A box that comes back empty: no number of a person stands on a page."""

    def format_value(self, value: object) -> None:
        """Show nothing."""


class EnvelopeForm(forms.Form):
    """A form that came in: the codes of its pages and the day."""

    codes = forms.CharField(
        label=_("Codes van de bladzijden"),
        help_text=_("Scan elke bladzijde, of typ de code die bovenaan staat. Zet elke code op een eigen regel."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Scan of typ de code van minstens één bladzijde.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Ask for a day that has come; today unless it is another one."""
        super().__init__(data)
        self.fields["received_on"] = _received_on()


class LetterForm(forms.Form):
    """An objection that came in as a letter: which decision it is about, and the two days that count."""

    reference = forms.CharField(
        label=_("Kenmerk van het besluit"),
        help_text=_("Het staat bovenaan onze brief, bijvoorbeeld 2026-7KQ4X2PA."),
        max_length=20,
        error_messages={"required": _("Typ het kenmerk van het besluit.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Ask for days that have come."""
        super().__init__(data, auto_id="id_objection_%s")
        self.fields["received_on"] = _received_on()
        self.fields["posted_on"] = DateField(
            label=_("Poststempel"),
            help_text=_("De dag op de envelop. Op tijd gepost is op tijd, als het binnen een week binnenkomt."),
            min_day=EARLIEST,
            max_day=clock.today(),
            required=False,
        )

    def clean_reference(self) -> str:
        """Return the reference as we write it."""
        return str(self.cleaned_data["reference"]).strip().upper()


class ReturnForm(forms.Form):
    """A letter that came back, taken in by hand."""

    reference = forms.CharField(
        label=_("Kenmerk op de brief"),
        max_length=20,
        error_messages={"required": _("Typ het kenmerk dat op de brief staat.")},
    )
    reason = forms.ChoiceField(
        label=_("Waarom kwam hij terug?"),
        choices=[
            (Reason.MOVED, _("De bewoner is verhuisd")),
            (Reason.UNKNOWN, _("Onbekend op dit adres")),
            (Reason.INCOMPLETE, _("Het adres klopt niet")),
            (Reason.REFUSED, _("Geweigerd")),
            (Reason.NOT_COLLECTED, _("Niet afgehaald")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waarom de brief terugkwam.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Ask for a day that has come."""
        super().__init__(data)
        self.fields["returned_on"] = DateField(
            label=_("Teruggekomen op"), min_day=EARLIEST, max_day=clock.today(), initial=clock.today()
        )

    def clean_reference(self) -> str:
        """Return the reference as we write it."""
        return str(self.cleaned_data["reference"]).strip().upper()


class PersonForm(forms.Form):
    """Whose paper it is, by what they wrote on it."""

    bsn = forms.CharField(
        label=_("Burgerservicenummer op het papier"),
        max_length=11,
        widget=NotShownAgain(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Neem het burgerservicenummer over.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, for_companies: bool = False) -> None:
        """Ask for a day of birth that has come; and of what a company can ask, for which one it is."""
        super().__init__(data)
        self.fields["born_on"] = DateField(
            label=_("Geboortedatum op het papier"), min_day=EARLIEST, max_day=clock.today()
        )
        if for_companies:
            self.fields["company"] = _company()

    def clean_bsn(self) -> Bsn:
        """Return the number; it must be one that can exist."""
        try:
            return Bsn("".join(str(self.cleaned_data["bsn"]).split()))
        except InvalidIdentifier:
            raise ValidationError(_("Dit nummer bestaat niet. Kijk of alle cijfers kloppen.")) from None

    def clean_company(self) -> KvkNumber | None:
        """Return the number of the company; None when the paper is of the person."""
        written = "".join(str(self.cleaned_data["company"]).split())
        try:
            return KvkNumber(written) if written else None
        except InvalidIdentifier:
            raise ValidationError(_("Een KVK-nummer heeft acht cijfers. Kijk of alle cijfers kloppen.")) from None


def _company() -> forms.CharField:
    return forms.CharField(
        label=_("KVK-nummer op het papier"),
        help_text=_("Staat er geen? Laat dit leeg. Dan is het van de persoon zelf."),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class PagesForm(forms.Form):
    """Pages that came later."""

    codes = EnvelopeForm.base_fields["codes"]


class TroubleForm(forms.Form):
    """What is wrong with paper, and what to do about it."""

    trouble = forms.ChoiceField(
        label=_("Wat is er mis?"),
        choices=[
            (Trouble.NOT_LEGIBLE, _("Het is niet te lezen")),
            (Trouble.PAGE_MISSING, _("Er ontbreekt een bladzijde")),
            (Trouble.NOT_SIGNED, _("Er staat geen handtekening")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat er mis is.")},
    )
    how = forms.ChoiceField(
        label=_("Wat doet u ermee?"),
        choices=[(ASK, _("Een brief sturen met de vraag")), (COLLEAGUE, _("Aan een collega geven"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u ermee doet.")},
    )


class ScanForm(forms.Form):
    """A picture of the paper."""

    scan = UploadField(label=_("Scan van het papier"))


def written_form(questions: Iterable[Question], data: Mapping[str, Any] | None = None) -> ApplicationForm:
    """Return the same form that citizens fill in, with nothing required: what is not on the paper stays unknown."""
    form = ApplicationForm(questions, Application(name=""), data)
    for question in form.questions:
        form.fields[question.fact].required = False
    form.fields["remark"].label = _("Wat er nog bij is geschreven")
    form.fields["by_post"] = forms.ChoiceField(
        label=_("Hoe wil de aanvrager onze brieven krijgen?"),
        choices=[(BY_POST, _("Op papier, of niets ingevuld")), (ON_SITE, _("Alleen op de site"))],
        widget=forms.RadioSelect,
        initial=BY_POST,
    )
    return form


def written(form: ApplicationForm) -> Written:
    """Return what a worker took over from the paper."""
    return Written(
        supplied=form.supplied,
        unknown=form.unknown,
        remark=form.cleaned_data["remark"],
        by_post=form.cleaned_data["by_post"] == BY_POST,
    )


def _received_on() -> DateField:
    today = clock.today()
    return DateField(
        label=_("Ontvangen op"),
        help_text=_("De dag waarop het bij ons binnenkwam. Vanaf die dag telt de termijn."),
        min_day=EARLIEST,
        max_day=today,
        initial=today,
    )
