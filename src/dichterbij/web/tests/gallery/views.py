"""Views of the gallery."""

from datetime import date, timedelta
from pathlib import Path

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines

from dichterbij.kernel import clock
from dichterbij.kernel.problems import Problem
from dichterbij.web import slots
from dichterbij.web.forms import AmountField, DateField, UploadField

HERE = Path(__file__).parent
PAGES = ("components", "form", "letter", "checklist", "plan")


class RegistryAway(Problem):
    code = "registry-unavailable"
    title = "De Basisregistratie Personen antwoordt niet"
    status = 503


class GalleryForm(forms.Form):
    iban = forms.CharField(
        label="Rekeningnummer (IBAN)", help_text="Bijvoorbeeld NL91 ABNA 0417 1643 00", max_length=34
    )
    phone = forms.CharField(
        label="Telefoonnummer", required=False, help_text="Wij bellen alleen als er iets niet duidelijk is."
    )
    income = AmountField(label="Uw inkomen in 2026", help_text="Een schatting is goed.")
    moved_on = DateField(
        label="Wanneer bent u verhuisd?", help_text="Bijvoorbeeld 27 3 2026", max_day=date(2026, 6, 15)
    )
    stays = forms.ChoiceField(
        label="Wilt u in uw woning blijven wonen?",
        widget=forms.RadioSelect,
        choices=[("yes", "Ja"), ("no", "Nee, ik ga verhuizen"), ("unknown", "Dat weet ik nog niet")],
    )
    helpers = forms.MultipleChoiceField(
        label="Wie mag u helpen?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("child", "Mijn kind"), ("office", "De nabestaandenconsulent van het ziekenhuis")],
    )
    country = forms.ChoiceField(label="Land", choices=[("nl", "Nederland"), ("bq", "Bonaire")])
    story = forms.CharField(
        label="Wilt u er iets bij zeggen?", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    proof = UploadField(label="Bewijs van uw arbeidsongeschiktheidsverzekering")
    agrees = forms.BooleanField(label="Ik heb alles naar waarheid ingevuld")


def navigation(request: HttpRequest) -> list[slots.SlotItem]:
    return [
        slots.SlotItem(label="Mijn overzicht", url="/gallery/plan", order=10),
        slots.SlotItem(label="Mijn zaken", url="/gallery/components", order=20),
        slots.SlotItem(label="Berichten", url="/gallery/letter", order=30, count=2, count_label="ongelezen"),
        slots.SlotItem(label="Mijn gegevens", url="/gallery/form", order=40),
        slots.SlotItem(label="Wie keek in mijn gegevens", url="/gallery/checklist", order=50),
    ]


def header(request: HttpRequest) -> list[slots.SlotItem]:
    return [slots.SlotItem(label="Inloggen", url="/gallery/form")] if "checklist" in request.path else []


def login(request: HttpRequest) -> slots.LoginState:
    until = clock.now() + timedelta(minutes=15)
    return slots.LoginState(
        name="Noor de Vries", until=until, sign_out_url="/gallery/sign-out", extend_url="/gallery/sign-out"
    )


def host(request: HttpRequest) -> slots.Host:
    theme = request.path.split("/themes/")[1] if "/themes/" in request.path else "dichterbij"
    return slots.Host(
        name="Gemeente Voorbeeldstad",
        theme=theme,
        phone="14 010",
        hours="Werkdagen van 8.30 tot 17.00 uur",
        address="Stadhuisplein 1, Voorbeeldstad",
        appointment_url="/gallery/form",
        feedback="feedback@voorbeeld.example",
    )


def render(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    slots.set_host(host)
    slots.set_login(login if name != "checklist" else lambda request: None)
    slots.register("navigation", navigation)
    slots.register("header", header)
    text = (HERE / f"{name}.html").read_text(encoding="utf-8")
    return HttpResponse(engines["django"].from_string(text).render(context, request))


def page(request: HttpRequest, name: str) -> HttpResponse:
    if request.method == "POST":
        return render(request, "form", {"form": GalleryForm(request.POST, request.FILES)})
    context = {"form": GalleryForm(initial={"stays": "no", "helpers": ["child"]})} if name == "form" else {}
    return render(request, name, context | {"day": date(2026, 6, 15), "now": clock.now()})


def form_with_errors(request: HttpRequest) -> HttpResponse:
    typed = {"iban": "", "income": "veel", "moved_on_0": "31", "moved_on_1": "2", "moved_on_2": "2026", "country": "nl"}
    return render(request, "form", {"form": GalleryForm(typed)})


def themed(request: HttpRequest, theme: str) -> HttpResponse:
    return render(request, "components", {"day": date(2026, 6, 15), "now": clock.now()})


def problem(request: HttpRequest) -> HttpResponse:
    raise RegistryAway("Sinds 10.04 uur krijgen wij geen antwoord. Wat u al had ingevuld, is bewaard.")


def crash(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a defect of ours")


def sign_out(request: HttpRequest) -> HttpResponse:
    return HttpResponse("uitgelogd")
