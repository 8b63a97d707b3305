"""Mandates: one person lets another act for them, for named products, until a day; either side ends it at once.

Law: Algemene wet bestuursrecht article 2:1 (anybody may be represented), Burgerlijk Wetboek 3:60, 3:63 and 3:72.
A mandate cannot be passed on, and cannot be given by who is under age or under guardianship: another acts for them.
"""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry
from dichterbij.ground.logbook.domain import Kind as LineKind
from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.domain import Query
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Subject
from dichterbij.kernel.dates import add_months
from dichterbij.kernel.problems import Problem

from .domain import OWN, Authority, Kind, Scope
from .models import Mandate, WrongCode

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 12
CODE_FOR = timedelta(days=14)
WRONG_CODES = 5
WAIT = timedelta(hours=1)
MOST_MONTHS = 60
MOST_MANDATES = 100
MOST_PRODUCTS = 200
OF_AGE = 18
PURPOSE = "authority.mandate"


class CannotMandate(Problem):
    """Somebody may not let another act for them, or not like this."""

    code = "cannot-mandate"
    title = "U kunt deze machtiging niet geven"
    status = 409


class CodeUnknown(Problem):
    """A code does not exist, was used, or is too old; which of these is not said."""

    code = "code-unknown"
    title = "Deze code werkt niet"
    status = 404


class TooManyCodes(Problem):
    """Somebody typed too many codes that do not exist."""

    code = "too-many-codes"
    title = "U typte te vaak een code die niet klopt"
    status = 429


