"""Show a question to the person it was put to, and keep what they say: yes, no, or no longer.

Who decides: the person from 16; a parent below that; a guardian or, in money matters, an administrator for who has one
(Uitvoeringswet AVG article 5). Nobody by mandate, and nobody for who died: consent is of a living person.
"""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from dichterbij.ground.authority import codes
from dichterbij.ground.authority.domain import Kind
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities, authorising
from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.domain import Query, Value
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Matter, Permission, Product, Say
from dichterbij.kernel.dates import add_months
from dichterbij.kernel.levels import Level

from . import asking, catalogue, models
from .domain import CannotConsent, Consent, QuestionOver, State, UnknownConsent
from .rows import consent_of

TASK = "portaal.delen"
OWN_FROM = 16
"""From this age somebody consents themself (Uitvoeringswet AVG article 5(1))."""
DECIDERS = frozenset({Kind.PARENT, Kind.GUARDIAN, Kind.ADMINISTRATOR})
BORN, GUARDIAN, ADMINISTRATOR = "geboorte.datum", "curatoren.aanwezig", "bewindvoerders.aanwezig"
GIVE, WITHDRAW, REFUSE = "toestemming om te delen", "toestemming om te delen intrekken", "delen weigeren"
FETCH_WITHIN = timedelta(days=14)
"""How long a company may fetch what is shared once. Our own choice."""


def access(login: Login, permission: Permission, about: Consent | None = None) -> Access:
    """Return the access to what somebody shares; raises `CannotConsent` for who does not decide for them, on record.

    `about`: one question; otherwise all of them, which who has a say in money matters may see.
    """
    product = Product(
        id=TASK,
        organisation=organisations.operator().oin,
        activity=activities.activity(TASK),
        level=Level.SUBSTANTIAL,
        matter=catalogue.packets()[about.question.packet].matter if about else Matter.MONEY,
        say=Say(own_from=OWN_FROM),
    )
    found = require(login, product, permission, reason=_told(about) if about else "")
    if not found.is_own() and _as_what(found) not in DECIDERS:
        with authorising.refusals_recorded(found, "", ()):
            raise CannotConsent("Toestemming geeft u alleen voor uzelf, of als de wet zegt dat u beslist.")
    return found


def open_question(access: Access, code: str) -> Consent:
    """Return the question of a code; the first who types it is who it was put to.

    Raises `CodeUnknown` and `TooManyCodes`.
    """
    who = access.actor.party or access.subject.party
    codes.ensure_not_guessing(who)
    rows = models.Consent.objects.filter(code=asking.lookup(code), until__gt=clock.now())
    rows.filter(party=None).update(party=access.subject.party, opened_at=clock.now())
    row = rows.filter(party=access.subject.party).first()
    if row is None:
        raise codes.wrong(who)
    return consent_of(row)


def mine(access: Access) -> tuple[Consent, ...]:
    """Return the questions that were put to somebody, the newest first."""
    logbook.record_view(access, "delen")
    rows = models.Consent.objects.filter(party=access.subject.party).order_by("-opened_at")
    return tuple(consent_of(row) for row in rows)


def one(access: Access, number: UUID) -> Consent:
    """Return one question; raises `UnknownConsent` for that of somebody else."""
    found = _found(access, number)
    logbook.record_view(access, "delen")
    return found


def give(access: Access, number: UUID, *, is_once: bool) -> None:
    """Say yes. Raises `QuestionOver`, and `CannotConsent` for who does not decide about this themself."""
    found = _found(access, number)
    if found.state is not State.WAITING or (not is_once and not found.question.days):
        raise QuestionOver
    if not catalogue.can_be_asked(found.question):
        raise QuestionOver
    _ensure_may_decide(access, found)
    now, line = clock.now(), logbook.record_act(access, GIVE)
    said = _waiting(access, number).update(
        given_at=now,
        given_by=None if access.is_own() else access.actor.party,
        given_as="" if access.is_own() else _as_what(access),
        until=clock.end_of(clock.day_of(now) + (FETCH_WITHIN if is_once else timedelta(days=found.question.days))),
        is_once=is_once,
        line=line.id,
    )
    if not said:
        raise QuestionOver


def refuse(access: Access, number: UUID) -> None:
    """Say no; nothing follows from it. Raises `QuestionOver`."""
    if not _waiting(access, number).update(refused_at=clock.now()):
        raise QuestionOver
    _rows(access, number).update(line=logbook.record_act(access, REFUSE).id)


def withdraw(access: Access, number: UUID) -> None:
    """Take a yes back, from this moment; what was fetched before, the company has. Raises `QuestionOver`."""
    given = _rows(access, number).filter(given_at__isnull=False, withdrawn_at=None)
    if not given.update(withdrawn_at=clock.now()):
        raise QuestionOver
    _rows(access, number).update(line=logbook.record_act(access, WITHDRAW).id)


def _found(access: Access, number: UUID) -> Consent:
    row = _rows(access, number).first()
    if row is None:
        raise UnknownConsent
    return consent_of(row)


def _waiting(access: Access, number: UUID) -> "QuerySet[models.Consent]":
    return _rows(access, number).filter(given_at=None, refused_at=None, until__gt=clock.now())


def _rows(access: Access, number: UUID) -> "QuerySet[models.Consent]":
    return models.Consent.objects.filter(id=number, party=access.subject.party)


def _ensure_may_decide(access: Access, found: Consent) -> None:
    """Raise for who logged in as themself and is too young, or has somebody who decides for them."""
    if not access.is_own():
        return
    is_money = catalogue.packets()[found.question.packet].matter is Matter.MONEY
    born = _read(access, "brp", (BORN,)).get(BORN)
    deciders = _read(access, "ccbr", (GUARDIAN, ADMINISTRATOR))
    with authorising.refusals_recorded(access, "", ()):
        if not isinstance(born, str):
            raise CannotConsent(
                "Wij weten niet op welke dag u geboren bent. Daarom kan het hier niet.",
                remedy="Vraag het bedrijf hoe het anders kan, bijvoorbeeld met een bewijs op papier.",
            )
        if add_months(date.fromisoformat(born), 12 * OWN_FROM) > clock.today():
            raise CannotConsent("U bent nog geen 16 jaar. Uw ouder of voogd beslist hierover.")
        if deciders.get(GUARDIAN):
            raise CannotConsent("U hebt een curator. Uw curator beslist hierover.")
        if is_money and deciders.get(ADMINISTRATOR):
            raise CannotConsent("U hebt een bewindvoerder. Die beslist over uw geldzaken.")


def _read(access: Access, register: str, fields: tuple[str, ...]) -> dict[str, Value]:
    bsn = access.subject.bsn
    if bsn is None:
        return {}
    query = Query(registry=register, persons=(bsn,), fields=fields, at=clock.today(), trace=access.trace)
    record = registry.read(access, query).records.get(bsn)
    return {name: found.value for name, found in record.values.items()} if record else {}


def _as_what(access: Access) -> str:
    return access.on_behalf_of.partition(":")[0]


def _told(about: Consent) -> str:
    """Return what the line says the question was about."""
    who = organisations.organisation(about.question.recipient).name
    return f"{who}: {catalogue.why(about.question, 'nl')}. {catalogue.what_is_asked(about.question, 'nl')}"
