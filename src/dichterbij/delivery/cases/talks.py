"""What a worker did with a person in a talk, at whatever organisation: who talked knows it already."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.kernel.access import Access

from . import queries, telling, undoing
from .corrections import keepers
from .corrections import queries as corrections
from .corrections.domain import CorrectionRequest
from .domain import CaseLine, Happened, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One thing that was done. `route` and `id`: the page about it; `step`: that of a case, None for a correction.

    `whose`: the name of for whom the person who talked acted; empty when it was for themselves.
    """

    about: str
    what: str
    route: str
    id: UUID
    step: Step | None = None
    whose: str = ""

    @property
    def text(self) -> str:
        """Return what was done to what, and for whom, without a full stop."""
        return f"{self.about} ({self.whose}): {self.what}" if self.whose else f"{self.about}: {self.what}"

    @property
    def is_undoable(self) -> bool:
        """Say whether it can be taken back, as long as nothing followed on it."""
        return self.step is None or self.step in undoing.CAN


def done(access: Access, talks: Collection[UUID], language: str) -> dict[UUID, list[Done]]:
    """Return what was done in each of these talks, cases first."""
    found: dict[UUID, list[Done]] = {talk: [] for talk in talks}
    for talk, line, step, whose in queries.in_talks(access, talks):
        if told := _step(line, step, whose, language):
            found[talk].append(told)
    for talk, asked in corrections.in_talks(access, talks):
        found[talk].append(_correction(asked, language))
    return found


def _step(line: CaseLine, step: Happened, whose: str, language: str) -> Done | None:
    if step.helped is None:
        return None
    name = catalogue.product(line.product).name(language)
    what = telling.with_help(step, step.helped)
    return Done(about=name, what=what, route="case", id=line.id, step=step.step, whose=whose)


def _correction(asked: CorrectionRequest, language: str) -> Done:
    who = telling.another(asked.sent_by, asked.sent_as)
    what = _("%(who)s stelde uw vraag") if asked.datum.is_use else _("%(who)s vroeg om dit te verbeteren")
    label = keepers.label(asked.datum, language)
    return Done(about=label[:1].upper() + label[1:], what=what % {"who": who}, route="correction", id=asked.id)
