"""What the page of one card of a plan shows: what is stored, in the words of one language; no registry is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.delivery.cases.corrections import queries as corrections
from dichterbij.delivery.cases.corrections.domain import CorrectionRequest, Datum
from dichterbij.delivery.cases.domain import CaseLine, State
from dichterbij.delivery.providers import queries as providers
from dichterbij.ground.assessment.domain import SUBJECT
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.kernel.access import Permission
from dichterbij.kernel.identifiers import Oin

from . import asking, pages, plans, portal
from .about import About
from .adapters.content import life_events
from .adapters.glossary import explained
from .domain import NAMELESS, Card, CardText, Group, Language, LifeEvent, addressed
from .models import Plan, PlanCard
from .standings import Verdict
from .ways import Way, Where, apply_url, from_abroad, ways_of, where_of

NOTHING_ASKED: Mapping[Datum, CorrectionRequest] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A datum that was used: whose, what, from where and since when. `value` None: it is somebody else's.

    `wrong_url`: where to say that it is not right; empty for what is not the reader's own in a source. `asked`: the
    request to correct it that waits for an answer.
    """

    label: str
    about: str
    value: str | None = field(repr=False)
    source: str
    on: datetime | date | None
    wrong_url: str
    asked: CorrectionRequest | None

    @property
    def named(self) -> str:
        """Return what it is, with whose it is when it is not the reader's own."""
        return f"{self.label} ({self.about})" if self.about else self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCardView:
    """A card of a plan as it is read."""

    card: Card
    text: CardText
    sentence: str
    group: Group
    badge: str
    badge_kind: str
    where: Where
    ways: tuple[Way, ...]
    when: str
    day: date | None
    amount_cents: int | None
    per_month: bool
    is_done: bool
    is_mine_to_do: bool
    is_uncertain: bool
    is_elsewhere: bool
    case: CaseLine | None
    unavailable_since: datetime | None
    asked_at: datetime
    facts: tuple[FactView, ...] = field(repr=False)
    outcome: tuple[str, ...]
    why_not: tuple[str, ...]
    provisional: tuple[str, ...]
    questions: tuple[str, ...]
    may_apply: bool

    @property
    def awaits_decision(self) -> bool:
        """Say whether the person waits for a decision on what they applied for."""
        return self.case is not None and self.case.state is not State.PUBLISHED

    @property
    def why(self) -> str:
        """Return why the card is here; what it depends on while it is not certain that what it promises is for them."""
        return self.text.perhaps_why if self.is_uncertain and self.text.for_you else self.text.why

    @property
    def is_doubted(self) -> bool:
        """Say whether the person asked to correct a datum behind this card."""
        return any(fact.asked for fact in self.facts)

    @property
    def apply_url(self) -> str:
        """Return the page where an application starts; empty when there is none to start here."""
        return apply_url(self.card, self.where)

    @property
    def decider(self) -> Organisation | None:
        """Return the organisation that decides what can be, or was, asked for here."""
        may_go = self.where.oin and (self.case or self.may_apply)
        return organisations.organisation(Oin(self.where.oin)) if may_go else None

    def words(self, language: Language) -> list[tuple[str, str]]:
        """Return the words on this card that are explained."""
        said = (self.text.title, self.sentence, self.text.body, self.text.why, self.where.name)
        return explained(said, language)


def card(login: Login, row: Plan, card_id: str, language: Language) -> PlanCardView:
    """Return one card of a plan; raises `UnknownPlan` for one that is not in it."""
    found = row.cards.filter(card=card_id).first()
    event = life_events()[row.event]
    if found is None or card_id not in ids_of(event):
        raise plans.UnknownPlan
    asked = corrections.running(portal.access(login, Permission.READ))
    return view_of(event, plans.about_of(row), found, language, latest_cases(login), asked=asked)


def ids_of(event: LifeEvent) -> frozenset[str]:
    """Return the cards that a life event has now; a plan may hold one that is gone."""
    return frozenset(each.id for each in event.cards)


