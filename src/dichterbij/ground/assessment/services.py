"""Assess: ask the law for a person, supply what it needs, keep the answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from dichterbij.ground.logbook import appending
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.law import UNKNOWN, Determined, LawSet, Open, Outcome, Refused

from . import models, sealing
from .asking import Asked, ask
from .domain import LANGUAGES, Assessment, Refusal, Request, SourceDown, State, Supplied
from .laws import current_laws
from .reading import Reader
from .wording import all_words

LOOSE_DAYS = 90
"""How long a determination is kept that belongs to no case and no plan."""


def assess(access: Access, request: Request, supplied: Supplied | None = None) -> Assessment:
    """Return what the law says for the subject of the access; see `assess_many`."""
    return assess_many(access, (request,), supplied)[0]


def assess_many(
    access: Access, requests: Sequence[Request], supplied: Supplied | None = None
) -> tuple[Assessment, ...]:
    """Return what the law says on several questions about one person, each kept, sealed, for 90 days or see `keep`.

    Reads through the gateway what the law asks (what one question read, the next does not read again) and takes the
    rest from `supplied`. A source that is down gives a partial answer that names it. Raises `OpenTransaction` inside a
    transaction, `LawError` when a rule or a supplied value is wrong, and what `registry.read` raises.
    """
    appending.refuse_open_transaction()
    laws, reader = current_laws(), Reader(access)
    made = []
    for request in requests:
        asked = ask(laws, request, reader, supplied or {})
        made.append((_assessment(access, request, asked, reader, laws), asked.outcome))
    _keep(access, made)
    return tuple(assessment for assessment, _ in made)


def keep(access: Access, assessments: Sequence[UUID], *, kept_for: str) -> None:
    """Let determinations stay as long as what they belong to: `case:<id>` or `plan:<id>`.

    Opens no transaction: runs in the one of the caller. Only those of this person at this organisation are touched.
    """
    models.Determination.objects.filter(
        id__in=assessments, organisation=access.organisation.value, party=access.subject.party
    ).update(kept_for=kept_for)


def release(kept_for: str) -> int:
    """Remove the determinations of a case or plan that is gone; returns how many."""
    return models.Determination.objects.filter(kept_for=kept_for).delete()[0]


def purge_loose(now: datetime) -> int:
    """Remove determinations older than 90 days that belong to nothing."""
    old = models.Determination.objects.filter(kept_for="", made_at__lt=now - timedelta(days=LOOSE_DAYS))
    return old.delete()[0]


def _assessment(access: Access, request: Request, asked: Asked, reader: Reader, laws: LawSet) -> Assessment:
    outcome = asked.outcome
    return Assessment(
        id=uuid4(),
        organisation=access.organisation,
        state=_state(asked),
        request=request,
        territory=asked.territory or "",
        outputs={} if isinstance(outcome, Refused) or asked.territory is None else outcome.outputs,
        words=all_words(asked, laws, LANGUAGES, organisation=access.organisation),
        unavailable=_unavailable(asked, reader, laws),
        refusal=_refusal(outcome),
        law_set=laws.hash,
        receipt=outcome.receipt() if isinstance(outcome, Determined) and asked.territory else None,
        assessed_at=clock.now(),
    )


def _state(asked: Asked) -> State:
    """Where somebody lives decides which law applies: while that is not known, nothing is determined or refused."""
    if asked.territory is None or isinstance(asked.outcome, Open):
        return State.OPEN
    return State.REFUSED if isinstance(asked.outcome, Refused) else State.DETERMINED


def _unavailable(asked: Asked, reader: Reader, laws: LawSet) -> tuple[SourceDown, ...]:
    """Return the sources that should have said something for this question and did not."""
    missed = {laws.vocabulary[ref.fact].registry for ref, known in asked.known.items() if known.given is UNKNOWN}
    if asked.territory is None:
        missed.add("brp")
    return tuple(SourceDown(registry=name, since=reader.down[name]) for name in sorted(missed & reader.down.keys()))


def _refusal(outcome: Outcome) -> Refusal | None:
    if not isinstance(outcome, Refused):
        return None
    return Refusal(code=outcome.code, detail=outcome.detail, who_helps=outcome.who_helps)


def _keep(access: Access, made: Sequence[tuple[Assessment, Outcome]]) -> None:
    rows = [
        models.Determination(
            id=assessment.id,
            organisation=assessment.organisation.value,
            party=access.subject.party,
            law=assessment.request.law,
            state=assessment.state,
            law_set=assessment.law_set,
            made_at=assessment.assessed_at,
            sealed=sealing.seal(assessment, outcome),
        )
        for assessment, outcome in made
    ]
    with transaction.atomic():
        models.Determination.objects.bulk_create(rows)
