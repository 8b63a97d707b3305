"""What the pages of a personal plan show: stored cards in the words of one language. Nothing here asks a registry."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from dichterbij.delivery.verification import told
from dichterbij.delivery.verification.domain import Informed
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.identity.queries import party_of
from dichterbij.law.labels import labels_for

from . import letters, pages, plans
from .about import About
from .adapters.content import life_events
from .card_pages import PlanCardView, ids_of, latest_cases, municipality_key, name_of, reached, view_of
from .domain import Group, Language, LifeEvent, Moment, Output
from .models import Plan
from .standings import by_moment
from .ways import Where, municipality_of
from .wording import law_name

OPERATOR = "operator"
"""Who runs this site goes through a plan with who lives in no municipality."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan as it is read. `elsewhere`: who helps where our laws do not apply; empty where they do.

    `helper`: who goes through it with the person, at the counter, on the phone and on paper.
    """

    id: UUID
    event: LifeEvent
    title: str
    condolence: str
    sections: tuple[tuple[str, tuple[PlanCardView, ...]], ...]
    first: tuple[PlanCardView, ...]
    not_for_you: tuple[PlanCardView, ...]
    is_elsewhere: bool
    elsewhere: tuple[tuple[str, str], ...]
    done: int
    to_do: int
    asked_at: datetime | None
    changed_at: datetime | None
    unavailable: tuple[tuple[str, datetime], ...]
    told: tuple[str, ...]
    informed: tuple[Informed, ...]
    helper: Where


def plan(login: Login, row: Plan, language: Language) -> PlanView:
    """Return a plan with its cards."""
    event, about = life_events()[row.event], plans.about_of(row)
    running = latest_cases(login)
    rows = row.cards.order_by("position")
    views = tuple(view_of(event, about, each, language, running) for each in rows if each.card in ids_of(event))
    meant = [view for view in views if view.group is not Group.NOT_FOR_YOU]
    tasks = [view for view in meant if view.is_mine_to_do]
    return PlanView(
        id=row.id,
        event=event,
        title=title(about, language),
        condolence=event.text(language).condolence,
        sections=_sections(meant),
        first=_first(meant),
        not_for_you=tuple(view for view in views if view.group is Group.NOT_FOR_YOU and not view.is_elsewhere),
        is_elsewhere=any(view.is_elsewhere for view in views),
        elsewhere=_elsewhere(event, views, language),
        done=sum(view.is_done for view in tasks),
        to_do=len(tasks),
        asked_at=row.asked_at,
        changed_at=row.changed_at,
        unavailable=_unavailable(views),
        told=tuple(map(str, letters.told())) if about.deceased and about.deceased.bsn else (),
        informed=_informed(about),
        helper=reached(about, municipality_of(municipality_key(about) if about.municipality else OPERATOR, language)),
    )


def _informed(about: About) -> tuple[Informed, ...]:
    """Return which bodies asked the register and so know of the death; none for who is not in the register."""
    party = party_of(about.deceased.bsn) if about.deceased and about.deceased.bsn else None
    return told.informed(party) if party else ()


def title(about: About, language: Language) -> str:
    """Return what a plan is called; the person may not have told who died."""
    if about.deceased is None or not about.deceased.name:
        return _("Uw plan na een overlijden")
    return _("Uw plan na het overlijden van %(name)s") % {"name": name_of(about, language)}


def _sections(meant: list[PlanCardView]) -> tuple[tuple[str, tuple[PlanCardView, ...]], ...]:
    grouped = by_moment(meant, lambda view: view.card.when)
    return tuple((pages.moment_name(moment), views) for moment, views in grouped.items())


def _first(meant: list[PlanCardView]) -> tuple[PlanCardView, ...]:
    """Return at most three cards to begin with: the nearest last day, what brings money, then the first tasks."""
    soon = (Moment.FIRST_DAYS, Moment.FIRST_WEEKS)
    open_ones = [view for view in meant if not view.is_done and view.case is None]
    dated = sorted(
        (view for view in open_ones if view.is_mine_to_do and view.day), key=lambda view: view.day or date.max
    )
    urgent = [view for view in dated if view.card.when in soon][:1]
    worth = [view for view in open_ones if view.may_apply and view.amount_cents]
    rights = [view for view in open_ones if view.may_apply and not view.amount_cents and view.text.for_you]
    tasks = [view for view in open_ones if view.is_mine_to_do and view.card.when in soon and view not in urgent]
    return tuple((urgent + worth + rights + sorted(tasks, key=lambda view: soon.index(view.card.when)))[:3])


def _elsewhere(event: LifeEvent, views: tuple[PlanCardView, ...], language: Language) -> tuple[tuple[str, str], ...]:
    """Return per law that does not apply where the person lives its name and who does help, each once.

    That it does not apply there is said once, above them.
    """
    found: dict[str, str] = {}
    not_here = labels_for(current_laws(), language).word("does_not_apply_in_territory")
    for view in views:
        condition = view.card.shown_when
        if view.is_elsewhere and isinstance(condition, Output) and condition.law != event.law:
            for words in view.outcome:
                found.setdefault(words.removeprefix(not_here).strip(), law_name(condition.law, language))
    return tuple((title, words) for words, title in found.items())


def _unavailable(views: tuple[PlanCardView, ...]) -> tuple[tuple[str, datetime], ...]:
    since: dict[str, datetime] = {}
    for view in views:
        if view.unavailable_since:
            since[view.where.name] = min(view.unavailable_since, since.get(view.where.name, view.unavailable_since))
    return tuple(sorted(since.items(), key=lambda each: each[1]))
