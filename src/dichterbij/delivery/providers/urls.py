"""Addresses of the two lists."""

from django.urls import path

from . import views

urlpatterns = [
    path("applications", views.applications, name="applications"),
    path("messages", views.messages, name="messages"),
]
