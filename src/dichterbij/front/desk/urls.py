"""Addresses of the desk."""

from django.urls import path

from . import views, views_calls, views_corrections, views_help, views_mine, views_paper, views_review

urlpatterns = [
    path("desk", views.work, name="desk"),
    path("desk/corrections/<uuid:correction>", views_corrections.correction, name="desk-correction"),
    path("desk/corrections/<uuid:correction>/answer", views_corrections.answer, name="desk-correction-answer"),
    path("desk/cases/<uuid:case>", views.case, name="desk-case"),
    path("desk/cases/<uuid:case>/scans", views_paper.scans, name="desk-case-scans"),
    path("desk/cases/<uuid:case>/scans/<uuid:scan>", views_paper.scan, name="desk-case-scan"),
    path("desk/cases/<uuid:case>/handling", views.take, name="desk-take"),
    path("desk/cases/<uuid:case>/question", views.ask, name="desk-ask"),
    path("desk/cases/<uuid:case>/assessment", views.assess, name="desk-assess"),
    path("desk/cases/<uuid:case>/decision", views.decide, name="desk-decide"),
    path("desk/cases/<uuid:case>/letter", views.letter, name="desk-letter"),
    path("desk/cases/<uuid:case>/second-look", views.settle, name="desk-second-look"),
    path("desk/cases/<uuid:case>/publication", views.publish, name="desk-publish"),
    path("counter", views_help.begin, name="desk-help"),
    path("counter/found", views_help.found, name="desk-help-found"),
    path("counter/person", views_help.person, name="desk-help-person"),
    path("counter/letter", views_help.letter, name="desk-help-letter"),
    path("counter/questions", views_help.questions, name="desk-help-questions"),
    path("counter/now", views_help.now, name="desk-help-now"),
    path("counter/end", views_help.end, name="desk-help-end"),
    path("counter/resume", views_help.resume, name="desk-help-resume"),
    path("counter/<uuid:help>/take-over", views_help.take, name="desk-help-take"),
    path("counter/cases/<uuid:case>/conference", views_help.confer, name="desk-help-confer"),
    path("conferences", views_help.conferences, name="desk-conferences"),
    path("conferences/<uuid:conference>", views_help.conference, name="desk-conference"),
    path("calls", views_calls.calls, name="desk-calls"),
    path("calls/<uuid:call>/take", views_calls.take, name="desk-call-take"),
    path("calls/<uuid:call>/called", views_calls.called, name="desk-called"),
    path("calls/<uuid:call>/talk", views_calls.talk, name="desk-call-talk"),
    path("reviews", views_review.reviews, name="desk-reviews"),
    path("reviews/<uuid:opening>", views_review.review, name="desk-review"),
    path("family", views_review.family, name="desk-family"),
    path("call-me", views_calls.call_me, name="call-me"),
    path("call-me/received", views_calls.received, name="call-me-received"),
    path("talks", views_mine.talks, name="my-talks"),
    path("talks/<uuid:talk>/stop", views_mine.stop, name="my-talk-stop"),
]
