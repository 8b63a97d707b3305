"""Addresses of the rules."""

from django.urls import path

from . import views, views_check

urlpatterns = [
    path("rules", views.rules, name="rules"),
    path("rules/<slug:law>", views.law, name="rules-law"),
    path("rules/<slug:law>/articles/<path:number>", views.article, name="rules-article"),
    path("rules/<slug:law>/examples", views.law_examples, name="rules-examples"),
    path("rules/<slug:law>/check", views_check.check, name="rules-check"),
]
