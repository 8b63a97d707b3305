"""What is known about parties and their logins."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from dichterbij.kernel import clock
from dichterbij.kernel.access import Subject
from dichterbij.kernel.identifiers import Bsn, KvkNumber, Number

from . import parties, sessions
from .domain import Ended, Identifier, IdentifierType, Login
from .models import LoginRow, Party, PartyIdentifier
from .refusals import PartyUnknown


def bsn_of(party: UUID) -> Bsn:
    """Return the BSN of a party; raise `PartyUnknown` when it has none."""
    row = PartyIdentifier.objects.filter(party_id=party, type=IdentifierType.BSN).first()
    if row is None:
        raise PartyUnknown("Van deze persoon kennen wij geen burgerservicenummer.")
    return Bsn(parties.value_of(row))


def subjects_of(several: Collection[UUID]) -> dict[UUID, Subject]:
    """Return each party with the number by which registries know it, as a person or as a company."""
    rows = PartyIdentifier.objects.filter(party_id__in=several, type__in=(IdentifierType.BSN, IdentifierType.KVK))
    found = {party: Subject(party=party) for party in several}
    for row in rows:
        value, before = parties.value_of(row), found[row.party_id]
        is_person = row.type == IdentifierType.BSN
        found[row.party_id] = (
            replace(before, bsn=Bsn(value)) if is_person else replace(before, kvk_number=KvkNumber(value))
        )
    return found


def subject_of(party: UUID) -> Subject:
    """Return a party with its number, as a person or as a company; raise `PartyUnknown` when it has none."""
    found = subjects_of({party})[party]
    if found.number is None:
        raise PartyUnknown("Van deze persoon of dit bedrijf kennen wij geen nummer.")
    return found


def party_of(number: Number) -> UUID | None:
    """Return the party of a natural person or a company, if it is known here."""
    return parties.party_of(Identifier.of(number))


def has_died(party: UUID) -> bool:
    """Say whether the population register told that somebody died."""
    return Party.objects.filter(id=party).exclude(died_at=None).exists()


def party_language(party: UUID) -> str:
    """Return the language in which a person reads: `nl`, `en` or `pap`; Dutch when they never said."""
    row = Party.objects.filter(id=party).only("language").first()
    return (row.language if row else "") or "nl"


def language_of_letters(login: Login, page: str) -> str:
    """Return in which language to write about the matters before a login: of the page, or of who they act for."""
    return party_language(login.acting_for.subject.party) if login.acting_for else page


def name_of(party: UUID) -> str:
    """Return the name with which somebody logged in last; empty for who never did here, or not in ninety days."""
    row = LoginRow.objects.filter(party_id=party).order_by("-authenticated_at").first()
    return parties.unseal(row.name_sealed, purpose=sessions.NAME_PURPOSE) if row else ""


def running(login: UUID) -> Login | None:
    """Return a login that still holds; None for one that ended or never was."""
    row = LoginRow.objects.select_related("party", "identifier").filter(id=login, ended="").first()
    found = sessions.value(row) if row else None
    return found if found and found.is_valid(clock.now()) else None


def ended(logins: Collection[UUID]) -> Mapping[UUID, Ended]:
    """Return which of these logins ended, and why."""
    rows = LoginRow.objects.filter(id__in=logins).exclude(ended="").values_list("id", "ended")
    return {login: Ended(why) for login, why in rows}
