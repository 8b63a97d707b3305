"""The anonymous check: "what if I were ...". The law says which facts it needs next; we ask those and no others."""

from dataclasses import dataclass
from datetime import date

from dichterbij.delivery.catalogue.domain import Stretch
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.kernel import clock
from dichterbij.kernel.periods import Period
from dichterbij.law import FactRef, Open, Outcome, Question, determine
from dichterbij.law.labels import Labels, labels_for
from dichterbij.law.model import LawVersion
from dichterbij.law.values import Given

from . import published
from .places import territories
from .published import SUBJECT, Topic, UnknownLaw
from .visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check of one law: its topics, whether we must ask where and when first, and what we start from."""

    version: LawVersion
    topics: tuple[Topic, ...]
    territories: tuple[tuple[str, str], ...]
    language: str

    @property
    def labels(self) -> Labels:
        """Return the words of the language."""
        return labels_for(current_laws(), self.language)

    @property
    def starts_with_where(self) -> bool:
        """Say whether something must be chosen before the first question."""
        return len(self.topics) > 1 or len(self.territories) > 1

    @property
    def first_visit(self) -> Visit:
        """Return a visit in which nothing was answered yet."""
        topic = self.topics[0]
        month = topic.stretch.around(clock.today()).first.replace(day=1)
        return Visit(territory=self.territories[0][0], month=month, topic=topic.id)

    def topic(self, visit: Visit) -> Topic:
        """Return what a visit is about."""
        return next((topic for topic in self.topics if topic.id == visit.topic), self.topics[0])


def check_of(law: str, language: str) -> Check:
    """Return the check of a law; raises `UnknownLaw` when the law asks nobody anything."""
    topics = published.topics(law, language)
    if not topics:
        raise UnknownLaw
    version = published.version_of(law)
    return Check(version=version, topics=topics, territories=territories(version, topics), language=language)


def question(check: Check, visit: Visit) -> Question:
    """Return what is asked of the law."""
    topic = check.topic(visit)
    return Question(
        law=check.version.id,
        outputs=topic.outputs,
        subject=SUBJECT,
        period=_period(topic.stretch, visit.month),
        decided_on=clock.today(),
        territory=visit.territory,
    )


def _period(stretch: Stretch, month: date) -> Period:
    """Return the period of a kind that a month stands for."""
    if stretch is Stretch.NEXT_MONTH:
        return Period.month_of(month)
    is_now = month == clock.today().replace(day=1)
    return stretch.around(clock.today() if is_now else month)


def outcome(check: Check, visit: Visit) -> tuple[Visit, Outcome]:
    """Return what the law says to the answers so far; raises `LawError` when it cannot count with them.

    The person whom an event is about (who died) is there by the nature of the question: nobody is asked whether.
    """
    found = determine(current_laws(), question(check, visit), visit.facts)
    given = [ref for ref in found.asks if is_of_the_event(ref.fact)] if isinstance(found, Open) else []
    if not given:
        return visit, found
    people_of_it: dict[FactRef, Given] = {ref: f"{ref.person}.{ref.fact}" for ref in given}
    return outcome(check, visit.with_answers(people_of_it, current_laws().vocabulary))


def is_of_the_event(name: str) -> bool:
    """Say whether a fact is the person whom an event is about."""
    fact = current_laws().vocabulary[name]
    return fact.is_relation and fact.type != "list" and fact.of == "event"
