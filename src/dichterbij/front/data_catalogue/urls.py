"""Addresses of the catalogue."""

from django.urls import path

from . import views

urlpatterns = [
    path("data-catalogue", views.catalogue, name="data-catalogue"),
    path("data-catalogue/decisions/<slug:key>", views.decision, name="data-catalogue-decision"),
    path("data-catalogue/decisions/<slug:key>/mine", views.mine, name="data-catalogue-mine"),
    path("data-catalogue/flows", views.flow_list, name="data-catalogue-flows"),
    path("data-catalogue/flows/<slug:registry>", views.flows_from, name="data-catalogue-flows-from"),
    path("data-catalogue/processing", views.processing, name="data-catalogue-processing"),
    path("data-catalogue/processing/<slug:organisation>", views.processing_of, name="data-catalogue-processing-of"),
]
