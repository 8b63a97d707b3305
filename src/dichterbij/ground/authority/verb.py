"""The one verb: may this login, with this authority, do this to this person's data, now? Pure and total."""

from datetime import datetime

from dichterbij.ground.identity.domain import Audience, Login
from dichterbij.kernel.access import Access, Actor, Permission, Present, Product, Role, Subject
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level

from .domain import (
    OF_COMPANIES,
    Allow,
    Answer,
    Attempt,
    Authority,
    Circumstance,
    Deny,
    Kind,
    Refusal,
    StepUp,
    audience_of,
)


def may(  # noqa: PLR0917 the one verb, in the words and the order of the house
    login: Login | None,
    authority: Authority,
    subject: Subject,
    product: Product,
    permission: Permission,
    at: datetime,
    *,
    circumstance: Circumstance,
) -> Answer:
    """Say whether a login may do something to the data of a person, on the ground of one authority."""
    attempt = Attempt(subject=subject, product=product, permission=permission, at=at, circumstance=circumstance)
    return answer(login, authority, attempt)


def answer(login: Login | None, authority: Authority, attempt: Attempt) -> Answer:
    """Answer one attempt. A refusal comes before a step-up: nobody logs in again for what stays forbidden."""
    level = max(attempt.product.level, authority.minimum_level, Level.LOW)
    if login is None or not login.is_valid(attempt.at):
        return StepUp(level)
    refusal = _refused_by_authority(login, authority, attempt) or _refused_to_staff(login, authority, attempt)
    if refusal is not None:
        return Deny(refusal)
    return StepUp(level) if login.level < level else Allow(access_of(login, authority, attempt))


def _refused_by_authority(login: Login, authority: Authority, attempt: Attempt) -> Refusal | None:
    if authority.representative != login.party:
        return Refusal.NO_AUTHORITY
    if login.audience is not audience_of(authority.kind):
        return Refusal.OTHER_LOGIN
    refusal = _refused_by_reach(authority, attempt)
    if refusal is not None or authority.held is None:
        return refusal
    return _refused_by_reach(authority.held, attempt)


def _refused_by_reach(  # noqa: PLR0911 one way out per reason
    authority: Authority, attempt: Attempt
) -> Refusal | None:
    """Say what an authority does not reach, whoever uses it: who has it, or a worker who helps them."""
    if not _concerns(authority, attempt.subject):
        return Refusal.NOT_FOR_THIS_PERSON
    if authority.kind is Kind.UNDETERMINED:
        return Refusal.NOT_DETERMINED
    if not authority.scope.covers(attempt.product):
        return _outside(authority, attempt.product)
    if _is_only_for_people(authority, attempt):
        return Refusal.NOT_FOR_COMPANIES
    if _needs_number(authority, attempt):
        return Refusal.NO_NUMBER
    if not authority.is_valid(attempt.at):
        return Refusal.NOT_VALID_NOW
    if attempt.permission not in authority.permissions:
        return Refusal.NOT_PERMITTED
    return _refused_by_others(authority, attempt)


def _is_only_for_people(authority: Authority, attempt: Attempt) -> bool:
    """Say whether a company asks for what only a person gets; general pages are for both."""
    is_company = authority.kind in OF_COMPANIES and attempt.subject.bsn is None
    return is_company and attempt.product.matter is not None and not attempt.product.for_companies


def _needs_number(authority: Authority, attempt: Attempt) -> bool:
    """Say whether somebody asks for what an organisation decides, without the number by which it knows them."""
    return authority.kind is Kind.SELF and attempt.subject.bsn is None and attempt.product.matter is not None


