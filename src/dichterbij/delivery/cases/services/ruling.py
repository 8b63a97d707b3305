"""Decide on an objection (Awb chapter 7): heard first, weighed again by the law, by somebody who did not decide first.

A worker types no outcome here either: they say why, how the person was heard, whether who came too late had a good
reason, and what the articles leave to them. Whether the objection is founded follows from what the law says now; nobody
is worse off by objecting.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Product
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.document import Document
from dichterbij.delivery.messages.domain import Nature
from dichterbij.ground.assessment import queries as assessments
from dichterbij.ground.assessment import services as assessment_services
from dichterbij.ground.assessment.domain import Assessment
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission

from .. import letters, models, rows, signals
from ..domain import (
    Hearing,
    Judged,
    NotComplete,
    NotNow,
    Objection,
    Ruled,
    Ruling,
    SamePerson,
    Step,
    last_day_to_appeal,
)
from ..sealing import closed
from .addressing import paper_address
from .assessing import about_case
from .deciding import columns, ensure_determined, ensure_judgements, is_granted
from .hearing import envelope, locked, open_objection
from .steps import ensure_worker, organisation, record_act, write_down


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """An objection weighed again: what the law says now, what it said before, and what follows from it.

    Nothing was weighed (None) when it came too late without a good reason. `at`: when the law was asked.
    """

    ruling: Ruling
    now: Assessment | None
    before: Assessment | None
    at: datetime
    judged: tuple[Judged, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a worker says about an objection. `has_excuse`: who came too late had a good reason (Awb 6:11)."""

    grounds: str
    hearing: Hearing
    report: str
    has_excuse: bool = False


def weigh(access: Access, case: UUID, judged: tuple[Judged, ...] = (), *, has_excuse: bool = False) -> Weighed:
    """Return what would be decided on an objection now; nothing is decided and no judgement is kept.

    What was judged before counts, unless it is judged anew. Raises `NotAJudgement`, and `NotDecidable` while the law
    misses a fact.
    """
    at = clock.now()
    found, made = open_objection(access, case)
    if made.is_late and not has_excuse:
        return Weighed(ruling=Ruling.INADMISSIBLE, now=None, before=None, at=at)
    assert found.decision is not None  # noqa: S101 nobody objects to nothing
    product = catalogue.product(found.line.product)
    ensure_judgements(product, judged)
    again = tuple({each.fact: each for each in (*found.decision.judged, *judged)}.values())
    now = about_case(access.for_case(case), product, found, again)
    ensure_determined(now)
    before = assessments.assessment(access, found.decision.assessment)
    ruling = Ruling.FOUNDED if _is_better(product, before, now) else Ruling.UNFOUNDED
    return Weighed(ruling=ruling, now=now, before=before, at=at, judged=again)


def rule(access: Access, case: UUID, words: Words, judged: tuple[Judged, ...] = ()) -> Ruled:
    """Decide on an objection and make it known; a founded one puts another decision in the place of the first.

    Raises `OwnCase`, `SamePerson` (Awb 10:3), `NotNow`, and `NotComplete` without grounds or a word on the hearing.
    """
    ensure_worker(access, Permission.DECIDE)
    _ensure_another(access, case)
    if not words.grounds.strip() or not words.report.strip():
        raise NotComplete("Schrijf op waarom u dit vindt, en hoe de aanvrager zijn verhaal kon vertellen.")
    weighed = weigh(access, case, judged, has_excuse=words.has_excuse)
    _ensure_heard(words.hearing, open_objection(access, case)[1])
    address = paper_address(access)
    record_act(access, "beslissing op bezwaar")
    while True:
        today = clock.today()
        said = Ruled(
            ruling=weighed.ruling,
            grounds=words.grounds,
            hearing=words.hearing,
            report=words.report,
            on=today,
            appeal_until=last_day_to_appeal(today),
        )
        letter = messages.render(_letter(access, case, said, weighed, address))
        with transaction.atomic():
            if clock.today() == today:
                row, objection = locked(access, case)
                message = messages.send(envelope(access, row, uuid5(objection.id, "ruling"), Nature.DECISION), letter)
                return _write(access, row, objection, replace(said, message=message), weighed)


