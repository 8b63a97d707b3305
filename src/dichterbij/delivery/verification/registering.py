"""Which bodies may ask: registered by the operator, on a ground, until it ends."""

from datetime import timedelta

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


def register(key: str, ground: str) -> Organisation:
    """Let a body ask from today, on a ground; again changes the ground. Raises `UnknownOrganisation`, `KeyNeeded`."""
    found = organisations.by_key(key)
    if not found.public_keys:
        raise KeyNeeded("Zet public_keys in het bestand van de organisatie.")
    Verifier.objects.update_or_create(
        organisation=found.oin.value, defaults={"ground": ground, "first_on": clock.today(), "last_on": None}
    )
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
