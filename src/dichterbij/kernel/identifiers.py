"""Numbers of people and organisations, checked when made.

Sources: BSN and RSIN eleven-test (Wet algemene bepalingen burgerservicenummer, Logisch ontwerp BSN);
KVK number (Handelsregisterbesluit 2008); OIN (Logius, organisatie-identificatienummer, twenty digits).
"""

from dataclasses import dataclass, field

from .problems import InvalidIdentifier

_ELEVEN_TEST_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def passes_eleven_test(digits: str) -> bool:
    """Say whether nine digits pass the eleven-test of BSN and RSIN.

    >>> passes_eleven_test("999993653"), passes_eleven_test("999993654")
    (True, False)
    """
    if len(digits) != 9 or not (digits.isascii() and digits.isdigit()) or digits == "0" * 9:
        return False
    return sum(int(d) * w for d, w in zip(digits, _ELEVEN_TEST_WEIGHTS, strict=True)) % 11 == 0


def _require(valid: bool, kind: str) -> None:
    if not valid:
        raise InvalidIdentifier(f"Dit is geen geldig {kind}.")


def _is_digits(value: str, length: int) -> bool:
    return len(value) == length and value.isascii() and value.isdigit()


@dataclass(frozen=True, slots=True, repr=False)
class Bsn:
    """Citizen service number: nine digits that pass the eleven-test; masked when printed.

    >>> Bsn("999993653")
    Bsn(*****3653)
    """

    value: str = field(repr=False)

    def __post_init__(self) -> None:
        _require(passes_eleven_test(self.value), "burgerservicenummer")

    def __repr__(self) -> str:
        return f"Bsn({self})"

    def __str__(self) -> str:
        return f"*****{self.value[-4:]}"


@dataclass(frozen=True, slots=True)
class Rsin:
    """Number of a legal person or partnership: nine digits that pass the eleven-test."""

    value: str

    def __post_init__(self) -> None:
        _require(passes_eleven_test(self.value), "RSIN")

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class KvkNumber:
    """Number in the business register: eight digits."""

    value: str

    def __post_init__(self) -> None:
        _require(_is_digits(self.value, 8), "KVK-nummer")

    def __str__(self) -> str:
        return self.value


Number = Bsn | KvkNumber
"""By which registries know somebody: a person, or a company."""
KVK_DIGITS = 8


def number_of(text: str) -> Number:
    """Return the number that a text says: of a company when it has eight digits, otherwise of a person.

    Raises `InvalidIdentifier`.
    """
    return KvkNumber(text) if len(text) == KVK_DIGITS else Bsn(text)


@dataclass(frozen=True, slots=True, order=True)
class Oin:
    """Number of an organisation in digital government: twenty digits."""

    value: str

    def __post_init__(self) -> None:
        _require(_is_digits(self.value, 20), "OIN")

    def __str__(self) -> str:
        return self.value
