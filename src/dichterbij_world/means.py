"""The test means of login: be anybody of the invented world, at any level. Only in a demonstration.

Two means, as in real life: one for people, one for workers of an organisation. Both come back through
`identity.arrival`, like every other means; nothing in the product knows that these are easy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from dichterbij.ground.authority.routes import ANYONE, Request, open_to
from dichterbij.ground.identity import arrival, asking, means
from dichterbij.ground.identity.domain import (
    Assertion,
    AssertionRefused,
    Audience,
    Identifier,
    IdentifierType,
    LoginRequest,
    Means,
)
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level

from .people import Person
from .personas import Persona
from .store import World, WorldMissing, default_path

LEVELS = {"test:laag": Level.LOW, "test:substantieel": Level.SUBSTANTIAL, "test:hoog": Level.HIGH}
LEVEL_CHOICES = [("test:laag", _("Laag")), ("test:substantieel", _("Substantieel")), ("test:hoog", _("Hoog"))]
ROLES = {
    "handler": _("behandelt zaken en beslist"),
    "reader": _("ziet zaken, beslist niet"),
    "operator": _("beheert"),
    "desk": _("helpt mensen aan de balie en de telefoon"),
    "auditor": _("kijkt na wie wat opende"),
}
AT_MOST = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person one can be: `key` stands for them in the page, so that no number is in it. `story` is always Dutch."""

    key: str
    name: str
    bsn: str
    about: str = ""
    story: str = ""
    employee: str = ""


def register() -> None:
    """Admit the two test means."""
    means.register(
        Means(
            id="test-citizen",
            name=gettext_noop("Testmiddel"),
            description=gettext_noop("Alleen in de demonstratie. U kiest zelf wie u bent."),
            audience=Audience.CITIZEN,
            identifier_types=frozenset({IdentifierType.BSN}),
            levels=LEVELS,
            start=partial(_start, Audience.CITIZEN),
            for_tests=True,
        )
    )
    means.register(
        Means(
            id="test-staff",
            name=gettext_noop("Testmiddel voor medewerkers"),
            description=gettext_noop("Alleen in de demonstratie. U kiest bij welke organisatie u werkt."),
            audience=Audience.STAFF,
            identifier_types=frozenset({IdentifierType.BSN, IdentifierType.EMPLOYEE}),
            levels=LEVELS,
            start=partial(_start, Audience.STAFF),
            for_tests=True,
        )
    )


class LevelForm(forms.Form):
    """How sure the test means says it is."""

    level = forms.ChoiceField(
        label=_("Hoe zeker is deze inlog?"),
        choices=LEVEL_CHOICES,
        widget=forms.RadioSelect,
        help_text=_("In het echt hangt dit af van hoe u inlogt. Hier kiest u het zelf."),
    )


class SearchForm(forms.Form):
    """Find anybody of the world."""

    term = forms.CharField(
        label=_("Zoek iemand anders in de verzonnen wereld"),
        help_text=_("Typ een achternaam of een sleutel, zoals 12-1."),
        max_length=60,
        error_messages={"required": _("Vul een achternaam of een sleutel in.")},
    )


@open_to(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: Request, audience: Audience) -> HttpResponse:
    """Choose who you are and how sure that is."""
    if "cancel" in request.POST:
        return arrival.cancel(request, audience)
    asked = asking.pending(request)
    if asked is None:
        return HttpResponseRedirect(asking.login_url(audience=audience))
    levels = LevelForm(request.POST if "person" in request.POST else None, initial={"level": _usual(asked)})
    if "person" in request.POST and levels.is_valid():
        return arrival.arrive(request, _assertion(request, audience, levels.cleaned_data["level"]))
    return _page(request, audience, levels)


def _page(request: Request, audience: Audience, levels: LevelForm) -> HttpResponse:
    search = SearchForm(request.POST if "term" in request.POST else None)
    term = search.cleaned_data["term"] if search.is_bound and search.is_valid() else ""
    context = {
        "form": levels,
        "search": search,
        "term": term,
        "audience": audience.value,
        "state": request.POST.get("state", request.GET.get("state", "")),
        **_people(audience, term),
    }
    return render(request, "dichterbij_world/means.html", context)


