"""Addresses of contact details; no address of a person is in them."""

from django.urls import path

from . import views

urlpatterns = [
    path("contact-details", views.contact, name="contact-details"),
    path("contact-details/language", views.language, name="contact-language"),
    path("contact-details/exception", views.exception, name="contact-exception"),
    path("contact-details/exception/forget", views.forget, name="contact-exception-forget"),
    path("contact-details/<slug:way>", views.address, name="contact-address"),
    path("contact-details/<slug:way>/code", views.code, name="contact-code"),
    path("contact-details/<slug:way>/remove", views.remove, name="contact-remove"),
]
