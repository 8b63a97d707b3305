"""The law set of the whole product; the gateway uses the same one for the fields a law may ask."""

from dichterbij.ground.registry.laws import current_laws

__all__ = ["current_laws"]
