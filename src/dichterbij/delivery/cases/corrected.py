"""What happens by itself when the population register says that somebody did not die."""

from uuid import UUID

from dichterbij.ground.identity.register_events import DeathCorrected, cause_of

from .services import undo_cause


def on_death_corrected(event: DeathCorrected, event_id: UUID) -> None:
    """Undo what was begun because of the death."""
    undo_cause(cause_of(event.party), event_id)
