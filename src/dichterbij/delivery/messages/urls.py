"""Addresses of messages: an opaque number each, no number of a person."""

from django.urls import path

from . import views

urlpatterns = [
    path("messages/<uuid:message>", views.message, name="message"),
    path("messages/<uuid:message>/post", views.message_post, name="message-post"),
    path("messages/<uuid:message>/pdf", views.message_pdf, name="message-pdf"),
]
