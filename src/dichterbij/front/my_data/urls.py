"""Addresses of my data."""

from django.urls import path

from . import views

urlpatterns = [
    path("my-data", views.my_data, name="my-data"),
    path("who-looked", views.who_looked, name="who-looked"),
    path("who-looked/notices", views.notice_choice, name="who-looked-notices"),
    path("who-looked/<uuid:act>", views.act, name="who-looked-act"),
    path("who-looked/lines/<uuid:line>", views.line, name="who-looked-line"),
    path("who-looked/lines/<uuid:line>/proof", views.line_proof, name="who-looked-proof"),
]
