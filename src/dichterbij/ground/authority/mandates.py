"""Mandates: one person lets another act for them, for named products or everything, until a day.

Either side ends it at once; so do death and guardianship of who gave it. It is passed on only when that was allowed,
once, and never back. Law: Algemene wet bestuursrecht article 2:1 (anybody may be represented), Burgerlijk Wetboek 3:60,
3:63, 3:64 (passing on) and 3:72 (its end). Who has no login is asked by letter: the code in it is their yes.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity import services as identities
from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry
from dichterbij.ground.logbook.domain import Kind as LineKind
from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Matter, Permission, Subject
from dichterbij.kernel.dates import add_months
from dichterbij.kernel.problems import Problem

from . import codes, standing
from .codes import PURPOSE
from .domain import ACTING_LEVEL, OWN, Authority, Kind, Scope
from .models import Mandate
from .standing import Addressee, CannotMandate

MOST_MONTHS = 60
MOST_MANDATES = 100
MOST_PRODUCTS = 200
MOST_LETTERS = 5
"""How many people somebody asks by letter within two weeks."""
BELIEVED = timedelta(minutes=15)
"""How long the register of the courts is believed that who gave a mandate has no guardian."""
LOOKING = frozenset({Permission.READ, Permission.RECEIVE})


class UnknownMandate(Problem):
    """A mandate does not exist, or is somebody else's."""

    code = "unknown-mandate"
    title = "Deze machtiging bestaat niet"
    status = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """For what a mandate is and until which day.

    `products`: ids of what may be done; with `is_everything` every product there is or will be as well. `may_submit`:
    also to act, not only to look. `may_pass_on`: who has it may let one other act in their place.
    """

    products: frozenset[str]
    last_day: date
    is_everything: bool = False
    may_submit: bool = True
    may_pass_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A mandate as its people see it. `representative_name` is empty while nobody is named.

    `is_asked`: who wants to act asked for it, and who is represented has not said yes. `passed_on`: by who had it.
    """

    id: UUID
    represented: Subject
    represented_name: str = field(repr=False)
    representative_name: str = field(repr=False)
    terms: Terms
    made_at: datetime
    code_until: datetime
    is_accepted: bool
    is_asked: bool
    passed_on: bool

    @property
    def last_day(self) -> date:
        """Return the last day on which it holds."""
        return self.terms.last_day


def give(access: Access, *, name: str, terms: Terms) -> tuple[UUID, str]:
    """Let whoever has the code act for the subject of the access; returns the mandate and its code.

    `name`: of who gives it. Raises `CannotMandate`.
    """
    _ensure_sensible(access.subject.party, terms)
    standing.ensure_can_mandate(access)
    _record(access, "machtiging")
    row = _new(access.subject.party, terms, names={"represented": name, "representative": ""})
    return row.id, _with_code(row)


def pass_on(access: Access, mandate: UUID, *, last_day: date) -> tuple[UUID, str]:
    """Let whoever has the code act in the place of the subject of the access, for who gave them this mandate.

    Raises `UnknownMandate`, and `CannotMandate` when passing on was not allowed or ends later than the mandate itself.
    """
    row = _running().filter(id=mandate, representative=access.subject.party).exclude(accepted_at=None).first()
    if row is None:
        raise UnknownMandate
    if not row.may_pass_on:
        raise CannotMandate("U mag deze machtiging niet doorgeven.", remedy="Vraag wie u machtigde om een nieuwe.")
    before = _terms(row)
    terms = Terms(
        products=before.products,
        last_day=last_day,
        is_everything=before.is_everything,
        may_submit=before.may_submit,
    )
    if last_day > before.last_day:
        raise CannotMandate("Doorgeven kan niet langer dan uw eigen machtiging loopt.")
    _ensure_sensible(row.represented, terms)
    _record(access, "machtiging doorgeven")
    names = {"represented": _opened(row)["represented"], "representative": ""}
    passed = _new(row.represented, terms, names=names, passed_on_from=row.id)
    return passed.id, _with_code(passed)


def ask(access: Access, found: Addressee, *, name: str, terms: Terms, code: str) -> UUID:
    """Ask somebody who has no login to let the subject of the access act for them; the code in their letter says yes.

    `name`: of who asks. Called within the transaction that sends the letter. Raises `CannotMandate`.
    """
    party, represented = access.subject.party, identities.party_for(found.bsn)
    ensure_may_ask(access, found)
    names = {"represented": found.name, "representative": name}
    row = _new(represented, terms, names=names, representative=party)
    Mandate.objects.filter(id=row.id).update(code_lookup=codes.lookup(code))
    return row.id


def note_asked(access: Access) -> None:
    """Record that somebody wants to act for another, and count it: nobody tries many numbers."""
    _record(access, "machtiging vragen")
    codes.count(access.subject.party)


def ensure_may_ask(access: Access, found: Addressee) -> None:
    """Raise `CannotMandate` for oneself, and for who sent many letters already."""
    party = access.subject.party
    if found.bsn == access.subject.bsn:
        raise CannotMandate("U kunt niet vragen om voor uzelf te handelen.")
    asked = Mandate.objects.filter(representative=party, asked_at__gt=clock.now() - codes.WORKS_FOR)
    if asked.count() >= MOST_LETTERS:
        raise CannotMandate("U vroeg dit de laatste twee weken al vijf keer.", remedy="Bel ons of kom samen langs.")


def code_once(access: Access, mandate: UUID) -> tuple[Given, str] | None:
    """Return a new mandate with its code and forget the code; None when it was shown before."""
    row = _running().filter(id=mandate, accepted_at=None).first()
    if row is None or not _is_giver(row, access.subject.party):
        raise UnknownMandate
    kept = _opened(row)
    code = kept.pop("code", "")
    Mandate.objects.filter(id=row.id).update(sealed=_sealed(kept))
    return (_given([row])[0], code) if code else None


def look(access: Access, code: str) -> Given:
    """Return the mandate of a code that was handed over or posted, to say yes or no to.

    Raises `CodeUnknown`, `TooManyCodes`, and `CannotMandate` for one's own.
    """
    return _given([_of_code(access, code)])[0]


def accept(access: Access, code: str, *, name: str) -> Given:
    """Accept a mandate with its code. `name`: of who accepts. Raises what `look` raises."""
    row = _of_code(access, code)
    _record(access, "machtiging aannemen")
    return _accepted(row.id, access.subject.party, name, by_code=codes.lookup(code))


def refuse(access: Access, code: str) -> None:
    """Refuse a mandate with its code: it is over. Raises what `look` raises."""
    row = _of_code(access, code)
    _record(access, "machtiging weigeren")
    _over(Mandate.objects.filter(id=row.id), by=access.subject.party)


def allow(access: Access, mandate: UUID) -> Given:
    """Say yes to who asked to act for the subject of the access. Raises `UnknownMandate`, `CannotMandate`."""
    rows = _running().filter(id=mandate, represented=access.subject.party, accepted_at=None)
    row = rows.exclude(representative=None).first()
    if row is None or row.representative is None:
        raise UnknownMandate
    standing.ensure_can_mandate(access)
    _record(access, "machtiging")
    return _accepted(row.id, row.representative, _opened(row)["representative"])


def of_letter(worker: UUID, code: str) -> Given:
    """Return what somebody at the counter was asked in a letter, by its code. Raises `CodeUnknown`, `TooManyCodes`."""
    codes.ensure_not_guessing(worker)
    row = _running().filter(code_lookup=codes.lookup(code), accepted_at=None).exclude(representative=None).first()
    if row is None:
        raise codes.wrong(worker)
    return _given([row])[0]


def allow_at_counter(access: Access, mandate: UUID) -> Given:
    """Say yes for the subject of the access, who came to the counter with the letter. Raises `UnknownMandate`."""
    row = _running().filter(id=mandate, represented=access.subject.party, accepted_at=None).first()
    if row is None or row.representative is None:
        raise UnknownMandate
    _record(access, "machtiging aan de balie")
    return _accepted(row.id, row.representative, _opened(row)["representative"])


def end(access: Access, mandate: UUID) -> None:
    """End a mandate at once, by any of its people; ended twice is ended. Raises `UnknownMandate`."""
    _record(access, "machtiging stoppen")
    row = Mandate.objects.filter(id=mandate).first()
    party = access.subject.party
    if row is None or (party not in (row.represented, row.representative) and not _is_giver(row, party)):
        raise UnknownMandate
    _over(Mandate.objects.filter(id=mandate), by=party)


def given(access: Access) -> tuple[Given, ...]:
    """Return the mandates over somebody's matters that hold or wait, newest first."""
    return _given(_running().filter(represented=access.subject.party))


