"""What is read: the life events, the public checklist, and the plans of a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.problems import Problem
from dichterbij.law import FactDefinition

from . import outcomes
from .adapters.content import life_events
from .domain import Language, LifeEvent, addressed
from .models import Plan
from .standings import Standing, standings


class UnknownLifeEvent(Problem):
    """There is no life event at this address."""

    code = "unknown-life-event"
    title = "Deze levensgebeurtenis kennen we niet"
    status = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The public list for some answers; without answers it is complete."""

    event: LifeEvent
    answers: Mapping[str, object]
    standings: tuple[Standing, ...]


def event_at(slug: str) -> LifeEvent:
    """Return the life event with this address; raises `UnknownLifeEvent`."""
    found = next((event for event in life_events().values() if event.slug == slug), None)
    if found is None:
        raise UnknownLifeEvent
    return found


def checklist(event: LifeEvent, answers: Mapping[str, object]) -> Checklist:
    """Return the public checklist: only answers that the law finds decisive make it shorter."""
    on = clock.today()
    found = outcomes.from_answers(current_laws(), event.cards, answers, on)
    return Checklist(event=event, answers=answers, standings=standings(event.cards, found, on, is_public=True))


def questions(event: LifeEvent) -> tuple[FactDefinition, ...]:
    """Return the facts that the public checklist asks about."""
    vocabulary = current_laws().vocabulary
    return tuple(vocabulary[name] for name in event.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A plan in the list of a person. A plan that waits says nothing about what it is."""

    id: UUID
    title: str = field(repr=False)
    is_waiting: bool
    is_open: bool
    made_at: datetime


def overview(access: Access, language: Language) -> list[PlanLine]:
    """Return the plans of a person, newest first."""
    rows = Plan.objects.filter(party=access.subject.party, operator=access.organisation.value).order_by("-made_at")
    return [_line(row, language) for row in rows]


def waiting(party: UUID) -> int:
    """Return how many plans wait for a person."""
    return Plan.objects.filter(party=party, is_waiting=True).count()


def _line(row: Plan, language: Language) -> PlanLine:
    title = "" if row.is_waiting else plan_title(row, language)
    return PlanLine(
        id=row.id, title=title, is_waiting=row.is_waiting, is_open=row.opened_at is not None, made_at=row.made_at
    )


def plan_title(row: Plan, language: Language) -> str:
    """Return what a plan is called, by who it is about."""
    from . import plans

    about = plans.about_of(row)
    return life_events()[row.event].text(language).title if about.deceased is None else addressed(about.deceased.name)
