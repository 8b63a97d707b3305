"""Addresses of the gallery."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from . import views

urlpatterns = i18n_patterns(
    *(path(f"gallery/{name}", views.page, {"name": name}, name=f"gallery-{name}") for name in views.PAGES),
    path("gallery/form-errors", views.form_with_errors, name="gallery-form-errors"),
    path("gallery/themes/<str:theme>", views.themed, name="gallery-theme"),
    path("gallery/problem", views.problem),
    path("gallery/crash", views.crash),
    path("gallery/sign-out", views.sign_out, name="sign-out"),
    path("api/gallery/problem", views.problem),
    prefix_default_language=False,
)
handler400 = "dichterbij.web.errors.bad_request"
handler403 = "dichterbij.web.errors.forbidden"
handler404 = "dichterbij.web.errors.not_found"
handler500 = "dichterbij.web.errors.server_error"