def received(access: Access) -> tuple[Given, ...]:
    """Return the mandates with which somebody may act for others, newest first.

    What they asked for and has no answer yet is not told: that would say whether a number belongs to somebody.
    """
    return _given(_running().filter(representative=access.subject.party).exclude(accepted_at=None))


def source(login: Login, subject: Subject, at: datetime) -> tuple[Authority, ...]:
    """Return what a login may do for another by mandate; also ended ones, so that the reason can be told.

    Asks the register of the courts again after a quarter of an hour; guardianship ends every mandate.
    """
    if login.audience is not Audience.CITIZEN or subject.party == login.party or identity.has_died(subject.party):
        return ()
    rows = Mandate.objects.filter(representative=login.party, represented=subject.party)
    found = list(rows)
    if login.level >= ACTING_LEVEL and any(_is_to_check(row, at) for row in found):
        from .portal import own_access  # the portal asks `require`, which asks the sources

        _check(own_access(login, Permission.READ), subject.party)
        found = list(rows.all())
    return tuple(authority for row in found for authority in _authorities(row))


def holding(mandate: UUID, access: Callable[[], Access]) -> Given | None:
    """Return a mandate that holds now; None when it does not. `access`: to ask the courts, when that is needed."""
    rows = _running().filter(id=mandate).exclude(accepted_at=None)
    row = rows.first()
    if row is not None and _is_to_check(row, clock.now()):
        _check(access(), row.represented)
        row = rows.first()
    if (
        row is None
        or identity.has_died(row.represented)
        or (row.representative and identity.has_died(row.representative))
    ):
        return None
    return _given([row])[0]


