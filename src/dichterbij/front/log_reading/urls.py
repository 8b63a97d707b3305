"""Addresses of who checks staff."""

from django.urls import path

from . import views

urlpatterns = [
    path("staff-looks", views.looks, name="staff-looks"),
    path("staff-looks/file", views.looks_file, name="staff-looks-file"),
]
