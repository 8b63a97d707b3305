"""Tell the instance where somebody went on that their login here ended: they logged out, or it was blocked.

A login that was only left alone goes on there, with its own fifteen minutes. When the other side does not answer it is
told again, until the login would be over there by itself.
"""

from datetime import timedelta
from uuid import UUID

from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity import services as identities
from dichterbij.ground.identity.domain import AT_MOST, Ended
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

from ..line import Line
from ..models import HandOver
from .instances import means_of

KIND = "dichterbij-ends-login+jwt"
PATH = "/hand-overs/ended"
BY_ITSELF = frozenset({Ended.IDLE, Ended.ABSOLUTE})
ARRIVES_WITHIN = timedelta(minutes=1)
"""After this a login that was fetched is there, or never will be."""


def tell() -> None:
    """Tell every instance of the logins that ended and that it was not told of yet."""
    rows = list(HandOver.objects.filter(taken_at__gt=clock.now() - AT_MOST, told_at=None))
    ended = identity.ended({row.login for row in rows}) if rows else {}
    for row in rows:
        if row.login in ended and ended[row.login] not in BY_ITSELF:
            _tell(row)


def end(asker: Oin, number: UUID) -> int:
    """End the login that came with a hand-over of an instance; returns how many there were."""
    return identities.end_upstream(means_of(asker), str(number))


def _tell(row: HandOver) -> None:
    try:
        to = organisations.organisation(Oin(row.organisation))
        told = Line(url=to.provider_url).post(to.oin, KIND, PATH, {"number": str(row.number)}).json()
    except Problem:
        return  # again at the next turn
    is_done = isinstance(told, dict) and bool(told.get("ended"))
    if is_done or (row.taken_at and row.taken_at < clock.now() - ARRIVES_WITHIN):
        HandOver.objects.filter(number=row.number).update(told_at=clock.now())
