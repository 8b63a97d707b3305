"""Names as the population register and letters write them."""

from ..people import Person


def initials(given_names: str) -> str:
    """Return the initials of given names.

    >>> initials("Hanneke Maria")
    'H.M.'
    """
    return "".join(f"{name[0]}." for name in given_names.split())


def name(person: Person) -> dict[str, str]:
    """Return given names, prefix, surname and initials; no key for what is not there."""
    parts = {
        "voornamen": person.given_names,
        "voorvoegsel": person.prefix,
        "geslachtsnaam": person.surname,
        "voorletters": initials(person.given_names),
    }
    return {key: value for key, value in parts.items() if value}


def surname(person: Person) -> str:
    """Return prefix and surname as they stand behind initials."""
    return f"{person.prefix} {person.surname}".strip()


def full_name(person: Person) -> str:
    """Return given names, prefix and surname."""
    return f"{person.given_names} {surname(person)}"
