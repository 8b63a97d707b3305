"""Addresses of appointments."""

from django.urls import path

from . import views

urlpatterns = [
    path("appointments", views.overview, name="appointments"),
    path("appointments/new", views.where, name="appointment-where"),
    path("appointments/new/<slug:location>", views.new, name="appointment-new"),
    path("appointments/expected", views.expected, name="appointments-expected"),
    path("appointments/<uuid:appointment>", views.one, name="appointment"),
    path("appointments/<uuid:appointment>/calendar", views.calendar, name="appointment-calendar"),
    path("appointments/<uuid:appointment>/move", views.move, name="appointment-move"),
    path("appointments/<uuid:appointment>/cancel", views.cancel, name="appointment-cancel"),
]
