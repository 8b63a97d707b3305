"""Who may open an address, and how sure we must be of them. Every view carries exactly one declaration."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.http import HttpRequest, HttpResponseBase

from dichterbij.kernel.levels import Level

from .domain import Audience, Login, LoginNeeded, StepUpNeeded

ANYONE, CITIZEN, STAFF = Audience.ANYONE, Audience.CITIZEN, Audience.STAFF
P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
View = Callable[Concatenate[R, P], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Declaration:
    """For whom an address is open (one of these) and the least level of their login."""

    audiences: tuple[Audience, ...]
    level: Level


def open_to(*audiences: Audience, level: Level = Level.LOW) -> Callable[[View[R, P]], View[HttpRequest, P]]:
    """Declare for whom a view is open, as `view.declares`; send others to the login page and bring them back."""
    declaration = declare(*audiences, level=level)

    def guard(view: View[R, P]) -> View[HttpRequest, P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                check(declaration, login_of(request))
                return view(cast(R, request), *args, **kwargs)
            except (LoginNeeded, StepUpNeeded) as problem:
                from . import asking  # only now: declaring must not need the database

                return asking.ask(request, declaration.audiences, problem)

        guarded.declares = declaration  # type: ignore[attr-defined]  # the architecture test reads it
        return cast("View[HttpRequest, P]", guarded)

    return guard


def declare(*audiences: Audience, level: Level = Level.LOW) -> Declaration:
    """Return a declaration; what is open to anyone is open to nobody else in particular, at no level."""
    if not audiences or (ANYONE in audiences and len(audiences) > 1):
        raise ValueError("an address is open to anyone, or to citizens, or to staff, or to citizens and staff")
    return Declaration(audiences, Level.NONE if ANYONE in audiences else level)


def check(declaration: Declaration, login: Login | None) -> None:
    """Raise `LoginNeeded` or `StepUpNeeded` when a login does not satisfy a declaration."""
    if ANYONE in declaration.audiences:
        return
    if login is None or not _is_meant_for(declaration, login):
        raise LoginNeeded
    if login.level < declaration.level:
        raise StepUpNeeded(declaration.level)


def _is_meant_for(declaration: Declaration, login: Login) -> bool:
    if login.audience in declaration.audiences:
        return True
    return CITIZEN in declaration.audiences and login.uses_pages_of_citizens


def login_of(request: HttpRequest) -> Login | None:
    """Return the login of a request, if any."""
    return getattr(request, "login", None)
