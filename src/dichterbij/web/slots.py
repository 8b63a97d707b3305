"""Slots: places in the layout that rooms fill, without the layout knowing them.

A room calls these in its `apps.py`:

    slots.register("navigation", lambda request: [SlotItem(label=_("Berichten"), url=reverse("box"), count=2)])
    slots.set_host(lambda request: Host(name="Gemeente Voorbeeld", theme="dichterbij"))
    slots.set_login(lambda request: LoginState(name="J. Jansen", until=instant, sign_out_url="/sign-out"))
    slots.set_switch(lambda request: Switch(choices=(), url="/act", all_url="/authorities"))
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotItem:
    """A link in a slot. `count`: number beside it (unread messages), read aloud with `count_label`."""

    label: str
    url: str
    order: int = 100
    count: int = 0
    count_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """The organisation whose page this is: its name, its theme and how to reach it. Empty fields are not shown.

    `feedback` is an e-mail address or a page; `closed_told`: which ways are closed now, and which work instead.
    """

    name: str
    theme: str = "dichterbij"
    home_url: str = "/"
    phone: str = ""
    phone_abroad: str = ""
    hours: str = ""
    address: str = ""
    appointment_url: str = ""
    feedback: str = ""
    closed_told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginState:
    """Who is logged in, until when, and where to log out (POST) or stay (POST, answers `{"seconds": n}`).

    `acting_for`: the name of who they act for; `own_url`: where they stop doing so (POST); `is_helping`: as a worker.
    """

    name: str
    until: datetime
    sign_out_url: str
    extend_url: str = ""
    acting_for: str = ""
    own_url: str = ""
    is_helping: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of those for whom somebody may act: what the form says (`person`), their name, and as what one acts."""

    value: str
    name: str
    as_what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """Whose matters somebody can put before them: `choices` by a form (POST `url`), all of them on a page (`all_url`).

    `as_what`: as what they act now, when that is known.
    """

    choices: tuple[Choice, ...]
    url: str
    all_url: str
    as_what: str = ""


Provider = Callable[[HttpRequest], Sequence[SlotItem]]


@dataclass(slots=True)
class _Registry:
    lists: dict[str, list[Provider]] = field(default_factory=dict)
    host: Callable[[HttpRequest], Host] | None = None
    login: Callable[[HttpRequest], LoginState | None] | None = None
    switch: Callable[[HttpRequest], Switch | None] | None = None


_registry = _Registry()
NAMES = ("navigation", "header", "footer", "problem")


def register(slot: str, provider: Provider) -> None:
    """Let a provider fill a slot: `navigation`, `header` (beside the languages), `footer`, or `problem`.

    `problem`: where one goes on from an error page; the first is what one most likely wants.
    """
    if slot not in NAMES:
        raise ValueError(f"no slot {slot!r}; there are {', '.join(NAMES)}")
    providers = _registry.lists.setdefault(slot, [])
    if provider not in providers:
        providers.append(provider)


def set_host(provider: Callable[[HttpRequest], Host]) -> None:
    """Say where the layout finds the organisation of a page."""
    _registry.host = provider


def set_login(provider: Callable[[HttpRequest], LoginState | None]) -> None:
    """Say where the layout finds who is logged in."""
    _registry.login = provider


def set_switch(provider: Callable[[HttpRequest], Switch | None]) -> None:
    """Say where the layout finds for whom somebody may act."""
    _registry.switch = provider


@contextmanager
def set_aside() -> Iterator[None]:
    """Empty every slot for a while, for a test of the layout alone."""
    global _registry  # noqa: PLW0603 one layout per process is the point
    before, _registry = _registry, _Registry()
    try:
        yield
    finally:
        _registry = before


def items(slot: str, request: HttpRequest) -> list[SlotItem]:
    """Return the links of a slot, in their order."""
    found = [item for provider in _registry.lists.get(slot, ()) for item in provider(request)]
    return sorted(found, key=lambda item: (item.order, str(item.label)))


def host(request: HttpRequest) -> Host:
    """Return the organisation of a page; the product itself when nobody says."""
    return _registry.host(request) if _registry.host else Host(name="Dichterbij")


def login(request: HttpRequest) -> LoginState | None:
    """Return who is logged in, if anybody."""
    return _registry.login(request) if _registry.login else None


def switch(request: HttpRequest) -> Switch | None:
    """Return for whom somebody may act; None for who is not logged in, and for a worker."""
    return _registry.switch(request) if _registry.switch else None
