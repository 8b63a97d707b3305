"""Alive says that the process answers; ready says per part whether people can be served: one failure is a 503."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError

from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.law.errors import LawError
from dichterbij.project import health

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
PARTS = {"database", "logbook", "laws", "keys", "clock"}


def parts(client) -> tuple[int, dict[str, bool]]:
    response = client.get("/-/ready")
    return response.status_code, response.json()["parts"]


def test_it_is_ready_when_every_part_works(client, organisations):
    assert parts(client) == (200, dict.fromkeys(PARTS, True))


def test_alive_needs_no_database(client, monkeypatch):
    monkeypatch.setattr(health, "CHECKS", {})
    assert client.get("/-/live").json() == {"status": "live"}


@pytest.mark.parametrize("part", sorted(PARTS))
def test_each_part_that_says_no_makes_it_not_ready_and_leaves_the_others(client, organisations, monkeypatch, part):
    monkeypatch.setitem(health.CHECKS, part, lambda: False)
    assert parts(client) == (503, {**dict.fromkeys(PARTS, True), part: False})


@pytest.mark.parametrize("error", [DatabaseError("weg"), OSError("schijf vol"), LawError("NoLaw", "x")])
def test_a_part_that_breaks_makes_it_not_ready(client, organisations, monkeypatch, error):
    def broken() -> bool:
        raise error

    monkeypatch.setitem(health.CHECKS, "laws", broken)
    assert parts(client)[0] == 503


def test_a_database_that_is_gone_makes_it_not_ready(client, organisations, monkeypatch):
    def gone(*_args: object) -> None:
        raise DatabaseError("weg")

    monkeypatch.setattr(health.connections["default"], "cursor", gone)
    status, found = parts(client)
    assert (status, found["database"]) == (503, False)


def test_a_logbook_that_refuses_writing_makes_it_not_ready(client, organisations, read_only_logbook):
    with read_only_logbook():
        status, found = parts(client)
    assert (status, found["logbook"]) == (503, False)


def test_missing_keys_make_it_not_ready(client, organisations):
    folder = Path(settings.STATE) / "keys" / current_operator()
    aside = folder.with_name("aside")
    shutil.move(folder, aside)
    try:
        status, found = parts(client)
    finally:
        shutil.move(aside, folder)
    assert (status, found["keys"]) == (503, False)


def current_operator() -> str:
    return organisations.operator().oin.value


def test_an_instance_without_an_operator_is_not_ready(client):
    organisations.forget()
    status, found = parts(client)
    assert (status, found["keys"]) == (503, False)


def test_laws_that_do_not_load_make_it_not_ready(client, organisations, monkeypatch, tmp_path):
    broken = tmp_path / "laws" / "nl" / "kapot"
    broken.mkdir(parents=True)
    (broken / "2026-01-01.yaml").write_text("$id: kapot\nversion: [", encoding="utf-8")
    monkeypatch.setattr(settings, "DATA_FOLDERS", [*settings.DATA_FOLDERS, tmp_path])
    status, found = parts(client)
    assert (status, found["laws"]) == (503, False)


def test_a_clock_that_does_not_stand_on_the_fixed_day_makes_it_not_ready(client, organisations):
    with clock.frozen(clock.now().replace(year=2031)):
        status, found = parts(client)
    assert (status, found["clock"]) == (503, False)


def test_it_says_nothing_else_about_the_instance(client, organisations):
    assert set(client.get("/-/ready").json()) == {"status", "parts"}
