"""Addresses of authorities."""

from django.urls import path

from . import views

urlpatterns = [
    path("authorities", views.authorities, name="authorities"),
    path("authorities/look-up", views.look_up, name="authorities-look-up"),
    path("authorities/act", views.act, name="authorities-act"),
    path("authorities/give", views.give, name="authorities-give"),
    path("authorities/code", views.code, name="authorities-code"),
    path("authorities/<uuid:mandate>/end", views.end, name="authorities-end"),
]
