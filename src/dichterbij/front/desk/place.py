"""What authority must know of the counter: a task of each organisation, and who may open what with it."""

from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from dichterbij.ground.authority import tasks
from dichterbij.ground.authority.domain import Authority, Kind, Scope
from dichterbij.ground.authority.held import held
from dichterbij.ground.authority.services import require, role_with
from dichterbij.ground.identity import acts
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.ground.organisations.domain import StaffRole, StaffTask
from dichterbij.kernel.access import NOBODY, Access, Permission, Product, Subject
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level

from .domain import Help, How, NotHelping, Presence
from .models import Assist
from .rules import rules
from .sealing import help_of

TASK = "balie"
CODE_LETTER = "portaal.balie-code"
_known: ContextVar[tuple[UUID, UUID, tuple[Help, ...]] | None] = ContextVar("desk_help", default=None)
_last_held: ContextVar[tuple[tuple[UUID, UUID, UUID], tuple[Authority, ...]] | None] = ContextVar(
    "desk_held", default=None
)


def product(organisation: Oin) -> Product:
    """Return what to ask access for at the counter of an organisation."""
    return tasks.of_body(organisation, TASK)


def counter_of(login: Login) -> StaffRole:
    """Return the counter where a worker helps people; raises `Denied` for who does not."""
    return role_with(login, StaffTask.DESK)


def access(login: Login, role: StaffRole, subject: Subject, permission: Permission, reason: str) -> Access:
    """Return the access of a worker at a counter to begin helping somebody, or to look for them; raises `Denied`."""
    return require(login, product(role.organisation), permission, subject=subject, reason=reason)


def source(login: Login, subject: Subject, at: datetime) -> tuple[Authority, ...]:
    """Return what a worker may do at a counter: look for people, begin to help, and what the help allows.

    Help that is over is named too, so that the reason can be told.
    """
    if login.audience is not Audience.STAFF:
        return ()
    begins = tuple(_begins(login, role, subject, at) for role in login.roles_with(StaffTask.DESK))
    helps = _helps(login, subject, at) if login.acting_for is not None else ()
    return (*helps, *begins)


def running(login: Login) -> Help | None:
    """Return the help of a worker that nobody ended, also when its time is over."""
    return next((help for help in _helped(login) if help.ended_at is None), None)


def to_represent(login: Login, help: Help) -> Access:
    """Return the access of a worker to see for whom the person who is there may act.

    Raises `Denied`, and `NotHelping` for who works no more at the counter where the help began.
    """
    role = next((each for each in login.roles_with(StaffTask.DESK) if each.organisation == help.organisation), None)
    if role is None:
        raise NotHelping
    reason = help.because or rules().reason(help.reason, "nl")
    return access(login, role, identity.subject_of(help.party), Permission.HANDLE, reason)


def _begins(login: Login, role: StaffRole, subject: Subject, at: datetime) -> Authority:
    is_search = subject.party == NOBODY.party
    return Authority(
        kind=Kind.DESK,
        representative=login.party,
        represented=subject.party,
        scope=Scope(organisations=frozenset({role.organisation}), products=frozenset({TASK})),
        permissions=frozenset({Permission.READ} if is_search else {Permission.HANDLE}),
        valid_from=min(login.authenticated_at, at),
        valid_until=login.absolute_until,
        source="desk",
        employer=role.organisation,
    )


def _helps(login: Login, subject: Subject, at: datetime) -> tuple[Authority, ...]:
    places = {role.organisation for role in login.roles_with(StaffTask.DESK)}
    found = (help for help in _helped(login) if help.organisation in places)
    return tuple(each for help in found for each in _by_help(login, help, subject, at))


def _by_help(login: Login, help: Help, subject: Subject, at: datetime) -> Iterator[Authority]:
    """Give what the help allows: all that the person may, for themselves and for whom they act; never without them."""
    if help.party == subject.party:
        yield from (_authority(help, permission) for permission in sorted(help.permissions))
    elif help.how is not How.ABSENT:
        allowed = [replace(_authority(help, each), represented=subject.party) for each in sorted(help.permissions)]
        found = _held(login, help, subject, at) if help.is_running(at) else ()
        yield from (replace(own, held=each, helped=help.name) for each in found for own in allowed)
        if not found and login.subject.party == subject.party:  # no more, so that this can be told
            yield from (replace(own, valid_until=own.valid_from) for own in allowed)


def _held(login: Login, help: Help, subject: Subject, at: datetime) -> tuple[Authority, ...]:
    """Return by what the person who is there acts for another, asked once per act and person.

    What registers said too long ago is asked again, in the name of the desk.
    """
    asked, known = (acts.current().id, help.id, subject.party), _last_held.get()
    if known is not None and known[0] == asked:
        return known[1]

    def ask() -> Access:
        return to_represent(login, help)

    found = held(help.party, subject.party, at, ask)
    _last_held.set((asked, found))
    return found


def _helped(login: Login) -> tuple[Help, ...]:
    """Return the last help of a worker, asked once per act: one page asks for many permissions."""
    act = acts.current().id
    known = _known.get()
    if known is not None and known[:2] == (act, login.party):
        return known[2]
    found = tuple(help_of(row) for row in Assist.objects.filter(worker=login.party).order_by("-opened_at")[:1])
    _known.set((act, login.party, found))
    return found


def forget() -> None:
    """Ask again within this act: help began or ended in it."""
    _known.set(None)


def _authority(help: Help, permission: Permission) -> Authority:
    return Authority(
        kind=Kind.DESK,
        representative=help.worker,
        represented=help.party,
        scope=_scope(help, permission),
        permissions=frozenset({permission}),
        valid_from=help.opened_at,
        valid_until=min(help.until, help.ended_at or help.until),
        source="desk",
        reference=f"{help.how}:{help.id}",
        minimum_level=Level.SUBSTANTIAL,
        employer=help.organisation,
        reason=help.because or rules().reason(help.reason, "nl"),
    )


def _scope(help: Help, permission: Permission) -> Scope:
    """Return everything with the person there; on the phone not all of it; in an emergency only one's own.

    Never the letter with a code: who reads that could say that the person is there.
    """
    never = frozenset({CODE_LETTER})
    if help.presence is Presence.EMERGENCY:
        return Scope(organisations=frozenset({help.organisation}), but=never)
    if help.how is not How.CALL:
        return Scope(but=never)
    return Scope(but=never | {product for product, forbidden in rules().never if forbidden is permission})