class UnknownMandate(Problem):
    """A mandate does not exist, or is somebody else's."""

    code = "unknown-mandate"
    title = "Deze machtiging bestaat niet"
    status = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A mandate as its two people see it. `representative_name` is empty while nobody accepted it."""

    id: UUID
    represented: Subject
    represented_name: str
    representative_name: str
    products: frozenset[str]
    made_at: datetime
    valid_until: datetime
    code_until: datetime
    is_accepted: bool

    def __repr__(self) -> str:
        return f"Given({self.id})"

    @property
    def last_day(self) -> date:
        """Return the last day on which it holds."""
        return clock.day_of(self.valid_until - timedelta(seconds=1))


def give(access: Access, *, name: str, products: Iterable[str], last_day: date) -> str:
    """Let whoever has the code act for the subject of the access; returns the code, which is shown once.

    `name`: of who gives it; `products`: ids of what they may do. Raises `CannotMandate`.
    """
    chosen = frozenset(products)
    _ensure_may_give(access, chosen, last_day)
    logbook.record(access, Entry(kind=LineKind.ACT, subject=access.subject.bsn, fields=("machtiging",)))
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    now = clock.now()
    Mandate.objects.create(
        represented=access.subject.party,
        products=sorted(chosen),
        sealed=_sealed({"represented": name, "representative": ""}),
        made_at=now,
        valid_until=clock.end_of(last_day),
        code_lookup=_lookup(code),
        code_until=min(now + CODE_FOR, clock.end_of(last_day)),
    )
    return code


def accept(access: Access, code: str, *, name: str) -> Given:
    """Accept a mandate with the code that was handed over. `name`: of who accepts.

    Raises `CodeUnknown`, `TooManyCodes`, and `CannotMandate` for one's own.
    """
    party, now = access.subject.party, clock.now()
    if WrongCode.objects.filter(party=party, at__gt=now - WAIT).count() >= WRONG_CODES:
        raise TooManyCodes("Wij wachten daarom een uur.", remedy="Vraag om een nieuwe code, of bel ons.")
    logbook.record(access, Entry(kind=LineKind.ACT, subject=access.subject.bsn, fields=("machtiging aannemen",)))
    with transaction.atomic():
        row = Mandate.objects.select_for_update().filter(code_lookup=_lookup(code), code_until__gt=now, ended_at=None)
        found = row.first()
        if found is not None and found.represented != party:
            found.representative, found.accepted_at, found.code_lookup = party, now, ""
            found.sealed = _sealed(_opened(found) | {"representative": name})
            found.save()
            return _given(found)
    if found is None:
        WrongCode.objects.create(party=party, at=now)
        raise CodeUnknown("De code bestaat niet, is al gebruikt of is te oud.", remedy="Vraag om een nieuwe code.")
    raise CannotMandate("U kunt uzelf niet machtigen.", remedy="Geef de code aan degene die u wilt machtigen.")


def end(access: Access, mandate: UUID) -> None:
    """End a mandate at once, by either side; ended twice is ended. Raises `UnknownMandate`."""
    logbook.record(access, Entry(kind=LineKind.ACT, subject=access.subject.bsn, fields=("machtiging stoppen",)))
    party = access.subject.party
    mine = Mandate.objects.filter(Q(represented=party) | Q(representative=party), id=mandate)
    if not mine.exists():
        raise UnknownMandate
    mine.filter(ended_at=None).update(ended_at=clock.now(), ended_by=party, code_lookup="")


def given(access: Access) -> tuple[Given, ...]:
    """Return the mandates somebody gave that hold or wait, newest first."""
    return tuple(_given(row) for row in _running().filter(represented=access.subject.party))


def received(access: Access) -> tuple[Given, ...]:
    """Return the mandates with which somebody may act for others, newest first."""
    return tuple(_given(row) for row in _running().filter(representative=access.subject.party))


def source(login: Login, subject: Subject, at: datetime) -> tuple[Authority, ...]:  # noqa: ARG001 ended ones too
    """Return what a login may do for another by mandate; also ended ones, so that the reason can be told."""
    if login.audience is not Audience.CITIZEN or subject.party == login.party:
        return ()
    rows = Mandate.objects.filter(representative=login.party, represented=subject.party)
    return tuple(_authority(row) for row in rows if not identity.has_died(row.represented))


def purge(now: datetime) -> int:
    """Remove mandates two years after their end, and wrong codes after a day; returns how many."""
    codes = WrongCode.objects.filter(at__lte=now - timedelta(days=1)).delete()[0]
    ended = add_months(clock.day_of(now), -24)
    old = Mandate.objects.filter(Q(ended_at__lt=clock.end_of(ended)) | Q(valid_until__lt=clock.end_of(ended)))
    return codes + old.delete()[0]


def _ensure_may_give(access: Access, products: frozenset[str], last_day: date) -> None:
    today = clock.today()
    if not today <= last_day <= add_months(today, MOST_MONTHS):
        raise CannotMandate("Een machtiging loopt van vandaag tot hoogstens vijf jaar verder.")
    if not 0 < len(products) <= MOST_PRODUCTS:
        raise CannotMandate("Kies waarvoor de machtiging is.")
    if _running().filter(represented=access.subject.party).count() >= MOST_MANDATES:
        raise CannotMandate("U hebt al honderd machtigingen.", remedy="Stop eerst een machtiging die u niet gebruikt.")
    bsn = access.subject.bsn
    if bsn is None:
        raise CannotMandate("Met deze inlog weten wij niet wie u bent.", remedy="Log in met een andere inlog.")
    born = _told(access, "brp", "geboorte.datum")
    if not isinstance(born, str):
        raise CannotMandate("Wij weten niet op welke dag u geboren bent.", remedy="Bel ons of kom langs.")
    if add_months(date.fromisoformat(born), 12 * OF_AGE) > today:
        raise CannotMandate("U bent nog geen 18 jaar.", remedy="Uw ouder of voogd handelt voor u. Bel ons voor hulp.")
    if _told(access, "ccbr", "curatoren.aanwezig"):
        raise CannotMandate("U hebt een curator. Uw curator handelt voor u.", remedy="Overleg met uw curator.")


def _told(access: Access, register: str, field: str) -> object:
    bsn = access.subject.bsn
    assert bsn is not None  # noqa: S101 for the type checker: refused before
    query = Query(registry=register, persons=(bsn,), fields=(field,), at=clock.today())
    record = registry.read(access, query).records.get(bsn)
    value = record.values.get(field) if record else None
    return value.value if value else None


def _running() -> "QuerySet[Mandate]":
    now = clock.now()
    waits = Q(accepted_at=None, code_until__gt=now)
    holds = ~Q(accepted_at=None)
    return Mandate.objects.filter(waits | holds, ended_at=None, valid_until__gt=now).order_by("-made_at")


def _authority(row: Mandate) -> Authority:
    ends = [row.valid_until, *([row.ended_at] if row.ended_at else [])]
    return Authority(
        kind=Kind.MANDATE,
        representative=row.representative or row.represented,
        represented=row.represented,
        scope=Scope(products=frozenset(row.products)),
        permissions=OWN,
        valid_from=row.accepted_at or row.valid_until,
        valid_until=min(ends),
        source="mandates",
        reference=str(row.id),
    )


def _given(row: Mandate) -> Given:
    names = _opened(row)
    return Given(
        id=row.id,
        represented=Subject(party=row.represented, bsn=identity.bsn_of(row.represented)),
        represented_name=names["represented"],
        representative_name=names["representative"],
        products=frozenset(row.products),
        made_at=row.made_at,
        valid_until=row.valid_until,
        code_until=row.code_until,
        is_accepted=row.accepted_at is not None,
    )


def _sealed(names: dict[str, str]) -> bytes:
    return keys.seal(organisations.operator().oin, json.dumps(names).encode(), purpose=PURPOSE)


def _opened(row: Mandate) -> dict[str, str]:
    names: dict[str, str] = json.loads(
        keys.open_sealed(organisations.operator().oin, bytes(row.sealed), purpose=PURPOSE)
    )
    return names


def _lookup(code: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign in ALPHABET)
    return keys.keyed_hash(organisations.operator().oin, PURPOSE, plain)
