"""Addresses of the demonstration: the test means of login."""

from django.urls import path

from dichterbij.ground.identity.domain import Audience

from . import means, told

urlpatterns = [
    path("test-means/citizen", means.choose, {"audience": Audience.CITIZEN}, name="test-means-citizen"),
    path("test-means/staff", means.choose, {"audience": Audience.STAFF}, name="test-means-staff"),
    path("demonstration/told", told.told, name="demonstration-told"),
]
