"""The catalogue as a Django application."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Products and services of the organisations."""

    name = "dichterbij.delivery.catalogue"
    label = "catalogue"
