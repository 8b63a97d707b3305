"""Addresses of the demonstration: the test means of login."""

from django.urls import path

from . import means, told

urlpatterns = [
    path("test-means/<slug:means_id>", means.choose, name="test-means"),
    path("demonstration/told", told.told, name="demonstration-told"),
]
