"""Let open cases know that the person doubts a datum they rest on: the worker sees it before anything is decided."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from dichterbij.ground.assessment import queries as assessments
from dichterbij.ground.assessment.domain import SUBJECT
from dichterbij.kernel.access import Access

from .. import models, rows
from ..corrections.domain import CorrectionRequest
from ..domain import DOUBT_GONE, OPEN_STATES, Application, Correction, Step, application_from, helped
from ..sealing import closed, opened
from .steps import organisation, record_act, stepped, write_down


def doubt(access: Access, asked: CorrectionRequest) -> int:
    """Add what somebody says about a datum to their open cases at this organisation that used it; returns how many."""
    told = 0
    for row in rows.cases_of(access).filter(state__in=OPEN_STATES):
        if _rests_on(access, rows.whole(row).application, asked):
            record_act(access.for_case(row.id), "twijfel")
            _tell(access, row, as_correction(asked))
            told += 1
    return told


def no_longer_doubt(access: Access, asked: CorrectionRequest) -> None:
    """Take from open cases at this organisation what was said in a request that the person took back."""
    said = as_correction(asked)
    for row in rows.cases_of(access).filter(state__in=OPEN_STATES):
        if said in rows.whole(row).application.corrections:
            record_act(access.for_case(row.id), "twijfel intrekken")
            _forget(access, row.id, said)


def _forget(access: Access, case: UUID, said: Correction) -> None:
    with transaction.atomic():
        row = rows.case_row(access, case, lock=True)
        application = application_from(opened(organisation(row), row.sealed))
        others = tuple(each for each in application.corrections if each != said)
        row.sealed = closed(organisation(row), replace(application, corrections=others).as_json())
        row.save(update_fields=["sealed"])
        write_down(
            row,
            Step.UNDO,
            by=access.actor.role,
            staff=access.actor.staff_reference,
            note=DOUBT_GONE,
            with_help=helped(access),
        )


def as_correction(asked: CorrectionRequest) -> Correction:
    """Return what is said in a request to the keeper, as it goes with an application."""
    return Correction(person=SUBJECT, fact=asked.datum.name, says=asked.says, since=asked.received_on)


def merged(before: tuple[Correction, ...], now: tuple[Correction, ...]) -> tuple[Correction, ...]:
    """Return what is said about each fact, the latest last; what has no words is taken back."""
    said = {(each.person, each.fact): each for each in (*before, *now)}
    return tuple(each for each in said.values() if each.says.strip())


def _rests_on(access: Access, application: Application, asked: CorrectionRequest) -> bool:
    if application.assessment is None:
        return False
    facts = assessments.assessment(access, application.assessment).facts
    used = {(each.person, each.registry, each.fact) for each in facts}
    return (SUBJECT, asked.datum.source, asked.datum.name) in used


def _tell(access: Access, row: models.Case, correction: Correction) -> None:
    with transaction.atomic():
        row = stepped(access, row.id, Step.DOUBT)
        application = application_from(opened(organisation(row), row.sealed))
        told = replace(application, corrections=merged(application.corrections, (correction,)))
        row.sealed = closed(organisation(row), told.as_json())
        row.save(update_fields=["state", "sealed"])
