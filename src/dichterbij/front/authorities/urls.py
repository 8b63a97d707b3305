"""Addresses of authorities."""

from django.urls import path

from . import views, views_counter, views_mandates, views_misuse, views_proof

urlpatterns = [
    path("authorities", views.authorities, name="authorities"),
    path("authorities/look-up", views.look_up, name="authorities-look-up"),
    path("authorities/act", views.act, name="authorities-act"),
    path("authorities/give", views_mandates.give, name="authorities-give"),
    path("authorities/ask", views_mandates.ask, name="authorities-ask"),
    path("authorities/agree", views.agree, name="authorities-agree"),
    path("authorities/done", views.done_for_others, name="authorities-done"),
    path("authorities/counter", views_counter.counter, name="authorities-counter"),
    path("authorities/misuse", views_misuse.misuse, name="authorities-misuse"),
    path("authorities/block", views_misuse.block, name="authorities-block"),
    path("authorities/proof", views_proof.proof, name="authorities-proof"),
    path("proofs", views_proof.check, name="proofs"),
    path("proofs/<str:code>", views_proof.check, name="proof"),
    path("authorities/<uuid:mandate>/code", views_mandates.code, name="authorities-code"),
    path("authorities/<uuid:mandate>/pass-on", views_mandates.pass_on, name="authorities-pass-on"),
    path("authorities/<uuid:mandate>/end", views.end, name="authorities-end"),
]
