"""Addresses of paper forms and of the post. No code and no number of a person is ever in one."""

from django.urls import path

from . import views, views_post, views_returned

urlpatterns = [
    path("apply/<slug:product>/paper", views.blank, name="paper-blank"),
    path("applications/draft/<uuid:draft>/paper", views.prefilled, name="paper-prefilled"),
    path("applications/<uuid:case>/scans", views.scans, name="case-scans"),
    path("applications/<uuid:case>/scans/<uuid:scan>", views.scan, name="case-scan"),
    path("post", views_post.post, name="post"),
    path("post/objection", views_post.objection, name="post-objection"),
    path("post/returned", views_returned.returned, name="post-returned"),
    path("post/returned/<uuid:letter>/address", views_returned.ask_again, name="post-returned-address"),
    path("post/returned/<uuid:letter>/reached", views_returned.reached, name="post-returned-reached"),
    path("post/<uuid:paper>", views_post.piece, name="post-piece"),
    path("post/<uuid:paper>/person", views_post.person, name="post-person"),
    path("post/<uuid:paper>/application", views_post.application, name="post-application"),
    path("post/<uuid:paper>/objection", views_post.objection_text, name="post-objection-text"),
    path("post/<uuid:paper>/pages", views_post.pages, name="post-pages"),
    path("post/<uuid:paper>/trouble", views_post.trouble, name="post-trouble"),
    path("post/<uuid:paper>/scan", views_post.scan, name="post-scan"),
]
