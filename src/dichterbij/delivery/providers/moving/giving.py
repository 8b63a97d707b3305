"""The side where somebody is logged in: record that they go on elsewhere and for what, and give that with a code, once.

The code travels through the browser and says nothing. Who they are goes from machine to machine, only to the instance
they go to, when that asks with the code and its own signature.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from secrets import token_urlsafe
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, gettext_noop, override

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import UnknownProduct
from dichterbij.ground.authority.services import on_request, require
from dichterbij.ground.identity import acts
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations import tokens
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.ground.registry import activities
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission, Product, Subject
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level
from dichterbij.kernel.problems import Problem

from .. import elsewhere
from ..models import HandOver

TASK = "portaal.verdergaan"
KIND = "dichterbij-hands-over+jwt"
VALID_FOR = timedelta(seconds=60)


class CannotGoOn(Problem):
    """A login that does not go along: of a worker, without a BSN, for a company, or that came from elsewhere itself."""

    code = "cannot-go-on"
    title = "Met deze inlog kunt u daar niet verder"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            gettext_noop(
                "Alleen een inlog met uw burgerservicenummer die u hier begon, kan mee. Voor een bedrijf kan dit niet."
            ),
            remedy=gettext_noop("Log bij die organisatie zelf in."),
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
    return named if named and name_of(named) else ""


def name_of(product: str) -> str:
    """Return the Dutch name of a product; empty for one that is not known here."""
    try:
        return catalogue.product(product).name("nl") if product else ""
    except UnknownProduct:
        return ""


def ensure_may_go(login: Login) -> None:
    """Raise `CannotGoOn` for a login that does not go along."""
    if login.audience is not Audience.CITIZEN or login.bsn is None or login.means.startswith("portal-"):
        raise CannotGoOn
    if login.acting_for and login.acting_for.subject.bsn is None:
        raise CannotGoOn


def offer(login: Login, to: Organisation, product: str, *, state: str) -> str:
    """Record that somebody goes on elsewhere, and for what; returns the code with which that instance may ask who.

    The code works only with `state`, by which that instance knows the browser that asked. Raises `CannotGoOn`,
    `StepUpNeeded` and `Denied`.
    """
    ensure_may_go(login)
    for access in _accesses(login, product, _why(to, product)):
        logbook.record_act(access, "verdergaan")
    code, act = token_urlsafe(32), acts.current()
    HandOver.objects.create(
        number=uuid4(),
        login=login.id,
        owner=login.owner,
        organisation=to.oin.value,
        product=product,
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
    claims = {"aud": asker.value, "iat": int(now.timestamp()), "jti": str(row.number)}
    said = json.dumps(_said(login, row)).encode()
    return tokens.sign(organisations.operator().oin, {**claims, "sub": tokens.encrypt(asker, said)}, kind=KIND)


def _said(login: Login, row: HandOver) -> dict[str, object]:
    """Return everything that goes along; nothing of it is a secret between the two, all of it is of the person."""
    subject = login.subject.bsn
    return {
        "actor": login.bsn and login.bsn.value,
        "name": login.name,
        "subject": subject and subject.value,
        "subject_name": login.subject_name,
        "level": login.level.name.lower(),
        "means": login.means,
        "since": login.authenticated_at.isoformat(),
        "until": login.absolute_until.isoformat(),
        "product": row.product,
        "act": str(row.act),
        "trace": row.trace,
    }


def _accesses(login: Login, product: str, why: str) -> Iterator[Access]:
    """Give the access to one's own login, and to whose matters go along: for that they must be allowed to act."""
    operator, activity = organisations.operator().oin, activities.activity(TASK)
    task = Product(id=TASK, organisation=operator, activity=activity, level=Level.LOW)
    own = Subject(party=login.party, bsn=login.bsn)
    yield require(login, task, Permission.READ, subject=own, reason=why)
    if login.acting_for:
        place = catalogue.for_access(product) if product else elsewhere.product_at(operator)
        theirs = on_request(require(login, place, Permission.READ, reason=why), operator, activity)
        yield replace(theirs, product=TASK)


def _why(to: Organisation, product: str) -> str:
    what = name_of(product) or "uw zaken daar"
    return f"Verder bij {to.name}, voor: {what}. Naam, burgerservicenummer en inlogniveau gingen mee."


def _hash(code: str, state: str) -> str:
    return hashlib.sha256(json.dumps([code, state]).encode()).hexdigest()
