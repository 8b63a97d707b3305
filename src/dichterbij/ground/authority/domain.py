"""What an authority is, what somebody attempts with it, and the answers there are. The verb itself is `verb.may`."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from dichterbij.ground.identity.domain import Act, Audience
from dichterbij.kernel.access import Access, Matter, Permission, Product, Subject
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level
from dichterbij.kernel.problems import Problem


class Kind(StrEnum):
    """On what ground somebody may act.

    `contact`: gets the post for the next of kin of who died; `undetermined`: a register knows that they have to do with
    somebody, but not who may act, so a human looks.
    """

    SELF = "self"
    STAFF = "staff"
    MANDATE = "mandate"
    PARENT = "parent"
    GUARDIAN = "guardian"
    ADMINISTRATOR = "administrator"
    MENTOR = "mentor"
    EXECUTOR = "executor"
    HEIR = "heir"
    CONTACT = "contact"
    TRUSTEE = "trustee"
    DIRECTOR = "director"
    PROXY = "proxy"
    EMPLOYEE = "employee"
    DESK = "desk"
    PAPER = "paper"
    UNDETERMINED = "undetermined"


class Unclear(StrEnum):
    """Why a register cannot say who may act, so that a human finds out with the person.

    `estate`: who may act in it is disputed, or said in words we do not know; `young-heir`: who asks is under age;
    `child`: nobody has authority over a child now, or who has it cannot be determined; `limited-proxy`: the business
    register limits what a proxy may do in money, in commercial acts of a list, or in free text, and none of these
    says whether they may ask something of the government (KVK Dataservice, `beperkteVolmacht`).
    """

    ESTATE = "estate"
    YOUNG_HEIR = "young-heir"
    CHILD = "child"
    LIMITED_PROXY = "limited-proxy"


ACTING_LEVEL = Level.SUBSTANTIAL
"""The least login to act for another, or to let another act: that gives away what one's own login protects."""

OF_COMPANIES = frozenset({Kind.DIRECTOR, Kind.PROXY, Kind.EMPLOYEE, Kind.TRUSTEE})
"""With these somebody acts for a company."""

OWN = frozenset({Permission.READ, Permission.PREPARE, Permission.SUBMIT, Permission.RECEIVE})
"""What people do for themselves, and whoever acts for them."""

LOOKING = frozenset({Permission.READ, Permission.RECEIVE})
"""What somebody does who looks along."""


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
    `unit`: of staff, whose cases within their organisation. `held`: by what the person whom a worker helps
    (`helped`, by name) acts for the represented; it must allow the same. `speaks_for`: of an heir, in whose names they
    act and agree: a parent also for a child who is heir too; empty: only in their own.
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
    unit: str = ""
    held: "Authority | None" = None
    helped: str = field(default="", repr=False)
    speaks_for: frozenset[UUID] = frozenset()

    def is_valid(self, at: datetime) -> bool:
        """Say whether the authority holds at an instant."""
        return self.valid_from <= at and (self.valid_until is None or at < self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Somebody for whom one could act, as what, and in what (by one or more authorities)."""

    party: UUID
    name: str = field(repr=False)
    kind: Kind
    scopes: tuple[Scope, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstance:
    """In which act it is asked: `through` is the organisation that operates the instance; `reason` for staff.

    `agreed`: who said yes to this product for this person: others with the same authority, or the represented.
    `unit`: which unit of the organisation has the case; empty when every unit of it may see it.
    """

    act: Act
    through: Oin
    case: UUID | None = None
    reason: str = field(default="", repr=False)
    unit: str = ""
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
    NOT_OF_COMPANY = "not-of-company"
    OTHER_LOGIN = "other-login"
    NOT_FOR_THIS_PERSON = "not-for-this-person"
    OTHER_ORGANISATION = "other-organisation"
    OUT_OF_SCOPE = "out-of-scope"
    OTHER_UNIT = "other-unit"
    NOT_FOR_COMPANIES = "not-for-companies"
    NO_NUMBER = "no-number"
    NOT_VALID_NOW = "not-valid-now"
    NOT_PERMITTED = "not-permitted"
    NOT_DETERMINED = "not-determined"
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


def audience_of(kind: Kind) -> Audience:
    """Return with which login an authority of this kind can be used."""
    return Audience.STAFF if kind in (Kind.STAFF, Kind.DESK, Kind.PAPER) else Audience.CITIZEN


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
