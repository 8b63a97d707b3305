"""Tests of the web room see its gallery and no other room."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from dichterbij.web import slots
from dichterbij.web.tests.gallery import settings as gallery


@pytest.fixture(autouse=True)
def only_the_gallery(settings: Settings) -> Iterator[None]:
    settings.ROOT_URLCONF = gallery.ROOT_URLCONF
    settings.MIDDLEWARE = gallery.MIDDLEWARE
    settings.CSRF_FAILURE_VIEW = gallery.CSRF_FAILURE_VIEW
    settings.SESSION_ENGINE = gallery.SESSION_ENGINE
    with slots.set_aside():
        yield
