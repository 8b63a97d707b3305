"""Addresses of logging in and out."""

from django.urls import path

from . import views

urlpatterns = [
    path("login", views.login, name="login"),
    path("login/start", views.start, name="login-start"),
    path("login/onward", views.onward, name="login-onward"),
    path("login/own", views.own, name="login-own"),
    path("login/help", views.login_help, name="login-help"),
    path("login/without-number", views.without_number, name="login-without-number"),
    path("logout", views.logout, name="logout"),
    path("kept-forms/<uuid:form_id>", views.kept_form, name="kept-form"),
]
