"""The demonstration is for practice: it says so everywhere, and never starts against anything real."""

import ast
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from dichterbij.ground.organisations.domain import WrongMode
from dichterbij.ground.organisations.models import Instance
from dichterbij.ground.organisations.services import ensure_right_mode
from dichterbij.project.checks import refuse_to_start

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
SOURCE = Path(__file__).parents[2]
MARK = "Demonstratie, verzonnen mensen."


@pytest.mark.parametrize("url", ["https://brp.example.nl/v2", "http://10.0.0.8/brp", "https://127.0.0.1.example.nl/"])
def test_a_demonstration_does_not_start_with_a_registry_on_another_machine(settings, url: str) -> None:
    settings.REGISTRIES = settings.REGISTRIES | {"brp": settings.REGISTRIES["brp"] | {"url": url}}
    with pytest.raises(ImproperlyConfigured, match="brp elsewhere"):
        refuse_to_start()


def test_a_demonstration_starts_with_registries_in_this_process_or_on_this_machine(settings) -> None:
    here = settings.REGISTRIES["brp"] | {"url": "http://127.0.0.1:8100/brp"}
    settings.REGISTRIES = settings.REGISTRIES | {"brp": here}
    refuse_to_start()


def test_a_demonstration_refuses_the_database_of_a_real_instance(organisations) -> None:
    Instance.objects.update(mode="production")
    with pytest.raises(WrongMode):
        ensure_right_mode()


def test_pages_of_a_worker_and_of_a_citizen_and_of_an_error_say_that_it_is_a_demonstration(log_in) -> None:
    worker, citizen = log_in("rotterdam_handler"), log_in("widow")
    answers = [worker.get("/desk"), worker.get("/counter"), citizen.get("/applications"), Client().get("/nowhere")]
    assert all(MARK in answer.content.decode() for answer in answers), [answer.status_code for answer in answers]


def test_every_document_has_a_head_and_every_head_the_mark_of_the_demonstration() -> None:
    calls = [
        (path, node.func.id, {each.arg for each in node.keywords})
        for path in SOURCE.rglob("*.py")
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    heads = [(path, given) for path, name, given in calls if name == "Letterhead"]
    documents = [(path, given) for path, name, given in calls if name == "Document" and "blocks" in given]
    assert heads
    assert documents
    assert not [path for path, given in heads if "notice" not in given]
    assert not [path for path, given in documents if "head" not in given]
