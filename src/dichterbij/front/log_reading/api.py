"""The reading API of Logboek Dataverwerkingen: an organisation asks its own lines, a page at a time."""

from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from dichterbij.delivery.providers.signed import FromBody, Signed
from dichterbij.ground.authority.services import on_duty
from dichterbij.ground.logbook import projections, services
from dichterbij.ground.logbook.domain import Entry, Kind, Result
from dichterbij.ground.logbook.projections import Wanted
from dichterbij.ground.logbook.proving import LARGEST
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import NOBODY
from dichterbij.kernel.identifiers import Oin
from dichterbij.web.api import MalformedRequest, make_api

KIND = "dichterbij-reads-log+jwt"
PREFIX = "api/data-processing-log/v1"
ACTIVITY = "logboek.uitlezen"

api = make_api(
    "data-processing-log",
    title="Dichterbij: read the log of data processing",
    version="1.1.0",
    description="An organisation reads its own lines, in the form of the reading extension of Logboek "
    "Dataverwerkingen. Every request carries a token (JWS, kind `dichterbij-reads-log+jwt`, Ed25519) that the "
    "organisation signed for this request: `aud` (number of who operates this instance), `iat`, `exp` (at most 60 "
    "seconds later), `jti` (UUID, used once), `digest` (base64url SHA-256 of method, path and body with a zero byte "
    "between). People are pseudonyms that differ per organisation and year; no record names a worker, a datum or a "
    "value. Lines of confidential activities are not here. Ask for a trace, an activity or a person; go on with "
    "`nextCursor` until there is none: a page looks at 5,000 lines of the log at most and can be empty while there "
    "are more. Ask later from `readUpTo` for what was signed since. Each reading is itself a line.",
    auth=Signed(KIND),
)


class Question(Schema):
    """Which lines: at least a trace, a processing activity (of a version), or a person (as a pseudonym)."""

    trace_id: Annotated[str | None, Field(alias="traceId", pattern=r"^[0-9a-f]{32}$")] = None
    processing_activity_id: Annotated[
        str | None,
        Field(alias="processingActivityId", pattern=r"^urn:nld:oin:[0-9]{20}:verwerkingsactiviteit:.{1,200}$"),
    ] = None
    data_subject_id: Annotated[str | None, Field(alias="dataSubjectId", pattern=r"^[0-9a-f]{64}$")] = None
    start_time: Annotated[AwareDatetime | None, Field(alias="startTime")] = None
    end_time: Annotated[AwareDatetime | None, Field(alias="endTime")] = None
    cursor: Annotated[int, Field(ge=0, le=LARGEST)] = 0
    limit: Annotated[int, Field(ge=1, le=1000)] = 100


class Metadata(Schema):
    """Whose log it is."""

    logbook_id: Annotated[str, Field(alias="logbookId")]
    organization_name: Annotated[str, Field(alias="organizationName")]


class Operation(Schema):
    """One record of Logboek Dataverwerkingen."""

    trace_id: Annotated[str, Field(alias="traceId")]
    span_id: Annotated[str, Field(alias="spanId")]
    status: Literal["Unset", "Ok", "Error"]
    name: str
    start_time: Annotated[AwareDatetime, Field(alias="startTime")]
    end_time: Annotated[AwareDatetime, Field(alias="endTime")]
    resource: dict[str, dict[str, str]]
    attributes: dict[str, str]


class Operations(Schema):
    """A page of records, the oldest first."""

    metadata: Metadata
    data_processing_operations: Annotated[list[Operation], Field(alias="dataProcessingOperations")]
    next_cursor: Annotated[int | None, Field(alias="nextCursor", description="where to go on; null at the end")]
    read_up_to: Annotated[int, Field(alias="readUpTo", description="as cursor of a later question: only what is new")]


@api.post("/data-processing-operations", response=Operations, by_alias=True)
def data_processing_operations(request: FromBody, body: Question) -> Any:
    """Give the lines of the organisation that asks; recorded before they are given."""
    if not (body.trace_id or body.processing_activity_id or body.data_subject_id):
        raise MalformedRequest("Noem een trace, een verwerkingsactiviteit of een betrokkene.")
    _record(request.auth)
    wanted = Wanted(
        trace=body.trace_id,
        activity=body.processing_activity_id,
        subject=body.data_subject_id,
        since=body.start_time,
        until=body.end_time,
    )
    found = projections.page(request.auth, wanted, after=body.cursor, limit=body.limit)
    return {
        "metadata": {
            "logbookId": f"urn:nld:oin:{request.auth}:logboek",
            "organizationName": organisations.organisation(request.auth).name,
        },
        "dataProcessingOperations": [projections.in_camels(each) for each in found.records],
        "nextCursor": found.following,
        "readUpTo": found.read_up_to,
    }


def _record(asker: Oin) -> None:
    access = on_duty(organisations.operator().oin, activities.activity(ACTIVITY), f"gevraagd door {asker}", NOBODY)
    services.record(access, Entry(kind=Kind.VIEW, subject=None, fields=("logboek",), outcome=Result.GIVEN))
