"""Addresses that providers know; without a language, because they are registered there."""

from django.urls import path

from . import views

urlpatterns = [
    path("login/oidc/<str:means_id>", views.callback, name="oidc-callback"),
    path("login/oidc/<str:means_id>/back-channel-logout", views.back_channel_logout, name="oidc-back-channel-logout"),
    path(
        "login/oidc/<str:means_id>/front-channel-logout", views.front_channel_logout, name="oidc-front-channel-logout"
    ),
    path("login/oidc/<str:means_id>/keys", views.own_keys, name="oidc-keys"),
]
