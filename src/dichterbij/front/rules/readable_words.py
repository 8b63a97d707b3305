"""The words of each operation of a law file, in the language of the page; `%s` is where a value comes."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from dichterbij.law.document import Raw
from dichterbij.law.labels import plain


def comparing(name: str, *, is_date: bool) -> str:
    """Return the sentence of a comparison of `left` and `right`."""
    sentences: dict[str, str] = {
        "EQUALS": _("%(left)s is %(right)s"),
        "NOT_EQUALS": _("%(left)s is niet %(right)s"),
        "GREATER_THAN": _("%(left)s is later dan %(right)s") if is_date else _("%(left)s is meer dan %(right)s"),
        "GREATER_THAN_OR_EQUAL": (
            _("%(left)s is %(right)s of later") if is_date else _("%(left)s is %(right)s of meer")
        ),
        "LESS_THAN": _("%(left)s is eerder dan %(right)s") if is_date else _("%(left)s is minder dan %(right)s"),
        "LESS_THAN_OR_EQUAL": (
            _("%(left)s is %(right)s of eerder") if is_date else _("%(left)s is %(right)s of minder")
        ),
    }
    return sentences[name]


def joining(name: str) -> tuple[str, str]:
    """Return the heading above a list of operands, and the sign between short ones (none: always a list)."""
    known: dict[str, Callable[[], tuple[str, str]]] = {
        "ADD": lambda: (_("de som van:"), " + "),
        "SUBTRACT": lambda: (_("het eerste min wat volgt:"), " − "),
        "MULTIPLY": lambda: (_("vermenigvuldig:"), " × "),
        "DIVIDE": lambda: (_("het eerste gedeeld door wat volgt:"), " : "),
        "MIN": lambda: (_("het laagste van:"), ""),
        "MAX": lambda: (_("het hoogste van:"), ""),
        "IN": lambda: (_("het eerste is een van wat volgt:"), ""),
        "NOT_IN": lambda: (_("het eerste is geen van wat volgt:"), ""),
        "LIST": lambda: (_("de lijst van:"), ""),
        "AGE": lambda: (_("de leeftijd in hele jaren:"), ""),
        "DATE_ADD": lambda: (_("een latere dag:"), ""),
        "DATE": lambda: (_("de dag met:"), ""),
        "DATE_DIFF": lambda: (_("de tijd tussen twee dagen:"), ""),
        "DAY_OF_WEEK": lambda: (_("de dag van de week van:"), ""),
        "DATE_PART": lambda: (_("een deel van een dag:"), ""),
        "START_OF": lambda: (_("de eerste dag:"), ""),
    }
    return known[name]() if name in known else (f"{plain(name)}:", "")


def named_operands() -> tuple[tuple[str, str], ...]:
    """Return the operands that have a name of their own, with the words before their value."""
    return (
        ("date_of_birth", _("geboren op: %s")),
        ("reference_date", _("op de dag: %s")),
        ("date", _("van: %s")),
        ("from", _("van: %s")),
        ("to", _("tot: %s")),
        ("in", _("in of van: %s")),
        ("year", _("jaar: %s")),
        ("month", _("maand: %s")),
        ("day", _("dag: %s")),
        ("years", _("plus jaren: %s")),
        ("months", _("plus maanden: %s")),
        ("weeks", _("plus weken: %s")),
        ("days", _("plus dagen: %s")),
        ("part", _("deel: %s")),
    )


def rounding(name: str, precision: Raw) -> str:
    """Return how a value is rounded."""
    digits = precision if isinstance(precision, int) else 0
    how = {
        "ROUND": _("afgerond: %s"),
        "CEIL": _("naar boven afgerond: %s"),
        "FLOOR": _("naar beneden afgerond: %s"),
    }[name]
    return how if digits <= 0 else f"{how} ({_('cijfers achter de komma')}: {digits})"


def combining(combine: str) -> str:
    """Return how the outcomes of a list come together."""
    return {
        "ADD": _("tel op: %s"),
        "OR": _("minstens één keer geldt: %s"),
        "AND": _("altijd geldt: %s"),
        "MIN": _("neem het laagste van: %s"),
        "MAX": _("neem het hoogste van: %s"),
    }.get(combine, _("neem: %s"))
