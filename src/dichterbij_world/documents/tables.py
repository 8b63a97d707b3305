"""Codes with their descriptions, as far as this world uses them (national tables of the population register)."""

_SEXES = {"M": "man", "V": "vrouw", "O": "onbekend"}
_UNIONS = {"H": "huwelijk", "P": "geregistreerd partnerschap"}
_MUNICIPALITIES = {
    "0150": "Deventer",
    "0344": "Utrecht",
    "0599": "Rotterdam",
    "0606": "Schiedam",
    "1999": "Registratie Niet Ingezetenen (RNI)",
}
_COUNTRIES = {
    "5022": "Marokko",
    "5106": "Bonaire",
    "6030": "Nederland",
    "6037": "Spanje",
    "6043": "Turkije",
    "7009": "Syrië",
    "7028": "Polen",
}
_NATIONALITIES = {
    "0001": "Nederlandse",
    "0072": "Poolse",
    "0131": "Marokkaanse",
    "0336": "Syrische",
    "0339": "Turkse",
}
_PERMITS = {
    "25": "Vw 2000 art. 8, sub b, verg. reg. onbep. tijd of langdurig ingez., arbeid vrij",
    "26": "Vw 2000 art. 8, onder c, vergunning asiel bepaalde tijd, arbeid vrij",
}
_SUSPENSIONS = {"O": "overlijden", "E": "emigratie", "R": "pl is aangelegd in de rni"}
_ADDRESS_USES = {"W": "woonadres", "B": "briefadres"}

Coded = dict[str, str]


def _coded(table: dict[str, str], code: str) -> Coded:
    return {"code": code, "omschrijving": table[code]}


def sex(code: str) -> Coded:
    """Return `M`, `V` or `O` with its description."""
    return _coded(_SEXES, code)


def union(code: str) -> Coded:
    """Return `H` or `P` with its description."""
    return _coded(_UNIONS, code)


def municipality(code: str) -> Coded:
    """Return a municipality; a place abroad has a description only."""
    return _coded(_MUNICIPALITIES, code) if code.isdigit() else {"omschrijving": code}


def country(code: str) -> Coded:
    """Return a country of the country table."""
    return _coded(_COUNTRIES, code)


def nationality(code: str) -> Coded:
    """Return a nationality of the nationality table."""
    return _coded(_NATIONALITIES, code)


def permit(code: str) -> Coded:
    """Return a residence permit of the table of permits."""
    return _coded(_PERMITS, code)


def suspension(code: str) -> Coded:
    """Return why a list is no longer kept."""
    return _coded(_SUSPENSIONS, code)


def address_use(code: str) -> Coded:
    """Return `W` (home) or `B` (letter address) with its description."""
    return _coded(_ADDRESS_USES, code)
