"""Who looks at whose data, on whose behalf, for which task, and why.

An `Access` is made by `ground.authority` and by nobody else. It is valid for a minute: every act asks again.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from .identifiers import Bsn, KvkNumber, Number, Oin
from .levels import Level
from .problems import AccessExpired

VALID_FOR = timedelta(seconds=60)


class Role(StrEnum):
    """In what capacity somebody acts."""

    CITIZEN = "citizen"
    REPRESENTATIVE = "representative"
    STAFF = "staff"
    SYSTEM = "system"


class Permission(StrEnum):
    """What an act does."""

    READ = "read"
    PREPARE = "prepare"
    SUBMIT = "submit"
    HANDLE = "handle"
    DECIDE = "decide"
    RECEIVE = "receive"


class Matter(StrEnum):
    """What an act is about: who may act for another in money matters may not do so in matters of care."""

    MONEY = "money"
    CARE = "care"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A processing activity (GDPR article 30): one purpose with its legal basis.

    `id` is stable (`duo.aanvullende-beurs`), `version` changes with purpose, basis or fields. `automatic`: may run
    without a person. `confidential`: the person does not see it in the log; that such categories exist is public.
    """

    id: str
    version: str
    purpose: str
    legal_basis: str
    automatic: bool = False
    confidential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Who else must agree before somebody acts for another in a matter, where the law of that matter says so.

    `agrees_from`: from which age the represented must agree too; `own_from`: from which age only they decide;
    `together`: everybody who has the authority must agree (both parents). None and False: the law asks nobody else.
    """

    agrees_from: int | None = None
    own_from: int | None = None
    together: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What an organisation offers, as far as authority must know it. `level`: least assurance of the login.

    `matter`: what it is about; None for what shows matters of every kind. `say`: who else must agree;
    `for_companies`: a company can ask for it, and not only a person.
    """

    id: str
    organisation: Oin
    activity: Activity
    level: Level
    matter: Matter | None = None
    say: Say = Say()
    for_companies: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts. Staff are known by an audit reference that only the auditor can turn into a name."""

    role: Role
    organisation: Oin
    party: UUID | None = None
    staff_reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whose data it is: the party, with the number by which registries know them."""

    party: UUID
    bsn: Bsn | None = None
    kvk_number: KvkNumber | None = None

    @property
    def number(self) -> Number | None:
        """Return the number by which registries know this party; None for who has none."""
        return self.bsn or self.kvk_number

    @classmethod
    def of(cls, party: UUID, number: Number) -> "Subject":
        """Return a party that registries know by this number."""
        return cls(party=party, bsn=number) if isinstance(number, Bsn) else cls(party=party, kvk_number=number)


NOBODY = Subject(party=UUID(int=0))
"""No party: who is looked for before somebody is found, and whom a question without an answer is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Who acts for the subject while a worker does it with them: their name, and on what ground (`director`)."""

    party: UUID
    name: str = field(repr=False)
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Permission for one act, asked for and given at `at`.

    `organisation` is the body whose task it is; `act` groups all that one human act caused; `on_behalf_of` names the
    authority used when actor and subject differ; `trace` is a W3C trace id (32 hexadecimal digits). `present`: who
    acts for the subject, when a worker helps them with that.
    """

    actor: Actor
    subject: Subject
    organisation: Oin
    activity: Activity
    permission: Permission
    product: str
    level: Level
    act: UUID
    at: datetime
    trace: str
    on_behalf_of: str = ""
    case: UUID | None = None
    reason: str = field(default="", repr=False)
    present: Present | None = None

    def is_own(self) -> bool:
        """Say whether the actor is the person whose data it is."""
        return self.actor.party == self.subject.party

    def ensure_valid(self, at: datetime) -> None:
        """Raise `AccessExpired` when more than a minute has passed since the access was given."""
        if not timedelta(0) <= at - self.at <= VALID_FOR:
            raise AccessExpired("Deze handeling duurde te lang. Probeer het opnieuw.")

    def for_case(self, case: UUID, product: str = "") -> "Access":
        """Return the same access within a case; `product`: what the case is about, when the access did not say."""
        return replace(self, case=case, product=product or self.product)
