"""Addresses that the session dialog and other machines ask."""

from django.urls import path

from . import views
from .openid.urls import urlpatterns as openid

urlpatterns = [
    *openid,
    path("session", views.session, name="session"),
    path("session/renew", views.renew, name="session-renew"),
]
