"""The one verb: may this login, with this authority, do this to this person's data, now? Pure and total."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from dichterbij.ground.identity.domain import Act, Audience, Login
from dichterbij.kernel.access import Access, Actor, Matter, Permission, Product, Role, Subject
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level
from dichterbij.kernel.problems import Problem


class Kind(StrEnum):
    """On what ground somebody may act. The kinds without a source yet are filled by later sources."""

    SELF = "self"
    STAFF = "staff"
    MANDATE = "mandate"
    PARENT = "parent"
    GUARDIAN = "guardian"
    ADMINISTRATOR = "administrator"
    MENTOR = "mentor"
    EXECUTOR = "executor"
    TRUSTEE = "trustee"
    DIRECTOR = "director"
    PROXY = "proxy"
    EMPLOYEE = "employee"
    DESK = "desk"
    PAPER = "paper"


ACTING_LEVEL = Level.SUBSTANTIAL
"""The least login to act for another, or to let another act: that gives away what one's own login protects."""

OF_COMPANIES = frozenset({Kind.DIRECTOR, Kind.PROXY, Kind.EMPLOYEE, Kind.TRUSTEE})
"""With these somebody acts for a company."""

OWN = frozenset({Permission.READ, Permission.PREPARE, Permission.SUBMIT, Permission.RECEIVE})
"""What people do for themselves, and whoever acts for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an authority covers: these organisations, products and matters; None is all of them, `but` never."""

    organisations: frozenset[Oin] | None = None
    products: frozenset[str] | None = None
    matters: frozenset[Matter] | None = None
    but: frozenset[str] = frozenset()

    def covers(self, product: Product) -> bool:
        """Say whether a product lies within the scope."""
        if product.id in self.but:
            return False
        if self.organisations is not None and product.organisation not in self.organisations:
            return False
        if self.matters is not None and product.matter not in self.matters:
            return False
        return self.products is None or product.id in self.products


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """That one party may act for another: who, for whom, in what, since when and until when, and who says so.

    `represented`: None only for staff, whose task concerns whoever has a case. `permissions` is what they may do,
    `valid_until` the instant it ends (None: not known to end), `source` who says so, `reference` what the log names.
    `age`: of a represented child, in years. `jointly`: with how many others, besides who acts, it is
    held and each must agree to what is sent (`always_jointly`) or to what the law says needs everybody.
    `employer`: whose worker acts, for staff who help somebody; `reason`: why they do, said once for all they do then.
    """

    kind: Kind
    representative: UUID
    represented: UUID | None
    scope: Scope
    permissions: frozenset[Permission]
    valid_from: datetime
    valid_until: datetime | None
    source: str
    reference: str = ""
    minimum_level: Level = Level.LOW
    age: int | None = None
    jointly: int = 0
    always_jointly: bool = False
    employer: Oin | None = None
    reason: str = field(default="", repr=False)

    def is_valid(self, at: datetime) -> bool:
        """Say whether the authority holds at an instant."""
        return self.valid_from <= at and (self.valid_until is None or at < self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstance:
    """In which act it is asked: `through` is the organisation that operates the instance; `reason` for staff.

    `agreed`: who said yes to this product for this person: others with the same authority, or the represented.
    """

    act: Act
    through: Oin
    case: UUID | None = None
    reason: str = field(default="", repr=False)
    agreed: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What somebody tries to do: this, to whose data, for which product, when and in which circumstance."""

    subject: Subject
    product: Product
    permission: Permission
    at: datetime
    circumstance: Circumstance


class Refusal(StrEnum):
    """Why not, from the most general to the most specific reason."""

    NO_AUTHORITY = "no-authority"
    OTHER_LOGIN = "other-login"
    NOT_FOR_THIS_PERSON = "not-for-this-person"
    OTHER_ORGANISATION = "other-organisation"
    OUT_OF_SCOPE = "out-of-scope"
    NOT_FOR_COMPANIES = "not-for-companies"
    NOT_VALID_NOW = "not-valid-now"
    NOT_PERMITTED = "not-permitted"
    OWN_SAY = "own-say"
    MUST_AGREE = "must-agree"
    NOT_ALONE = "not-alone"
    OWN_CASE = "own-case"
    RELATED = "related"
    NO_REASON = "no-reason"


@dataclass(frozen=True, slots=True)
class Allow:
    """Yes, with this access."""

    access: Access


@dataclass(frozen=True, slots=True)
class StepUp:
    """Not with this login; log in (again) with at least this level."""

    level: Level


@dataclass(frozen=True, slots=True)
class Deny:
    """No, and why."""

    reason: Refusal


Answer = Allow | StepUp | Deny


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


def _refused_by_authority(  # noqa: PLR0911 one way out per reason
    login: Login, authority: Authority, attempt: Attempt
) -> Refusal | None:
    if authority.representative != login.party:
        return Refusal.NO_AUTHORITY
    if login.audience is not audience_of(authority.kind):
        return Refusal.OTHER_LOGIN
    if not _concerns(authority, attempt.subject):
        return Refusal.NOT_FOR_THIS_PERSON
    if not authority.scope.covers(attempt.product):
        return _outside(authority, attempt.product)
    if authority.kind in OF_COMPANIES and attempt.product.matter is not None and not attempt.product.for_companies:
        return Refusal.NOT_FOR_COMPANIES
    if not authority.is_valid(attempt.at):
        return Refusal.NOT_VALID_NOW
    if attempt.permission not in authority.permissions:
        return Refusal.NOT_PERMITTED
    return _refused_by_others(authority, attempt)


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
    others = [each for each in agreed if each not in (authority.representative, authority.represented)]
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
    if attempt.subject.party == login.party:
        return Refusal.OWN_CASE
    return None if _why(authority, attempt.circumstance) else Refusal.NO_REASON


def _why(authority: Authority | None, circumstance: Circumstance) -> str:
    return circumstance.reason.strip() or (authority.reason if authority else "")


def audience_of(kind: Kind) -> Audience:
    """Return with which login an authority of this kind can be used."""
    return Audience.STAFF if kind in (Kind.STAFF, Kind.DESK, Kind.PAPER) else Audience.CITIZEN


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
    )


def _ground(authority: Authority) -> str:
    return f"{authority.kind}:{authority.reference}" if authority.reference else str(authority.kind)


def _actor(login: Login, authority: Authority | None, product: Product, through: Oin) -> Actor:
    if login.audience is Audience.STAFF:
        at = (authority.employer if authority else None) or product.organisation
        own = next((role for role in login.staff if role.organisation == at), None)
        employer = own or next(iter(login.staff), None)
        return Actor(
            role=Role.STAFF,
            organisation=employer.organisation if employer else through,
            party=login.party,
            staff_reference=employer.audit_ref if employer else "",
        )
    is_self = authority is None or authority.kind is Kind.SELF
    role = Role.CITIZEN if is_self else Role.REPRESENTATIVE
    return Actor(role=role, organisation=through, party=login.party)


class Denied(Problem):
    """This login may not do this. `reason` says why, in words of the code; `detail` says it in words of people."""

    code = "denied"
    title = "Dit mag niet met deze inlog"
    status = 403

    def __init__(self, reason: Refusal, detail: str = "", *, remedy: str = "") -> None:
        super().__init__(detail, remedy=remedy)
        self.reason = reason


class NotAutomatic(Problem):
    """A job asked for data under an activity that is not marked automatic."""

    code = "not-automatic"
    title = "Dit mag niet zonder dat een mens het vraagt"
    status = 403
