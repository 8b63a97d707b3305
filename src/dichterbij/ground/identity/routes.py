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
    """For whom an address is open and the least level of their login."""

    audience: Audience
    level: Level


def open_to(audience: Audience, *, level: Level = Level.LOW) -> Callable[[View[R, P]], View[HttpRequest, P]]:
    """Declare for whom a view is open, as `view.declares`; send others to the login page and bring them back."""
    declaration = Declaration(audience, Level.NONE if audience is ANYONE else level)

    def declare(view: View[R, P]) -> View[HttpRequest, P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            from . import asking

            try:
                check(declaration, getattr(request, "login", None))
                return view(cast(R, request), *args, **kwargs)
            except (LoginNeeded, StepUpNeeded) as problem:
                return asking.ask(request, declaration.audience, problem)

        guarded.declares = declaration  # type: ignore[attr-defined]  # the architecture test reads it
        return guarded

    return declare


def check(declaration: Declaration, login: Login | None) -> None:
    """Raise `LoginNeeded` or `StepUpNeeded` when a login does not satisfy a declaration."""
    if declaration.audience is ANYONE:
        return
    if login is None or login.audience is not declaration.audience:
        raise LoginNeeded
    if login.level < declaration.level:
        raise StepUpNeeded(declaration.level)


def declaration_of(view: object) -> Declaration | None:
    """Return what a view declares; None when it forgot to."""
    return getattr(view, "declares", None)
