"""How long applications and cases are kept, and why."""

from datetime import datetime, timedelta

from dichterbij.ground.assessment import services as assessment
from dichterbij.ground.outbox import retention
from dichterbij.kernel.clock import day_of

from .models import Case, CorrectionRequest, Draft, Signal, SignalAnswer

DRAFT_DAYS = 30
ONE_YEAR = timedelta(days=366)
SEVEN_YEARS = timedelta(days=7 * 365 + 2)


def register() -> None:
    """Register the rules of this room; steps, questions and decisions go with their case."""
    retention.register(
        "cases.Draft",
        why="Zo kunt u later verder met uw aanvraag.",
        keep="30 dagen nadat u er het laatst aan werkte",
        purge=_purge_drafts,
    )
    retention.register(
        "cases.Case",
        why="Wij moeten later kunnen laten zien wat er besloten is en waarom (Archiefwet).",
        keep="7 jaar nadat de zaak klaar is",
        purge=_purge_cases,
    )
    retention.register(
        "cases.CorrectionRequest",
        why="Zo ziet u wat er met uw verzoek om verbetering gebeurde.",
        keep="een jaar na het antwoord",
        purge=_purge_corrections,
    )
    retention.register(
        "cases.Signal",
        why="Zo blijft zichtbaar hoe vaak de wet iets aan een medewerker overliet.",
        keep="7 jaar; het staat los van personen en zaken",
        purge=_purge_signals,
    )
    retention.register(
        "cases.SignalAnswer", why="Dit hoort bij een signaal.", keep="zo lang als het signaal", purge=lambda _now: 0
    )
    for model in ("cases.CaseStep", "cases.Question", "cases.Decision", "cases.Objection", "cases.SecondLook"):
        retention.register(model, why="Dit hoort bij een zaak.", keep="zo lang als de zaak", purge=lambda _now: 0)


def _purge_drafts(now: datetime) -> int:
    return Draft.objects.filter(used_at__lt=now - timedelta(days=DRAFT_DAYS)).delete()[0]


def _purge_corrections(now: datetime) -> int:
    return CorrectionRequest.objects.filter(answered_on__lt=day_of(now - ONE_YEAR)).delete()[0]


def _purge_signals(now: datetime) -> int:
    gone = Signal.objects.filter(known_on__lt=day_of(now - SEVEN_YEARS)).delete()[0]
    SignalAnswer.objects.filter(signals__isnull=True).delete()
    return gone


def _purge_cases(now: datetime) -> int:
    old = Case.objects.filter(finished_on__lt=day_of(now - SEVEN_YEARS))
    for case in old.values_list("id", flat=True):
        assessment.release(f"case:{case}")
    return old.delete()[0]
