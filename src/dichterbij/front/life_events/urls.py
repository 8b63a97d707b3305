"""Addresses of life events."""

from django.urls import path

from . import views, views_plan

urlpatterns = [
    path("", views.home, name="home"),
    path("life-events/<slug:slug>", views.checklist, name="life-event"),
    path("plan", views_plan.overview, name="plans"),
    path("plan/<uuid:plan>", views_plan.plan, name="plan"),
    path("plan/<uuid:plan>/open", views_plan.look, name="plan-look"),
    path("plan/<uuid:plan>/refresh", views_plan.refresh, name="plan-refresh"),
    path("plan/<uuid:plan>/erase", views_plan.erase, name="plan-erase"),
    path("plan/<uuid:plan>/cards/<slug:card>", views_plan.card, name="plan-card"),
    path("plan/<uuid:plan>/cards/<slug:card>/answer", views_plan.answer, name="plan-answer"),
    path("plan/<uuid:plan>/cards/<slug:card>/tick", views_plan.tick, name="plan-tick"),
    path("plan/<uuid:plan>/cards/<slug:card>/apply", views_plan.apply, name="plan-apply"),
]