def view_of(
    event: LifeEvent,
    about: About,
    row: PlanCard,
    language: Language,
    running: Mapping[str, CaseLine],
    *,
    asked: Mapping[Datum, CorrectionRequest] = NOTHING_ASKED,
) -> PlanCardView:
    """Return a stored card as it is read. `running`: the newest case per product."""
    known, vocabulary = event.card(row.card), current_laws().vocabulary
    group = Group(row.group)
    where = reached(about, where_of(event, known, language, municipality_key(about)))
    case = running.get(known.product)
    said = plans.content_of(row, Oin(row.plan.operator))[language]
    badge, kind = _badge(group, row, case)
    text = known.text(language).about(name_of(about, language))
    return PlanCardView(
        card=known,
        text=text,
        sentence=text.for_you if row.verdict == Verdict.APPLIES and text.for_you else text.sentence,
        group=group,
        badge=badge,
        badge_kind=kind,
        where=where,
        ways=ways_of(known, where, "" if case else apply_url(known, where)),
        when=pages.day_sentence(known.deadline.says, row.day, language) if row.day and known.deadline else "",
        day=row.day,
        amount_cents=row.amount_cents if group is not Group.NOT_FOR_YOU else None,
        per_month=known.amount is not None and known.amount.output.endswith("per_maand"),
        is_done=row.done_at is not None,
        is_mine_to_do=group is Group.TO_DO,
        is_uncertain=row.verdict == Verdict.UNKNOWN,
        is_elsewhere=row.verdict == Verdict.NOT_HERE,
        case=case,
        unavailable_since=row.unavailable_since,
        asked_at=row.asked_at,
        facts=tuple(_fact(used, asked) for used in said["facts"] if not vocabulary[used["fact"]].is_relation),
        outcome=tuple(said["outcome"]),
        why_not=tuple(said["why_not"]),
        provisional=tuple(said["provisional"]),
        questions=tuple(asked["fact"] for asked in said["questions"]),
        may_apply=group is not Group.NOT_FOR_YOU and case is None and bool(apply_url(known, where)),
    )


def reached(about: About, where: Where) -> Where:
    """Return how the person reaches somebody: who lives in no municipality calls from abroad."""
    return where if about.municipality else from_abroad(where)


def _badge(group: Group, row: PlanCard, case: CaseLine | None) -> tuple[str, str]:
    """Return how a card stands, and its colour; of what the law gives an amount for nothing is "perhaps" any more."""
    if case is not None:
        return case_state(case.state)
    if row.done_at is not None:
        return _("Klaar"), "ok"
    if group is Group.MAY_BE_ENTITLED and row.amount_cents:
        return _("Vraag dit aan"), "todo"
    return pages.group_name(group), pages.BADGE_KINDS[group]


def case_state(state: State) -> tuple[str, str]:
    """Return how a case behind a card stands, and the colour of its badge."""
    return {
        State.SUBMITTED: (_("Aangevraagd"), "info"),
        State.IN_HANDLING: (_("In behandeling"), "info"),
        State.WAITING_FOR_CITIZEN: (_("Vraag aan u"), "todo"),
        State.DECIDED: (_("Bijna klaar"), "info"),
        State.PUBLISHED: (_("Besluit genomen"), "ok"),
        State.WITHDRAWN: (_("Ingetrokken"), ""),
    }[state]


def _fact(said: Mapping[str, Any], asked: Mapping[Datum, CorrectionRequest]) -> FactView:
    datum = Datum(source=said["registry"], name=said["fact"]) if said["person"] == SUBJECT else None
    moment = said["valid_from"] or said["read_at"]
    return FactView(
        label=said["label"],
        about=said["about"],
        value=said["value"],
        source=said["source"],
        on=datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment) if moment else None,
        wrong_url=reverse("correction-ask", args=[datum.source, datum.name]) if datum and datum.source else "",
        asked=asked.get(datum) if datum else None,
    )


def name_of(about: About, language: Language) -> str:
    """Return how the person who died is called in texts."""
    return addressed(about.deceased.name if about.deceased else "") or NAMELESS[language]


def municipality_key(about: About) -> str:
    """Return the key of the person's own municipality; empty when this instance does not know it."""
    own = asking.municipality(about)
    return own.key if own else ""


def latest_cases(login: Login) -> dict[str, CaseLine]:
    """Return the newest case per product that the person applied for, as each organisation has it."""
    found: dict[str, CaseLine] = {}
    for answer in providers.overview(login, only_sent=True).answers.values():
        for line in answer.cases:
            found.setdefault(line.product, line)
    return {product: line for product, line in found.items() if line.state is not State.WITHDRAWN}
