"""Asking somebody without a login, by letter, to let one act for them: the code in the letter is their yes.

What who asks may do and reads is the same whether a letter goes or not, so neither tells whether a number is right.
"""

from uuid import UUID

from dichterbij.ground.identity import services as identities
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Bsn

from . import codes, giving
from .mandates import Terms, record
from .standing import Addressee, CannotMandate

MOST_LETTERS = 5
"""How many letters somebody asks for within the two weeks that a code works, also those that could not go."""


def begin(access: Access, bsn: Bsn) -> None:
    """Count and record that somebody wants to act for another, before anything about the number is looked up.

    Raises `CannotMandate` for oneself, and for who asked too often.
    """
    if bsn == access.subject.bsn:
        raise CannotMandate("U kunt niet vragen om voor uzelf te handelen.")
    if not codes.count_letter(access.subject.party, MOST_LETTERS):
        raise CannotMandate(
            "U vroeg dit de laatste twee weken al vijf keer.", remedy="Vraag ons om hulp, of kom samen langs."
        )
    record(access, "machtiging vragen")


def ask(access: Access, found: Addressee, *, name: str, terms: Terms, code: str) -> UUID:
    """Write down what the letter asks: to let the subject of the access act. `name`: of who asks.

    Called within the transaction that sends the letter, after `begin`.
    """
    names = {"represented": found.name, "representative": name}
    represented = identities.party_for(found.bsn)
    return giving.new(represented, terms, names=names, representative=access.subject.party, code=code).id