def _people(audience: Audience, term: str) -> dict[str, object]:
    world = World(default_path())
    try:
        groups = _workers(world) if audience is Audience.STAFF else _citizens(world)
        found = list(islice(_search(world, term), AT_MOST + 1)) if term and audience is Audience.CITIZEN else []
    except WorldMissing:
        return {"is_missing": True}
    return {"groups": groups, "found": found[:AT_MOST], "is_cut_off": len(found) > AT_MOST}


def _assertion(request: Request, audience: Audience, level: str) -> Assertion:
    somebody = _named(World(default_path()), request.POST["person"], audience)
    identifiers = [Identifier.of(Bsn(somebody.bsn))]
    if audience is Audience.STAFF:
        identifiers.append(Identifier(type=IdentifierType.EMPLOYEE, value=somebody.employee))
    return Assertion(
        means=f"test-{audience}",
        identifiers=tuple(identifiers),
        level=level,
        state=request.POST.get("state", ""),
        name=somebody.name,
    )


def _named(world: World, key: str, audience: Audience) -> Somebody:
    groups = _workers(world) if audience is Audience.STAFF else _citizens(world)
    known = (somebody for _name, people in groups for somebody in people)
    found = next((somebody for somebody in known if somebody.key == key), None)
    if found is None and audience is Audience.CITIZEN:
        found = next(iter(_by_key(world, key)), None)
    if found is None:
        raise AssertionRefused("Deze persoon bestaat niet in de verzonnen wereld.")
    return found


def _citizens(world: World) -> list[tuple[str, list[Somebody]]]:
    people = [_of_persona(persona) for persona in world.personas() if persona.login and not persona.roles]
    return [(str(_("Mensen uit de verhalen")), people)]


def _workers(world: World) -> list[tuple[str, list[Somebody]]]:
    groups: dict[str, list[Somebody]] = {}
    for persona in world.personas():
        if persona.roles:
            groups.setdefault(persona.organisation, []).append(_of_persona(persona))
    return [(_organisation_name(key), people) for key, people in groups.items()]


def _organisation_name(key: str) -> str:
    from dichterbij.ground.organisations import queries

    return queries.by_key(key).name


def _of_persona(persona: Persona) -> Somebody:
    employee = f"{persona.organisation}:{persona.key}" if persona.roles else ""
    about = ", ".join(str(ROLES[role]) for role in persona.roles)
    story = "" if persona.roles else persona.login
    return Somebody(key=persona.key, name=persona.name, bsn=persona.bsn, about=about, story=story, employee=employee)


def _search(world: World, term: str) -> Iterable[Somebody]:
    found = list(_by_key(world, term))
    return found or _by_surname(world, term.strip().casefold())


def _by_key(world: World, key: str) -> Iterable[Somebody]:
    family_number, _dash, place = key.strip().partition("-")
    if not (family_number.isdecimal() and place.isdecimal() and len(family_number) < 10):
        return
    family = world.family(int(family_number))
    if family is not None:
        yield from (found for found in _living(int(family_number), family.people) if found.key == key.strip())


def _by_surname(world: World, surname: str) -> Iterable[Somebody]:
    for number, family in enumerate(world.families()):
        matching = {person.bsn for person in family.people if person.surname.casefold().startswith(surname)}
        yield from (found for found in _living(number, family.people) if found.bsn in matching)


def _living(number: int, people: Iterable[Person]) -> Iterable[Somebody]:
    today = clock.today()
    for place, person in enumerate(people, start=1):
        if person.born_on <= today and (person.died_on is None or person.died_on > today):
            name = " ".join(part for part in (person.given_names.split()[0], person.prefix, person.surname) if part)
            about = str(_("geboren in %(year)d") % {"year": person.born_on.year})
            yield Somebody(key=f"{number}-{place}", name=name, about=about, bsn=person.bsn)


def _usual(asked: LoginRequest) -> str:
    wanted = max(asked.level, Level.SUBSTANTIAL)
    return next(word for word, level in LEVELS.items() if level == wanted)


def _start(audience: Audience, asked: LoginRequest) -> str:
    return f"{reverse(f'test-means-{audience}')}?{urlencode({'state': asked.state})}"
