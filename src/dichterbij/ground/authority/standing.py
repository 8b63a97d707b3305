"""Who can let another act, and what ends that by law.

Law: Burgerlijk Wetboek 1:381 and 3:63 (who is under guardianship gives no mandate), 1:234 (nor who is under age),
3:72 (guardianship, death or bankruptcy of who gave it ends a mandate). Faillissementswet 23 and 68: who is bankrupt
has no say over what belongs to the estate any more, the trustee has (https://wetten.overheid.nl/BWBR0001860).
"""

from dataclasses import dataclass, field
from datetime import date

from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.dates import add_months
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.problems import Problem

from .asking import BORN, DIED, NAME, Numbered, said_by

OF_AGE = 18
ADDRESS = ("adressering.adresregel1", "adressering.adresregel2", "adressering.adresregel3")
HAS_GUARDIAN, IS_BANKRUPT = "curatoren.aanwezig", "insolventies.failliet"
CONSULT = "Overleg met uw curator."


class CannotMandate(Problem):
    """Somebody may not let another act for them, or not like this."""

    code = "cannot-mandate"
    title = "U kunt deze machtiging niet geven"
    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Somebody who can give a mandate and to whom a letter can be sent. `address`: lines, as the register has them."""

    bsn: Bsn
    name: str = field(repr=False)
    address: tuple[str, ...] = field(repr=False)


def ensure_can_mandate(access: Access) -> None:
    """Raise `CannotMandate` for who is not known, under age, or under guardianship: another acts for them."""
    bsn = access.subject.bsn
    if bsn is None:
        raise CannotMandate("Met deze inlog weten wij niet wie u bent.", remedy="Log in met een andere inlog.")
    born = said_by(access, "brp", (bsn,), (BORN,)).get(bsn, {}).get(BORN)
    if not isinstance(born, str):
        raise CannotMandate("Wij weten niet op welke dag u geboren bent.", remedy="Vraag ons om hulp.")
    if not _is_of_age(born):
        raise CannotMandate("U bent nog geen 18 jaar.", remedy="Uw ouder of voogd handelt voor u. Vraag ons om hulp.")
    if with_guardian(access, (bsn,)):
        raise CannotMandate("U hebt een curator. Uw curator handelt voor u.", remedy=CONSULT)


def ensure_can_represent(access: Access) -> None:
    """Raise `CannotMandate` for who is under guardianship: a mandate they have would end at once."""
    if access.subject.bsn is not None and with_guardian(access, (access.subject.bsn,)):
        raise CannotMandate("U hebt een curator. Daarom kunt u niet voor een ander handelen.", remedy=CONSULT)


def with_guardian(access: Access, several: tuple[Bsn, ...]) -> frozenset[Bsn]:
    """Return those of whom the register of the courts says that they have a guardian."""
    return _of_whom(access, several, HAS_GUARDIAN)


def bankrupt(access: Access, several: tuple[Numbered, ...]) -> frozenset[Numbered]:
    """Return those people or companies of whom the register of insolvency says that they are bankrupt."""
    return _of_whom(access, several, IS_BANKRUPT)


def addressee(access: Access, bsn: Bsn, born_on: date) -> Addressee | None:
    """Return who can be asked for a mandate by post; None for who does not exist, died or may not give one.

    Which of these it is, is not said, and both registers are always asked: who asks learns nothing about a number.
    """
    said = said_by(access, "brp", (bsn,), (BORN, DIED, NAME, *ADDRESS)).get(bsn, {})
    is_ward = with_guardian(access, (bsn,))
    address = tuple(str(said[line]) for line in ADDRESS if said.get(line))
    if said.get(BORN) != born_on.isoformat() or said.get(DIED) or not address:
        return None
    if not _is_of_age(born_on.isoformat()) or is_ward:
        return None
    return Addressee(bsn=bsn, name=str(said.get(NAME, "")), address=address)


def _of_whom(access: Access, several: tuple[Numbered, ...], what: str) -> frozenset[Numbered]:
    """Return those of whom the registers of the courts say something."""
    return frozenset(each for each, said in said_by(access, "ccbr", several, (what,)).items() if said.get(what))


def is_of_age(access: Access, bsn: Bsn) -> bool:
    """Say whether the population register knows that somebody is of age."""
    born = said_by(access, "brp", (bsn,), (BORN,)).get(bsn, {}).get(BORN)
    return isinstance(born, str) and _is_of_age(born)


def _is_of_age(born: str) -> bool:
    return add_months(date.fromisoformat(born), 12 * OF_AGE) <= clock.today()
