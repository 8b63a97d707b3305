"""A means that was lost, an identity that was stolen: end the logins, let nobody in, and show what was done.

Blocking is easy and at once, by the person or by a worker for them; lifting is not: at the counter, by a worker who saw
an identity document, or by the person who came in through another means that is as sure as the blocked one. That helps
who lives abroad.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from dichterbij.kernel import clock
from dichterbij.kernel.levels import Level

from . import means, sessions
from .domain import Audience, Ended, Login
from .models import LoginBlock, LoginRow


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginSeen:
    """One login: since when, through which means, how surely, and whether it still runs."""

    at: datetime
    means: str
    level: Level
    runs: bool


def block(party: UUID, means: str = "") -> None:
    """Let nobody log in as somebody through a means, or through any when it is empty, and end the logins there are."""
    LoginBlock.objects.get_or_create(party_id=party, means=means, lifted_at=None, defaults={"made_at": clock.now()})
    running = LoginRow.objects.filter(party=party, ended="", **({"means": means} if means else {}))
    running.update(**sessions.ending(Ended.BLOCKED))


def lift(party: UUID, through: str = "") -> None:
    """Let somebody log in again through a means, or through every means when it is empty."""
    standing = LoginBlock.objects.filter(party=party, lifted_at=None, **({"means": through} if through else {}))
    standing.update(lifted_at=clock.now())


def blocked(party: UUID) -> frozenset[str]:
    """Return the means that were blocked one by one, through which nobody logs in as somebody now."""
    standing = LoginBlock.objects.filter(party=party, lifted_at=None).exclude(means="")
    return frozenset(standing.values_list("means", flat=True))


def liftable(login: Login) -> frozenset[str]:
    """Return the blocked means that this login can let in again: another one, that reaches no higher than this."""
    return frozenset(each for each in blocked(login.party) if login.means != each and _reach(each) <= login.level)


def _reach(through: str) -> Level:
    """Return how surely a means can say who somebody is; one that is not admitted any more counts as the highest."""
    found = next((each for each in means.offered_to(Audience.ANYONE) if each.id == through), None)
    return found.highest if found else Level.HIGH


def is_blocked(party: UUID, means: str) -> bool:
    """Say whether nobody may log in as somebody through a means."""
    here = Q(means="") | Q(means=means)
    return LoginBlock.objects.filter(here, party=party, lifted_at=None).exists()


def logins_since(party: UUID, since: datetime) -> tuple[LoginSeen, ...]:
    """Return the logins of somebody since an instant, newest first."""
    rows = LoginRow.objects.filter(party=party, authenticated_at__gte=since).order_by("-authenticated_at")
    return tuple(
        LoginSeen(at=row.authenticated_at, means=row.means, level=Level(row.level), runs=not row.ended) for row in rows
    )
