"""What somebody must pay a body (Financial Claims Information Document, Vorderingenoverzicht Rijk). Euro cents.

The draft standard has two protocols, each in a session of its own (Blauwe Knop Connect, CreateSession): the first says
about whom and gives a configuration token, the second gives the document for it. All of it is sealed with the key of
the session. Which protocols and tokens there are follows the draft; paths and the form of messages are ours, because it
publishes none for a body that asks.
"""

from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from dichterbij.kernel.identifiers import Number

from ..domain import RawValue, SourceUnavailable, Value
from . import sealed_session as sealed
from .by_person import ByPerson
from .source import Json, Source, source

SESSIONS, REQUESTS, DOCUMENTS = "/sessions", "/configured-claims-requests", "/financial-claims-information-documents"


def maker(name: str) -> Callable[[str, str], ByPerson]:
    """Return how the adapter of one body is made."""

    def make(url: str, token: str) -> ByPerson:
        body = source(name, url, token)
        return ByPerson(name, lambda person, trace: _document(body, person, trace), FIELDS)

    return make


def _document(body: Source, person: Number, trace: str) -> Json:
    """Return the document about one person, by both protocols."""
    configured = _in_session(body, REQUESTS, {"bsn": person.value}, trace)
    return _in_session(body, DOCUMENTS, {"configurationToken": configured.get("configurationToken", "")}, trace)


def _in_session(body: Source, path: str, content: Json, trace: str) -> Json:
    """Open a session, say one thing in it, and return what was said back; raises as `Source.ask`."""
    own = X25519PrivateKey.generate()
    opened = body.ask(SESSIONS, {"publicKey": sealed.public(own)}, trace=trace)
    try:
        token = str(opened["sessionToken"])
        key = sealed.agreed(own, opened["publicKey"], token)
        message: dict[str, Any] = {"sealed": sealed.seal(key, content)}
        answer = body.ask(path, message, trace=trace, headers={"Session-Token": token})
        return sealed.unseal(key, answer["sealed"])
    except (KeyError, TypeError, ValueError):
        raise SourceUnavailable(f"De bron {body.name} gaf een onleesbaar antwoord.") from None


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
