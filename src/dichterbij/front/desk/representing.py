"""For whom the person who is there may act: the worker looks it up with them and chooses; `place` asks it every act."""

from dichterbij.ground.authority import mandates, registers
from dichterbij.ground.authority.domain import Kind
from dichterbij.ground.authority.kinds import as_what
from dichterbij.ground.identity.domain import ActingFor, Login
from dichterbij.ground.logbook import services as logbook
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access

from . import place
from .domain import Help, How, NotHelping

Represented = tuple[ActingFor, str]
"""Whom the person may act for, and as what."""


def ensure_there(help: Help | None) -> Help:
    """Return the help that goes on with the person there or on the phone; raises `NotHelping`."""
    if help is None or help.how is How.ABSENT or not help.is_running(clock.now()):
        raise NotHelping
    return help


def known(access: Access) -> list[Represented]:
    """Return for whom the person may act, as registers said last and by the mandates they have."""
    by_law = [
        (ActingFor(subject=each.represented, name=each.name), as_what(each.kind))
        for each in registers.known(access)
        if each.kind is not Kind.UNDETERMINED
    ]
    return by_law + [
        (ActingFor(subject=each.represented, name=each.represented_name), as_what(Kind.MANDATE))
        for each in mandates.received(access)
    ]


def look_up(login: Login, help: Help) -> None:
    """Ask the registers for whom the person may act; it is in their log. Raises what `registers.look_up` raises."""
    access = place.to_represent(login, help)
    logbook.record_act(access, "vertegenwoordiging nagekeken")
    registers.look_up(access)


def chosen(login: Login, help: Help, party: str) -> ActingFor | None:
    """Return whom the person acts for now, written in their log; None for who is not among those they may act for."""
    access = place.to_represent(login, help)
    found = next((each for each, _why in known(access) if str(each.subject.party) == party), None)
    if found is not None:
        logbook.record_act(access, "handelen voor een ander")
    return found
