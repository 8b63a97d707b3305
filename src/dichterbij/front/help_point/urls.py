"""Addresses of the help point."""

from django.urls import path

from . import views

urlpatterns = [
    path("help-points", views.points, name="help-points"),
    path("help-points/safe", views.card, name="help-card"),
    path("help-points/guide", views.guide_list, name="help-guide"),
    path("help-points/guide/<slug:product>", views.application, name="help-guide-application"),
    path("help-points/guide/<slug:product>/afterwards", views.afterwards, name="help-guide-afterwards"),
    path("help-points/questions", views.questions, name="help-questions"),
]
