"""What a worker did with a person can be taken back by the person, for a while.

How long is the choice of who operates the instance (`content/undoing.yaml`); no law says it.
"""

from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

from dichterbij.kernel import clock

from .domain import Case, Happened, Objection, State, Step

CAN = frozenset({Step.SUBMIT, Step.ANSWER, Step.OBJECT, Step.WITHDRAW})


def until(case: Case, happened: Happened) -> date | None:
    """Return the last day on which the person can take a step back; None when they cannot (any more)."""
    if happened.helped is None or happened.step not in CAN or not _stands(case, happened):
        return None
    last = clock.day_of(happened.at) + timedelta(days=days())
    return last if clock.today() <= last else None


def days() -> int:
    """Return for how many days the person can take something back."""
    return _days(tuple(Path(folder) / "content" / "undoing.yaml" for folder in settings.DATA_FOLDERS))


@lru_cache(maxsize=4)
def _days(files: tuple[Path, ...]) -> int:
    last = [file for file in files if file.is_file()][-1]
    return int(yaml.safe_load(last.read_text(encoding="utf-8"))["days"]["is"])


def _stands(case: Case, happened: Happened) -> bool:
    """Say whether a step still has the effect it had: nothing came after it that rests on it."""
    if any(each.step is Step.UNDO and each.note == str(happened.number) for each in case.history):
        return False
    match happened.step:
        case Step.SUBMIT:
            return case.line.state.is_open and not case.has_made_known
        case Step.ANSWER:
            return case.line.state is State.IN_HANDLING and _is_last(case, happened, Step.ANSWER)
        case Step.OBJECT:
            return _is_untouched(case.objection) and _is_last(case, happened, Step.OBJECT)
        case _:
            return case.line.state is State.WITHDRAWN and _is_last(case, happened, Step.WITHDRAW)


def _is_untouched(objection: Objection | None) -> bool:
    """Say whether nobody did anything yet with an objection."""
    return objection is not None and objection.is_open and objection.hear_on is None and not objection.is_adjourned


def _is_last(case: Case, happened: Happened, step: Step) -> bool:
    return max(each.number for each in case.history if each.step is step) == happened.number
