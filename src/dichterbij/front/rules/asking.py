"""The questions of a check as forms: where and when, the next round, and all answers to change them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.kernel.dates import add_months
from dichterbij.kernel.formats import month_long
from dichterbij.law import FactDefinition, FactRef, Open
from dichterbij.law.determine import tape_for
from dichterbij.law.graph import Graph
from dichterbij.law.graph import Kind as NodeKind
from dichterbij.law.labels import Labels
from dichterbij.law.values import Given

from . import people
from .check import Check, is_of_the_event, question
from .forms import Asked, RoundForm, StartForm
from .law_pages import article_url
from .places import MUNICIPALITY, places
from .published import SUBJECT
from .visit import Visit

MOST_AT_ONCE: Final = 6
MONTHS_AROUND: Final = 12
ELSEWHERE: Final = "GM"
JUDGED, SHARED = "judgement", "household"


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


def round_form(check: Check, visit: Visit, open_: Open, data: Mapping[str, Any] | None = None) -> RoundForm:
    """Return the form with the next few questions."""
    asked = [_asked(check, visit, open_.graph, ref) for ref in _at_once(open_)]
    return RoundForm(asked, data)


def told(visit: Visit) -> Iterator[tuple[FactRef, Given]]:
    """Yield what somebody really answered."""
    return ((ref, value) for ref, value in visit.answered() if not is_of_the_event(ref.fact))


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
