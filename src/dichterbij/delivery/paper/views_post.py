"""Pages of the post: take in a form or an objection, see whose it is, type it in, or ask back what is missing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.cases.domain import came_in_time
from dichterbij.delivery.cases.forms_objection import ObjectionForm
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.assessment.domain import Question
from dichterbij.ground.authority.routes import STAFF, LoggedIn, open_to
from dichterbij.ground.logbook.services import record_view
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.access import Permission
from dichterbij.kernel.levels import Level
from dichterbij.kernel.problems import Problem

from . import entering, queries, receiving, scans, writing
from .codes import NotACode
from .definitions import questions
from .domain import FormUsed, Kind, MixedForms, NotOfCompany, NotThisPerson, Paper, Trouble, UnknownForm, UnknownPaper
from .forms import (
    COLLEAGUE,
    EnvelopeForm,
    LetterForm,
    PagesForm,
    PersonForm,
    ScanForm,
    TroubleForm,
    written,
    written_form,
)
from .telling import stage_name, trouble_name

staff_only = open_to(STAFF, level=Level.SUBSTANTIAL)
with_a_form = require_http_methods(["GET", "HEAD", "POST"])
WRONG_CODE = (NotACode, UnknownForm, MixedForms, FormUsed)


@with_a_form
@staff_only
def post(request: LoggedIn) -> HttpResponse:
    """Show the post that waits, and take in a form by its codes."""
    form = EnvelopeForm(request.POST if request.method == "POST" else request.kept_form)
    if request.method != "POST" or not form.is_valid():
        return _list(request, envelope=form)
    try:
        found = receiving.open_envelope(request.login, form.cleaned_data["codes"], form.cleaned_data["received_on"])
    except WRONG_CODE as problem:
        form.add_error("codes", _told(problem))
        return _list(request, envelope=form)
    return _opened(request, found)


@with_a_form
@staff_only
def objection(request: LoggedIn) -> HttpResponse:
    """Take in an objection by the reference of its decision."""
    form = LetterForm(request.POST if request.method == "POST" else request.kept_form)
    if request.method != "POST" or not form.is_valid():
        return _list(request, letter=form)
    given = form.cleaned_data
    try:
        found = receiving.open_objection(request.login, given["reference"], given["received_on"], given["posted_on"])
    except UnknownPaper as problem:
        form.add_error("reference", problem.detail)
        return _list(request, letter=form)
    return _opened(request, found)


def _opened(request: LoggedIn, found: Paper) -> HttpResponse:
    """Go to the paper; say where it went when it is of another organisation or unit."""
    try:
        queries.one(request.login, found.id)
    except UnknownPaper:
        return _list(request, sent_on=_place(found))
    return redirect("post-piece", found.id)


def _place(found: Paper) -> str:
    """Return where paper is handled: which organisation and, when it has more of them, which unit."""
    place = organisations.organisation(found.organisation)
    key = cases.place(found.case).unit if found.case else catalogue.product(found.product).unit
    return f"{place.name}: {place.units[key]}" if key in place.units and len(place.units) > 1 else place.name


def _list(
    request: LoggedIn, *, envelope: EnvelopeForm | None = None, letter: LetterForm | None = None, sent_on: str = ""
) -> HttpResponse:
    rows = [
        (each, catalogue.product(each.product).name(_language()), stage_name(each.stage), trouble_name(each.trouble))
        for each in queries.waiting(request.login)
    ]
    failed = next((form for form in (envelope, letter) if form is not None and form.errors), None)
    context = {
        "rows": rows,
        "envelope": envelope or EnvelopeForm(),
        "letter": letter or LetterForm(),
        "form": failed,
        "sent_on": sent_on,
    }
    return render(request, "paper/post.html", context, status=422 if failed else 200)


@with_a_form
@staff_only
def piece(request: LoggedIn, paper: UUID) -> HttpResponse:
    """Show one piece of post and what can be done with it."""
    return _show(request, queries.one(request.login, paper))


@with_a_form
@staff_only
def person(request: LoggedIn, paper: UUID) -> HttpResponse:
    """Say whose paper it is."""
    found = queries.one(request.login, paper)
    form = _person_form(found, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, found, person_form=form)
    try:
        given = form.cleaned_data
        receiving.identify(request.login, paper, given["bsn"], given["born_on"], given.get("company"))
    except NotThisPerson as problem:
        form.add_error("company" if isinstance(problem, NotOfCompany) else "bsn", _told(problem))
        return _show(request, found, person_form=form)
    return redirect("post-piece", paper)


@with_a_form
@staff_only
def application(request: LoggedIn, paper: UUID) -> HttpResponse:
    """Type in an application and send it."""
    found = queries.one(request.login, paper)
    if request.method != "POST":
        return _show(request, found)
    form = written_form(_questions(found), request.POST)
    if not form.is_valid():
        return _show(request, found, written_form=form)
    entering.enter(request.login, paper, written(form))
    return redirect("post-piece", paper)


@with_a_form
@staff_only
def objection_text(request: LoggedIn, paper: UUID) -> HttpResponse:
    """Type in an objection and send it."""
    found = queries.one(request.login, paper)
    if request.method != "POST":
        return _show(request, found)
    form = _objection_form(request, found, request.POST)
    if not form.is_valid():
        return _show(request, found, objection_form=form)
    given = form.cleaned_data
    entering.object_on_paper(request.login, paper, given["text"], given.get("late_because", ""))
    return redirect("post-piece", paper)


@with_a_form
@staff_only
def pages(request: LoggedIn, paper: UUID) -> HttpResponse:
    """Add pages that came later."""
    form = PagesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            receiving.add_pages(request.login, paper, form.cleaned_data["codes"])
            return redirect("post-piece", paper)
        except WRONG_CODE as problem:
            form.add_error("codes", _told(problem))
    return _show(request, queries.one(request.login, paper), pages_form=form)


@with_a_form
@staff_only
def trouble(request: LoggedIn, paper: UUID) -> HttpResponse:
    """Ask the person for what is missing, or give the paper to a colleague."""
    form = TroubleForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, queries.one(request.login, paper), trouble_form=form)
    act: Callable[..., None] = writing.give_to_colleague if form.cleaned_data["how"] == COLLEAGUE else writing.ask_back
    act(request.login, paper, Trouble(form.cleaned_data["trouble"]))
    return redirect("post-piece", paper)


@with_a_form
@staff_only
def scan(request: LoggedIn, paper: UUID) -> HttpResponse:
    """Add a picture of the paper."""
    form = ScanForm(request.POST, request.FILES) if request.method == "POST" else ScanForm()
    if request.method != "POST" or not form.is_valid():
        return _show(request, queries.one(request.login, paper), scan_form=form)
    scans.add(request.login, paper, form.cleaned_data["scan"].read())
    return redirect("post-piece", paper)


def _show(request: LoggedIn, found: Paper, **bound: Any) -> HttpResponse:
    """Show a piece of post; looking at whose it is is recorded first."""
    if found.party is not None:
        record_view(receiving.access_for(request.login, found.id, Permission.READ), "papier dat u stuurde")
    form = next((each for each in bound.values() if each.errors), None)
    context = {
        "paper": found,
        "product": catalogue.product(found.product).name(_language()),
        "stage": stage_name(found.stage),
        "trouble": trouble_name(found.trouble),
        "is_objection": found.kind is Kind.OBJECTION,
        "scans": queries.scans_of_paper(request.login, found.id),
        **_forms(request, found),
        **bound,
        "form": form,
    }
    return render(request, "paper/piece.html", context, status=422 if form else 200)


def _forms(request: LoggedIn, found: Paper) -> dict[str, object]:
    """Return the forms that fit how far the paper is."""
    if not found.stage.is_open:
        return {}
    forms: dict[str, object] = {"scan_form": ScanForm()}
    if found.party is None:
        return {**forms, "person_form": _person_form(found, None), "trouble_form": TroubleForm()}
    if found.kind is Kind.OBJECTION:
        return {**forms, "objection_form": _objection_form(request, found, None)}
    asked = _questions(found)
    more = {"pages_form": PagesForm()} if found.missing else {}
    return {**forms, **more, "written_form": written_form(asked), "trouble_form": TroubleForm()}


def _person_form(found: Paper, data: Any) -> PersonForm:
    return PersonForm(data, for_companies=catalogue.product(found.product).for_companies)


def _questions(found: Paper) -> tuple[Question, ...]:
    return questions(catalogue.product(found.product), _language(), is_company=bool(found.signer))


def _objection_form(request: LoggedIn, found: Paper, data: Any) -> ObjectionForm:
    assert found.case is not None  # noqa: S101 an objection is about a case
    case = cases.case(receiving.access_for(request.login, found.id, Permission.READ), found.case)
    until = case.decision.object_until if case.decision else None
    is_late = until is not None and not came_in_time(until, found.received_on, found.posted_on)
    return ObjectionForm(data, is_late=is_late)


def _told(problem: Problem) -> str:
    return f"{problem.title}. {problem.detail}"


def _language() -> str:
    return (get_language() or "nl").split("-")[0]
