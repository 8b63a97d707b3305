"""Settings to look at the gallery without any other room."""

from dichterbij.project.settings_test import *  # noqa: F403 the real settings, fewer rooms

DEBUG = False
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.staticfiles", "django.contrib.sessions", "dichterbij.web", "django.forms"]
MIDDLEWARE = [
    "dichterbij.web.security.SecurityHeaders",
    "dichterbij.web.limits.BodyLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "dichterbij.web.errors.Problems",
]
CSRF_FAILURE_VIEW = "dichterbij.web.errors.csrf_failure"
ROOT_URLCONF = "dichterbij.web.tests.gallery.urls"
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
WSGI_APPLICATION = None  # the real one brings other rooms
