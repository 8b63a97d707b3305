"""Addresses that the session dialog asks."""

from django.urls import path

from . import views

urlpatterns = [
    path("session", views.session, name="session"),
    path("session/renew", views.renew, name="session-renew"),
]
