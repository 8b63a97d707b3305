"""Addresses of sharing."""

from django.urls import path

from . import views

urlpatterns = [
    path("sharing", views.overview, name="sharing"),
    path("sharing/<uuid:number>", views.one, name="sharing-question"),
    path("sharing/<uuid:number>/take-back", views.take_back, name="sharing-take-back"),
    path("sharing/<uuid:number>/receipt", views.receipt, name="sharing-receipt"),
]
