"""The commonest question to `may`: somebody about to send an application of their own."""

from datetime import timedelta
from uuid import uuid4

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.authority.domain import Attempt, Authority, Circumstance
from dichterbij.ground.authority.sources import oneself
from dichterbij.ground.identity.domain import Act, Audience, Login
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission, Subject
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level


def attempt() -> tuple[Login, Authority, Attempt]:
    """Return a login, the authority over one's own matters, and an attempt that is allowed."""
    now, party, number = clock.now(), uuid4(), Bsn("999993653")
    login = Login(
        id=uuid4(),
        party=party,
        bsn=number,
        name="",
        audience=Audience.CITIZEN,
        level=Level.SUBSTANTIAL,
        means="benchmark",
        authenticated_at=now,
        idle_until=now + timedelta(hours=1),
        absolute_until=now + timedelta(hours=1),
    )
    subject = Subject(party=party, bsn=number)
    tried = Attempt(
        subject=subject,
        product=catalogue.for_access("aanvullende-beurs"),
        permission=Permission.SUBMIT,
        at=now,
        circumstance=Circumstance(act=Act(id=uuid4(), trace=uuid4().hex), through=organisations.operator().oin),
    )
    (authority,) = oneself(login, subject, now)
    return login, authority, tried
