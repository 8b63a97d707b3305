"""Which companies may ask for what: registered by the operator, until it ends. Bodies with a legal task never."""

from datetime import timedelta

from django.db.models import Q

from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Kind, Organisation
from dichterbij.ground.registry import activities
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

from . import catalogue
from .domain import NotRecipient, UseTheLaw
from .models import Recipient


class CannotRegister(Problem):
    """A company cannot prove who it is, or the purpose does not exist."""

    code = "cannot-register"
    title = "Deze organisatie kan zo niet worden aangemeld"
    status = 400


def register(key: str, purpose: str) -> Organisation:
    """Let a company ask for a purpose from today. Raises `UnknownOrganisation`, `UseTheLaw`, `CannotRegister`."""
    found = organisations.by_key(key)
    _ensure_without_task(found)
    if not found.public_keys:
        raise CannotRegister("Zet public_keys in het bestand van de organisatie.")
    known = catalogue.purposes().get(purpose)
    if known is None or not known.packets:
        raise CannotRegister("Dit doel staat niet in content/sharing.yaml.")
    values = {"first_on": clock.today(), "last_on": None}
    Recipient.objects.update_or_create(organisation=found.oin.value, purpose=purpose, defaults=values)
    return found


def end(key: str, purpose: str) -> Organisation:
    """Let a company ask and fetch no more for a purpose, from this moment. Raises `UnknownOrganisation`."""
    found = organisations.by_key(key)
    rows = Recipient.objects.filter(organisation=found.oin.value, purpose=purpose)
    rows.update(last_on=clock.today() - timedelta(days=1))
    return found


def ensure_may_ask(oin: Oin, purpose: str) -> None:
    """Raise `UseTheLaw` for a body with a legal task, `NotRecipient` for who is not registered for this purpose."""
    _ensure_without_task(organisations.organisation(oin))
    today = clock.today()
    still = Q(last_on__isnull=True) | Q(last_on__gte=today)
    if not Recipient.objects.filter(still, organisation=oin.value, purpose=purpose, first_on__lte=today).exists():
        raise NotRecipient


def _ensure_without_task(body: Organisation) -> None:
    """Raise `UseTheLaw` for a body of the government, or one with a task in the record of processing activities."""
    if body.kind is not Kind.COMPANY or body.key in {each.organisation for each in activities.all_registered()}:
        raise UseTheLaw("Vraag dit op grond van de wet die de taak regelt.")
