"""The side where somebody is logged in: record that they go on elsewhere and for what, and give that with a code, once.

The code travels through the browser and says nothing. Who they are goes from machine to machine, only to the instance
they go to, when that asks with the code and its own signature.
"""

import hashlib
import json
from datetime import timedelta
from secrets import token_urlsafe
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, gettext_noop, override

from dichterbij.ground.authority.domain import Kind
from dichterbij.ground.identity import acts
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

from .. import elsewhere, stating
from ..models import HandOver
from ..stating import Said
from . import instances, purpose
from .sealing import sealed

KIND = "dichterbij-hands-over+jwt"
VALID_FOR = timedelta(seconds=60)
STATED = frozenset({Kind.MANDATE, Kind.EMPLOYEE})
"""Grounds that no register there knows: who is there hears of them from us, or from nobody."""


class CannotGoOn(Problem):
    """A login that does not go along: of a worker, without a BSN, or that came from elsewhere itself."""

    code = "cannot-go-on"
    title = "Met deze inlog kunt u daar niet verder"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            gettext_noop("Alleen een inlog met uw burgerservicenummer die u hier begon, kan mee."),
            remedy=gettext_noop("Log bij die organisatie zelf in."),
        )


class NotForThemThere(Problem):
    """Somebody acts for another on a ground that nobody there can see, or that is not for the bodies there."""

    code = "not-for-them-there"
    title = "Voor die ander kunt u daar niet verder"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            gettext_noop("U mag hier voor die ander handelen. Dat geldt niet voor deze organisatie."),
            remedy=gettext_noop("Regel het hier. Of ga eerst terug naar uw eigen zaken."),
        )


class HandOverOver(Problem):
    """A code that is not known, was used, is a minute old, of another browser, or of a login that ended or changed."""

    code = "hand-over-over"
    title = "Deze overgang geldt niet meer"
    status = 403


def product_of(page: str) -> str:
    """Return the product that a page is about, in whatever language; empty for a page about none that is known."""
    path = urlsplit(page).path
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            found = resolve(path).kwargs
        except Resolver404:
            return ""
    number = found.get("draft") or found.get("case") or found.get("message")
    named = elsewhere.product_of(number) if isinstance(number, UUID) else str(found.get("product", ""))
    return named if named and purpose.name_of(named) else ""


def ensure_may_go(login: Login) -> None:
    """Raise `CannotGoOn` for a login that does not go along."""
    if login.audience is not Audience.CITIZEN or login.bsn is None or instances.is_from_portal(login):
        raise CannotGoOn


def with_whom(login: Login, to: Organisation, product: str) -> tuple[Access | None, Said | None]:
    """Return the access to whose matters go along, and what is said of the mandate for that; None for neither.

    Raises `NotForThemThere`, `StepUpNeeded` and `Denied`.
    """
    if login.acting_for is None:
        return None, None
    bodies = instances.bodies_at(to)
    access = purpose.theirs(login, product, bodies, _why(login, to, product))
    said = stating.said(access.on_behalf_of, bodies)
    if said is None and access.on_behalf_of.partition(":")[0] in STATED:
        raise NotForThemThere
    return access, said


def offer(login: Login, to: Organisation, product: str, *, state: str) -> str:
    """Record that somebody goes on elsewhere, and for what; returns the code with which that instance may ask who.

    The code works only with `state`, by which that instance knows the browser that asked. Raises `CannotGoOn` and what
    `with_whom` raises.
    """
    ensure_may_go(login)
    theirs, _ = with_whom(login, to, product)
    for access in (purpose.own(login, _why(login, to, product)), theirs):
        if access:
            logbook.record_act(access, "verdergaan")
    code, act = token_urlsafe(32), acts.current()
    HandOver.objects.create(
        number=uuid4(),
        login=login.id,
        owner=login.owner,
        organisation=to.oin.value,
        product=product,
        ground=theirs.on_behalf_of if theirs else "",
        act=act.id,
        trace=act.trace,
        code_hash=_hash(code, state),
        made_at=clock.now(),
    )
    return code


def give(asker: Oin, code: str, state: str) -> str:
    """Return, signed and encrypted to who asks, who has the login of a code; once. Raises `HandOverOver`."""
    now = clock.now()
    waiting = HandOver.objects.filter(
        organisation=asker.value, code_hash=_hash(code, state), taken_at=None, made_at__gt=now - VALID_FOR
    )
    row = waiting.first()
    login = identity.running(row.login) if row else None
    if row is None or login is None or login.owner != row.owner or not waiting.update(taken_at=now):
        raise HandOverOver
    return sealed(asker, row.number, _said(login, row), kind=KIND)


def _said(login: Login, row: HandOver) -> dict[str, object]:
    """Return everything that goes along; nothing of it is a secret between the two, all of it is of the person."""
    subject, to = login.subject.number, organisations.organisation(Oin(row.organisation))
    return {
        "actor": login.bsn and login.bsn.value,
        "name": login.name,
        "subject": subject and subject.value,
        "subject_name": login.subject_name,
        "mandate": stating.said(row.ground, instances.bodies_at(to)),
        "level": login.level.name.lower(),
        "means": login.means,
        "since": login.authenticated_at.isoformat(),
        "until": login.absolute_until.isoformat(),
        "product": row.product,
        "act": str(row.act),
        "trace": row.trace,
    }


def _why(login: Login, to: Organisation, product: str) -> str:
    what = purpose.name_of(product) or "uw zaken daar"
    for_whom = ", en voor wie" if login.acting_for else ""
    return f"Verder bij {to.name}, voor: {what}. Naam, burgerservicenummer en inlogniveau gingen mee{for_whom}."


def _hash(code: str, state: str) -> str:
    return hashlib.sha256(json.dumps([code, state]).encode()).hexdigest()
