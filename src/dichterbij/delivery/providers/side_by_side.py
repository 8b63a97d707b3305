"""Ask several organisations at the same time and wait a second, not a second each.

Threads have database connections of their own; each closes its own when it is done.
"""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from contextvars import copy_context
from datetime import datetime
from functools import cache
from time import monotonic
from typing import TypeVar

from django.db import connections
from django.db.utils import OperationalError

from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

from .domain import Down, Gathered

T = TypeVar("T")
DEADLINE_SECONDS = 1.0
AT_ONCE = 16
UNAVAILABLE = 503

_down: dict[Oin, datetime] = {}
_lock = threading.Lock()


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="provider")


def gather(calls: Mapping[Oin, Callable[[], T]], *, deadline: float = DEADLINE_SECONDS) -> Gathered[T]:
    """Return what each organisation answered before the deadline (seconds), and since when the others do not.

    Any refusal of an organisation (a `Problem` that is not about being unavailable) is raised: it is not "nothing".
    """
    asked_at, until = clock.now(), monotonic() + deadline
    running = {oin: _pool().submit(copy_context().run, _closing, call) for oin, call in calls.items()}
    answers: dict[Oin, T] = {}
    down: list[Down] = []
    for oin, future in running.items():
        try:
            answers[oin] = _answer(future, until)
            _is_back(oin)
        except (Late, OperationalError):
            down.append(Down(organisation=oin, since=_since(oin, asked_at)))
        except Problem as problem:
            if problem.status != UNAVAILABLE:
                raise
            down.append(Down(organisation=oin, since=_since(oin, asked_at)))
    return Gathered(answers=answers, down=tuple(down), asked_at=asked_at)


def _answer(future: Future[T], until: float) -> T:
    return future.result(timeout=max(0.0, until - monotonic()))


def _closing(call: Callable[[], T]) -> T:
    try:
        return call()
    finally:
        connections.close_all()


def _since(oin: Oin, at: datetime) -> datetime:
    with _lock:
        return _down.setdefault(oin, at)


def _is_back(oin: Oin) -> None:
    with _lock:
        _down.pop(oin, None)
