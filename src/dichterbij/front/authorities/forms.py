"""The forms of mandates: for what and until when, whom to ask, and the code that was handed over."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dichterbij.ground.authority.giving import MOST_MONTHS
from dichterbij.ground.authority.mandates import Terms
from dichterbij.kernel import clock
from dichterbij.kernel.dates import add_months
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.problems import InvalidIdentifier
from dichterbij.web.forms import DateField

from . import choices

ALL, SOME = "all", "some"
ACT, LOOK = "act", "look"


def _last_day(latest: date | None = None) -> DateField:
    today = clock.today()
    most = add_months(today, MOST_MONTHS)
    return DateField(label=_("Tot en met welke dag?"), min_day=today, max_day=min(most, latest or most), required=True)


class BsnField(forms.CharField):
    """The citizen service number of somebody else."""

    def clean(self, value: Any) -> Bsn:
        """Return the number; one that cannot exist is a slip of the pen."""
        typed = str(super().clean(value))
        try:
            return Bsn("".join(sign for sign in typed if sign.isdecimal()))
        except InvalidIdentifier:
            raise ValidationError(_("Dit nummer kan niet bestaan. Kijk het nog eens na.")) from None


def _bsn() -> BsnField:
    return BsnField(
        label=_("Burgerservicenummer van deze persoon"),
        help_text=_("Negen cijfers. Het staat op het paspoort en op brieven van de overheid."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Vul het burgerservicenummer in.")},
    )


class TermsForm(forms.Form):
    """What another may do, and until which day."""

    scope = forms.ChoiceField(
        label=gettext_lazy("Waarvoor is de machtiging?"),
        choices=[(ALL, gettext_lazy("Alles wat hier geregeld kan worden")), (SOME, gettext_lazy("Wat u aankruist"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies waarvoor de machtiging is.")},
    )

    def __init__(self, language: str, data: Any = None) -> None:
        """Offer every product, and a year as the usual period."""
        super().__init__(data, initial={"last_day": add_months(clock.today(), 12), "may": ACT})
        self.fields["products"] = forms.MultipleChoiceField(
            label=_("Alleen hiervoor"),
            help_text=_("Vul dit in als u koos voor wat u aankruist."),
            choices=choices.products(language),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["may"] = forms.ChoiceField(
            label=_("Wat mag deze persoon doen?"),
            choices=[(ACT, _("Kijken en regelen")), (LOOK, _("Alleen meekijken"))],
            initial=ACT,
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields["last_day"] = _last_day()

    def clean(self) -> dict[str, Any]:
        """Ask for at least one product when not everything is meant."""
        said = super().clean() or {}
        if said.get("scope") == SOME and not said.get("products"):
            self.add_error("products", _("Kruis aan waarvoor de machtiging is."))
        return said

    @property
    def terms(self) -> Terms:
        """Return what was chosen."""
        said, every = self.cleaned_data, self.cleaned_data["scope"] == ALL
        chosen: Collection[str] = choices.GENERAL if every else said["products"]
        return Terms(
            products=frozenset(chosen),
            is_everything=every,
            may_submit=said.get("may") != LOOK,
            may_pass_on=bool(said.get("may_pass_on")),
            last_day=said["last_day"],
        )


class MandateForm(TermsForm):
    """What another may do for who fills this in."""

    may_pass_on = forms.BooleanField(
        label=gettext_lazy("Deze persoon mag de machtiging één keer doorgeven aan een ander."), required=False
    )
    field_order = ("scope", "products", "may", "last_day", "may_pass_on")


class AskForm(TermsForm):
    """Whom somebody asks to act for, and for what."""

    field_order = ("bsn", "born_on", "scope", "products", "may", "last_day")

    def __init__(self, language: str, data: Any = None) -> None:
        """Ask for the day of birth too: a number alone is not enough to have a letter sent."""
        super().__init__(language, data)
        self.fields["bsn"] = _bsn()
        self.fields["born_on"] = DateField(
            label=_("Geboortedatum van deze persoon"), max_day=clock.today(), required=True
        )
        self.order_fields(self.field_order)


class PassOnForm(forms.Form):
    """Until when another acts in one's place."""

    def __init__(self, latest: date, data: Any = None) -> None:
        """Offer no day after the end of the mandate itself."""
        super().__init__(data, initial={"last_day": latest})
        self.fields["last_day"] = _last_day(latest)


