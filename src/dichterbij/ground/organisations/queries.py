"""Which organisations there are, who operates this instance, and who works where."""

from collections.abc import Mapping
from datetime import date
from time import monotonic
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from dichterbij.kernel.identifiers import Oin

from . import models
from .domain import Kind, NoOperator, Organisation, StaffRole, StaffTask, UnknownOrganisation
from .files import contact_from

REMEMBER_SECONDS = 5.0
"""Organisations change by hand, a few times a year; a page asks for them many times."""

_remembered: tuple[float, Mapping[str, Organisation], str] | None = None


def organisation(oin: Oin) -> Organisation:
    """Return the organisation with this number; raises `UnknownOrganisation`."""
    found = _all()[0].get(oin.value)
    if found is None:
        raise UnknownOrganisation
    return found


def by_key(key: str) -> Organisation:
    """Return the organisation that content calls by this key (`duo`, or `operator`); raises `UnknownOrganisation`."""
    if key == "operator":
        return operator()
    for found in _all()[0].values():
        if found.key == key:
            return found
    raise UnknownOrganisation(f"Geen organisatie heet {key}.")


def operator() -> Organisation:
    """Return the organisation that operates this instance; raises `NoOperator`."""
    organisations, number = _all()
    if number not in organisations:
        raise NoOperator
    return organisations[number]


def hosted() -> tuple[Organisation, ...]:
    """Return the organisations whose cases live in this instance, by name."""
    return tuple(found for found in organisations() if found.hosted)


def organisations() -> tuple[Organisation, ...]:
    """Return all organisations, by name."""
    return tuple(sorted(_all()[0].values(), key=lambda found: found.name.casefold()))


def staff_roles(party: UUID, on: date) -> tuple[StaffRole, ...]:
    """Return what somebody may do for which organisations on a day."""
    rows = _on(on).filter(party=party).select_related("unit")
    return tuple(
        StaffRole(
            organisation=Oin(row.unit.organisation_id),
            unit=row.unit.key,
            roles=tuple(StaffTask(role) for role in row.roles),
            audit_ref=row.audit_ref,
        )
        for row in rows.order_by("unit__organisation_id", "unit__key")
    )


def workers(organisation: Oin) -> Mapping[str, UUID]:
    """Return who works for an organisation now or did, by audit reference."""
    rows = models.Staff.objects.filter(unit__organisation_id=organisation.value)
    return dict(rows.values_list("audit_ref", "party"))


def at_work(organisation: Oin, on: date) -> frozenset[str]:
    """Return the audit reference of everybody who works for an organisation on a day."""
    rows = _on(on).filter(unit__organisation_id=organisation.value)
    return frozenset(rows.values_list("audit_ref", flat=True))


def _on(day: date) -> "QuerySet[models.Staff]":
    return models.Staff.objects.filter(Q(last_on__isnull=True) | Q(last_on__gte=day), first_on__lte=day)


def forget() -> None:
    """Look again at the next question (after an organisation changed)."""
    global _remembered  # noqa: PLW0603 one memory per process is the point
    _remembered = None


def _all() -> tuple[Mapping[str, Organisation], str]:
    global _remembered  # noqa: PLW0603 one memory per process is the point
    if _remembered is None or monotonic() - _remembered[0] > REMEMBER_SECONDS:
        operating = models.Instance.objects.filter(number=1, operator=OuterRef("pk"))
        rows = list(models.Organisation.objects.annotate(operates=Exists(operating)).prefetch_related("units"))
        operator_oin = next((row.oin for row in rows if row.operates), "")
        _remembered = (monotonic(), {row.oin: _value(row) for row in rows}, operator_oin)
    return _remembered[1:]


def _value(row: models.Organisation) -> Organisation:
    contact = contact_from(row.contact)
    return Organisation(
        oin=Oin(row.oin),
        key=row.key,
        name=row.name,
        kind=Kind(row.kind),
        territory=row.territory,
        hosted=row.hosted,
        provider_url=row.provider_url,
        theme=row.theme,
        contact=contact.without_phone() if "call" in row.closed else contact,
        public_keys=row.public_keys,
        may_ask=row.may_ask,
        may_mandate=row.may_mandate,
        closed=frozenset(row.closed),
        units={unit.key: unit.name for unit in row.units.all()},
    )
