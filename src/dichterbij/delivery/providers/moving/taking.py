"""The side where somebody goes on: fetch with the code who they are; open a login that is no surer and no longer."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext_noop

from dichterbij.ground.authority.domain import Denied
from dichterbij.ground.identity import acts, arrival, asking, blocking
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.domain import (
    Act,
    ActingFor,
    Assertion,
    AssertionRefused,
    Identifier,
    Login,
    LoginRequest,
    Stated,
    StepUpNeeded,
)
from dichterbij.ground.identity.refusals import LoginBlocked
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.kernel import clock
from dichterbij.kernel.access import Subject
from dichterbij.kernel.identifiers import Bsn, Number, number_of
from dichterbij.kernel.problems import InvalidIdentifier, Problem

from .. import stating
from ..assertion import trace_of
from ..line import Line
from ..receiving import ask_registers
from ..refusals import RefusedElsewhere
from . import carrying, giving, instances, purpose
from .sealing import REFUSES, opened

KIND = "dichterbij-takes-over+jwt"
PATH = "/hand-overs"
ACT = "hier verdergaan"


class NotForThemHere(Problem):
    """Somebody went on for another person, and here it cannot be established that they may."""

    code = "not-for-them-here"
    title = "U handelt hier voor uzelf"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            gettext_noop("U bent ingelogd. Wij konden hier niet vaststellen dat u voor die ander mag handelen."),
            remedy=gettext_noop("Ga terug naar de vorige organisatie om daar voor die ander verder te gaan."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the other instance says of a login that goes on here. `number`: by which it tells that the login ended.

    `mandate`: by which they act for the subject, when it was given there and that instance is believed in that.
    """

    number: UUID
    actor: Bsn
    name: str = field(repr=False)
    subject: Number
    subject_name: str = field(repr=False)
    mandate: Stated | None
    level: str
    means: str
    since: datetime
    until: datetime
    product: str
    act: Act


def fetch(portal: Organisation, code: str, state: str) -> Said:
    """Ask an instance who came with a code, in the browser that asked with `state`.

    Raises `AssertionRefused`, and `NotAvailable` when it does not answer.
    """
    try:
        answer = Line(url=portal.provider_url).post(portal.oin, KIND, PATH, {"code": code, "state": state}).json()
        return _read(portal, *opened(portal, answer, kind=giving.KIND))
    except (RefusedElsewhere, InvalidIdentifier, *REFUSES):
        raise AssertionRefused(
            gettext_noop("Deze overgang is verlopen of al gebruikt."),
            remedy=gettext_noop("Ga terug naar de vorige organisatie en probeer het opnieuw."),
        ) from None


def arrive(request: HttpRequest, portal: Organisation, said: Said, asked: LoginRequest) -> HttpResponseRedirect:
    """Open the login, record where it came from and for what, and go to the page that was asked for.

    No record, no login. Who logs in more surely in the middle of something goes on with that; anybody else goes on with
    whose matters they had before them there. Raises what `sign_in` raises, `LoginBlocked` when the means of the other
    side is blocked here, and `NotForThemHere`: then somebody is logged in for themselves.
    """
    _refuse_blocked(said)
    before: Login | None = request.login  # type: ignore[attr-defined]  # the middleware sets it
    is_step_up = before is not None and asked.level > before.level
    if before is not None and before.acting_for and not is_step_up:
        identity.act_for(request, None)
    went_on = arrival.arrive(request, _assertion(portal, said, asked.state))
    login: Login = request.login  # type: ignore[attr-defined]  # arriving is logging in
    try:
        with acts.within(said.act):
            why = _why(portal, said)
            logbook.record_act(purpose.own(login, why), ACT)
            if said.subject != said.actor:
                whose = Subject.of(identity.party_for(said.subject), said.subject)
                carrying.keep(login, portal.oin, said.number, whose.party, said.mandate)
                if not is_step_up:
                    _act_for(request, login, ActingFor(subject=whose, name=said.subject_name), said.product, why)
    except NotForThemHere:
        raise
    except Problem:
        identity.sign_out(request)
        raise
    return went_on


def _read(portal: Organisation, number: UUID, told: Any) -> Said:
    return Said(
        number=number,
        actor=Bsn(told["actor"]),
        name=str(told["name"]),
        subject=number_of(told["subject"]),
        subject_name=str(told["subject_name"]),
        mandate=stating.believed(portal.oin, told.get("mandate")),  # an older instance says nothing of it
        level=str(told["level"]),
        means=str(told["means"]),
        since=datetime.fromisoformat(told["since"]).astimezone(UTC),
        until=datetime.fromisoformat(told["until"]).astimezone(UTC),
        product=str(told["product"]),
        act=Act(id=UUID(told["act"]), trace=trace_of(str(told["trace"]))),
    )


def _assertion(portal: Organisation, said: Said, state: str) -> Assertion:
    return Assertion(
        means=instances.means_of(portal.oin),
        identifiers=(Identifier.of(said.actor),),
        level=said.level,
        state=state,
        name=said.name,
        upstream_session=str(said.number),
        upstream_token=str(said.number),
        authenticated_at=said.since,
        until=said.until,
    )


def _refuse_blocked(said: Said) -> None:
    """Refuse a login through a means that is blocked here under the same name, or that is over already."""
    if said.until <= clock.now():
        raise asking.not_asked()
    if blocking.is_blocked(identity.party_for(said.actor), said.means):
        raise LoginBlocked


def _why(portal: Organisation, said: Said) -> str:
    what = purpose.name_of(said.product) or "uw zaken hier"
    for_whom = ", en voor wie" if said.subject != said.actor else ""
    came = f"Naam, burgerservicenummer en inlogniveau kwamen mee{for_whom}."
    return f"Verder vanuit {portal.name}, voor: {what}. {came}"


def _act_for(request: HttpRequest, login: Login, whom: ActingFor, product: str, why: str) -> None:
    """Put the matters of another before the login when we find that they may act, and tell that other; else refuse."""
    with suppress(Problem):  # a register that is silent: what the others say counts
        ask_registers(login)
    try:
        access = purpose.theirs(replace(login, acting_for=whom), product, instances.bodies_here(), why)
    except (Denied, StepUpNeeded):
        raise NotForThemHere from None
    logbook.record_act(access, ACT)
    identity.act_for(request, whom)
