"""What workers judge where an article leaves it to them, told to who keeps the rule, and in numbers to everybody.

A signal says which fact of which product and on which ground of the list, and nothing about whom: no case, no words.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Q

from dichterbij.ground.organisations.domain import StaffRole
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin

from . import models
from .domain import Judged, NotComplete, NotNow


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Which judgement of which product of which organisation."""

    organisation: Oin
    product: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What who keeps the rule did, and when."""

    text: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """How often workers judged a fact, how often since the last answer, on which grounds, and what was done."""

    about: About
    number: int
    new: int
    grounds: Mapping[str, int]
    answers: tuple[Answered, ...]


def tell(row: models.Case, judged: Iterable[Judged]) -> None:
    """Tell who keeps the rule what was judged in a decision, within the transaction that makes it known."""
    models.Signal.objects.bulk_create(
        models.Signal(
            organisation=row.organisation,
            product=row.product,
            fact=each.fact,
            ground=each.ground,
            known_on=clock.today(),
        )
        for each in judged
    )


def of(role: StaffRole) -> tuple[Signals, ...]:
    """Return the signals about the rules of an organisation, those with something new first."""
    mine = models.Signal.objects.filter(organisation=role.organisation.value)
    counted = mine.values("product", "fact", "ground").annotate(number=Count("id"), new=Count("id", _NEW))
    found: dict[tuple[str, str], list[dict[str, object]]] = {}
    for each in counted:
        found.setdefault((each["product"], each["fact"]), []).append(each)
    answers = _answers(role.organisation)
    told = (_signals(role.organisation, key, of_it, answers.get(key, ())) for key, of_it in found.items())
    return tuple(sorted(told, key=lambda each: (not each.new, each.about.product, each.about.fact)))


def number_new(role: StaffRole) -> int:
    """Return how many signals nobody answered yet."""
    return models.Signal.objects.filter(_NEW, organisation=role.organisation.value).count()


def answer(role: StaffRole, product: str, fact: str, text: str) -> None:
    """Keep what was done about the signals of a judgement until now; raises `NotComplete`, and `NotNow` without any."""
    if not text.strip():
        raise NotComplete("Schrijf op wat u met deze signalen deed.")
    about = {"organisation": role.organisation.value, "product": product, "fact": fact}
    with transaction.atomic():
        new = models.Signal.objects.select_for_update().filter(_NEW, **about)
        if not new.exists():
            raise NotNow("Er zijn geen nieuwe signalen over deze regel.")
        told = models.SignalAnswer.objects.create(
            **about, text=text.strip(), answered_on=clock.today(), answered_by=role.audit_ref
        )
        new.update(answer=told)


def numbers() -> Mapping[About, int]:
    """Return how often workers judged each fact, over all organisations of this instance."""
    counted = models.Signal.objects.values_list("organisation", "product", "fact").annotate(number=Count("id"))
    return {About(organisation=Oin(of), product=product, fact=fact): number for of, product, fact, number in counted}


_NEW = Q(answer__isnull=True)


def _signals(
    organisation: Oin, key: tuple[str, str], counted: list[dict[str, object]], answers: tuple[Answered, ...]
) -> Signals:
    grounds = Counter({str(each["ground"]): int(str(each["number"])) for each in counted})
    return Signals(
        about=About(organisation=organisation, product=key[0], fact=key[1]),
        number=grounds.total(),
        new=sum(int(str(each["new"])) for each in counted),
        grounds=grounds,
        answers=answers,
    )


def _answers(organisation: Oin) -> Mapping[tuple[str, str], tuple[Answered, ...]]:
    found: dict[tuple[str, str], tuple[Answered, ...]] = {}
    for row in models.SignalAnswer.objects.filter(organisation=organisation.value).order_by("-answered_on", "-id")[
        :100
    ]:
        key = (row.product, row.fact)
        found[key] = (*found.get(key, ()), Answered(text=row.text, on=row.answered_on))
    return found
