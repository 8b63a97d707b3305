"""Organisations as a Django application."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OrganisationsConfig(AppConfig):
    """Writes the mode of the instance into a new database."""

    name = "dichterbij.ground.organisations"

    def ready(self) -> None:
        """Register the step after migration and what this room keeps."""
        from dichterbij.ground.outbox import retention

        from . import services

        post_migrate.connect(services.mark_new_database, sender=self)
        retention.register(
            "organisations.Staff",
            why="Om te kunnen nagaan wie namens een organisatie handelde.",
            keep="zeven jaar na het einde van de aanstelling",
            purge=services.purge_former_staff,
        )
