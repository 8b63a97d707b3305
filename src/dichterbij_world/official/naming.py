"""Names of a person list, and how somebody with them is addressed."""

from typing import Any

from ..documents.naming import initials
from .lists import Occurrence
from .values import Tables

_TITLE = "02.20"
# code of the title: how a noble is written to (above the name; in the salutation)
_FORMS = {
    "JH": ("De hoogwelgeboren heer", "Hoogwelgeboren heer"),
    "JV": ("De hoogwelgeboren vrouwe", "Hoogwelgeboren vrouwe"),
    "B": ("De hoogwelgeboren heer", "Hoogwelgeboren heer"),
    "BS": ("De hoogwelgeboren vrouwe", "Hoogwelgeboren vrouwe"),
    "R": ("De hoogwelgeboren heer", "Hoogwelgeboren heer"),
    "G": ("De hooggeboren heer", "Hooggeboren heer"),
    "GI": ("De hooggeboren vrouwe", "Hooggeboren vrouwe"),
    "M": ("De hoogwelgeboren heer", "Hoogwelgeboren heer"),
    "MI": ("De hoogwelgeboren vrouwe", "Hoogwelgeboren vrouwe"),
    "H": ("De hoogwelgeboren heer", "Hoogwelgeboren heer"),
    "HI": ("De hoogwelgeboren vrouwe", "Hoogwelgeboren vrouwe"),
    "P": ("De hoogheid", "Hoogheid"),
    "PS": ("De hoogheid", "Hoogheid"),
}
_TITLES = {"M": "meneer", "V": "mevrouw"}
NAME_USES = {
    "E": "eigen geslachtsnaam",
    "P": "geslachtsnaam partner",
    "V": "geslachtsnaam partner voor eigen geslachtsnaam",
    "N": "geslachtsnaam partner na eigen geslachtsnaam",
}


def name(elements: Occurrence, tables: Tables) -> dict[str, Any]:
    """Return the parts of a name that are there; `.` stands for a surname that is not known."""
    parts: dict[str, Any] = {
        "voornamen": elements.get("02.10"),
        "voorvoegsel": elements.get("02.30"),
        "geslachtsnaam": elements.get("02.40"),
        "voorletters": initials(elements.get("02.10", "")),
    }
    if code := elements.get(_TITLE):
        parts["adellijkeTitelPredicaat"] = tables.coded(38, code) | {"soort": tables.kind_of_title(code)}
    return {key: value for key, value in parts.items() if value and value != "."}


def full_name(elements: Occurrence, tables: Tables) -> str:
    """Return given names, title, prefix and surname in the order in which they are said."""
    title = tables.coded(38, elements[_TITLE]).get("omschrijving", "") if _TITLE in elements else ""
    is_predicate = bool(title) and tables.kind_of_title(elements[_TITLE]) == "predicaat"
    surname = elements.get("02.40", "").strip(".")
    parts = (
        title if is_predicate else "",
        elements.get("02.10", ""),
        "" if is_predicate else title,
        elements.get("02.30", ""),
        surname,
    )
    return " ".join(part for part in parts if part)


def addressed(person: Occurrence, partner: Occurrence) -> dict[str, Any]:
    """Return salutation, name on the envelope and name in a sentence, with the partner's name where it is used."""
    surname = _used_surname(person, partner)
    if not surname:
        return {}
    short = f"{initials(person.get('02.10', ''))} {surname}".strip()
    title = _TITLES.get(person.get("04.10", ""))
    if forms := _FORMS.get(person.get(_TITLE, "")):
        return {
            "aanhef": forms[1],
            "aanschrijfwijze": {"naam": short, "aanspreekvorm": forms[0]},
            "gebruikInLopendeTekst": short,
        }
    spoken = f"{title} {surname[0].upper()}{surname[1:]}" if title else short
    return {"aanhef": f"Geachte {spoken}", "aanschrijfwijze": {"naam": short}, "gebruikInLopendeTekst": spoken}


def _used_surname(person: Occurrence, partner: Occurrence) -> str:
    own, other = _surname(person), _surname(partner)
    if not other:
        return own
    match person.get("61.10"):
        case "P":
            return other
        case "V":
            return f"{other}-{own}"
        case "N":
            return f"{own}-{other}"
        case _:
            return own


def _surname(elements: Occurrence) -> str:
    surname = elements.get("02.40", "").strip(".")
    return f"{elements.get('02.30', '')} {surname}".strip() if surname else ""
