"""Pages of a worker who helps somebody: find, make sure who it is, begin, see everything at once, hand over, end."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dichterbij.ground.authority.domain import Denied, Refusal
from dichterbij.ground.authority.reasons import detail, remedy
from dichterbij.ground.authority.routes import STAFF, LoggedIn, open_to
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.domain import ActingFor
from dichterbij.ground.organisations.domain import StaffRole
from dichterbij.ground.registry.searching import TooManyFound
from dichterbij.kernel.levels import Level

from . import carrying, conferring, finding, helping, knowing, overview, place, posting, presence
from .domain import CodeUnknown, Ended, Help, Person, Presence, Shown
from .forms_help import BeginForm, CodeForm, ConferenceForm, NoteForm, PhoneForm, SearchForm
from .rules import rules

at_the_counter = open_to(STAFF, level=Level.SUBSTANTIAL)
with_a_form = require_http_methods(["GET", "HEAD", "POST"])


def counter_of(request: LoggedIn) -> StaffRole:
    """Return the counter where this worker helps people; raises `Denied` for who does not."""
    role = next(iter(place.counters(request.login)), None)
    if role is None:
        raise Denied(Refusal.NOT_PERMITTED, detail(Refusal.NOT_PERMITTED), remedy=remedy(Refusal.NOT_PERMITTED))
    return role


@with_a_form
@at_the_counter
def begin(request: LoggedIn) -> HttpResponse:
    """Find who stands at the counter or is on the phone: by a code, or by two things they tell."""
    role = counter_of(request)
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
    try:
        person, how = presence.use(request.login.party, form.cleaned_data["code"])
    except CodeUnknown as problem:
        form.add_error("code", problem.detail)
        return _begin(request, role, code=form, status=problem.status)
    carrying.choose(request, person, how)
    return redirect("desk-help-person")


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
    carrying.put_found(request, people)
    return redirect("desk-help-found")


@with_a_form
@at_the_counter
def found(request: LoggedIn) -> HttpResponse:
    """Show who fits, at most five, and let the worker choose after asking one thing more."""
    counter_of(request)
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
    role = counter_of(request)
    chosen = carrying.chosen(request)
    if chosen is None:
        return redirect("desk-help")
    somebody, known = chosen
    form = BeginForm(request.POST or None, known=known)
    if request.method == "POST" and form.is_valid():
        if form.shown.presence is Presence.QUESTIONS:
            asked = [each.id for each in knowing.questions(request.login, role, somebody)]
            request.session[carrying.ASKED] = [asked, form.cleaned_data["reason"]]
            return redirect("desk-help-questions")
        help = helping.begin(
            request.login, role, somebody, form.shown, reason=form.cleaned_data["reason"], because=form.emergency
        )
        return _helping(request, help, somebody)
    context = {"form": form, "person": somebody, "known": known}
    return render(request, "desk/person.html", context, status=422 if form.errors else 200)


@with_a_form
@at_the_counter
def letter(request: LoggedIn) -> HttpResponse:
    """Send the person who was found a letter with a code; afterwards, say so."""
    role, chosen = counter_of(request), carrying.chosen(request)
    if request.method == "POST" and chosen is not None:
        posting.send(request.login, role, chosen[0])
        carrying.forget(request)
        return redirect("desk-help-letter")
    return render(request, "desk/letter_sent.html")


@with_a_form
@at_the_counter
def questions(request: LoggedIn) -> HttpResponse:
    """Ask on the phone what only the person knows; the answers themselves are never shown."""
    role = counter_of(request)
    chosen, asked = carrying.chosen(request), request.session.get(carrying.ASKED)
    if chosen is None or not asked:
        return redirect("desk-help")
    somebody, (ids, reason) = chosen[0], asked
    form = PhoneForm([each for each in rules().questions if each.id in ids], request.POST or None)
    if request.method == "POST" and form.is_valid():
        right = knowing.answered(request.login, role, somebody, form.given)
        shown = Shown(presence=Presence.QUESTIONS, right=right)
        return _helping(request, helping.begin(request.login, role, somebody, shown, reason=reason), somebody)
    context = {"form": form, "person": somebody}
    return render(request, "desk/questions.html", context, status=422 if form.errors else 200)


def _helping(request: LoggedIn, help: Help, somebody: Person) -> HttpResponse:
    carrying.forget(request)
    identity.act_for(request, ActingFor(subject=somebody.subject, name=help.name))
    return redirect("desk-help-now")


@with_a_form
@at_the_counter
def now(request: LoggedIn) -> HttpResponse:
    """Who is this, what runs, what is next, by when; a POST writes a note."""
    helped = place.running(request.login)
    if helped is None or request.login.acting_for is None:
        return redirect("desk-help")
    context = overview.page(request.login, helped, get_language() or "nl")
    form = NoteForm(overview.choices(context), request.POST or None)
    if request.method == "POST" and form.is_valid():
        case = form.cleaned_data["case"]
        helping.note(request.login, form.cleaned_data["words"], UUID(case) if case else None)
        return redirect("desk-help-now")
    return render(
        request,
        "desk/now.html",
        {**context, "form": form, "conference_form": ConferenceForm()},
        status=422 if form.errors else 200,
    )


@require_POST
@at_the_counter
def end(request: LoggedIn) -> HttpResponse:
    """End the help, because it is done or because the call broke off; the person gets it in writing."""
    dropped = "dropped" in request.POST
    helping.end(request.login, Ended.DROPPED if dropped else Ended.CLOSED)
    identity.act_for(request, None)
    return redirect("desk-help")


@require_POST
@at_the_counter
def take(request: LoggedIn, help: UUID) -> HttpResponse:
    """Go on with the help of a colleague who had to leave."""
    counter_of(request)
    taken = helping.take_over(request.login, help)
    return _acting(request, taken)


@require_POST
@at_the_counter
def resume(request: LoggedIn) -> HttpResponse:
    """Go on with the help that this worker had begun."""
    helped = place.running(request.login)
    if helped is None:
        return redirect("desk-help")
    return _acting(request, helped)


def _acting(request: LoggedIn, help: Help) -> HttpResponse:
    identity.act_for(request, ActingFor(subject=helping.subject_of(help), name=help.name))
    return redirect("desk-help-now")


@require_POST
@at_the_counter
def confer(request: LoggedIn, case: UUID) -> HttpResponse:
    """Bring in the organisation that decides on a case."""
    form = ConferenceForm(request.POST)
    if form.is_valid():
        conferring.ask(request.login, case, form.cleaned_data["words"])
    return redirect("desk-help-now")


@require_safe
@at_the_counter
def conferences(request: LoggedIn) -> HttpResponse:
    """Show to which conferences the worker's organisations are invited."""
    lines = [(each, overview.name_of(each.product)) for each in conferring.waiting(request.login)]
    return render(request, "desk/conferences.html", {"conferences": lines})


@with_a_form
@at_the_counter
def conference(request: LoggedIn, conference: UUID) -> HttpResponse:
    """Show a conference to who decides; a POST answers, or ends it."""
    if request.method == "POST" and "end" in request.POST:
        conferring.end(request.login, conference)
        return redirect("desk-conferences")
    form = ConferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        conferring.answer(request.login, conference, form.cleaned_data["words"])
        return redirect("desk-conference", conference)
    shared, _access = conferring.join(request.login, conference)
    context = {"form": form, "conference": shared, "product": overview.name_of(shared.product)}
    return render(request, "desk/conference.html", context, status=422 if form.errors else 200)