def between(one: UUID, other: UUID) -> "QuerySet[Mandate]":
    """Return the mandates by which one of two people acts for the other now."""
    pairs = Q(represented=one, representative=other) | Q(represented=other, representative=one)
    return _running().filter(pairs).exclude(accepted_at=None)


def purge(now: datetime) -> int:
    """Remove mandates two years after their end; returns how many."""
    ended = add_months(clock.day_of(now), -24)
    old = Mandate.objects.filter(Q(ended_at__lt=clock.end_of(ended)) | Q(valid_until__lt=clock.end_of(ended)))
    return old.delete()[0]


def _ensure_sensible(represented: UUID, terms: Terms) -> None:
    today = clock.today()
    if not today <= terms.last_day <= add_months(today, MOST_MONTHS):
        raise CannotMandate("Een machtiging loopt van vandaag tot hoogstens vijf jaar verder.")
    if not 0 < len(terms.products) <= MOST_PRODUCTS:
        raise CannotMandate("Kies waarvoor de machtiging is.")
    if _running().filter(represented=represented).count() >= MOST_MANDATES:
        raise CannotMandate("U hebt al honderd machtigingen.", remedy="Stop eerst een machtiging die u niet gebruikt.")


def _new(
    represented: UUID,
    terms: Terms,
    *,
    names: dict[str, str],
    representative: UUID | None = None,
    passed_on_from: UUID | None = None,
) -> Mandate:
    now, until = clock.now(), clock.end_of(terms.last_day)
    return Mandate.objects.create(
        represented=represented,
        representative=representative,
        products=sorted(terms.products),
        is_everything=terms.is_everything,
        may_submit=terms.may_submit,
        may_pass_on=terms.may_pass_on,
        passed_on_from=passed_on_from,
        sealed=_sealed(names),
        made_at=now,
        asked_at=now if representative else None,
        checked_until=now + BELIEVED,
        valid_until=until,
        code_until=min(now + codes.WORKS_FOR, until),
    )


def _with_code(row: Mandate) -> str:
    """Give a mandate a code; it is kept sealed until it is shown, once."""
    code = codes.make()
    row.code_lookup, row.sealed = codes.lookup(code), _sealed(_opened(row) | {"code": code})
    row.save(update_fields=["code_lookup", "sealed"])
    return code


def _of_code(access: Access, code: str) -> Mandate:
    party = access.subject.party
    codes.ensure_not_guessing(party)
    row = _running().filter(code_lookup=codes.lookup(code), accepted_at=None).first()
    if row is None or row.representative not in (None, party):
        raise codes.wrong(party)
    if party == row.represented or _is_giver(row, party):
        raise CannotMandate("U kunt uzelf niet machtigen.", remedy="Geef de code aan degene die u wilt machtigen.")
    return row


