"""The catalogue for programs, open to anyone: decisions with their data, flows, processing activities, data sets."""

from dataclasses import asdict
from typing import Any, Literal

from django.http import HttpRequest, JsonResponse
from django.utils import translation
from ninja import Field, Schema

from dichterbij.ground.authority.routes import ANYONE, api_open_to
from dichterbij.kernel.problems import Problem
from dichterbij.web.api import make_api

from . import dcat, decisions, flows
from .domain import GOAL, Controller, Datum, Decision, Processing

PREFIX = "api/data-catalogue/v1"
WHO = api_open_to(ANYONE)

api = make_api(
    "data-catalogue",
    title="Dichterbij: which data for which decision",
    version="1.1.0",
    description="What the government uses for a decision, from which source, by which article; who gives what to whom "
    "on which ground; the record of processing activities (GDPR article 30); the data sets as DCAT-AP-NL. No personal "
    "data.",
    auth=WHO,
)


class UnknownDecision(Problem):
    """There is no decision with this key, or it is not in force today."""

    code = "unknown-decision"
    title = "Dit besluit staat niet in de catalogus"
    status = 404


class PlaceOut(Schema):
    """An article that uses a datum."""

    law: str
    article: str
    url: str


class DatumOut(Schema):
    """A fact that a decision may use. `registry` is empty for what must be asked; `whyAsked` says why."""

    fact: str
    label: str
    registry: str
    source: str
    holder: str
    ofSelf: bool = Field(description="of who the decision is about")  # noqa: N815 NL API Design Rules
    ofOthers: bool = Field(description="of others, such as a partner or child")  # noqa: N815 NL API Design Rules
    whyAsked: str  # noqa: N815 NL API Design Rules
    places: list[PlaceOut]


class DecisionLine(Schema):
    """A decision in the list."""

    key: str
    name: str
    law: str
    lawName: str  # noqa: N815 NL API Design Rules
    article: str
    url: str
    authority: str
    kind: Literal["decision", "position"]
    products: list[str]
    known: int
    asked: int


class DecisionOut(DecisionLine):
    """A decision with its data."""

    data: list[DatumOut]


class Decisions(Schema):
    """The decisions, counted against the goal of policy."""

    count: int
    goal: int
    decisions: list[DecisionLine]


class FlowOut(Schema):
    """What the keeper of a registry gives a body."""

    registry: str
    source: str
    giver: str
    receiver: str
    activity: str
    purpose: str
    legalBasis: str  # noqa: N815 NL API Design Rules
    url: str
    fields: list[str]


class Flows(Schema):
    """Who gives what to whom."""

    flows: list[FlowOut]


class ProcessingOut(Schema):
    """A processing activity (GDPR article 30)."""

    id: str
    version: str
    controller: str
    purpose: str
    legalBasis: str  # noqa: N815 NL API Design Rules
    url: str
    categories: list[str]
    sources: list[str]
    automatic: bool
    confidential: bool
    people: str | None = Field(description="categories of people (article 30(1)(c)); null: the controller did not say")
    recipients: str | None = Field(description="to whom it is disclosed (d); null: not stated")
    transfer: str | None = Field(description="outside the EU, with safeguards (e); null: not stated")
    retention: str | None = Field(description="when it is erased (f); null: not stated")
    measures: str | None = Field(description="security measures (g); null: not stated")


class ControllerOut(Schema):
    """An organisation whose record is here. `version` changes with anything that stands in it."""

    key: str
    name: str
    address: str
    phone: str
    url: str
    dataProtectionOfficer: str | None = Field(description="how to reach them; null: not stated")  # noqa: N815 NL API Design Rules
    version: str


class ProcessingActivities(Schema):
    """The record of processing activities."""

    controllers: list[ControllerOut]
    activities: list[ProcessingOut]


@api.get("/decisions", response=Decisions)
def decision_list(request: HttpRequest) -> Any:  # noqa: ARG001 the same for everybody
    """List the decisions that are computed here today."""
    found = decisions.decisions(_language())
    return {"count": len(found), "goal": GOAL, "decisions": [_line(each) for each in found]}


@api.get("/decisions/{key}", response=DecisionOut)
def decision(request: HttpRequest, key: str) -> Any:  # noqa: ARG001 the same for everybody
    """Give one decision with its data."""
    found = decisions.decision(key, _language())
    if found is None:
        raise UnknownDecision
    return {**_line(found), "data": [_datum(each) for each in found.data]}


@api.get("/flows", response=Flows)
def flow_list(request: HttpRequest) -> Any:  # noqa: ARG001 the same for everybody
    """List who gives what to whom, for what and on which ground."""
    return {
        "flows": [
            {
                "registry": each.registry,
                "source": each.source,
                "giver": each.giver,
                "receiver": each.receiver,
                "activity": each.activity,
                "purpose": each.purpose,
                "legalBasis": each.legal_basis,
                "url": each.url,
                "fields": list(each.fields),
            }
            for each in flows.flows(_language())
        ]
    }


@api.get("/processing-activities", response=ProcessingActivities)
def processing_list(request: HttpRequest) -> Any:  # noqa: ARG001 the same for everybody
    """List the processing activities in force, and whose they are."""
    found = flows.controllers(_language())
    return {
        "controllers": [_controller(each) for each in found],
        "activities": [_processing(each) for one in found for each in one.activities],
    }


@api.get("/datasets", response={200: dict[str, Any]})
def datasets(request: HttpRequest) -> Any:
    """Give the catalogue of data sets (DCAT-AP-NL 3.0, JSON-LD)."""
    found = dcat.catalogue(request.build_absolute_uri("/").rstrip("/"))
    return JsonResponse(found, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})


def _line(each: Decision) -> dict[str, object]:
    return {
        "key": each.key,
        "name": each.name,
        "law": each.law,
        "lawName": each.law_name,
        "article": each.article,
        "url": each.url,
        "authority": each.authority,
        "kind": "decision" if each.is_decision else "position",
        "products": list(each.products),
        "known": len(each.known),
        "asked": len(each.asked),
    }


def _controller(each: Controller) -> dict[str, object]:
    return {
        "key": each.key,
        "name": each.name,
        "address": each.address,
        "phone": each.phone,
        "url": each.url,
        "dataProtectionOfficer": each.officer or None,
        "version": each.version,
    }


def _processing(each: Processing) -> dict[str, object]:
    return {
        "id": each.id,
        "version": each.version,
        "controller": each.controller,
        "purpose": each.purpose,
        "legalBasis": each.legal_basis,
        "url": each.url,
        "categories": list(each.categories),
        "sources": list(each.sources),
        "automatic": each.is_automatic,
        "confidential": each.is_confidential,
        **{name: text or None for name, text in asdict(each.stated).items()},
    }


def _datum(each: Datum) -> dict[str, object]:
    return {
        "fact": each.fact,
        "label": each.label,
        "registry": each.registry,
        "source": each.source,
        "holder": each.holder,
        "ofSelf": each.of_self,
        "ofOthers": each.of_others,
        "whyAsked": each.why_asked,
        "places": [{"law": place.law, "article": place.article, "url": place.url} for place in each.places],
    }


def _language() -> str:
    return (translation.get_language() or "nl").split("-")[0]
