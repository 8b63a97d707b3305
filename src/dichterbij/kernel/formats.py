"""Dates, instants and amounts as people read them, per language (Unicode CLDR through Babel)."""

from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

from .clock import AMSTERDAM

LANGUAGES = ("nl", "en", "pap")
_LOCALES = {"nl": Locale("nl", "NL"), "en": Locale("en", "GB"), "pap": Locale("pap")}
# CLDR writes a capital for the months of Papiamentu; the spelling rules of Bonaire and Curacao do the same.
_LONG = {"nl": "d MMMM y", "en": "d MMMM y", "pap": "d 'di' MMMM y"}


def date_long(day: date, language: str) -> str:
    """Return a day in words.

    >>> date_long(date(2026, 6, 15), "nl"), date_long(date(2026, 6, 15), "pap")
    ('15 juni 2026', '15 di Yüni 2026')
    """
    return format_date(day, _LONG[language], locale=_LOCALES[language])


def weekday_long(day: date, language: str) -> str:
    """Return a day in words, with the day of the week before it.

    >>> weekday_long(date(2026, 6, 15), "nl"), weekday_long(date(2026, 6, 15), "en")
    ('maandag 15 juni 2026', 'Monday 15 June 2026')
    """
    return f"{format_date(day, 'EEEE', locale=_LOCALES[language])} {date_long(day, language)}"


def weekday_name(weekday: int, language: str) -> str:
    """Return the name of a day of the week; Monday is 0.

    >>> weekday_name(0, "nl"), weekday_name(6, "en")
    ('maandag', 'Sunday')
    """
    return str(_LOCALES[language].days["format"]["wide"][weekday])


def month_long(day: date, language: str) -> str:
    """Return the month of a day in words.

    >>> month_long(date(2026, 6, 1), "nl"), month_long(date(2026, 6, 1), "en")
    ('juni 2026', 'June 2026')
    """
    return format_date(day, "MMMM y", locale=_LOCALES[language])


def instant(moment: datetime, language: str) -> str:
    """Return an instant as day and time in Amsterdam."""
    local = moment.astimezone(AMSTERDAM)
    return f"{date_long(local.date(), language)}, {format_datetime(local, 'HH:mm', locale=_LOCALES[language])}"


def euro(cents: int, language: str, currency: str = "EUR") -> str:
    """Return euro cents as an amount; whole euros keep their cents.

    >>> euro(46640, "nl"), euro(-5, "en")
    ('€\\xa0466,40', '-€0.05')
    """
    return format_currency(Decimal(cents) / 100, currency, locale=_LOCALES[language])


def number(value: int | Decimal, language: str) -> str:
    """Return a number with the separators of the language."""
    return format_decimal(value, locale=_LOCALES[language])