def _refused_by_others(authority: Authority, attempt: Attempt) -> Refusal | None:
    """Say whether the represented or the others with this authority stand in the way of acting alone."""
    say, agreed = attempt.product.say, attempt.circumstance.agreed
    if authority.kind is Kind.PARENT and _reached(authority.age, say.own_from):
        return Refusal.OWN_SAY
    if attempt.permission is not Permission.SUBMIT:
        return None
    must_agree = authority.kind is Kind.PARENT and _reached(authority.age, say.agrees_from)
    if must_agree and authority.represented not in agreed:
        return Refusal.MUST_AGREE
    needed = authority.jointly if authority.always_jointly or say.together else 0
    people = (authority.representative, authority.represented)
    others = [each for each in agreed - authority.speaks_for if each not in people]
    return Refusal.NOT_ALONE if len(others) < needed else None


def _reached(age: int | None, limit: int | None) -> bool:
    """Say whether somebody reached an age that matters; who has no known age is treated as if they had."""
    return limit is not None and (age is None or age >= limit)


def _outside(authority: Authority, product: Product) -> Refusal:
    places = authority.scope.organisations
    is_elsewhere = places is not None and product.organisation not in places
    is_of_staff = audience_of(authority.kind) is Audience.STAFF
    return Refusal.OTHER_ORGANISATION if is_elsewhere and is_of_staff else Refusal.OUT_OF_SCOPE


def _refused_to_staff(login: Login, authority: Authority, attempt: Attempt) -> Refusal | None:
    if audience_of(authority.kind) is not Audience.STAFF:
        return None
    employer = authority.employer or attempt.product.organisation
    if not any(role.organisation == employer for role in login.staff):
        return Refusal.OTHER_ORGANISATION
    if login.party in (attempt.subject.party, authority.held and authority.held.representative):
        return Refusal.OWN_CASE
    if authority.kind is Kind.STAFF and attempt.circumstance.unit not in ("", authority.unit):
        return Refusal.OTHER_UNIT
    return None if _why(authority, attempt.circumstance) else Refusal.NO_REASON


def _why(authority: Authority | None, circumstance: Circumstance) -> str:
    return circumstance.reason.strip() or (authority.reason if authority else "")


def _concerns(authority: Authority, subject: Subject) -> bool:
    if authority.kind is Kind.STAFF:
        return authority.represented is None
    if authority.kind is Kind.SELF and authority.representative != authority.represented:
        return False
    return authority.represented == subject.party


def access_of(login: Login, authority: Authority | None, attempt: Attempt) -> Access:
    """Write down an attempt as an `Access`; without an authority it is one that was refused, for the log only."""
    circumstance, product = attempt.circumstance, attempt.product
    for_another = authority is not None and attempt.subject.party != login.party
    return Access(
        actor=_actor(login, authority, product, circumstance.through),
        subject=attempt.subject,
        organisation=product.organisation,
        activity=product.activity,
        permission=attempt.permission,
        product=product.id,
        level=login.level,
        act=circumstance.act.id,
        at=attempt.at,
        trace=circumstance.act.trace,
        on_behalf_of=_ground(authority) if authority and for_another else "",
        case=circumstance.case,
        reason=_why(authority, circumstance),
        present=_present(authority) if authority else None,
    )


def _ground(authority: Authority) -> str:
    held = authority.held.kind if authority.held else ""
    return ":".join(each for each in (authority.kind, authority.reference, held) if each)


def _present(authority: Authority) -> Present | None:
    held = authority.held
    return Present(party=held.representative, name=authority.helped, ground=held.kind) if held else None


def _actor(login: Login, authority: Authority | None, product: Product, through: Oin) -> Actor:
    if login.audience is Audience.STAFF:
        at = (authority.employer if authority else None) or product.organisation
        unit = authority.unit if authority else ""
        own = sorted((role for role in login.staff if role.organisation == at), key=lambda role: role.unit != unit)
        employer = next(iter((*own, *login.staff)), None)
        return Actor(
            role=Role.STAFF,
            organisation=employer.organisation if employer else through,
            party=login.party,
            staff_reference=employer.audit_ref if employer else "",
        )
    is_self = authority is None or authority.kind is Kind.SELF
    role = Role.CITIZEN if is_self else Role.REPRESENTATIVE
    return Actor(role=role, organisation=through, party=login.party)
