"""Ask the organisations side by side what the law says about the cards; each reads for itself, under its own task."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connections

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.assessment import services as assessment
from dichterbij.ground.assessment.domain import Assessment, Request, Supplied
from dichterbij.ground.authority.services import on_request
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation, UnknownOrganisation
from dichterbij.ground.registry import activities
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Activity
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.periods import Period
from dichterbij.kernel.problems import Problem

from .adapters.checks import OWN_MUNICIPALITY
from .domain import About, Card, LifeEvent, Outcomes, Output, month_after

PORTAL = "portaal.overzicht"
DEADLINE_SECONDS = 1.0
_callers = ThreadPoolExecutor(max_workers=16, thread_name_prefix="plan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What one organisation is asked, under one of its activities."""

    organisation: Oin
    activity: Activity
    requests: tuple[Request, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """What came back: the assessment that holds each outcome, and since when the others cannot be asked."""

    assessments: Mapping[Output, Assessment] = field(default_factory=dict)
    failed: Mapping[Output, datetime] = field(default_factory=dict)

    def outcomes(self, facts: Mapping[str, object]) -> Outcomes:
        """Return what the law said, for the placing of cards."""
        found = self.assessments.items()
        values = {output: each.outputs[output.output] for output, each in found if output.output in each.outputs}
        missing = {output: each for output, each in found if output not in values}
        down = {output for output, each in missing.items() if each.unavailable}
        away = {o for o, each in missing.items() if each.refusal and each.refusal.code == "does_not_apply_in_territory"}
        return Outcomes(
            values=values, unavailable=frozenset({*self.failed, *down}), not_here=frozenset(away), facts=facts
        )

    def unavailable_since(self, outputs: Iterable[Output]) -> datetime | None:
        """Return since when something these outcomes need does not answer; None when all of it answered."""
        moments = [self.failed[output] for output in outputs if output in self.failed]
        for output in outputs:
            known = self.assessments.get(output)
            moments += [source.since for source in known.unavailable] if known else []
        return min(moments, default=None)


def asks_of(event: LifeEvent, about: About, on: date) -> tuple[Ask, ...]:
    """Return what to ask whom for the cards of a life event; an organisation that is not here is not asked."""
    grouped: dict[tuple[Oin, str], list[Request]] = {}
    for request in _requests(event, about, on):
        asked = _asker(event, request.law, about)
        if asked is not None:
            grouped.setdefault(asked, []).append(request)
    return tuple(
        Ask(organisation=oin, activity=activities.activity(name), requests=tuple(requests))
        for (oin, name), requests in grouped.items()
    )


def _requests(event: LifeEvent, about: About, on: date) -> Iterator[Request]:
    """Yield a question per card and law, each outcome once."""
    seen: set[Output] = set()
    for card in event.cards:
        new = [output for output in card.outputs() if output not in seen]
        seen.update(new)
        for law in dict.fromkeys(output.law for output in new):
            names = tuple(dict.fromkeys(output.output for output in new if output.law == law))
            yield Request(law=law, outputs=names, period=_period(card, about, on), decided_on=on)


def _period(card: Card, about: About, on: date) -> Period:
    """A product is asked for as its application will be; the rest for the first full month after the death."""
    if card.product:
        return catalogue.product(card.product).stretch.around(on)
    return month_after(about.deceased.died_on if about.deceased else on)


def _asker(event: LifeEvent, law: str, about: About) -> tuple[Oin, str] | None:
    """Return who is asked: the organisation whose task this law is, otherwise the one that operates the portal."""
    with_task = next((each for each in event.cards if each.task and _names(each, law)), None)
    if law == event.law or with_task is None:
        return organisations.operator().oin, PORTAL
    key = _key(with_task, about)
    hosted = next((each for each in organisations.hosted() if each.key == key), None)
    return (hosted.oin, f"{hosted.key}.{with_task.task}") if hosted else None


def _names(card: Card, law: str) -> bool:
    return any(output.law == law for output in card.outputs())


def _key(card: Card, about: About) -> str:
    if card.organisation != OWN_MUNICIPALITY:
        return card.organisation
    own = municipality(about)
    return own.key if own else ""


def municipality(about: About) -> Organisation | None:
    """Return the person's own municipality, when this instance knows it."""
    every = organisations.organisations()
    return next((each for each in every if about.municipality and each.territory == about.municipality), None)


def ask_all(access: Access, asks: Sequence[Ask], supplied: Supplied) -> Replies:
    """Return the replies of all organisations; who does not answer within a second is named, not waited for."""
    running: dict[Future[tuple[Assessment, ...]], Ask] = {
        _callers.submit(_ask, access, ask, supplied): ask for ask in asks
    }
    done, _late = wait(running, timeout=DEADLINE_SECONDS)
    assessments: dict[Output, Assessment] = {}
    failed: dict[Output, datetime] = {}
    for future, ask in running.items():
        if future in done and future.exception() is None:
            assessments |= {output: each for each in future.result() for output in outputs_of(each.request)}
        else:
            _raise_unless_expected(future)
            failed |= {output: clock.now() for request in ask.requests for output in outputs_of(request)}
    return Replies(assessments=assessments, failed=failed)


def _raise_unless_expected(future: Future[tuple[Assessment, ...]]) -> None:
    """Let a defect of ours be seen; what an organisation refuses or cannot do is shown as not available."""
    error = future.exception() if future.done() else None
    if error is not None and not isinstance(error, Problem):
        raise error


def _ask(access: Access, ask: Ask, supplied: Supplied) -> tuple[Assessment, ...]:
    try:
        own = on_request(access, ask.organisation, ask.activity)
        return assessment.assess_many(own, ask.requests, supplied)
    finally:
        connections.close_all()


def outputs_of(request: Request) -> tuple[Output, ...]:
    """Return the outcomes a question asks for."""
    return tuple(Output(law=request.law, output=name) for name in request.outputs)


def organisation_of(card: Card, about: About) -> str:
    """Return the number of the organisation a card is about; empty for one that is only an address."""
    try:
        return organisations.by_key(_key(card, about)).oin.value
    except UnknownOrganisation:
        return ""
