"""An organisation asked both ways: as a function call, and over HTTP as a body elsewhere would."""

from collections.abc import Iterator

import pytest
from pytest_django.live_server_helper import LiveServer

from dichterbij.delivery.providers.api import PREFIX
from dichterbij.delivery.providers.domain import Provider
from dichterbij.delivery.providers.in_process import InProcess
from dichterbij.delivery.providers.line import Line, _client
from dichterbij.delivery.providers.over_http import OverHttp
from dichterbij.ground.organisations import models, queries


@pytest.fixture
def may_ask(organisations: None) -> None:
    """Let the operator of this instance ask itself over HTTP, as if it were a portal elsewhere."""
    models.Organisation.objects.filter(oin=queries.operator().oin.value).update(may_ask=True)
    queries.forget()


@pytest.fixture
def line(may_ask: None, live_server: LiveServer) -> Iterator[Line]:
    """A line to this very instance."""
    yield Line(url=live_server.url + PREFIX)
    _client().close()
    _client.cache_clear()


@pytest.fixture(params=["in process", "over HTTP"])
def provider(request: pytest.FixtureRequest) -> Provider:
    """The same organisation over each transport."""
    if request.param == "in process":
        request.getfixturevalue("organisations")
        return InProcess()
    return OverHttp(request.getfixturevalue("line"))
