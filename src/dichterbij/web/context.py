"""What the layout needs on every page, made once per request."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from dichterbij.kernel import clock, formats
from dichterbij.kernel.identifiers import passes_eleven_test

from . import slots
from .languages import AUTHENTIC, LANGUAGES, Language

_NINE_DIGITS = re.compile("(?<![0-9A-Za-z])[0-9]{9}(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageLink:
    """The same page in a language."""

    language: Language
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationLink:
    """A link of the navigation; `current` is the value of `aria-current`: "page", "true" (above it) or nothing."""

    item: slots.SlotItem
    current: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Everything around the content of a page."""

    host: slots.Host
    home_url: str
    language: Language
    languages: tuple[LanguageLink, ...]
    navigation: tuple[NavigationLink, ...]
    header: tuple[slots.SlotItem, ...]
    footer: tuple[slots.SlotItem, ...]
    login: slots.LoginState | None
    switch: slots.Switch | None
    session_seconds: int
    demonstration_day: str


def current_language() -> Language:
    """Return the language of the page; Dutch for one we do not have."""
    return LANGUAGES.get((get_language() or AUTHENTIC).split("-")[0], LANGUAGES[AUTHENTIC])


def layout(request: HttpRequest) -> dict[str, Layout]:
    """Return the layout of a page (a context processor)."""
    language = current_language()
    login, host = slots.login(request), slots.host(request)
    return {
        "layout": Layout(
            host=host,
            home_url=_in_language(host.home_url, language),
            language=language,
            languages=language_links(request, language),
            navigation=navigation(request),
            header=tuple(slots.items("header", request)),
            footer=tuple(slots.items("footer", request)),
            login=login,
            switch=slots.switch(request),
            session_seconds=_seconds_left(login),
            demonstration_day=demonstration_day(language.code),
        )
    }


def bare_layout() -> Layout:
    """Return a layout that asks nothing of anybody: for the page that says that nothing works."""
    language = current_language()
    return Layout(
        host=slots.Host(name="Dichterbij"),
        home_url=_in_language("/", language),
        language=language,
        languages=(),
        navigation=(),
        header=(),
        footer=(),
        login=None,
        switch=None,
        session_seconds=0,
        demonstration_day=demonstration_day(language.code),
    )


def language_links(request: HttpRequest, current: Language) -> tuple[LanguageLink, ...]:
    """Return the address of this page in each language; the start page for one with a number of a person."""
    here = request.get_full_path()
    if any(passes_eleven_test(digits) for digits in _NINE_DIGITS.findall(here)):
        here = "/"
    return tuple(
        LanguageLink(language=language, url=_translated(here, language), is_current=language is current)
        for language in LANGUAGES.values()
    )


def _translated(address: str, language: Language) -> str:
    found = translate_url(address, language.code)
    current = get_language() or AUTHENTIC
    if found != address or language.code == current:
        return found
    return _in_language("/", language)


def _in_language(address: str, language: Language) -> str:
    """Return the address of the start page in a language; another address stays as it is."""
    return address if address != "/" or language.code == AUTHENTIC else f"/{language.code}/"


def navigation(request: HttpRequest) -> tuple[NavigationLink, ...]:
    """Return the links of the navigation, with the one where we are."""
    return tuple(
        NavigationLink(item=item, current=_current(item.url, request.path))
        for item in slots.items("navigation", request)
    )


def _current(url: str, path: str) -> str:
    if path == url:
        return "page"
    is_start = url.strip("/") in {"", *LANGUAGES}
    return "true" if not is_start and path.startswith(url.rstrip("/") + "/") else ""


def _seconds_left(login: slots.LoginState | None) -> int:
    return max(0, int((login.until - clock.now()).total_seconds())) if login else 0


def demonstration_day(language: str) -> str:
    """Return the day on which the demonstration stands still, in words; empty in production."""
    if not getattr(settings, "DEMONSTRATION", False):
        return ""
    return formats.date_long(clock.today(), language)