class AgreeForm(forms.Form):
    """To what somebody says yes, and for whom."""

    def __init__(self, people: Collection[tuple[object, str, frozenset[str]]], language: str, data: Any = None) -> None:
        """Offer those for whom another may not act alone, each with the products for which that is so."""
        super().__init__(data)
        self._products = {str(party): products for party, _name, products in people}
        names = [(str(party), name) for party, name, _products in people]
        offered = [
            each for each in choices.products(language) if any(each[0] in some for some in self._products.values())
        ]
        self.fields["person"] = forms.ChoiceField(
            label=_("Voor wie?"),
            choices=names,
            widget=forms.RadioSelect,
            initial=names[0][0] if len(names) == 1 else None,
        )
        self.fields["product"] = forms.ChoiceField(
            label=_("Waarvoor geeft u toestemming?"), choices=offered, widget=forms.RadioSelect
        )

    def clean(self) -> dict[str, Any]:
        """Take no yes to what nobody needs it for."""
        said = super().clean() or {}
        if {"person", "product"} <= said.keys() and said["product"] not in self._products[said["person"]]:
            self.add_error("product", _("Hiervoor is uw toestemming niet nodig. Kies iets anders."))
        return said


class CodeForm(forms.Form):
    """A code that somebody handed over or got in a letter."""

    code = forms.CharField(
        label=gettext_lazy("Uw code"),
        help_text=gettext_lazy("Twaalf tekens, bijvoorbeeld K7QM 4XPR 9DTW. Spaties maken niet uit."),
        max_length=40,
        error_messages={"required": gettext_lazy("Vul de code in die u kreeg.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class ProofForm(forms.Form):
    """The code on a proof that somebody shows."""

    code = forms.CharField(
        label=gettext_lazy("De code op het bewijs"),
        help_text=gettext_lazy("Twintig tekens. Spaties maken niet uit."),
        max_length=60,
        error_messages={"required": gettext_lazy("Vul de code in die op het bewijs staat.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class BlockForm(forms.Form):
    """Whose login is blocked or works again, and how the worker knows who asks it."""

    SEEN = [
        ("called", gettext_lazy("Niet, deze persoon belt")),
        ("document", gettext_lazy("Ik heb het identiteitsbewijs gezien")),
    ]
    what = forms.ChoiceField(
        label=gettext_lazy("Wat is er nodig?"),
        choices=[("block", gettext_lazy("Inlog blokkeren")), ("lift", gettext_lazy("Inlog weer laten werken"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies wat er nodig is.")},
    )
    seen = forms.ChoiceField(
        label=gettext_lazy("Hoe weet u wie het is?"),
        choices=SEEN,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies hoe u weet wie het is.")},
    )

    def __init__(self, data: Any = None) -> None:
        """Ask first about whom it is."""
        super().__init__(data)
        self.fields["bsn"] = _bsn()
        self.order_fields(["bsn", "what", "seen"])

    def clean(self) -> dict[str, Any]:
        """Let nobody lift a block over the phone."""
        said = super().clean() or {}
        if said.get("what") == "lift" and said.get("seen") != "document":
            self.add_error("seen", _("Alleen aan de balie, met een identiteitsbewijs."))
        return said

    @property
    def reason(self) -> str:
        """Return what the person reads about it."""
        return "Inlog kwijt of misbruikt" + (", legitimatie gezien" if self.cleaned_data["seen"] == "document" else "")


class CounterForm(CodeForm):
    """The letter of somebody who came to the counter, and how the worker saw who they are."""

    SEEN = [("passport", gettext_lazy("paspoort")), ("card", gettext_lazy("identiteitskaart")),
            ("licence", gettext_lazy("rijbewijs")), ("permit", gettext_lazy("verblijfsdocument"))]  # fmt: skip
    document = forms.ChoiceField(
        label=gettext_lazy("Welk identiteitsbewijs hebt u gezien?"),
        choices=SEEN,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies welk identiteitsbewijs u hebt gezien.")},
    )
