"""Ask for permission at the moment of an act. Only this room makes an `Access`."""

from uuid import UUID

from dichterbij.ground.identity.domain import Login
from dichterbij.kernel.access import Access, Activity, Permission, Product, Subject
from dichterbij.kernel.identifiers import Oin


def require(
    login: Login | None,
    product: Product,
    permission: Permission,
    *,
    subject: Subject | None = None,
    case: UUID | None = None,
    reason: str = "",
) -> Access:
    """Return the access for an act on one's own matters, or as staff; raise `Denied` or `StepUpNeeded`."""
    raise NotImplementedError


def for_staff(
    login: Login | None, product: Product, permission: Permission, *, subject: Subject, case: UUID, reason: str
) -> Access:
    """Return the access of a worker who opens a case of their organisation, for a reason the citizen sees at once."""
    raise NotImplementedError


def on_request(access: Access, organisation: Oin, activity: Activity) -> Access:
    """Return the access of the competent organisation, under its own activity, within the same act."""
    raise NotImplementedError


def on_duty(
    organisation: Oin,
    activity: Activity,
    trigger: str,
    subject: Subject,
    permission: Permission = Permission.HANDLE,
) -> Access:
    """Return the access of an automatic activity; raise `NotAutomatic` for any other."""
    raise NotImplementedError
