"""Cases as a Django application."""

from datetime import timedelta

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Applications, their handling and their decisions."""

    name = "dichterbij.delivery.cases"
    label = "cases"

    def ready(self) -> None:
        """Register what happens by itself: automatic decisions, terms that pass, removal."""
        from dichterbij.ground.identity.register_events import DeathCorrected
        from dichterbij.ground.outbox import duties, handlers

        from . import automatic, corrected, keeping
        from .events import CaseSubmitted, DatumCorrected
        from .services import let_go_of_unanswered

        handlers.register(CaseSubmitted, "cases.decide_automatically", automatic.on_submitted)
        handlers.register(DeathCorrected, "cases.undo_death", corrected.on_death_corrected)
        handlers.register(DatumCorrected, "cases.compare_decisions", corrected.on_datum_corrected)
        duties.register("cases.unanswered", every=timedelta(minutes=10), work=let_go_of_unanswered)
        keeping.register()
