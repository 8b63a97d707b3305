"""Where authorities come from: a registry of sources, asked at the moment of every act.

Yourself, staff, mandates and what registers say are registered by this room; a further source changes nothing else.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.ground.organisations.domain import StaffRole, StaffTask
from dichterbij.kernel.access import Permission, Subject

from .domain import OWN, Authority, Kind, Scope

BY_TASK = {
    StaffTask.READ: frozenset({Permission.READ}),
    StaffTask.HANDLE: frozenset({Permission.READ, Permission.PREPARE, Permission.HANDLE}),
    StaffTask.DECIDE: frozenset({Permission.READ, Permission.DECIDE}),
}
"""What a worker may do. Other tasks (desk, audit, operate, edit) open nobody's data by themselves."""


class Source(Protocol):
    """Says which authorities a login has that could concern a person, at an instant."""

    def __call__(self, login: Login, subject: Subject, at: datetime) -> tuple[Authority, ...]:
        """Return the authorities; also those that will turn out too narrow, so that the reason can be told."""
        ...


_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Add a source of authorities under a stable name."""
    _sources[name] = source


def authorities(login: Login, subject: Subject, at: datetime) -> Iterator[Authority]:
    """Give every authority that a source knows of, in the order of registration, each source asked when needed."""
    for source in _sources.values():
        yield from source(login, subject, at)


def oneself(login: Login, subject: Subject, at: datetime) -> tuple[Authority, ...]:  # noqa: ARG001 same at any time
    """Return the authority over one's own matters."""
    if login.audience is not Audience.CITIZEN or subject.party != login.party:
        return ()
    return (
        Authority(
            kind=Kind.SELF,
            representative=login.party,
            represented=login.party,
            scope=Scope(),
            permissions=OWN,
            valid_from=login.authenticated_at,
            valid_until=login.absolute_until,
            source="self",
        ),
    )


def staff(login: Login, subject: Subject, at: datetime) -> tuple[Authority, ...]:  # noqa: ARG001 whoever has a case
    """Return what a worker may do for each organisation where they work."""
    return tuple(
        replace(
            _at_work(login, role, frozenset().union(*(BY_TASK.get(task, frozenset()) for task in role.roles))),
            source="organisations",
            reference=role.audit_ref,
        )
        for role in login.staff
    )


def staff_with(login: Login, task: StaffTask, *, product: str, permission: Permission) -> tuple[Authority, ...]:
    """Return that workers with a task may do one thing, for each organisation where they have it."""
    return tuple(
        replace(
            _at_work(login, role, frozenset({permission}), frozenset({product})),
            source=product,
            employer=role.organisation,
        )
        for role in login.roles_with(task)
    )


def _at_work(
    login: Login, role: StaffRole, permissions: frozenset[Permission], products: frozenset[str] | None = None
) -> Authority:
    return Authority(
        kind=Kind.STAFF,
        representative=login.party,
        represented=None,
        scope=Scope(organisations=frozenset({role.organisation}), products=products),
        permissions=permissions,
        valid_from=login.authenticated_at,
        valid_until=login.absolute_until,
        source="",
        unit=role.unit,
    )
