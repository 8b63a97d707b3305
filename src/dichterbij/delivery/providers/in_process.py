"""An organisation that lives in this instance: its answers are function calls."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.cases import services as case_services
from dichterbij.delivery.cases.domain import Case, CaseLine, Draft, Value
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages.domain import Letter, MessageLine
from dichterbij.ground.assessment import services as assessment
from dichterbij.ground.assessment.domain import Assessment, Request
from dichterbij.kernel.access import Access

from .domain import Overview


class InProcess:
    """The provider of every organisation that is hosted here."""

    def assess(
        self, access: Access, requests: Sequence[Request], supplied: Mapping[str, Value]
    ) -> tuple[Assessment, ...]:
        """Return what the law says on each question, read by the organisation itself and nothing read twice."""
        return assessment.assess_many(access, requests, supplied)

    def overview(self, access: Access) -> Overview:
        """Return the drafts and cases of the person."""
        return Overview(drafts=cases.drafts(access), cases=cases.cases(access))

    def box(self, access: Access) -> tuple[MessageLine, ...]:
        """Return the messages to the person."""
        return messages.box(access)

    def message(self, access: Access, message: UUID) -> Letter:
        """Return one message as it was sent."""
        return messages.letter(access, message)

    def start(self, access: Access, product: str, *, name: str, language: str, supplied: Mapping[str, Value]) -> Draft:
        """Return a prefilled application."""
        return case_services.start(access, product, name=name, language=language, supplied=supplied)

    def submit(self, access: Access, draft: UUID, key: UUID) -> CaseLine:
        """Send an application; the same key gives the same case."""
        return case_services.submit(access, draft, key)

    def case(self, access: Access, case: UUID) -> Case:
        """Return a case with all that belongs to it."""
        return cases.case(access, case)
