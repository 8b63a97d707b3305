"""Addresses of the product about itself."""

from django.urls import path

from . import views

urlpatterns = [
    path("about", views.about, name="about"),
    path("about/algorithms", views.algorithm_list, name="about-algorithms"),
    path("about/algorithms/<slug:law>", views.algorithm, name="about-algorithm"),
    path("about/products", views.products, name="about-products"),
    path("about/privacy", views.privacy, name="about-privacy"),
    path("about/human-rights", views.human_rights, name="about-human-rights"),
    path("about/accessibility", views.accessibility, name="about-accessibility"),
]
