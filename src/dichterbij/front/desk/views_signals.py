"""Pages about what the law left to workers: for who keeps the rules, and in numbers for everybody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.delivery.cases import signals
from dichterbij.delivery.cases.signals import About, Signals
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.authority.routes import ANYONE, STAFF, LoggedIn, open_to
from dichterbij.ground.authority.services import role_with
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import StaffTask
from dichterbij.kernel.levels import Level

from .forms import SignalForm
from .rules import rules


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(STAFF, level=Level.SUBSTANTIAL)
def rule_signals(request: LoggedIn) -> HttpResponse:
    """Show how often and on which grounds workers judged, and keep what who keeps the rule did about it."""
    role = role_with(request.login, StaffTask.EDIT)
    sent = SignalForm(request.POST) if request.method == "POST" else None
    if sent is not None and sent.is_valid():
        told = sent.cleaned_data
        signals.answer(role, told["product"], told["fact"], told["text"])
        return redirect("desk-signals")
    found = [_shown(each, number, sent) for number, each in enumerate(signals.of(role))]
    form = next((each["form"] for each in found if sent is not None and each["form"].is_bound), sent)
    context = {"told": found, "form": form, "least": rules().least_shown}
    return render(request, "desk/signals.html", context, status=422 if sent else 200)


def _shown(each: Signals, number: int, sent: SignalForm | None) -> dict[str, Any]:
    about = {"product": each.about.product, "fact": each.about.fact}
    is_sent = sent is not None and all(sent.data.get(name) == value for name, value in about.items())
    form = SignalForm(sent.data if sent and is_sent else None, initial=about, auto_id=f"signal_{number}_%s")
    return {"signals": each, "form": form, **_told(each.about), "grounds": _grounds(each)}


@require_safe
@open_to(ANYONE)
def judged(request: HttpRequest) -> HttpResponse:
    """Show everybody how often the law left something to a worker; small numbers are hidden."""
    numbers, least = signals.numbers(), rules().least_shown
    told = [
        {**_told(about), "organisation": organisations.organisation(about.organisation).name, "number": number}
        for about, number in numbers.items()
    ]
    shown = sorted(told, key=lambda each: (each["organisation"], each["product"], each["article"]))
    return render(request, "desk/judged.html", {"told": shown, "least": least})


def _told(about: About) -> dict[str, object]:
    """Return what a judgement is called; what the catalogue no longer has goes by its own names."""
    language = get_language() or "nl"
    product = next((each for each in catalogue.products() if each.id == about.product), None)
    judgement = product.judgement(about.fact) if product else None
    return {
        "product": product.name(language) if product else about.product,
        "question": judgement.question[language] if judgement else about.fact,
        "article": judgement.source.article if judgement else "",
        "url": judgement.source.url if judgement else "",
    }


def _grounds(found: Signals) -> list[tuple[str, int]]:
    language, names = get_language() or "nl", rules().grounds
    return [(names[key][language] if key in names else key, number) for key, number in sorted(found.grounds.items())]
