"""A letter that came back: nothing more goes there, the register is asked again, and the person is reached."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from dichterbij.delivery.cases import services
from dichterbij.delivery.messages import models, returns
from dichterbij.delivery.messages.domain import Reason
from dichterbij.delivery.messages.printing import write_out
from dichterbij.delivery.messages.services import choose_post
from dichterbij.delivery.paper import returned
from dichterbij.delivery.paper.domain import UnknownPaper
from dichterbij.delivery.paper.returned import Found
from dichterbij.ground.logbook import queries as logbook
from dichterbij.kernel import clock

from .test_post import clerk  # noqa: F401 the same worker

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
ALLOWANCE = "zorgtoeslag"


@pytest.fixture
def printed(citizen, tmp_path: Path):
    """An application of the widow whose receipt went to the printer; returns the case and the file."""
    choose_post(citizen("widow", ALLOWANCE), by_post=True)
    draft = services.start(citizen("widow", ALLOWANCE), ALLOWANCE, name="Geertje van der Hazelkamp", language="nl")
    case = services.submit(citizen("widow", ALLOWANCE), draft.id, draft.key)
    write_out(tmp_path / "first")
    return case, _letters(tmp_path / "first")[0]["file"]


def _letters(folder: Path) -> list[dict]:
    return json.loads((folder / "manifest.json").read_text())["letters"]


def _take_in(tmp_path: Path, *lines: str) -> str:
    file, said = tmp_path / "back.csv", io.StringIO()
    file.write_text("\n".join(("file,returned_on,reason", *lines)) + "\n")
    call_command("returned", str(file), stdout=said)
    return said.getvalue()


def test_the_file_of_the_supplier_is_read_once_and_names_what_is_not_ours(printed, tmp_path):
    _case, file = printed
    assert _take_in(tmp_path, f"{file},2026-06-14,moved", "onzin.pdf,2026-06-14,moved").startswith("1 new, 0 known")
    assert _take_in(tmp_path, f"{file},2026-06-14,moved").startswith("0 new, 1 known")


@pytest.mark.parametrize("line", ["x.pdf,14 juni,moved", "x.pdf,2026-06-14,weg", "x.pdf"])
def test_a_file_with_a_wrong_line_changes_nothing(printed, tmp_path, line):
    _case, file = printed
    with pytest.raises(CommandError, match="Regel 3"):
        _take_in(tmp_path, f"{file},2026-06-14,moved", line)
    assert models.ReturnedLetter.objects.count() == 0


def test_nothing_more_is_printed_for_a_doubtful_address_and_nothing_is_lost(printed, citizen, clerk, tmp_path):  # noqa: F811
    case, file = printed
    _take_in(tmp_path, f"{file},2026-06-14,unknown")
    services.withdraw(citizen("widow", ALLOWANCE), case.id)
    draft = services.start(citizen("widow", ALLOWANCE), ALLOWANCE, name="Geertje", language="nl")
    services.submit(citizen("widow", ALLOWANCE), draft.id, draft.key)
    assert write_out(tmp_path / "second") == 0
    (waiting,) = returned.waiting(clerk())
    returned.reached(clerk(), waiting.id)
    assert write_out(tmp_path / "third") == 1


def test_the_same_address_stays_doubtful_and_the_person_sees_that_we_asked(printed, citizen, clerk, tmp_path):  # noqa: F811
    _case, file = printed
    _take_in(tmp_path, f"{file},2026-06-14,unknown")
    (waiting,) = returned.waiting(clerk())
    assert returned.ask_again(clerk(), waiting.id) is Found.SAME
    assert returned.waiting(clerk())
    access = citizen("widow", ALLOWANCE)
    lines = [line for act in logbook.acts_about(access, limit=50) for line in logbook.lines_of_act(access, act.act)]
    assert any(line.reason == "Een brief aan u kwam terug op 14 juni 2026" for line in lines)


def test_another_address_gets_the_letter_with_a_cover_to_sign_for(printed, clerk, tmp_path, monkeypatch):  # noqa: F811
    _case, file = printed
    _take_in(tmp_path, f"{file},2026-06-14,moved")
    (waiting,) = returned.waiting(clerk())
    monkeypatch.setattr(returned, "known_address", lambda _access: ("Nieuwstraat 7", "7411 AA Deventer"))
    assert returned.ask_again(clerk(), waiting.id) is Found.ANOTHER
    assert not returned.waiting(clerk())
    assert write_out(tmp_path / "again") == 2
    sent = _letters(tmp_path / "again")
    assert {each["delivery"] for each in sent} == {"registered"}
    (enclosed,) = [each for each in sent if each["file"] == file]
    (cover,) = [each for each in sent if each["file"] != file]
    assert enclosed["enclosed_with"] == cover["file"]


def test_a_letter_that_came_back_is_taken_in_by_the_reference_on_it(printed, clerk):  # noqa: F811
    case, _file = printed
    returned.note_by_hand(clerk(), case.reference, Reason.REFUSED, clock.today())
    assert returned.waiting(clerk())[0].reason is Reason.REFUSED
    with pytest.raises(UnknownPaper):
        returned.note_by_hand(clerk(), "2026-22222222", Reason.REFUSED, clock.today())


def test_letters_of_another_organisation_are_not_on_the_list(printed, clerk, tmp_path):  # noqa: F811
    _case, file = printed
    _take_in(tmp_path, f"{file},2026-06-14,moved")
    assert not returned.waiting(clerk("duo", "duo_handler"))
    with pytest.raises(returns.UnknownReturn):
        returned.reached(clerk("duo", "duo_handler"), models.ReturnedLetter.objects.get().id)
