"""What is shared once is given once, also to two that fetch at the same moment."""

import json
import subprocess
import sys

import pytest
from django.db import connections

from dichterbij.delivery.sharing.models import Consent
from dichterbij.ground.registry import adapters as registries
from dichterbij.ground.registry import fetching
from dichterbij_world import corporation

from . import fetching_process
from .conftest import asked, fetched, lines

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def test_who_fetches_while_another_does_gets_nothing(post, person, monkeypatch):
    fetching._connect()
    request, code = asked(post)
    person("starter").says_yes(code)
    register, during = type(registries.adapter("belastingdienst")), []
    fetch = register.fetch

    def fetch_meanwhile(adapter, query):
        during.append(fetched(post, request)[0])
        return fetch(adapter, query)

    monkeypatch.setattr(register, "fetch", fetch_meanwhile)
    assert fetched(post, request)[0] == 200
    assert during == [403]


@pytest.mark.slow
def test_of_two_processes_that_fetch_at_the_same_moment_one_gets_it(post, person):
    request, code = asked(post)
    person("starter").says_yes(code)
    tokens = [post("/tokens", {"request": request})[1]["token"] for _ in range(2)]
    databases = json.dumps({alias: str(connections[alias].settings_dict["NAME"]) for alias in ("default", "logbook")})
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", fetching_process.__name__, databases, token, corporation.OIN.value],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for token in tokens
    ]
    for process in processes:
        assert process.stdout and process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    assert sorted(process.communicate(timeout=60)[0].strip() for process in processes) == ["given", "refused"]
    assert Consent.objects.get(id=request).used_at is not None
    assert [line["fields"] for line in lines()].count(["gedeeld met uw toestemming"]) == 1