def _accepted(mandate: UUID, representative: UUID, name: str, *, by_code: str = "") -> Given:
    """Write down that a mandate was accepted, once, also when two try it at the same time."""
    with transaction.atomic():
        rows = Mandate.objects.select_for_update().filter(id=mandate, accepted_at=None, ended_at=None)
        row = rows.filter(code_lookup=by_code).first() if by_code else rows.first()
        if row is None:
            raise codes.CodeUnknown("De code bestaat niet, is al gebruikt of is te oud.")
        row.representative, row.accepted_at, row.code_lookup = representative, clock.now(), ""
        row.sealed = _sealed({"represented": _opened(row)["represented"], "representative": name})
        row.save()
        return _given([row])[0]


def _over(rows: "QuerySet[Mandate]", *, by: UUID | None) -> None:
    """End mandates and what was passed on from them; `by` None: by law."""
    ids = list(rows.values_list("id", flat=True))
    ending = Mandate.objects.filter(Q(id__in=ids) | Q(passed_on_from__in=ids), ended_at=None)
    ending.update(ended_at=clock.now(), ended_by=by, code_lookup="")


def _is_giver(row: Mandate, party: UUID) -> bool:
    """Say whether somebody made a mandate: who is represented, or who passed it on."""
    if row.passed_on_from is None:
        return row.represented == party and row.asked_at is None
    return Mandate.objects.filter(id=row.passed_on_from, representative=party).exists()


def _is_to_check(row: Mandate, at: datetime) -> bool:
    is_old = row.checked_until is None or row.checked_until <= at
    return is_old and at < row.valid_until and row.ended_at is None and row.accepted_at is not None


def _check(access: Access, represented: UUID) -> None:
    """Ask again whether who gave mandates has a guardian now: that ends them (Burgerlijk Wetboek 3:72)."""
    rows = Mandate.objects.filter(represented=represented, ended_at=None)
    if standing.has_guardian(access, identity.bsn_of(represented)):
        _over(rows, by=None)
    rows.update(checked_until=clock.now() + BELIEVED)


def _running() -> "QuerySet[Mandate]":
    now = clock.now()
    waits = Q(accepted_at=None, code_until__gt=now)
    holds = ~Q(accepted_at=None)
    return Mandate.objects.filter(waits | holds, ended_at=None, valid_until__gt=now).order_by("-made_at")


def _authorities(row: Mandate) -> tuple[Authority, ...]:
    """Return what a mandate allows: for everything that is each product, also a later one, and the general pages."""
    scopes = [Scope(products=frozenset(row.products))]
    if row.is_everything:
        scopes.append(Scope(matters=frozenset(Matter)))
    return tuple(_authority(row, scope) for scope in scopes)


def _authority(row: Mandate, scope: Scope) -> Authority:
    return Authority(
        kind=Kind.MANDATE,
        representative=row.representative or row.represented,
        represented=row.represented,
        scope=scope,
        permissions=OWN if row.may_submit else LOOKING,
        valid_from=row.accepted_at or row.valid_until,
        valid_until=min(row.valid_until, row.ended_at or row.valid_until),
        source="mandates",
        reference=str(row.id),
        minimum_level=ACTING_LEVEL,
    )


def _given(rows: "QuerySet[Mandate] | list[Mandate]") -> tuple[Given, ...]:
    found = list(rows)
    subjects = identity.subjects_of({row.represented for row in found})
    return tuple(
        Given(
            id=row.id,
            represented=subjects[row.represented],
            represented_name=names["represented"],
            representative_name=names["representative"],
            terms=_terms(row),
            made_at=row.made_at,
            code_until=row.code_until,
            is_accepted=row.accepted_at is not None,
            is_asked=row.accepted_at is None and row.representative is not None,
            passed_on=row.passed_on_from is not None,
        )
        for row, names in ((row, _opened(row)) for row in found)
    )


def _terms(row: Mandate) -> Terms:
    return Terms(
        products=frozenset(row.products),
        last_day=clock.day_of(row.valid_until - timedelta(seconds=1)),
        is_everything=row.is_everything,
        may_submit=row.may_submit,
        may_pass_on=row.may_pass_on,
    )


def _record(access: Access, what: str) -> None:
    logbook.record(access, Entry(kind=LineKind.ACT, subject=access.subject.bsn, fields=(what,)))


def _sealed(names: dict[str, str]) -> bytes:
    return keys.seal(organisations.operator().oin, json.dumps(names).encode(), purpose=PURPOSE)


def _opened(row: Mandate) -> dict[str, str]:
    content = keys.open_sealed(organisations.operator().oin, bytes(row.sealed), purpose=PURPOSE)
    names: dict[str, str] = json.loads(content)
    return names
