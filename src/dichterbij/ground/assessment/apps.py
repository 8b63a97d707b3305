"""Assessments as a Django application."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Registers how long determinations and answers from before login are kept."""

    name = "dichterbij.ground.assessment"

    def ready(self) -> None:
        """Register the retention."""
        from dichterbij.ground.outbox import retention

        from . import guest_answers, services

        retention.register(
            "assessment.Determination",
            why="Om te laten zien waarop een uitkomst rust.",
            keep="zolang de zaak of het overzicht bestaat waar het bij hoort, anders 90 dagen",
            purge=services.purge_loose,
        )
        retention.register(
            "assessment.GuestAnswers",
            why="Antwoorden die u zonder inloggen gaf, voor een lijst of een berekening.",
            keep="30 minuten",
            purge=guest_answers.purge,
        )
