"""Addresses of the desk."""

from django.urls import path

from . import views, views_corrections, views_paper

urlpatterns = [
    path("desk", views.work, name="desk"),
    path("desk/corrections/<uuid:correction>", views_corrections.correction, name="desk-correction"),
    path("desk/corrections/<uuid:correction>/answer", views_corrections.answer, name="desk-correction-answer"),
    path("desk/cases/<uuid:case>", views.case, name="desk-case"),
    path("desk/cases/<uuid:case>/scans/<uuid:scan>", views_paper.scan, name="desk-case-scan"),
    path("desk/cases/<uuid:case>/handling", views.take, name="desk-take"),
    path("desk/cases/<uuid:case>/question", views.ask, name="desk-ask"),
    path("desk/cases/<uuid:case>/assessment", views.assess, name="desk-assess"),
    path("desk/cases/<uuid:case>/decision", views.decide, name="desk-decide"),
    path("desk/cases/<uuid:case>/letter", views.letter, name="desk-letter"),
    path("desk/cases/<uuid:case>/publication", views.publish, name="desk-publish"),
]
