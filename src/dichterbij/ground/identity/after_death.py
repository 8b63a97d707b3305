"""What a death does to logins: they end, nobody logs in any more, and a correction undoes that."""

from uuid import UUID

from dichterbij.kernel import clock

from . import sessions
from .domain import Ended
from .models import LoginRow, Party
from .register_events import DeathCorrected, DeathRegistered


def close(event: DeathRegistered, _event_id: UUID) -> None:
    """End the logins of who died, and let nobody log in as them."""
    Party.objects.filter(id=event.party, died_at=None).update(died_at=clock.now())
    LoginRow.objects.filter(party=event.party, ended="").update(**sessions.ending(Ended.DIED))


def reopen(event: DeathCorrected, _event_id: UUID) -> None:
    """Let somebody log in again of whom a death was registered by mistake."""
    Party.objects.filter(id=event.party).update(died_at=None)
