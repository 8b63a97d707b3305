"""Assessments as a Django application."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Registers how long determinations are kept."""

    name = "dichterbij.ground.assessment"

    def ready(self) -> None:
        """Register the retention of determinations."""
        from dichterbij.ground.outbox import retention

        from . import services

        retention.register(
            "assessment.Determination",
            why="Om te laten zien waarop een uitkomst rust.",
            keep="zolang de zaak of het overzicht bestaat waar het bij hoort, anders 90 dagen",
            purge=services.purge_loose,
        )
