"""Where a law applies: the European Netherlands, the islands, a municipality, a province, a water board.

A territory is one or more codes: `NL`, `BQ` (or `BQ-BO`, `BQ-SE`, `BQ-SA`), `GM0599`, `PV28`, `WS0155`. A code of
a municipality, province or water board lies in the European Netherlands.
"""

import re
from typing import Final

from .model import LawVersion

EUROPEAN: Final = "NL"
ISLANDS: Final = "BQ"
CODE: Final = re.compile(r"NL|BQ(-(BO|SE|SA))?|GM\d{4}|PV\d{2}|WS\d{4}")


def codes_of(territory: str) -> frozenset[str]:
    """Return the codes of a territory written as `GM0599` or `GM0599 PV28`.

    >>> sorted(codes_of("GM0599 PV28"))
    ['GM0599', 'NL', 'PV28']
    """
    codes = set(territory.split())
    if not any(code.startswith(ISLANDS) for code in codes):
        codes.add(EUROPEAN)
    return frozenset(codes)


def is_territory(written: str) -> bool:
    """Say whether every code is one of these: what is elsewhere or misspelled is not silently the Netherlands.

    >>> is_territory("GM0599 PV28"), is_territory("XX"), is_territory("")
    (True, False, False)
    """
    codes = written.split()
    return bool(codes) and all(CODE.fullmatch(code) for code in codes)


def applies_in(version: LawVersion, codes: frozenset[str]) -> bool:
    """Say whether a law applies in a territory; without a territory of its own it is European Dutch law."""
    declared = version.territory or tuple(version.codes.values()) or (EUROPEAN,)
    return any(code == area or code.startswith(f"{area}-") for area in declared for code in codes)


def who_helps(version: LawVersion, codes: frozenset[str]) -> str:
    """Return who does help where the law does not apply, as the file says under `elsewhere`."""
    areas = sorted(version.elsewhere, key=len, reverse=True)
    return next((version.elsewhere[a] for a in areas if any(c == a or c.startswith(f"{a}-") for c in codes)), "")
