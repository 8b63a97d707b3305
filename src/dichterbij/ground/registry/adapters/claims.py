"""What somebody must pay a body (Financial Claims Information Document, Vorderingenoverzicht Rijk). Euro cents."""

from collections.abc import Callable

from dichterbij.kernel.identifiers import Bsn

from ..domain import RawValue, SourceUnavailable
from .by_person import ByPerson
from .source import Json, source


def maker(name: str) -> Callable[[str, str], ByPerson]:
    """Return how the adapter of one body is made."""
    return lambda url, token: ByPerson(
        source(name, url, token), "/financial-claims-information-documents", _about, FIELDS
    )


def _about(person: Bsn) -> Json:
    return {"bsn": person.value}


def _balances(answer: Json) -> list[int]:
    """Return what is still to be paid per matter; the sum of what was imposed less what was settled."""
    balances = [matter["saldo"] for matter in answer["body"]["financiele_zaken"]]
    if not all(isinstance(balance, int) for balance in balances):
        raise SourceUnavailable("De bron gaf een bedrag dat geen hele centen is.")
    return balances


FIELDS = {
    "vorderingen.saldo": lambda answer: RawValue(value=sum(_balances(answer))),
    "vorderingen.aantal": lambda answer: RawValue(value=sum(balance > 0 for balance in _balances(answer))),
}
