"""How a registry is reached: over the network, or as a WSGI application inside this process.

The demonstration registers its synthetic registries here; the address `inprocess:brp` then finds the one called `brp`.
Everything else about a call is the same: request and answer, deadline, refusals.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

IN_PROCESS = "inprocess:"
ACCEPT = "application/json, application/hal+json"
WsgiApplication = Callable[..., Any]
_applications: dict[str, WsgiApplication] = {}


def register(name: str, application: WsgiApplication) -> None:
    """Offer a WSGI application under a name."""
    _applications[name] = application


def client(url: str, token: str, *, deadline: float) -> httpx.Client:
    """Return a client for an address. `deadline`: seconds after which an answer comes too late."""
    headers = {"Authorization": f"Bearer {token}", "X-Api-Key": token, "Accept": ACCEPT}
    if url.startswith(IN_PROCESS):
        name = url.removeprefix(IN_PROCESS)
        return httpx.Client(
            base_url=f"http://{name}.inprocess", headers=headers, timeout=deadline, transport=_InProcess(name)
        )
    return httpx.Client(base_url=url, headers=headers, timeout=deadline)


class _InProcess(httpx.BaseTransport):
    """Calls an application of this process in a thread, so that one that is slow is left behind like a server is."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix=f"registry-{name}")

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        application = _applications.get(self._name)
        if application is None:
            raise httpx.ConnectError(f"no application is registered as {self._name}", request=request)
        call = self._threads.submit(_call, application, request)
        try:
            return call.result(timeout=request.extensions["timeout"]["read"])
        except TimeoutError:
            raise httpx.ReadTimeout("the application did not answer in time", request=request) from None

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _call(application: WsgiApplication, request: httpx.Request) -> httpx.Response:
    answer = httpx.WSGITransport(app=application).handle_request(request)
    return httpx.Response(answer.status_code, headers=answer.headers, content=answer.read())
