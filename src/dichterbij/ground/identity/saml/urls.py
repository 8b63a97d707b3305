"""Addresses that identity providers know; without a language, because they are registered there."""

from django.urls import path

from . import views

urlpatterns = [
    path("login/saml/<str:means_id>", views.callback, name="saml-callback"),
    path("login/saml/<str:means_id>/logout", views.ended, name="saml-ended"),
    path("login/saml/<str:means_id>/left", views.left, name="saml-left"),
    path("login/saml/<str:means_id>/metadata", views.metadata, name="saml-metadata"),
]
