"""What the page of a case shows: the case in words, what the law says of it, and what this worker may do with it."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from dichterbij.delivery.cases import queries
from dichterbij.delivery.cases.asking import asked_of_applicant, missing_otherwise
from dichterbij.delivery.cases.corrections import keepers
from dichterbij.delivery.cases.corrections.domain import Datum
from dichterbij.delivery.cases.domain import (
    Case,
    Cosign,
    Judged,
    Proposal,
    SecondLook,
    State,
    Step,
    Why,
    late,
    may_follow,
)
from dichterbij.delivery.cases.letters.facts import shown_facts
from dichterbij.delivery.cases.services.deciding import Fresh
from dichterbij.delivery.cases.services.defaulting import penalty
from dichterbij.delivery.cases.telling import answer_told
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Product
from dichterbij.ground.assessment.domain import Assessment
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import StaffTask
from dichterbij.ground.registry.registries import registry
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.formats import euro
from dichterbij.kernel.identifiers import Oin
from dichterbij.law.labels import labels_for

from .forms import JudgementForm, LetStandForm, MoveForm, QuestionForm, SendBackForm
from .opening import tasks_at

TASK_OF_STEP = {
    Step.TAKE: StaffTask.HANDLE,
    Step.MOVE: StaffTask.HANDLE,
    Step.ASK: StaffTask.HANDLE,
    Step.DECIDE: StaffTask.DECIDE,
    Step.COSIGN: StaffTask.DECIDE,
    Step.PUBLISH: StaffTask.DECIDE,
}

Filled = QueryDict | None


def page(
    login: Login, access: Access, case: UUID, language: str, *, filled: Filled, fresh: Fresh | None = None
) -> dict[str, object]:
    """Return the context of the page of a case; looking is recorded first. `filled`: a form that was sent."""
    found, proposal = queries.worked_on(access, case)
    product = catalogue.product(found.line.product)
    before = queries.determination(access, found)
    said = fresh.assessment if fresh else before
    missing = asked_of_applicant(said, language) if said else ()
    question = QuestionForm(missing, filled if filled and "text" in filled else None)
    stand = LetStandForm(filled if filled and "because" in filled else None)
    back = SendBackForm(filled if filled and "otherwise" in filled else None)
    is_late = late(found, clock.today())
    units = other_units(access.organisation, found.unit)
    move = MoveForm(units, filled if filled and "unit" in filled else None) if units else None
    is_judged = filled and not filled.keys() & {"text", "because", "unit", "otherwise"}
    judgement = JudgementForm(product, language, filled if is_judged else None)
    return {
        "case": found,
        "product": product.name(language),
        "channel": _channel(found.line.channel),
        "fresh": fresh,
        "before": before.explanation(language).outcome if before else "",
        "said": _said(said, language) if said else None,
        "questions": [(each, answer_told(each, language) if each.answered_at else "") for each in found.questions],
        "corrections": _corrections(found, before, language),
        "judged": [_judged(product, each, language) for each in found.decision.judged] if found.decision else [],
        "question_form": question,
        "judgement_form": judgement,
        "second_looks": _second_looks(access, found, language),
        "let_stand_form": stand,
        "move_form": move,
        "send_back_form": back,
        "proposal": proposal,
        "form": next((form for form in (question, stand, move, back) if form and form.is_bound), judgement),
        "late": is_late,
        "penalty": euro(penalty(is_late.days), language) if is_late and is_late.days else "",
        "may": may(login, found, proposal),
    }


def _second_looks(access: Access, found: Case, language: str) -> list[tuple[str, str]]:
    """Return why the decision would be another one now, and what the law would say."""
    return [
        (_why(look, language), queries.by_present_law(access, found, language) if look.why is Why.LAW else "")
        for look in queries.second_looks(access, found)
    ]


def _why(look: SecondLook, language: str) -> str:
    if look.why is Why.LAW:
        return _("De regels zijn verbeterd sinds dit besluit.")
    source, _dot, name = look.about.partition(".")
    label = keepers.label(Datum(source=source, name=name), language)
    return _("De bron verbeterde een gegeven waar dit besluit op rust: %(label)s.") % {"label": label}


def may(login: Login, case: Case, proposal: Proposal | None = None) -> Mapping[str, bool]:
    """Return which steps this worker may take now: the case must allow it and their role too."""
    tasks = tasks_at(login, case.line.organisation, case.unit)
    steps = {step.value: task in tasks and may_follow(case.line.state, step) for step, task in TASK_OF_STEP.items()}
    settle = StaffTask.DECIDE in tasks and case.line.state in (State.DECIDED, State.PUBLISHED)
    is_asked = proposal is not None and proposal.cosign is Cosign.ASKED
    steps |= {"cosign": steps["cosign"] and is_asked, "publish": steps["publish"] and not is_asked}
    return {**steps, "settle": settle, "assess": StaffTask.HANDLE in tasks and may_follow(case.line.state, Step.DECIDE)}


def other_units(organisation: Oin, but: str) -> dict[str, str]:
    """Return the units of an organisation that do not have a case, by key."""
    return {key: name for key, name in organisations.organisation(organisation).units.items() if key != but}


def labels(facts: Iterable[str], language: str) -> tuple[str, ...]:
    """Return facts as people call them."""
    words = labels_for(current_laws(), language)
    return tuple(words.label_of_fact(fact) for fact in facts)


def _said(found: Assessment, language: str) -> Mapping[str, object]:
    explanation = found.explanation(language)
    return {
        "outcome": explanation.outcome,
        "why_not": explanation.why_not,
        "steps": tuple(dict.fromkeys(explanation.steps)),
        "asked": asked_of_applicant(found, language),
        "otherwise": missing_otherwise(found, language),
        "down": [(registry(each.registry).label(language), each.since) for each in found.unavailable],
        "facts": shown_facts(found, language),
    }


def _corrections(case: Case, said: Assessment | None, language: str) -> list[tuple[str, str, date | None]]:
    labels = {(each.person, each.fact): each.label for each in said.facts_in(language)} if said else {}
    return [
        (labels.get((each.person, each.fact), each.fact), each.says, each.since)
        for each in case.application.corrections
    ]


def _judged(product: Product, judged: Judged, language: str) -> tuple[str, str, str]:
    known = product.judgement(judged.fact)
    return (known.question[language] if known else judged.fact), _answer(judged, language), judged.reason


def _answer(judged: Judged, language: str) -> str:
    if isinstance(judged.value, bool):
        return _("Ja") if judged.value else _("Nee")
    return euro(judged.value, language) if isinstance(judged.value, int) else str(judged.value)


def _channel(channel: str) -> str:
    words = {"click": _("deze site"), "call": _("de telefoon"), "counter": _("de balie"), "paper": _("papier")}
    return words.get(channel, channel)
