"""The contract of an organisation over HTTP: what `Provider` says, for a portal in another instance."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import http_date
from ninja import Status

from dichterbij.delivery.cases.domain import Case, CaseLine, Draft
from dichterbij.delivery.messages.domain import Opened
from dichterbij.ground.assessment.structure import written
from dichterbij.kernel.access import Permission
from dichterbij.web.api import make_api

from . import reaching, receiving
from .domain import Overview
from .forms import (
    About,
    Answer,
    Answers,
    Box,
    Determined,
    DraftSaid,
    FilledIn,
    Grounds,
    NewCase,
    NewDraft,
    Post,
    Questions,
    Reached,
)
from .in_process import InProcess
from .moving import machine
from .reaching import AskedToReach, SignedByBody
from .receiving import Asking, SignedAssertion
from .wire import schema, value_of

PREFIX = "/api/provider/v1"

api = make_api(
    "provider",
    title="Dichterbij: ask an organisation",
    version="1.0.0",
    description="What a portal asks an organisation in the name of the person who is logged in there. Every request "
    "carries an assertion (JWS, kind `dichterbij-asks+jwt`): signed by who operates the portal, for this request, "
    "valid for 60 seconds and used once, with the numbers of who acts and of whom it is about encrypted to the "
    "organisation (JWE): nine digits of a citizen, eight of a company in the business register. The other "
    "way round an organisation asks who operates the portal how a person wants to hear (`/reach`), with a token of the "
    "same form (kind `dichterbij-reaches+jwt`; `sub` is that number, encrypted to the operator).",
    auth=SignedAssertion(),
)
_here = InProcess()


@api.post("/assessments", response=schema(Answers), by_alias=True)
def assess(request: Asking, body: schema(Questions)) -> Any:  # type: ignore[valid-type]
    """Determine what the law says on questions about the person, with what the organisation reads itself."""
    asked = value_of(Questions, body)
    access = receiving.to_assess(request.auth, asked.activity)
    return written(Answers(assessments=_here.assess(access, asked.requests, asked.supplied)))


@api.get("/overview", response=schema(Overview), by_alias=True)
def overview(request: Asking) -> Any:
    """List the drafts and cases of the person."""
    access = receiving.to_all_cases(request.auth)
    return written(_here.overview(access) if access else Overview())


@api.post("/drafts", response={201: schema(Draft)}, by_alias=True)
def start(request: Asking, body: schema(NewDraft)) -> Any:  # type: ignore[valid-type]
    """Begin an application, prefilled."""
    new = value_of(NewDraft, body)
    access = receiving.to_start(request.auth, new.product)
    draft = _here.start(
        access, new.product, name=new.name, language=new.language, supplied=new.supplied, cause=new.cause
    )
    return Status(201, written(draft))


@api.get("/drafts/{uuid:draft}", response=schema(DraftSaid), by_alias=True)
def draft(request: Asking, draft: UUID) -> Any:
    """Show an application that is not sent yet."""
    found, said = _here.draft(receiving.to_draft(request.auth, draft), draft)
    return written(DraftSaid(draft=found, assessment=said))


@api.patch("/drafts/{uuid:draft}", response=schema(Draft), by_alias=True)
def fill(request: Asking, draft: UUID, body: schema(FilledIn)) -> Any:  # type: ignore[valid-type]
    """Keep what the applicant filled in; what is left out stays."""
    new = value_of(FilledIn, body)
    access = receiving.to_draft(request.auth, draft)
    kept = _here.fill(
        access, draft, supplied=new.supplied, unknown=new.unknown, corrections=new.corrections, remark=new.remark
    )
    return written(kept)


@api.delete("/drafts/{uuid:draft}", response={204: None})
def discard(request: Asking, draft: UUID) -> Any:
    """Throw an application away that is not sent yet."""
    _here.discard(receiving.to_draft(request.auth, draft), draft)
    return Status(204, None)


@api.post("/cases", response={201: schema(CaseLine)}, by_alias=True)
def submit(request: Asking, body: schema(NewCase)) -> Any:  # type: ignore[valid-type]
    """Send an application; sent again with the same key it gives the same case."""
    new = value_of(NewCase, body)
    return Status(201, written(_here.submit(receiving.to_submit(request.auth, new.product), new.draft, new.key)))


@api.get("/cases/{uuid:case}", response=schema(Case), by_alias=True)
def case(request: Asking, case: UUID) -> Any:
    """Show a case with all that belongs to it."""
    return written(_here.case(receiving.to_case(request.auth, case, Permission.READ), case))


@api.get("/cases/{uuid:case}/determination", response=schema(Determined), by_alias=True)
def determination(request: Asking, case: UUID) -> Any:
    """Show the determination that a case rests on now."""
    access = receiving.to_case(request.auth, case, Permission.READ)
    return written(Determined(assessment=_here.determination(access, _here.case(access, case))))


@api.post("/cases/{uuid:case}/answers", response={204: None})
def answer(request: Asking, case: UUID, body: schema(Answer)) -> Any:  # type: ignore[valid-type]
    """Answer a question of the organisation; the same answer again changes nothing."""
    new = value_of(Answer, body)
    _here.answer(receiving.to_case(request.auth, case, Permission.SUBMIT), case, new.question, new.given)
    return Status(204, None)


@api.post("/cases/{uuid:case}/objection", response={204: None})
def object_to(request: Asking, case: UUID, body: schema(Grounds)) -> Any:  # type: ignore[valid-type]
    """Object to the decision in force; a second time for it changes nothing."""
    new = value_of(Grounds, body)
    access = receiving.to_case(request.auth, case, Permission.SUBMIT)
    _here.object_to(access, case, new.text, late_because=new.late_because)
    return Status(204, None)


@api.post("/cases/{uuid:case}/withdrawal", response={204: None})
def withdraw(request: Asking, case: UUID) -> Any:
    """Take an application back."""
    _here.withdraw(receiving.to_case(request.auth, case, Permission.SUBMIT), case)
    return Status(204, None)


@api.get("/messages", response=schema(Box), by_alias=True)
def box(request: Asking, case: UUID | None = None) -> Any:
    """List the messages to the person; only those of a case when it is given."""
    auth = request.auth
    access = receiving.to_case(auth, case, Permission.READ) if case else receiving.to_box(auth)
    return written(Box(messages=_here.box(access, case) if access else ()))


@api.get("/messages/{uuid:message}", response=schema(Opened), by_alias=True)
def message(request: Asking, message: UUID) -> Any:
    """Show a message as it was sent; that the receiver opened it is noted."""
    return written(_here.message(receiving.to_message(request.auth, message), message))


@api.get("/messages/{uuid:message}/document", openapi_extra={"responses": {200: {"content": {"application/pdf": {}}}}})
def document(request: Asking, message: UUID) -> HttpResponse:
    """Give the file of a message (PDF/UA); `Last-Modified` is when it was sent."""
    paper = _here.document(receiving.to_message(request.auth, message), message)
    return HttpResponse(
        paper.pdf,
        content_type="application/pdf",
        headers={"Last-Modified": http_date(paper.sent_at.timestamp()), "Cache-Control": "private, no-store"},
    )


@api.put("/messages/{uuid:message}/post", response={204: None})
def choose_post(request: Asking, message: UUID, body: schema(Post)) -> Any:  # type: ignore[valid-type]
    """Choose whether the messages of this sender also come on paper."""
    chosen = value_of(Post, body).by_post
    _here.choose_post(receiving.to_all_messages(request.auth, message), message, by_post=chosen)
    return Status(204, None)


@api.post("/reach", response=schema(Reached), by_alias=True, auth=SignedByBody(reaching.KIND))
def reach(request: AskedToReach, body: schema(About)) -> Any:  # type: ignore[valid-type]
    """Say how a person who has something at the organisation that asks wants to hear from it."""
    return written(reaching.reach(request.auth, value_of(About, body).product))


api.add_router("", machine.router)
