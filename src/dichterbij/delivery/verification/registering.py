"""Which bodies may ask: registered by the operator, on a ground, until it ends."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

from .domain import NotVerifier
from .models import Verifier


class KeyNeeded(Problem):
    """A body without a public key cannot prove who it is."""

    code = "key-needed"
    title = "Van deze organisatie is geen sleutel bekend"
    status = 400


class AddressNeeded(Problem):
    """A body that cannot be told that a death was registered by mistake may not hear of one."""

    code = "address-needed"
    title = "Waar hoort deze organisatie dat een overlijden een vergissing was?"
    status = 400


def register(key: str, ground: str, corrections_at: str) -> Organisation:
    """Let a body ask from today, on a ground; again changes it. `corrections_at`: where it hears of a mistake.

    Raises `UnknownOrganisation`, `KeyNeeded`, `AddressNeeded`.
    """
    found = organisations.by_key(key)
    if not found.public_keys:
        raise KeyNeeded("Zet public_keys in het bestand van de organisatie.")
    if not corrections_at.startswith(("https://",) if settings.HTTPS else ("https://", "http://")):
        raise AddressNeeded("Geef met --corrections een adres dat begint met https://.")
    values = {"ground": ground, "corrections_at": corrections_at, "first_on": clock.today(), "last_on": None}
    Verifier.objects.update_or_create(organisation=found.oin.value, defaults=values)
    return found


def end(key: str) -> Organisation:
    """Let a body ask no more, from this moment. Raises `UnknownOrganisation`."""
    found = organisations.by_key(key)
    Verifier.objects.filter(organisation=found.oin.value).update(last_on=clock.today() - timedelta(days=1))
    return found


def ground_of(organisation: Oin) -> str:
    """Return the ground on which a body may ask today; raises `NotVerifier` when there is none."""
    today = clock.today()
    still = Q(last_on__isnull=True) | Q(last_on__gte=today)
    found = Verifier.objects.filter(still, organisation=organisation.value, first_on__lte=today).first()
    if found is None:
        raise NotVerifier
    return found.ground


def corrections_at(organisation: Oin) -> str:
    """Return where a body hears of corrections, also after its registration ended; raises `AddressNeeded`."""
    found = Verifier.objects.filter(organisation=organisation.value).exclude(corrections_at="").first()
    if found is None:
        raise AddressNeeded
    return found.corrections_at