def _ensure_another(access: Access, case: UUID) -> None:
    own = rows.references(access.organisation, access.actor.party) | {access.actor.staff_reference}
    if rows.case_row(access, case).decisions.filter(decided_by__in=own).exists():
        raise SamePerson("Wie het besluit nam, beslist niet over het bezwaar (Awb 10:3).")


def _ensure_heard(hearing: Hearing, made: Objection) -> None:
    """Raise `NotNow` when somebody was not heard without a ground of the law for it (Awb 7:2, 7:3)."""
    if hearing is Hearing.CLEAR and made.hear_on is not None:
        raise NotNow("U nodigde de aanvrager al uit om zijn verhaal te vertellen. Kies hoe dat ging.")
    if hearing not in (Hearing.SILENT, Hearing.HEARD):
        return
    if made.hear_on is None:
        raise NotNow("Nodig de aanvrager eerst uit om zijn verhaal te vertellen (Awb 7:2).")
    first = made.hear_on + timedelta(days=hearing is Hearing.SILENT)  # until that day is over somebody can still come
    if clock.today() < first:
        raise NotNow("De dag waarop de aanvrager zijn verhaal vertelt, moet nog komen of is nog niet voorbij.")


def _is_better(product: Product, before: Assessment, now: Assessment) -> bool:
    """Say whether somebody is better off with the new outcome: granted, or a higher amount."""
    granted = is_granted(product, now)
    if granted != is_granted(product, before):
        return granted
    return product.amount is not None and _amount(product, now) > _amount(product, before)


def _amount(product: Product, said: Assessment) -> int:
    value = said.outputs.get(product.amount.output) if product.amount else None
    return int(value) if isinstance(value, int) else 0


def _letter(access: Access, case: UUID, said: Ruled, weighed: Weighed, address: tuple[str, ...]) -> Document:
    found, made = open_objection(access, case)
    assert found.decision is not None  # noqa: S101 nobody objects to nothing
    decision, rests_on = found.decision, weighed.before
    if weighed.now is not None and said.ruling is Ruling.FOUNDED:
        granted = is_granted(catalogue.product(found.line.product), weighed.now)
        decision = replace(decision, is_granted=granted, is_automatic=False, judged=weighed.judged)
        rests_on = weighed.now
    return letters.ruled(found, made, said, decision=decision, assessment=rests_on, address=address)


def _write(access: Access, row: models.Case, objection: models.Objection, said: Ruled, weighed: Weighed) -> Ruled:
    objection.ruling, objection.hearing = said.ruling, said.hearing
    objection.ruled_on, objection.appeal_until, objection.ruling_message = said.on, said.appeal_until, said.message
    objection.ruled_by = access.actor.staff_reference
    objection.ruled_sealed = closed(organisation(row), {"grounds": said.grounds, "report": said.report})
    write_down(row, Step.RULE, by=access.actor.role, staff=access.actor.staff_reference, note=said.ruling)
    if weighed.now is not None:
        _weighed(access, row, objection, weighed, weighed.now)
    objection.save()
    return said


def _weighed(access: Access, row: models.Case, objection: models.Objection, weighed: Weighed, now: Assessment) -> None:
    """Write what follows from weighing again: an objection that ran on is about the decision in force (Awb 6:19)."""
    looks = rows.second_look_rows(access, row.id)
    looks.filter(found_at__lte=weighed.at).update(
        settled_on=objection.ruled_on, settled_by=access.actor.staff_reference
    )
    if weighed.ruling is Ruling.FOUNDED:
        looks.update(decision=_replaced(access, row, objection, now, weighed.judged))
    else:
        objection.decision = row.decisions.get(is_replaced=False)


def _replaced(
    access: Access, row: models.Case, objection: models.Objection, now: Assessment, judged: tuple[Judged, ...]
) -> models.Decision:
    """Put the decision on the objection in the place of the one in force: known at once, and open to appeal only."""
    before = row.decisions.get(is_replaced=False)
    known = rows.taken(organisation(row), before).judged
    signals.tell(row, tuple(each for each in judged if each not in known))
    row.decisions.filter(id=before.id).update(is_replaced=True)
    assessment_services.keep(access, (now.id,), kept_for=f"case:{row.id}")
    return row.decisions.create(
        **columns(access, row, now, judged),
        is_granted=is_granted(catalogue.product(row.product), now),
        by_objection=objection,
        published_on=objection.ruled_on,
        message=objection.ruling_message,
    )
