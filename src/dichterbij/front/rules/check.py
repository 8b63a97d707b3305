"""The anonymous check: "what if I were ...". The law says which facts it needs next; we ask those and no others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue.domain import Stretch
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Kind
from dichterbij.kernel import clock
from dichterbij.kernel.dates import add_months
from dichterbij.kernel.formats import month_long
from dichterbij.kernel.periods import Period
from dichterbij.law import FactDefinition, FactRef, LawError, Open, Outcome, Question, determine
from dichterbij.law.determine import tape_for
from dichterbij.law.graph import Graph
from dichterbij.law.graph import Kind as NodeKind
from dichterbij.law.labels import Labels, labels_for
from dichterbij.law.model import LawVersion
from dichterbij.law.values import Given

from . import people, published
from .forms import Asked, RoundForm, StartForm
from .law_pages import article_url
from .published import SUBJECT, Topic, UnknownLaw
from .visit import Visit

MOST_AT_ONCE: Final = 6
MONTHS_AROUND: Final = 12
EUROPEAN: Final = "NL"
MUNICIPALITY: Final = "gemeente_code"  # the fact of the vocabulary that is a code nobody knows by heart
ELSEWHERE: Final = "GM"
JUDGED, SHARED = "judgement", "household"


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
    return Check(version=version, topics=topics, territories=tuple(_territories(version, topics)), language=language)


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
    given = [ref for ref in found.asks if _is_of_the_event(ref.fact)] if isinstance(found, Open) else []
    if not given:
        return visit, found
    people_of_it: dict[FactRef, Given] = {ref: f"{ref.person}.{ref.fact}" for ref in given}
    return outcome(check, visit.with_answers(people_of_it, current_laws().vocabulary))


def _is_of_the_event(name: str) -> bool:
    fact = current_laws().vocabulary[name]
    return fact.is_relation and fact.type != "list" and fact.of == "event"


# -- where and when -----------------------------------------------------------------------------------------


def start_form(check: Check, visit: Visit, data: Mapping[str, Any] | None = None) -> StartForm:
    """Return the form that asks where, when and about what."""
    return StartForm(
        check.territories,
        [(topic.id, topic.label) for topic in check.topics],
        list(_months(check)),
        {"territory": visit.territory, "topic": visit.topic, "month": f"{visit.month:%Y-%m}"},
        data,
    )


def started(check: Check, form: StartForm) -> Visit:
    """Return the visit that a valid form begins; who chose a municipality need not name it again."""
    given = {"territory": check.territories[0][0], "topic": check.topics[0].id, **form.cleaned_data}
    year, month = map(int, given["month"].split("-"))
    lives_in = {MUNICIPALITY: given["territory"]} if given["territory"].startswith("GM") else {}
    return Visit(
        territory=given["territory"],
        topic=given["topic"],
        month=date(year, month, 1),
        persons={SUBJECT: lives_in} if lives_in else {},
    )


def _months(check: Check) -> Iterator[tuple[str, str]]:
    around = check.first_visit.month
    for distance in range(-MONTHS_AROUND, MONTHS_AROUND + 1):
        month = add_months(around, distance)
        yield f"{month:%Y-%m}", month_long(month, check.language)


def _territories(version: LawVersion, topics: tuple[Topic, ...]) -> Iterator[tuple[str, str]]:
    """Yield where somebody may live, as far as that changes which rules apply."""
    codes = _local_codes(version, topics)
    named = [(code, name) for code, name in places() if code in codes]
    yield from named
    yield EUROPEAN, _("Ergens anders in Nederland") if named else _("In Nederland, niet op een eiland in de Cariben")
    if version.territory or version.elsewhere or version.codes:
        yield from (("BQ-BO", "Bonaire"), ("BQ-SE", "Sint Eustatius"), ("BQ-SA", "Saba"))


def places() -> tuple[tuple[str, str], ...]:
    """Return the municipalities and other bodies with rules or a counter of their own: code and name, by name."""
    local = {
        code: each.authority or each.name
        for versions in current_laws().laws.values()
        for each in versions
        for code in each.codes.values()
    }
    known = {each.territory: each.name for each in organisations.organisations() if each.kind is Kind.MUNICIPALITY}
    return tuple(sorted((local | known).items(), key=lambda place: place[1].casefold()))


def _local_codes(version: LawVersion, topics: tuple[Topic, ...]) -> set[str]:
    """Return the municipalities with a regulation that changes what this law says."""
    used = {version.id} | {law for topic in topics for law in _laws_behind(version.id, topic)}
    found = set(version.codes.values())
    for other in (each for versions in current_laws().laws.values() for each in versions if each.codes):
        if any(target.law in used for article in other.articles for target in article.implements):
            found |= set(other.codes.values())
    return found


def _laws_behind(law: str, topic: Topic) -> set[str]:
    asked = Question(
        law=law, outputs=topic.outputs, subject=SUBJECT, period=Period.day(clock.today()), decided_on=clock.today()
    )
    try:
        return {use.id for use in tape_for(current_laws(), asked).graph.laws}
    except LawError:
        return set()


# -- questions ----------------------------------------------------------------------------------------------


def round_form(check: Check, visit: Visit, open_: Open, data: Mapping[str, Any] | None = None) -> RoundForm:
    """Return the form with the next few questions."""
    asked = [_asked(check, visit, open_.graph, ref) for ref in _at_once(open_)]
    return RoundForm(asked, data)


def told(visit: Visit) -> Iterator[tuple[FactRef, Given]]:
    """Yield what somebody really answered."""
    return ((ref, value) for ref, value in visit.answered() if not _is_of_the_event(ref.fact))


def _at_once(open_: Open) -> list[FactRef]:
    """Return what fits on one page; what two people share waits until we know whether there is a second one."""
    vocabulary = current_laws().vocabulary
    asks_for_somebody = any(vocabulary[ref.fact].is_relation for ref in open_.asks)
    refs = [ref for ref in open_.asks if not (asks_for_somebody and vocabulary[ref.fact].of == SHARED)]
    return refs[:MOST_AT_ONCE]


def change_form(check: Check, visit: Visit, data: Mapping[str, Any] | None = None) -> RoundForm:
    """Return the form with everything that was answered."""
    given: dict[FactRef, Given] = dict(told(visit))
    graph = tape_for(current_laws(), question(check, visit)).graph
    return RoundForm([_asked(check, visit, graph, ref) for ref in given], data, given)


def _asked(check: Check, visit: Visit, graph: Graph, ref: FactRef) -> Asked:
    vocabulary, labels = current_laws().vocabulary, check.labels
    fact, words = vocabulary[ref.fact], labels.fact(ref.fact)
    label, whose = labels.label_of_fact(ref.fact), people.name_of(ref.person, visit, labels)
    own = words.get("question") or f"{label}?"
    why, url = _why(graph, ref.fact)
    return Asked(
        ref=ref,
        fact=fact,
        question=labels.word("question_of").format(label=label, whose=whose) if whose else own,
        help=" ".join(filter(None, (words.get("help"), _note(fact.origin)))),
        why=why,
        why_url=url,
        note="" if fact.name == MUNICIPALITY else _if_empty(fact),
        values=_values(fact, labels),
        known=_known(check, visit, ref) if fact.is_relation else (),
    )


def _values(fact: FactDefinition, labels: Labels) -> tuple[tuple[str, str], ...]:
    """Return the answers to choose from; of a municipality we ask the name and not the code."""
    if fact.name == MUNICIPALITY:
        here = [(code, name) for code, name in places() if code.startswith("GM")]
        return (*here, (ELSEWHERE, _("Een andere gemeente")))
    words = labels.fact(fact.name)
    return tuple((value, words.values.get(value, value)) for value in fact.values)


def _known(check: Check, visit: Visit, ref: FactRef) -> tuple[tuple[str, str], ...]:
    """Return the people in the answers already who may be meant; the one a relation would make stands apart."""
    made = f"{ref.person}.{ref.fact}"
    others = people.known_to(ref.person, visit, current_laws().vocabulary)
    return tuple(
        (person, people.name_of(person, visit, check.labels) or _("u zelf"))
        for person in others
        if person != made and not person.startswith(f"{made}.")
    )


def _note(origin: str) -> str:
    if origin == JUDGED:
        return _("Dit beoordeelt een medewerker. Vul in wat u verwacht.")
    return ""


def _if_empty(fact: FactDefinition) -> str:
    """Return how to answer when there is nothing to say; a choice says so itself."""
    if fact.is_relation:
        return _("Vul in hoeveel het er zijn.") if fact.type == "list" else ""
    if fact.values or fact.type == "boolean":
        return ""
    if fact.type == "string":
        return _("Het hoeft niet echt te zijn. Gebruik hetzelfde woord voor wat hetzelfde is.")
    return _("Is dit er niet? Laat het leeg.") if fact.absent is None else _("Weet u het niet? Laat het leeg.")


def _why(graph: Graph, fact: str) -> tuple[str, str]:
    """Return why a fact is asked, and the page of the article that asks for it."""
    frames = {frame.number: frame for frame in graph.frames}
    for node in graph.nodes:
        if node.kind in (NodeKind.INPUT, NodeKind.PARAMETER) and node.frame in frames:
            below = graph.nodes[node.args[0]]
            if below.kind is NodeKind.FACT and below.name == fact:
                frame = frames[node.frame]
                told = _("Wij vragen dit door artikel %(number)s, %(law)s.") % {
                    "number": frame.place.article,
                    "law": frame.law_name,
                }
                return told, article_url(frame.place.law, frame.place.article)
    return "", ""
