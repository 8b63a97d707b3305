"""What somebody must pay a body (Financial Claims Information Document, Vorderingenoverzicht Rijk). Euro cents."""

from collections.abc import Callable

from dichterbij.kernel.identifiers import Bsn

from ..domain import RawValue, SourceUnavailable, Value
from .by_person import ByPerson
from .source import Json, source


def maker(name: str) -> Callable[[str, str], ByPerson]:
    """Return how the adapter of one body is made."""
    return lambda url, token: ByPerson(
        source(name, url, token), "/financial-claims-information-documents", _about, FIELDS
    )


def _about(person: Bsn) -> Json:
    return {"bsn": person.value}


def _balances(answer: Json) -> dict[str, int]:
    """Return what is still to be paid per matter: what was imposed less what was settled; each matter once."""
    balances = {str(matter["zaakkenmerk"]): matter["saldo"] for matter in answer["body"]["financiele_zaken"]}
    if not all(isinstance(balance, int) for balance in balances.values()):
        raise SourceUnavailable("De bron gaf een bedrag dat geen hele centen is.")
    return balances


def _matters(answer: Json) -> tuple[Value, ...]:
    """Return each matter with its reference, so that who adds up several bodies counts none twice."""
    return tuple({"zaakkenmerk": name, "saldo": balance} for name, balance in _balances(answer).items())


FIELDS = {
    "vorderingen.saldo": lambda answer: RawValue(value=sum(_balances(answer).values())),
    "vorderingen.aantal": lambda answer: RawValue(value=sum(balance > 0 for balance in _balances(answer).values())),
    "vorderingen.zaken": lambda answer: RawValue(value=_matters(answer)),
}
