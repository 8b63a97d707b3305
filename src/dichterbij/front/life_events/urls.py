"""Addresses of life events."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("life-events/<slug:slug>", views.checklist, name="life-event"),
    path("plan", views.plans, name="plans"),
]
