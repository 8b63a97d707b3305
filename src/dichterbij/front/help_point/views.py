"""Pages of the help point. Open to anyone: there is nobody's data on any of them, and none of them leaves a cookie."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.delivery.cases.forms import ApplicationForm
from dichterbij.delivery.cases.views_case import about_case
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.paper.definitions import questions as questions_of
from dichterbij.ground.authority.routes import ANYONE, Request, open_to
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.formats import weekday_name

from . import counting, finding, guide
from .domain import Near, WrongCode
from .forms import CountForm, NearForm

NO_COOKIE = {"csrf_token": ""}
"""The pages of the guide show forms that cannot be sent: they need no token, and so no cookie."""


@require_safe
@open_to(ANYONE)
def points(request: Request) -> HttpResponse:
    """Find the nearest points; the question stands in the address and nowhere else."""
    form = NearForm(request.GET if "near" in request.GET else None)
    found = finding.find(form.cleaned_data["near"]) if form.is_bound and form.is_valid() else ()
    context = {"form": form, "found": [(each, _hours(each)) for each in found], "asked": form.is_bound}
    return render(request, "help_point/points.html", context)


@require_safe
@open_to(ANYONE)
def card(request: Request) -> HttpResponse:
    """Show the card about safe use, to print."""
    return render(request, "help_point/card.html")


@require_safe
@open_to(ANYONE)
def guide_list(request: Request) -> HttpResponse:
    """Show of what a helper can show the pages."""
    language = _language()
    products = sorted((each.name(language), each.summary[language], each.id) for each in catalogue.products())
    return render(request, "help_point/guide.html", {"products": products})


@require_safe
@open_to(ANYONE)
def application(request: Request, product: str) -> HttpResponse:
    """Show the page of an application, with every question it can ask and nothing filled in."""
    found, language = catalogue.product(product), _language()
    draft = guide.draft(found, _("Voorbeeld"), language)
    context = {
        "form": ApplicationForm(questions_of(found, language), draft.application),
        "draft": draft,
        "facts": (),
        "product": found,
        "name": found.name(language),
        "organisation": organisations.organisation(draft.organisation),
    }
    return render(request, "help_point/application.html", context | NO_COOKIE)


@require_safe
@open_to(ANYONE)
def afterwards(request: Request, product: str) -> HttpResponse:
    """Show the page of a case that was just received."""
    found = catalogue.product(product)
    context = about_case(guide.case(found, _("Voorbeeld"), _language())) | {"product": found, "may_withdraw": False}
    return render(request, "help_point/afterwards.html", context | NO_COOKIE)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
def questions(request: Request) -> HttpResponse:
    """Count what was asked at a point, and show how often each subject was asked this month."""
    language = _language()
    subjects = [(key, words[language]) for key, words in counting.subjects().items()]
    form = CountForm(subjects, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            counting.count(form.cleaned_data["code"], form.cleaned_data["subject"])
            return redirect(f"{reverse('help-questions')}?counted")
        except WrongCode as problem:
            form.add_error("code", _(problem.detail))
    counts = counting.counts()
    context = {
        "form": form,
        "counts": [(words, counts[key]) for key, words in subjects if key in counts],
        "counted": "counted" in request.GET,
    }
    return render(request, "help_point/questions.html", context, status=422 if form.errors else 200)


def _hours(near: Near) -> list[tuple[str, str]]:
    """Return the opening hours in words, for the days on which a point is open."""
    hours = near.point.hours
    return [(weekday_name(day, _language()), ", ".join(hours[day])) for day in sorted(hours)]


def _language() -> str:
    return (get_language() or "nl").split("-")[0]
