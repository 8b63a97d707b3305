"""Addresses of logging in and out."""

from django.urls import path

from . import views

urlpatterns = [
    path("login", views.login, name="login"),
    path("login/start", views.start, name="login-start"),
    path("login/own", views.own, name="login-own"),
    path("logout", views.logout, name="logout"),
    path("kept-forms/<uuid:form_id>", views.kept_form, name="kept-form"),
]
