"""Set up organisations and appoint the people who work there."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin

from . import files, keys, models, queries
from .domain import Appointment, Mode, Organisation, StaffRole, UnknownOrganisation, WrongMode


def set_up(path: Path) -> Organisation:
    """Write the organisation of a file into the database and make its keys when it is hosted here.

    Safe to run again: what the file says replaces what was there; keys stay. Raises `InvalidOrganisationFile`.
    """
    described = _as_lived_here(files.read(path), path)
    organisation = described.organisation
    with transaction.atomic():
        row = _save(organisation)
        for key, name in described.units.items():
            models.Unit.objects.update_or_create(organisation=row, key=key, defaults={"name": name})
        if described.operator:
            models.Instance.objects.update(operator=row)
    if organisation.hosted or described.operator:
        keys.make(organisation.oin)
    queries.forget()
    return organisation


def close(organisation: Oin, ways: Iterable[str], *, again_open: bool = False) -> frozenset[str]:
    """Close ways to an organisation for now, or open them again; returns what is closed. Every page knows in seconds.

    What its file says of an organisation opens nothing. Raises `UnknownOrganisation`.
    """
    with transaction.atomic():
        row = models.Organisation.objects.select_for_update().filter(oin=organisation.value).first()
        if row is None:
            raise UnknownOrganisation
        closed = set(row.closed) - set(ways) if again_open else set(row.closed) | set(ways)
        row.closed = sorted(closed)
        row.save(update_fields=["closed"])
    queries.forget()
    return frozenset(closed)


def set_up_all() -> tuple[Organisation, ...]:
    """Set up every organisation of the data folders; an overlay file replaces a shipped one of the same name."""
    found = {path.name: path for folder in settings.DATA_FOLDERS for path in _files(folder)}
    return tuple(set_up(found[name]) for name in sorted(found))


def appoint(appointment: Appointment) -> StaffRole:
    """Let somebody work for a unit; a second appointment on the same first day replaces the first."""
    unit = models.Unit.objects.filter(organisation_id=appointment.organisation.value, key=appointment.unit).first()
    if unit is None:
        raise UnknownOrganisation("Deze afdeling kennen we niet.")
    row, _ = models.Staff.objects.update_or_create(
        party=appointment.party,
        unit=unit,
        first_on=appointment.first_on,
        defaults={"roles": list(appointment.roles), "last_on": appointment.last_on},
        create_defaults={
            "roles": list(appointment.roles),
            "last_on": appointment.last_on,
            "audit_ref": f"M-{secrets.token_hex(6).upper()}",
        },
    )
    return StaffRole(
        organisation=appointment.organisation, unit=unit.key, roles=appointment.roles, audit_ref=row.audit_ref
    )


def mark_new_database(**_signal: object) -> None:
    """Write the mode into a new database; raises `WrongMode` for a database of another mode."""
    queries.forget()
    models.Instance.objects.get_or_create(number=1, defaults={"mode": settings.MODE, "made_at": clock.now()})
    ensure_right_mode()


def ensure_right_mode() -> None:
    """Raise `WrongMode` when the database belongs to an instance of the other mode. Called before serving."""
    instance = models.Instance.objects.get(number=1)
    if instance.mode != Mode(settings.MODE):
        raise WrongMode(f"De database is van een {instance.mode}; deze omgeving is {settings.MODE}.")


def purge_former_staff(now: datetime) -> int:
    """Remove appointments that ended more than seven years ago."""
    return models.Staff.objects.filter(last_on__lt=clock.day_of(now) - timedelta(days=7 * 365)).delete()[0]


def _files(folder: Path) -> list[Path]:
    return sorted((folder / "content" / "organisations").glob("*.yaml"))


def _as_lived_here(described: files.Described, path: Path) -> files.Described:
    """Return a shipped file as of a body elsewhere in production: who lives here the operator says in the overlay."""
    if settings.DEMONSTRATION or not path.resolve().is_relative_to(settings.SHIPPED_DATA.resolve()):
        return described
    return replace(described, operator=False, organisation=replace(described.organisation, hosted=False))


def _save(organisation: Organisation) -> models.Organisation:
    values = {
        "key": organisation.key,
        "name": organisation.name,
        "kind": organisation.kind,
        "territory": organisation.territory,
        "hosted": organisation.hosted,
        "provider_url": organisation.provider_url,
        "theme": organisation.theme,
        "contact": asdict(organisation.contact),
        "public_keys": dict(organisation.public_keys),
        "may_ask": organisation.may_ask,
        "may_mandate": organisation.may_mandate,
    }
    row, _ = models.Organisation.objects.update_or_create(oin=organisation.oin.value, defaults=values)
    return row
