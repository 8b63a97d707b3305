"""How the timeline tells who took something back."""

from dichterbij.delivery.cases import telling
from dichterbij.delivery.cases.domain import Application, Happened, Step
from dichterbij.kernel import clock
from dichterbij.kernel.access import Role


def test_what_a_representative_takes_back_is_told_as_theirs():
    undone = Happened(step=Step.UNDO, at=clock.now(), by=Role.REPRESENTATIVE, note="1")
    assert "maakte namens u iets ongedaan" in telling._for_another(undone, Application(name=""))
