"""Sending once: double clicks, tabs and processes at the same moment give one case and one receipt."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest
from django.db import connections

from dichterbij.delivery.cases import models, queries, services
from dichterbij.delivery.cases.tests import sending
from dichterbij.delivery.messages.models import Message
from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.logbook.domain import Part

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"


def _at_once(number: int, act: Callable[[], object]) -> list[object]:
    barrier, found = threading.Barrier(number), []

    def run() -> None:
        try:
            barrier.wait()
            found.append(act())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_eight_threads_that_send_the_same_draft_make_one_case(citizen):
    access = citizen("student", GRANT)
    draft = services.start(access, GRANT, name="E. Verzonnen", language="nl")
    cases = _at_once(8, lambda: services.submit(citizen("student", GRANT), draft.id, draft.key).id)
    assert len(cases) == 8
    assert len(set(cases)) == 1
    assert (models.Case.objects.count(), models.Draft.objects.count(), Message.objects.count()) == (1, 0, 1)


def test_two_processes_that_send_the_same_draft_make_one_case(citizen):
    access = citizen("student", GRANT)
    draft = services.start(access, GRANT, name="E. Verzonnen", language="nl")
    databases = {alias: str(connections[alias].settings_dict["NAME"]) for alias in ("default", "logbook")}
    given = (json.dumps(databases), str(access.subject.party), GRANT, str(draft.id), str(draft.key))
    command = [sys.executable, "-m", sending.__name__, *given]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    cases = {process.communicate(timeout=60)[0].strip() for process in processes}
    assert cases == {str(models.Case.objects.get().id)}
    assert Message.objects.count() == 1


def test_two_tabs_that_begin_at_the_same_moment_share_one_draft(citizen):
    drafts = _at_once(
        4, lambda: services.start(citizen("student", GRANT), GRANT, name="E. Verzonnen", language="nl").id
    )
    assert len(set(drafts)) == 1


def test_what_was_looked_at_for_an_application_is_found_by_its_case(citizen):
    draft = services.start(citizen("student", GRANT), GRANT, name="E. Verzonnen", language="nl")
    case = services.submit(citizen("student", GRANT), draft.id, draft.key)
    sent, begun = logbook.acts_about(citizen("student", GRANT), chosen=Part(case=case.id))
    assert [name for part in sent.parts for name in part.did] == ["aanvraag"]
    assert begun.items > 0
    (matter,) = logbook.matters_about(citizen("student", GRANT))
    assert (matter.case, matter.product) == (case.id, GRANT)
    assert matter.since <= begun.at < sent.at


def test_after_sending_a_new_application_is_a_new_case(citizen):
    access = citizen("student", GRANT)
    first = services.start(access, GRANT, name="E. Verzonnen", language="nl")
    case = services.submit(access, first.id, first.key)
    services.withdraw(citizen("student", GRANT), case.id)
    second = services.start(access, GRANT, name="E. Verzonnen", language="nl")
    assert services.submit(access, second.id, second.key).id != case.id
    assert {line.state.value for line in queries.cases(access)} == {"submitted", "withdrawn"}


def test_when_the_receipt_cannot_be_sent_the_draft_is_still_there_and_no_case_is(citizen, monkeypatch):
    from dichterbij.delivery.messages import channels

    access = citizen("student", GRANT)
    draft = services.start(access, GRANT, name="E. Verzonnen", language="nl")

    def full(message: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(channels, "put_out", full)
    with pytest.raises(OSError, match="no space"):
        services.submit(access, draft.id, draft.key)
    assert (models.Case.objects.count(), models.Draft.objects.count(), Message.objects.count()) == (0, 1, 0)
    monkeypatch.undo()
    assert services.submit(access, draft.id, draft.key).product == GRANT
