"""Addresses of a person: asked, proven with a code, changed, taken away. Every change is in the log."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from dichterbij.ground.identity import queries as identity
from dichterbij.ground.logbook import services as logbook
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access

from . import senders, telling
from .domain import CodeWrong, Detail, Kind, NoSender, TooManyCodes, Way
from .models import ContactDetail, Verification
from .sealing import closed, opened

CODE_FOR = timedelta(minutes=30)
MOST_TRIES = 5
MOST_ASKED = 5
WAIT = timedelta(hours=1)


def details(access: Access) -> tuple[Detail, ...]:
    """Return the proven addresses of a person; somebody else's look is recorded first."""
    logbook.record_view(access, "contactgegevens")
    return of(access.subject.party)


def of(party: UUID) -> tuple[Detail, ...]:
    """Return the proven addresses of a party, for sending to them only."""
    return tuple(_detail(row) for row in ContactDetail.objects.filter(party=party).order_by("way"))


def waiting(access: Access) -> tuple[tuple[Way, str], ...]:
    """Return the addresses that wait for their code, with the way; somebody else's look is recorded first."""
    logbook.record_view(access, "contactgegevens")
    rows = Verification.objects.filter(party=access.subject.party, until__gt=clock.now()).order_by("way")
    return tuple((Way(row.way), opened(row.sealed)["address"]) for row in rows)


def ask(access: Access, way: Way, address: str) -> None:
    """Send a code to a new address; until it comes back the old one stays. Raises `NoSender`, `TooManyCodes`."""
    if way not in senders.ways():
        raise NoSender
    party, now = access.subject.party, clock.now()
    record(access, "nieuw contactadres")
    with transaction.atomic():
        row = Verification.objects.select_for_update().filter(party=party, way=way, asked_at__gt=now - WAIT).first()
        if row is not None and row.asked >= MOST_ASKED:
            raise TooManyCodes("Wij wachten daarom een uur.", remedy="Lukt het niet? Vraag ons om hulp.")
        code = f"{secrets.randbelow(1_000_000):06}"
        content = {"address": address, "code": code}
        values = {"sealed": closed(content), "until": now + CODE_FOR, "tries": 0}
        if row is None:
            Verification.objects.update_or_create(
                party=party, way=way, defaults={**values, "asked_at": now, "asked": 1}
            )
        else:
            Verification.objects.filter(pk=row.pk).update(**values, asked=row.asked + 1)
        telling.tell_address(party, Kind.CODE, way, {"to": address, "code": code})


def confirm(access: Access, way: Way, code: str) -> None:
    """Take an address into use with the code that was sent there, and tell the address it replaces.

    Raises `CodeWrong`; after five wrong codes a new one must be asked.
    """
    record(access, "contactadres bevestigd")
    with transaction.atomic():
        address = _proven(access.subject.party, way, code)
        if address is not None:
            _replace(access.subject.party, way, address)
    if address is None:
        raise CodeWrong("De code klopt niet of is te oud.", remedy="Kijk nog eens, of vraag een nieuwe code.")


def remove(access: Access, way: Way) -> None:
    """Forget an address, and tell it so."""
    record(access, "contactadres verwijderd")
    with transaction.atomic():
        row = ContactDetail.objects.select_for_update().filter(party=access.subject.party, way=way).first()
        if row is not None:
            _tell_old(row)
            row.delete()
        # the row stays until retention takes it: it counts how many codes were asked
        Verification.objects.filter(party=access.subject.party, way=way).update(until=clock.now())


def mark_failed(party: UUID, way: Way, address: str) -> None:
    """Note that nothing arrives at an address, if it still is the one in use."""
    for row in ContactDetail.objects.filter(party=party, way=way, failed_at=None):
        if opened(row.sealed)["address"] == address:
            ContactDetail.objects.filter(pk=row.pk, verified_at=row.verified_at).update(failed_at=clock.now())


def language_of(party: UUID) -> str:
    """Return in which language a person is written to."""
    return identity.party_language(party)


def _proven(party: UUID, way: Way, code: str) -> str | None:
    row = Verification.objects.select_for_update().filter(party=party, way=way, until__gt=clock.now()).first()
    if row is None or row.tries >= MOST_TRIES:
        return None
    said = opened(row.sealed)
    if not secrets.compare_digest(said["code"].encode(), code.strip().encode()):
        row.tries += 1
        row.save(update_fields=["tries"])
        return None
    row.until = clock.now()
    row.save(update_fields=["until"])
    return said["address"]


def _replace(party: UUID, way: Way, address: str) -> None:
    row = ContactDetail.objects.select_for_update().filter(party=party, way=way).first()
    if row is not None and opened(row.sealed)["address"] != address:
        _tell_old(row)
    values = {"sealed": closed({"address": address}), "verified_at": clock.now(), "failed_at": None}
    ContactDetail.objects.update_or_create(party=party, way=way, defaults=values)


def _tell_old(row: ContactDetail) -> None:
    telling.tell_address(row.party, Kind.CHANGED, Way(row.way), {"to": opened(row.sealed)["address"]})


def _detail(row: ContactDetail) -> Detail:
    return Detail(
        way=Way(row.way),
        address=opened(row.sealed)["address"],
        verified_at=row.verified_at,
        failed_at=row.failed_at,
    )


def record(access: Access, what: str) -> None:
    """Write a change of contact details in the log, before it is made."""
    logbook.record_act(access, what)
