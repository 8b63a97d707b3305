"""An organisation that lives in another instance: its answers come over HTTP, each request with an assertion.

What does not answer, answers too late, too much or something else than the contract says is `NotAvailable`: never
"nothing". What it refuses is refused here with the same problem.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar
from uuid import UUID

from dichterbij.delivery.cases.domain import Case, CaseLine, Correction, Draft, Value
from dichterbij.delivery.messages.domain import MessageLine, Opened, Paper
from dichterbij.ground.assessment.domain import Assessment, Request
from dichterbij.ground.authority import agreements
from dichterbij.kernel.access import Access
from dichterbij.web.api import MalformedRequest

from . import asking_log, elsewhere
from .domain import Overview
from .forms import Answer, Answers, Box, Determined, DraftSaid, FilledIn, Grounds, NewCase, NewDraft, Post, Questions
from .line import Line, Reply, gone
from .wire import from_wire, to_wire

Whole = TypeVar("Whole")


@dataclass(frozen=True, slots=True)
class OverHttp:
    """The provider of an organisation elsewhere: each method as `Provider` says."""

    line: Line

    def assess(
        self, access: Access, requests: Sequence[Request], supplied: Mapping[str, Value]
    ) -> tuple[Assessment, ...]:
        """Ask for an outcome; both sides record it."""
        asked = Questions(activity=access.activity.id, requests=tuple(requests), supplied=supplied)
        with asking_log.asked(access, asking_log.OUTCOME):
            found = _read(Answers, self.line.send(access, "POST", "/assessments", to_wire(asked))).assessments
            _ensure(tuple(each.request for each in found) == asked.requests)
            _ensure(all(each.organisation == access.organisation for each in found))
        return found

    def overview(self, access: Access) -> Overview:
        """Look up drafts and cases, and remember where they are."""
        found = _read(Overview, self.line.get(access, "/overview"))
        told: list[Draft | CaseLine] = [*found.drafts, *found.cases]
        _ensure(all(each.organisation == access.organisation for each in told))
        elsewhere.remember(access, [(each.id, each.product) for each in told])
        return found

    def box(self, access: Access, case: UUID | None = None) -> tuple[MessageLine, ...]:
        """Look up messages, and remember where they are."""
        found = _read(Box, self.line.get(access, f"/messages?case={case}" if case else "/messages")).messages
        _ensure(all(each.organisation == access.organisation for each in found))
        elsewhere.remember(access, [(each.id, each.product) for each in found])
        return found

    def message(self, access: Access, message: UUID) -> Opened:
        """Open a message."""
        return _read(Opened, self.line.get(access, f"/messages/{message}"))

    def document(self, access: Access, message: UUID) -> Paper:
        """Fetch the file of a message."""
        reply = self.line.get(access, f"/messages/{message}/document")
        _ensure(reply.content.startswith(b"%PDF-"))
        return Paper(pdf=reply.content, sent_at=_instant(reply.last_modified))

    def choose_post(self, access: Access, message: UUID, *, by_post: bool) -> None:
        """Send the choice for paper."""
        self.line.send(access, "PUT", f"/messages/{message}/post", to_wire(Post(by_post=by_post)))

    def running(self, access: Access, product: str) -> CaseLine | None:
        """Look up the open case."""
        lines = [each for each in self.overview(access).cases if each.product == product and each.state.is_open]
        return min(lines, key=lambda line: line.received_on, default=None)

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
        """Begin an application there, and remember where it is."""
        new = NewDraft(product=product, name=name, language=language, supplied=supplied or {}, cause=cause)
        with asking_log.asked(access, asking_log.DRAFT):
            found = _read(Draft, self.line.send(access, "POST", "/drafts", to_wire(new)))
        elsewhere.remember(access, [(found.id, found.product)])
        return found

    def draft(self, access: Access, draft: UUID) -> tuple[Draft, Assessment | None]:
        """Look up a draft."""
        found = _read(DraftSaid, self.line.get(access, f"/drafts/{draft}"))
        return found.draft, found.assessment

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
        new = FilledIn(supplied=supplied or {}, unknown=unknown, corrections=corrections, remark=remark)
        return _read(Draft, self.line.send(access, "PATCH", f"/drafts/{draft}", to_wire(new)))

    def discard(self, access: Access, draft: UUID) -> None:
        """Throw a draft away."""
        self.line.send(access, "DELETE", f"/drafts/{draft}")

    def submit(self, access: Access, draft: UUID, key: UUID) -> CaseLine:
        """Send an application; a lost answer is asked for again with the same key."""
        new = NewCase(product=access.product, draft=draft, key=key)
        with asking_log.asked(access, asking_log.CASE):
            found = _read(CaseLine, self.line.send(access, "POST", "/cases", to_wire(new)))
        agreements.use(access)
        elsewhere.remember(access, [(found.id, found.product)])
        return found

    def case(self, access: Access, case: UUID) -> Case:
        """Look up a case; whose it is has another name there, and keeps its own here."""
        found = _read(Case, self.line.get(access, f"/cases/{case}"))
        if found.decision and found.decision.message:
            elsewhere.remember(access, [(found.decision.message, found.line.product)])
        return replace(found, party=access.subject.party)

    def determination(self, access: Access, found: Case) -> Assessment | None:
        """Look up the determination of a case."""
        return _read(Determined, self.line.get(access, f"/cases/{found.line.id}/determination")).assessment

    def answer(self, access: Access, case: UUID, question: UUID, given: Value) -> None:
        """Send the answer to a question."""
        self.line.send(access, "POST", f"/cases/{case}/answers", to_wire(Answer(question=question, given=given)))

    def object_to(self, access: Access, case: UUID, text: str, *, late_because: str = "") -> None:
        """Send an objection; a lost answer is asked for again, and gives the same objection."""
        self.line.send(
            access, "POST", f"/cases/{case}/objection", to_wire(Grounds(text=text, late_because=late_because))
        )

    def withdraw(self, access: Access, case: UUID) -> None:
        """Take an application back; asked once, because a second time is refused."""
        self.line.send(access, "POST", f"/cases/{case}/withdrawal", again=False)


def _read(kind: type[Whole], reply: Reply) -> Whole:
    try:
        return from_wire(kind, reply.json())
    except MalformedRequest:
        raise gone("an answer of another form") from None


def _ensure(is_as_asked: bool) -> None:
    if not is_as_asked:
        raise gone("an answer to something else")


def _instant(text: str) -> datetime:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        raise gone("an answer of another form") from None
