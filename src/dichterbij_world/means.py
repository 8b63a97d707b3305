"""The test means of login: be anybody of the invented world, at any level. Only in a demonstration.

One row per kind of means that people have in real life, each with what it may say and how surely. All come back through
`identity.arrival`, like every other means; nothing in the product knows that these are easy.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
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
    IdentifierType,
    LoginRequest,
    Means,
)
from dichterbij.kernel.levels import Level

from . import somebody
from .somebody import Groups, Somebody
from .store import World, WorldMissing, default_path

LEVELS = {"test:laag": Level.LOW, "test:substantieel": Level.SUBSTANTIAL, "test:hoog": Level.HIGH}
LEVEL_WORDS = {"test:laag": _("Laag"), "test:substantieel": _("Substantieel"), "test:hoog": _("Hoog")}
AT_MOST = 25
BSN, EIDAS, KVK = IdentifierType.BSN, IdentifierType.EIDAS, IdentifierType.KVK


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One test means: what it may say, how surely at most, and who one can be with it."""

    id: str
    name: str
    description: str
    says: frozenset[IdentifierType]
    highest: Level
    people: Callable[[World], Groups]
    search: Callable[[World, str], Iterable[Somebody]] | None = None
    audience: Audience = Audience.CITIZEN
    represents: frozenset[IdentifierType] = frozenset()
    represented_in: frozenset[str] = frozenset()


ROWS = (
    Row(
        id="test-digid",
        name=gettext_noop("DigiD (testmiddel)"),
        description=gettext_noop("Voor wie een burgerservicenummer heeft."),
        says=frozenset({BSN}),
        highest=Level.HIGH,
        people=somebody.citizens,
        search=somebody.anybody,
    ),
    Row(
        id="test-private",
        name=gettext_noop("Erkende app (testmiddel)"),
        description=gettext_noop("Een inlog van een bedrijf die de overheid erkent."),
        says=frozenset({BSN}),
        highest=Level.SUBSTANTIAL,
        people=somebody.citizens,
        search=somebody.anybody,
    ),
    Row(
        id="test-eidas",
        name=gettext_noop("eIDAS (testmiddel)"),
        description=gettext_noop("Voor wie een erkende inlog van een ander land in Europa heeft."),
        says=frozenset({EIDAS, BSN}),
        highest=Level.HIGH,
        people=somebody.abroad,
    ),
    Row(
        id="test-entrepreneur",
        name=gettext_noop("Ondernemersapp (testmiddel)"),
        description=gettext_noop("Kost niets. Het Handelsregister zegt voor welk bedrijf u mag handelen."),
        says=frozenset({BSN}),
        highest=Level.SUBSTANTIAL,
        people=somebody.entrepreneurs,
    ),
    Row(
        id="test-eherkenning",
        name=gettext_noop("eHerkenning (testmiddel)"),
        description=gettext_noop("Voor wie namens een bedrijf inlogt. Voor uw eigen zaken werkt dit niet."),
        says=frozenset({IdentifierType.PSEUDONYM}),
        highest=Level.HIGH,
        people=somebody.employees,
        represents=frozenset({KVK}),
        represented_in=frozenset({"kleineondernemersregeling"}),
    ),
    Row(
        id="test-staff",
        name=gettext_noop("Testmiddel voor medewerkers"),
        description=gettext_noop("Alleen in de demonstratie. U kiest bij welke organisatie u werkt."),
        says=frozenset({BSN, IdentifierType.EMPLOYEE}),
        highest=Level.HIGH,
        people=somebody.workers,
        audience=Audience.STAFF,
    ),
)
BY_ID = {row.id: row for row in ROWS}


def register() -> None:
    """Admit the test means, in the order in which people read them."""
    for row in ROWS:
        means.register(
            Means(
                id=row.id,
                name=row.name,
                description=row.description,
                audience=row.audience,
                identifier_types=row.says,
                levels={word: level for word, level in LEVELS.items() if level <= row.highest},
                start=partial(_start, row),
                for_tests=True,
                represents=row.represents,
                represented_in=row.represented_in,
            )
        )


class LevelForm(forms.Form):
    """How sure the test means says it is."""

    level = forms.ChoiceField(
        label=_("Hoe zeker is deze inlog?"),
        widget=forms.RadioSelect,
        help_text=_("In het echt hangt dit af van hoe u inlogt. Hier kiest u het zelf."),
    )

    def __init__(self, row: Row, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]  # as every form
        words = [(word, LEVEL_WORDS[word]) for word, level in LEVELS.items() if level <= row.highest]
        self.fields["level"].choices = words  # type: ignore[attr-defined]  # of a choice field


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
def choose(request: Request, means_id: str) -> HttpResponse:
    """Choose who you are and how sure that is."""
    row = BY_ID.get(means_id)
    if row is None:
        raise Http404
    if "cancel" in request.POST:
        return arrival.cancel(request, row.audience, _state(request))
    asked = asking.pending(request, _state(request))
    if asked is None:
        return HttpResponseRedirect(asking.login_url(audience=row.audience))
    levels = LevelForm(row, request.POST if "person" in request.POST else None, initial={"level": _usual(row, asked)})
    if "person" in request.POST and levels.is_valid():
        return arrival.arrive(request, _assertion(request, row, levels.cleaned_data["level"]))
    return _page(request, row, levels)


def _state(request: Request) -> str:
    return request.POST.get("state", request.GET.get("state", ""))


def _page(request: Request, row: Row, levels: LevelForm) -> HttpResponse:
    search = SearchForm(request.POST if "term" in request.POST else None)
    term = search.cleaned_data["term"] if search.is_bound and search.is_valid() else ""
    context = {
        "form": levels,
        "search": search if row.search else None,
        "term": term,
        "means": row,
        "is_of_staff": row.audience is Audience.STAFF,
        "state": _state(request),
        **_people(row, term),
    }
    return render(request, "dichterbij_world/means.html", context)


def _people(row: Row, term: str) -> dict[str, object]:
    world = World(default_path())
    try:
        groups = row.people(world)
        found = list(islice(row.search(world, term), AT_MOST + 1)) if term and row.search else []
    except WorldMissing:
        return {"is_missing": True}
    return {"groups": groups, "found": found[:AT_MOST], "is_cut_off": len(found) > AT_MOST}


def _assertion(request: Request, row: Row, level: str) -> Assertion:
    chosen = _named(World(default_path()), request.POST["person"], row)
    return Assertion(
        means=row.id,
        identifiers=chosen.identifiers,
        level=level,
        state=_state(request),
        name=chosen.name,
        represents=chosen.represents,
        represents_name=chosen.company,
    )


def _named(world: World, key: str, row: Row) -> Somebody:
    known = (each for _name, people in row.people(world) for each in people)
    found = next((each for each in known if each.key == key), None)
    if found is None and row.search:
        found = next((each for each in row.search(world, key) if each.key == key), None)
    if found is None:
        raise AssertionRefused("Deze persoon bestaat niet in de verzonnen wereld.")
    return found


def _usual(row: Row, asked: LoginRequest) -> str:
    wanted = max(asked.level, min(Level.SUBSTANTIAL, row.highest))
    return next(word for word, level in LEVELS.items() if level == wanted)


def _start(row: Row, asked: LoginRequest) -> str:
    return f"{reverse('test-means', args=[row.id])}?{urlencode({'state': asked.state})}"
