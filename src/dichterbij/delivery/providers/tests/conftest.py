"""An organisation asked both ways: as a function call, and over HTTP as a body elsewhere would."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from dichterbij.delivery.providers.api import PREFIX
from dichterbij.delivery.providers.domain import Provider
from dichterbij.delivery.providers.in_process import InProcess
from dichterbij.delivery.providers.line import Line, Reply, _client
from dichterbij.delivery.providers.moving import giving, instances
from dichterbij.delivery.providers.over_http import OverHttp
from dichterbij.ground.organisations import models, queries, tokens
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.kernel import clock

from .other_side import SITE


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


@pytest.fixture
def duo(organisations: None) -> Iterator[Organisation]:
    """DUO as it is when it lives in another instance and is believed; its keys stay, so that a test signs for it."""
    oin = queries.by_key("duo").oin
    rows = models.Organisation.objects.filter(oin=oin.value)
    rows.update(hosted=False, provider_url=SITE + PREFIX, may_ask=True, public_keys=tokens.public_keys(oin))
    queries.forget()
    yield queries.organisation(oin)
    queries.forget()


@pytest.fixture
def arriving(client: Client, duo: Organisation, persona: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function with which the student arrives from DUO, with what it says of them; gives the answer."""
    said = {
        "actor": persona("student").value,
        "name": "E. Verzonnen",
        "subject": persona("student").value,
        "subject_name": "E. Verzonnen",
        "level": "substantial",
        "means": "digid",
        "since": (clock.now() - timedelta(hours=1)).isoformat(),
        "until": (clock.now() + timedelta(hours=2)).isoformat(),
        "product": "aanvullende-beurs",
        "act": str(uuid4()),
        "trace": "a" * 32,
    }

    def arrive(*, page="/applications", level="", state=None, signer=duo.oin, aud=None, through=None, **changes):
        here = aud or queries.operator().oin
        content = json.dumps(said | changes).encode()
        claims = {"aud": here.value, "jti": str(uuid4()), "sub": tokens.encrypt(here, content)}
        token = json.dumps({"token": tokens.sign(signer, claims, kind=giving.KIND)}).encode()
        monkeypatch.setattr(Line, "post", lambda *_: Reply(content=token, last_modified=""))
        if level:
            client.post("/login/start", {"means": instances.means_of(duo.oin), "next": page, "level": level})
            asked = client.session["login_requests"][-1][3]
        else:
            began = client.get(f"/login/from/{duo.oin}", {"page": page}).headers["Location"]
            asked = parse_qs(urlsplit(began).query)["state"][0]
        return (through or client).get(f"/login/from/{duo.oin}/back", {"state": state or asked, "code": "c"})

    return arrive
