"""What every verb of a case does alike: check who acts, take the step, write it down, tell the logbook."""

from uuid import UUID

from dichterbij.ground.authority import agreements
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission, Role
from dichterbij.kernel.identifiers import Oin

from .. import models
from ..domain import Helped, NotNow, OwnCase, State, Step, after, helped, may_follow
from ..rows import case_row


def ensure_worker(access: Access, permission: Permission) -> None:
    """Raise `OwnCase` or `NotNow` unless this is another person's case, or a job, with the right permission."""
    if access.is_own():
        raise OwnCase
    if access.permission is not permission or access.actor.role not in (Role.STAFF, Role.SYSTEM):
        raise NotNow("Deze handeling hoort bij een andere taak.")


def ensure_may_follow(state: State, step: Step) -> None:
    """Raise `NotNow` when a step cannot be taken in a state; cheap, before anything is read or rendered."""
    if not may_follow(state, step):
        raise NotNow


def ensure_seen(row: models.Case, seen: str | None) -> None:
    """Raise `NotNow` when another decision is in force than a worker looked at: empty for none, None for no worker."""
    in_force = row.decisions.filter(is_replaced=False).values_list("id", flat=True).first()
    if seen is not None and seen != str(in_force or ""):
        raise NotNow("Er is intussen opnieuw besloten. Lees eerst het nieuwe besluit.")


def record_act(access: Access, what: str) -> None:
    """Tell the logbook that something is about to be done; durable before it is done. Who agreed, agreed to this."""
    logbook.record_act(access, what)
    if access.permission is Permission.SUBMIT:
        agreements.use(access)


def sender(access: Access) -> tuple[str, str]:
    """Return the name of who sends something for the person, and on what ground; empty when they send it themself.

    For a worker who does it with the person: the name of the organisation, and how they met; for one who does it with
    somebody who acts for the person: that somebody.
    """
    if access.present is not None:
        return access.present.name, access.present.ground
    by = helped(access)
    if by is not None:
        return organisations.organisation(by.organisation).name, by.how
    actor = access.actor
    if actor.role is not Role.REPRESENTATIVE or actor.party is None:
        return "", ""
    return identity.name_of(actor.party), access.on_behalf_of.partition(":")[0]


def helper(access: Access) -> tuple[str, str]:
    """Return whose worker helped somebody who acts for the person, and how they met; empty when nobody did."""
    by = helped(access)
    return (organisations.organisation(by.organisation).name, by.how) if by and by.by else ("", "")


def stepped(access: Access, case: UUID, step: Step, note: str = "") -> models.Case:
    """Lock a case within the caller's transaction, take a step and write it down; raises `NotNow`, `UnknownCase`."""
    row = case_row(access, case, lock=True)
    row.state = after(State(row.state), step)
    write_down(row, step, by=access.actor.role, staff=access.actor.staff_reference, note=note, with_help=helped(access))
    return row


def write_down(
    row: models.Case, step: Step, *, by: Role, staff: str = "", note: str = "", with_help: Helped | None = None
) -> None:
    """Add a line to the history of a case, within the caller's transaction."""
    row.steps.create(
        organisation=row.organisation,
        step=step,
        at=clock.now(),
        by=by,
        staff=staff,
        note=note,
        helped_by=with_help.organisation.value if with_help else "",
        helped_how=with_help.how if with_help else "",
        helped_as=with_help.by if with_help else "",
        talk=with_help.talk if with_help else None,
    )


def organisation(row: models.Case | models.Draft) -> Oin:
    """Return whose row it is."""
    return Oin(row.organisation)
