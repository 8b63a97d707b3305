"""Pages of a worker who begins to help somebody: find, make sure who it is, say why."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dichterbij.ground.authority.routes import STAFF, LoggedIn, open_to
from dichterbij.ground.organisations.domain import StaffRole
from dichterbij.ground.registry.searching import TooManyFound
from dichterbij.kernel.levels import Level

from . import carrying, finding, helping, knowing, place, posting, presence
from .domain import CodeUnknown, Help, Person, Presence, Shown
from .forms_begin import BeginForm, CodeForm, PhoneForm, SearchForm
from .rules import rules
from .views_help import go_on

at_the_counter = open_to(STAFF, level=Level.SUBSTANTIAL)
with_a_form = require_http_methods(["GET", "HEAD", "POST"])


@with_a_form
@at_the_counter
def begin(request: LoggedIn) -> HttpResponse:
    """Find who stands at the counter or is on the phone: by a code, or by two things they tell."""
    role = place.counter_of(request.login)
    if request.method == "POST" and "code" in request.POST:
        return _by_code(request, role)
    if request.method == "POST":
        return _by_search(request, role)
    return _begin(request, role)


def _begin(
    request: LoggedIn,
    role: StaffRole,
    *,
    code: CodeForm | None = None,
    search: SearchForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "code_form": code or CodeForm(),
        "search_form": search or SearchForm(),
        "form": code or search,
        "running": place.running(request.login),
        "colleagues": helping.of_colleagues(request.login),
        "role": role,
    }
    return render(request, "desk/help.html", context, status=status)


def _by_code(request: LoggedIn, role: StaffRole) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _begin(request, role, code=form, status=422)
    reason = form.cleaned_data["reason"]
    try:
        person, how = presence.use(request.login.party, form.cleaned_data["code"])
    except CodeUnknown as problem:
        form.add_error("code", problem.detail)
        return _begin(request, role, code=form, status=problem.status)
    if how is Presence.LETTER:
        carrying.choose(request, person, how)
        return redirect("desk-help-person")
    return _helping(request, helping.begin(request.login, role, person, Shown(presence=how), reason=reason))


def _by_search(request: LoggedIn, role: StaffRole) -> HttpResponse:
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _begin(request, role, search=form, status=422)
    told = form.cleaned_data
    try:
        people = finding.find(
            request.login,
            role,
            born_on=told["born_on"],
            surname=told["surname"].strip(),
            postcode=told["postcode"].replace(" ", "").upper(),
            house_number=told["house_number"],
        )
    except TooManyFound as problem:
        form.add_error(None, problem.title)
        return _begin(request, role, search=form, status=problem.status)
    if len(people) == 1:
        carrying.choose(request, people[0])
        return _ask(request, role, people[0], "") if "call" in request.POST else redirect("desk-help-person")
    carrying.put_found(request, people)
    return redirect("desk-help-found")


@with_a_form
@at_the_counter
def found(request: LoggedIn) -> HttpResponse:
    """Show who fits, at most five, and let the worker choose after asking one thing more."""
    place.counter_of(request.login)
    people = carrying.found(request)
    if request.method == "POST":
        index = request.POST.get("person", "")
        if not (index.isdecimal() and int(index) < len(people)):
            raise Http404
        carrying.choose(request, people[int(index)])
        return redirect("desk-help-person")
    return render(request, "desk/found.html", {"people": people, "namesakes": _namesakes(people)})


def _namesakes(people: tuple[Person, ...]) -> bool:
    return len({(each.name, each.born_on) for each in people}) < len(people)


@with_a_form
@at_the_counter
def person(request: LoggedIn) -> HttpResponse:
    """Ask how the worker knows who it is and why they help; then begin."""
    role = place.counter_of(request.login)
    chosen = carrying.chosen(request)
    if chosen is None:
        return redirect("desk-help")
    somebody, known = chosen
    form = BeginForm(request.POST or None, known=known)
    if request.method == "POST" and form.is_valid():
        if form.shown.presence is Presence.QUESTIONS:
            return _ask(request, role, somebody, form.cleaned_data["reason"])
        help = helping.begin(
            request.login, role, somebody, form.shown, reason=form.cleaned_data["reason"], because=form.emergency
        )
        return _helping(request, help)
    context = {"form": form, "person": somebody, "known": known}
    return render(request, "desk/person.html", context, status=422 if form.errors else 200)


def _ask(request: LoggedIn, role: StaffRole, somebody: Person, reason: str) -> HttpResponse:
    """Choose what to ask who calls; why they are helped is asked with it when nobody said so."""
    asked = [each.id for each in knowing.questions(request.login, role, somebody)]
    request.session[carrying.ASKED] = [asked, reason]
    return redirect("desk-help-questions")


@with_a_form
@at_the_counter
def letter(request: LoggedIn) -> HttpResponse:
    """Send the person who was found a letter with a code; afterwards, say so."""
    role, chosen = place.counter_of(request.login), carrying.chosen(request)
    if request.method == "POST" and chosen is not None:
        posting.send(request.login, role, chosen[0])
        carrying.forget(request)
        return redirect("desk-help-letter")
    return render(request, "desk/letter_sent.html")


@with_a_form
@at_the_counter
def questions(request: LoggedIn) -> HttpResponse:
    """Ask on the phone what only the person knows; the answers themselves are never shown."""
    role = place.counter_of(request.login)
    chosen, asked = carrying.chosen(request), request.session.get(carrying.ASKED)
    if chosen is None or not asked:
        return redirect("desk-help")
    somebody, (ids, reason) = chosen[0], asked
    form = PhoneForm([each for each in rules().questions if each.id in ids], request.POST or None, reason=reason)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"] if "reason" in form.fields else reason
        right = knowing.answered(request.login, role, somebody, form.given)
        shown = Shown(presence=Presence.QUESTIONS, right=right)
        return _helping(request, helping.begin(request.login, role, somebody, shown, reason=reason))
    context = {"form": form, "person": somebody}
    return render(request, "desk/questions.html", context, status=422 if form.errors else 200)


def _helping(request: LoggedIn, help: Help) -> HttpResponse:
    carrying.forget(request)
    return go_on(request, help)
