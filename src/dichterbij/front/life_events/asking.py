"""Ask the organisations side by side what the law says about the cards; each reads for itself, under its own task."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from dichterbij.delivery.cases.domain import Value
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.providers import services as providers
from dichterbij.delivery.providers.services import Ask
from dichterbij.ground.assessment.domain import Assessment, Request
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation, UnknownOrganisation
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.periods import Period

from .about import About
from .adapters.checks import OWN_MUNICIPALITY
from .domain import Card, LifeEvent, Output
from .standings import Outcomes, month_after

PORTAL = "portaal.overzicht"
DEADLINE_SECONDS = 1.0


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


def asks_of(event: LifeEvent, about: About, on: date, supplied: Mapping[str, Value]) -> tuple[Ask, ...]:
    """Return what to ask whom for the cards of a life event; an organisation that is not here is not asked."""
    grouped: dict[tuple[Oin, str], list[Request]] = {}
    for request in _requests(event, about, on):
        asked = _asker(event, request.law, about)
        if asked is not None:
            grouped.setdefault(asked, []).append(request)
    return tuple(
        Ask(organisation=oin, activity=name, requests=tuple(requests), supplied=supplied)
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
    found = next((each for each in organisations.organisations() if each.key == key and each.can_be_asked), None)
    return (found.oin, f"{found.key}.{with_task.task}") if found else None


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


def ask_all(access: Access, asks: Sequence[Ask]) -> Replies:
    """Return the replies of all organisations; who does not answer within a second is named, not waited for."""
    gathered = providers.assess_all(access, asks, deadline=DEADLINE_SECONDS)
    answered = [each for answers in gathered.answers.values() for each in answers]
    down = {each.organisation: each.since for each in gathered.down}
    return Replies(
        assessments={output: each for each in answered for output in outputs_of(each.request)},
        failed={
            output: down[ask.organisation]
            for ask in asks
            if ask.organisation in down
            for request in ask.requests
            for output in outputs_of(request)
        },
    )


def outputs_of(request: Request) -> tuple[Output, ...]:
    """Return the outcomes a question asks for."""
    return tuple(Output(law=request.law, output=name) for name in request.outputs)


def organisation_of(card: Card, about: About) -> str:
    """Return the number of the organisation a card is about; empty for one that is only an address."""
    try:
        return organisations.by_key(_key(card, about)).oin.value
    except UnknownOrganisation:
        return ""
