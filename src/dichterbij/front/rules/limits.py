"""What the API gives one caller: bodies of 200 kB, one second of the processor, sixty requests a minute.

Nothing about a caller is stored.
"""

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dichterbij.kernel.problems import Problem
from dichterbij.web import errors
from dichterbij.web.pace import MINUTE, keeps_pace

LARGEST_BODY: Final = 200_000
CPU_SECONDS: Final = 1.0


class TooLarge(Problem):
    """A request is larger than the API reads."""

    code = "body-too-large"
    title = "Deze vraag is te groot"
    status = 413


class TooManyRequests(Problem):
    """A caller asks more often than the API answers."""

    code = "too-many-requests"
    title = "Er komen te veel vragen kort na elkaar"
    status = 429


class TooMuchWork(Problem):
    """The law cannot be worked out for these facts within one second of the processor."""

    code = "too-much-work"
    title = "Dit rekenwerk duurt te lang"
    status = 422

    def __init__(self) -> None:
        super().__init__("Stuur minder personen, of een kleiner bereik.")


# -- how much -----------------------------------------------------------------------------------------------


def check_size(request: HttpRequest) -> None:
    """Refuse a body of more than 200 kB before it is read."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise TooLarge("Een vraag mag hooguit 200 kB zijn.")


# -- how often ----------------------------------------------------------------------------------------------


def check_pace(request: HttpRequest, now: Callable[[], float] = time.monotonic) -> None:
    """Note a request, or refuse it when its caller made sixty in the last minute.

    Raises `TooManyRequests`. `now`: seconds of a clock that only goes forward, the same for all workers.
    """
    if not keeps_pace(_caller(request), now):
        raise TooManyRequests("Een programma mag zestig keer per minuut vragen. Wacht even en probeer het opnieuw.")


def _caller(request: HttpRequest) -> str:
    """Return the address of the caller; in production the one that our own proxy put last."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.HTTPS else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


# -- how long -----------------------------------------------------------------------------------------------


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Stop what this thread computes after so many seconds of the processor; raises `TooMuchWork`."""
    watch = _Watch(threading.get_ident(), seconds)
    threading.Thread(target=watch.run, name="cpu-limit", daemon=True).start()
    try:
        yield
    finally:
        watch.end()


class _Watch:
    """Looks at the processor time of one thread, and raises `TooMuchWork` in it when it is used up."""

    def __init__(self, thread: int, seconds: float) -> None:
        self.thread, self.seconds = thread, seconds
        self.clock = time.pthread_getcpuclockid(thread) if hasattr(time, "pthread_getcpuclockid") else None
        self.begun = self._now()
        self.turn, self.ended = threading.Lock(), threading.Event()

    def _now(self) -> float:
        return time.monotonic() if self.clock is None else time.clock_gettime(self.clock)

    def run(self) -> None:
        """Look again no sooner than the limit can be reached."""
        left = self.seconds
        while left > 0 and not self.ended.wait(max(left, 0.01)):
            left = self.seconds - (self._now() - self.begun)
        with self.turn:
            if not self.ended.is_set():
                _raise_in(self.thread, TooMuchWork)

    def end(self) -> None:
        """Stop looking, and take back what was raised too late to matter."""
        with self.turn:
            self.ended.set()
            _raise_in(self.thread, None)


def _raise_in(thread: int, problem: type[Problem] | None) -> None:
    raised = ctypes.py_object(problem) if problem else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)


# -- all of it ----------------------------------------------------------------------------------------------


def limited(view: Callable[..., HttpResponse], version: str) -> Callable[..., HttpResponse]:
    """Return a view that answers within the limits, and refuses as problem+json what is beyond them."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            check_pace(request)
            check_size(request)
            with at_most(CPU_SECONDS):
                return view(request, *args, **kwargs)
        except (TooManyRequests, TooLarge, TooMuchWork) as problem:
            return _refused(request, problem, version)

    return answer


def _refused(request: HttpRequest, problem: Problem, version: str) -> HttpResponse:
    response = errors.response(request, errors.page_of_problem(problem), problem=problem)
    response.headers["API-Version"] = version
    if isinstance(problem, TooManyRequests):
        response.headers["Retry-After"] = str(int(MINUTE))
    return response
