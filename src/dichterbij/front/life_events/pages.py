"""What the templates of this room show: values of the domain in the words of one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.identity.domain import Login
from dichterbij.kernel import formats

from . import queries, wording
from .adapters.content import life_events
from .adapters.glossary import explained
from .domain import NAMELESS, CardText, Group, Language, LifeEvent, Moment, Says
from .standings import Standing, Verdict, by_moment
from .ways import Way, Where, apply_url, ways_of, where_of

BADGE_KINDS = {Group.BY_ITSELF: "ok", Group.TO_DO: "todo", Group.MAY_BE_ENTITLED: "info", Group.NOT_FOR_YOU: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """One card as it is read. `when`: its date in a sentence; `note`: what is still uncertain."""

    id: str
    text: CardText
    badge: str
    badge_kind: str
    where: Where
    ways: tuple[Way, ...]
    sources: tuple[Any, ...]
    when: str
    amount_cents: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """The cards of one moment under their heading."""

    heading: str
    cards: tuple[CardView, ...]


def group_name(group: Group) -> str:
    """Return what a group of cards is called."""
    return {
        Group.BY_ITSELF: _("Gaat vanzelf"),
        Group.TO_DO: _("Doet u zelf"),
        Group.MAY_BE_ENTITLED: _("Misschien voor u"),
        Group.NOT_FOR_YOU: _("Niet voor u"),
    }[group]


def moment_name(moment: Moment) -> str:
    """Return what a moment is called."""
    return {
        Moment.FIRST_DAYS: _("De eerste dagen"),
        Moment.FIRST_WEEKS: _("De eerste weken"),
        Moment.THREE_MONTHS: _("De eerste drie maanden"),
        Moment.LATER: _("Later"),
    }[moment]


def when_of(standing: Standing, language: Language) -> str:
    """Return the date of a card as a sentence; empty when there is none."""
    if standing.day is None or standing.card.deadline is None:
        return ""
    return day_sentence(standing.card.deadline.says, standing.day, language)


def day_sentence(says: Says, day: date, language: Language) -> str:
    """Return what a date means, in a sentence."""
    sentence = {
        Says.LAST_DAY: _("Uiterlijk %(day)s"),
        Says.REST_UNTIL: _("Rust tot en met %(day)s"),
        Says.ENDS_ON: _("De huur stopt op %(day)s"),
    }[says]
    return sentence % {"day": formats.date_long(day, language)}


def card_view(event: LifeEvent, standing: Standing, language: Language, deceased: str = "") -> CardView:
    """Return one card as it is read."""
    card = standing.card
    where = where_of(event, card, language)
    return CardView(
        id=card.id,
        text=card.text(language).about(deceased or NAMELESS[language]),
        badge=group_name(standing.group),
        badge_kind=BADGE_KINDS[standing.group],
        where=where,
        ways=ways_of(card, where, apply_url(card, where)),
        sources=card.sources,
        when=when_of(standing, language),
        amount_cents=standing.amount_cents,
        note=_("Dit hangt af van uw situatie.") if standing.verdict is Verdict.UNKNOWN else "",
    )


def sections(event: LifeEvent, shown: tuple[Standing, ...], language: Language) -> tuple[SectionView, ...]:
    """Return the cards by moment, without those that are not for the reader."""
    meant = [standing for standing in shown if standing.group is not Group.NOT_FOR_YOU]
    return tuple(
        SectionView(heading=moment_name(moment), cards=tuple(card_view(event, one, language) for one in found))
        for moment, found in by_moment(meant, lambda standing: standing.card.when).items()
    )


def checklist(event: LifeEvent, answers: Mapping[str, object], language: Language) -> dict[str, Any]:
    """Return what the public checklist shows."""
    found = queries.checklist(event, answers)
    left_out = [standing for standing in found.standings if standing.group is Group.NOT_FOR_YOU]
    return {
        "event": event,
        "text": event.text(language),
        "sections": sections(event, found.standings, language),
        "not_for_you": [card_view(event, standing, language) for standing in left_out],
        "given": [
            (wording.fact(name, language).get("label"), wording.answer_text(name, value, language))
            for name, value in answers.items()
        ],
        "left_out": len(event.cards) - len(found.standings),
        "plan_url": reverse("plans"),
        "words": explained(_texts(event, language), language),
    }


def _texts(event: LifeEvent, language: Language) -> list[str]:
    texts = [card.text(language) for card in event.cards]
    return [words for text in texts for words in (text.title, text.sentence, text.body)]


def offered(login: Login | None, language: Language) -> dict[str, object]:
    """Return what somebody can begin here: the life events, or for a company the products that it can ask for."""
    is_company = login is not None and login.subject.kvk_number is not None
    products = [each for each in catalogue.products() if each.for_companies] if is_company else []
    return {
        "events": [] if is_company else [(event, event.text(language)) for event in life_events().values()],
        "products": [(each.id, each.name(language), each.summary[language]) for each in products],
    }
