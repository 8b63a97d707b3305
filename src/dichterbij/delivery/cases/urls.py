"""Addresses of applications and cases. No number of a person is ever in one."""

from django.urls import path

from . import views, views_case, views_late, views_objection, views_undo
from .corrections import views as corrections

urlpatterns = [
    path("apply/<slug:product>", views.apply, name="apply"),
    path("applications/draft/<uuid:draft>", views.application, name="application"),
    path(
        "applications/draft/<uuid:draft>/correct/<slug:person>/<slug:fact>", views.correct, name="application-correct"
    ),
    path("applications/draft/<uuid:draft>/review", views.review, name="application-review"),
    path("applications/draft/<uuid:draft>/discard", views.discard, name="application-discard"),
    path("corrections/new/<slug:source>/<str:name>", corrections.ask, name="correction-ask"),
    path("corrections/<uuid:correction>", corrections.correction, name="correction"),
    path("corrections/<uuid:correction>/undo", corrections.take_back, name="correction-take-back"),
    path("applications/<uuid:case>", views_case.case, name="case"),
    path("applications/<uuid:case>/received", views_case.received, name="case-received"),
    path("applications/<uuid:case>/objection", views_objection.objection, name="case-objection"),
    path("applications/<uuid:case>/late", views_late.notice, name="case-late"),
    path("applications/<uuid:case>/undo/<slug:step>", views_undo.undo, name="case-undo"),
    path("applications/<uuid:case>/withdraw", views_case.withdraw, name="case-withdraw"),
    path("applications/<uuid:case>/answer/<uuid:question>", views_case.answer, name="case-answer"),
]
