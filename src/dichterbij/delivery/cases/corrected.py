"""What happens by itself when a register was wrong: about a death, or about another datum."""

from uuid import UUID

from dichterbij.ground.identity.register_events import DeathCorrected, cause_of

from .events import DatumCorrected
from .services import compare_with_corrected_datum, undo_cause


def on_death_corrected(event: DeathCorrected, event_id: UUID) -> None:
    """Undo what was begun because of the death."""
    undo_cause(cause_of(event.party), event_id)


def on_datum_corrected(event: DatumCorrected, event_id: UUID) -> None:
    """Make work of every decision that rests on the datum; safe to run again."""
    compare_with_corrected_datum(event.party, event.source, event.name, f"cases.DatumCorrected:{event_id}")
