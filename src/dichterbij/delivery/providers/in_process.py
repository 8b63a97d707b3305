"""An organisation that lives in this instance: its answers are function calls."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.cases import services as case_services
from dichterbij.delivery.cases.domain import Case, CaseLine, Correction, Draft, Value
from dichterbij.delivery.contact import telling
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages import services as message_services
from dichterbij.delivery.messages.domain import MessageLine, Opened, Paper
from dichterbij.ground.assessment import services as assessment
from dichterbij.ground.assessment.domain import Assessment, Request
from dichterbij.kernel.access import Access

from .domain import Overview


class InProcess:
    """The provider of every organisation that is hosted here: each method as `Provider` says."""

    def assess(
        self, access: Access, requests: Sequence[Request], supplied: Mapping[str, Value]
    ) -> tuple[Assessment, ...]:
        """Determine and read under the access of the organisation."""
        return assessment.assess_many(access, requests, supplied)

    def overview(self, access: Access) -> Overview:
        """Look up drafts and cases."""
        return Overview(drafts=cases.drafts(access), cases=cases.cases(access))

    def box(self, access: Access, case: UUID | None = None) -> tuple[MessageLine, ...]:
        """Look up messages."""
        return messages.box(access, case=case)

    def message(self, access: Access, message: UUID) -> Opened:
        """Open a message."""
        letter = messages.letter(access, message)
        message_services.mark_read(access, message)
        return Opened(
            line=letter.line,
            page=letter.page.decode(),
            size=len(letter.pdf),
            by_post=messages.wants_post(access),
            proofs=telling.proofs(message),
        )

    def document(self, access: Access, message: UUID) -> Paper:
        """Give the file of a message."""
        letter = messages.letter(access, message)
        return Paper(pdf=letter.pdf, sent_at=letter.line.sent_at)

    def choose_post(self, access: Access, message: UUID, *, by_post: bool) -> None:  # noqa: ARG002 by sender here
        """Keep the choice for paper."""
        message_services.choose_post(access, by_post=by_post)

    def running(self, access: Access, product: str) -> CaseLine | None:
        """Look up the open case."""
        return cases.running(access, product)

    def start(
        self,
        access: Access,
        product: str,
        *,
        name: str,
        language: str,
        supplied: Mapping[str, Value] | None = None,
        cause: str = "",
    ) -> Draft:
        """Begin an application."""
        return case_services.start(access, product, name=name, language=language, supplied=supplied, cause=cause)

    def draft(self, access: Access, draft: UUID) -> tuple[Draft, Assessment | None]:
        """Look up a draft."""
        return cases.draft(access, draft)

    def fill(
        self,
        access: Access,
        draft: UUID,
        *,
        supplied: Mapping[str, Value] | None = None,
        unknown: tuple[str, ...] = (),
        corrections: tuple[Correction, ...] = (),
        remark: str | None = None,
    ) -> Draft:
        """Fill in a draft."""
        return case_services.fill(
            access, draft, supplied=supplied, unknown=unknown, corrections=corrections, remark=remark
        )

    def discard(self, access: Access, draft: UUID) -> None:
        """Throw a draft away."""
        case_services.discard(access, draft)

    def submit(self, access: Access, draft: UUID, key: UUID) -> CaseLine:
        """Send an application."""
        return case_services.submit(access, draft, key)

    def case(self, access: Access, case: UUID) -> Case:
        """Look up a case."""
        return cases.case(access, case)

    def determination(self, access: Access, found: Case) -> Assessment | None:
        """Look up the determination of a case."""
        return cases.determination(access, found)

    def answer(self, access: Access, case: UUID, question: UUID, given: Value) -> None:
        """Answer a question."""
        case_services.answer(access, case, question, given)

    def object_to(self, access: Access, case: UUID, text: str, *, late_because: str = "") -> None:
        """Object to the decision."""
        case_services.object_to(access, case, text, late_because=late_because)

    def withdraw(self, access: Access, case: UUID) -> None:
        """Take an application back."""
        case_services.withdraw(access, case)
