"""Which rooms of the front this house has: a journey leaves out the steps of a room that is not there."""

from django.apps import apps


def has(room: str) -> bool:
    """Say whether a room of the front is installed."""
    return apps.is_installed(f"dichterbij.front.{room}")
