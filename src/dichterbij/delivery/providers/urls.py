"""Addresses of the two lists, and of going on in another instance."""

from django.urls import path

from . import views
from .moving import views as moving

urlpatterns = [
    path("applications", views.applications, name="applications"),
    path("messages", views.messages, name="messages"),
    path("go-on/<str:organisation>", moving.go_on, name="go-on"),
    path("hand-over/<str:organisation>", moving.hand_over, name="hand-over"),
    path("login/from/<str:organisation>", moving.begin, name="login-from"),
    path("login/from/<str:organisation>/back", moving.back, name="login-from-back"),
    path("login/from/<str:organisation>/left", moving.left, name="login-from-left"),
]
