"""What a login is: pure values, no database and no web framework beyond the request they travel on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from re import compile as pattern
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_noop

from dichterbij.ground.organisations.domain import StaffRole, StaffTask
from dichterbij.kernel.access import Subject
from dichterbij.kernel.identifiers import Bsn, Number
from dichterbij.kernel.levels import Level
from dichterbij.kernel.problems import Problem

IDLE_FOR = timedelta(minutes=15)
AT_MOST = timedelta(hours=4)
CLOCK_SKEW = timedelta(minutes=1)
SHOWN_WITHIN = timedelta(minutes=15)
"""How long ago somebody showed who they are: what a provider remembers of somebody logs nobody in here."""


EIDAS_FORM = pattern(r"[A-Z]{2}/NL/[^\s/]{1,200}")
"""Country of origin, country of destination, the name there (eIDAS SAML Attribute Profile 1.2, PersonIdentifier)."""


class IdentifierType(StrEnum):
    """What kind of number or name identifies a party (OIDC NL GOV 1.0.1, `sub_id_type`; the last one is our own).

    `EIDAS`: what another country of Europe calls somebody, under the name of the attribute in the eIDAS profile.
    """

    BSN = "urn:nl-eid-gdi:1.0:id:BSN"
    RSIN = "urn:nl-eid-gdi:1.0:id:RSIN"
    KVK = "urn:nl-eid-gdi:1.0:id:KvKnr"
    PSEUDONYM = "urn:nl-eid-gdi:1.0:id:pseudonym"
    EIDAS = "http://eidas.europa.eu/attributes/naturalperson/PersonIdentifier"
    EMPLOYEE = "urn:dichterbij:id:employee"


class Audience(StrEnum):
    """For whom a page or a means of login is meant. `ANYONE` needs no login."""

    ANYONE = "anyone"
    CITIZEN = "citizen"
    STAFF = "staff"
    ORGANISATION = "organisation"  # another body, by what it signed; never a login


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """One number or name of a party; hidden when printed."""

    type: IdentifierType
    value: str

    def __repr__(self) -> str:
        return f"Identifier({self.type.name})"

    @classmethod
    def of(cls, number: Number) -> "Identifier":
        """Return the identifier of a natural person who has a BSN, or of a company."""
        is_person = isinstance(number, Bsn)
        return cls(type=IdentifierType.BSN if is_person else IdentifierType.KVK, value=number.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginRequest:
    """A login that was asked for and has not come back yet. `next`: path to return to; `state`: random, used once."""

    means: str
    next: str
    level: Level
    state: str


@dataclass(frozen=True, slots=True)
class Posted:
    """A form that somebody sends from their browser to another site: where to, and what is in it."""

    address: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """A way to log in: configuration only.

    `levels` maps the words the means uses for its levels to ours; what is not in it counts as no level at all, so a
    means can never assert more than it was admitted for. `start`: address in this or another site where a person logs
    in, or the form that they send there; `end`: likewise where the means ends its own session, given its token; empty
    when it ends none. `for_tests`: only in a demonstration.
    `represents`: for which kinds of party it may say that somebody acts, and `represented_in` for which products.
    `description`: for whom it is, where that is more than what it may say.
    """

    id: str
    name: str
    audience: Audience
    identifier_types: frozenset[IdentifierType]
    levels: Mapping[str, Level]
    start: Callable[[LoginRequest], str | Posted]
    end: Callable[[str], str | Posted] | None = None
    for_tests: bool = False
    represents: frozenset[IdentifierType] = frozenset()
    represented_in: frozenset[str] = frozenset()
    description: str = ""

    @property
    def highest(self) -> Level:
        """Return the highest level this means can assert."""
        return max(self.levels.values(), default=Level.NONE)


def enough(levels: Mapping[str, Level], level: Level) -> list[str]:
    """Return the words of a means for the levels that are enough, the lowest first."""
    return sorted((word for word, reached in levels.items() if reached >= level), key=lambda word: levels[word])


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """What a means says about who just logged in; `level` in the words of the means, `state` as it was sent.

    `represents`: for whom they act, when the means says so; `represents_name`: what that party is called.
    `authenticated_at`, `until`: of a login that began elsewhere; a login that begins now has neither.
    """

    means: str
    identifiers: tuple[Identifier, ...]
    level: str
    state: str
    name: str
    upstream_session: str = ""
    upstream_token: str = ""
    represents: Identifier | None = None
    represents_name: str = ""
    authenticated_at: datetime | None = None
    until: datetime | None = None

    def __repr__(self) -> str:
        return f"Assertion({self.means}, {self.level})"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActingFor:
    """For whom somebody acts now, instead of for themselves. That they may is asked again at every act."""

    subject: Subject
    name: str

    def __repr__(self) -> str:
        return f"ActingFor({self.subject.party})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A mandate that was given in another instance, as its portal says of it: for these products.

    `is_everything`: for every other product too; `may_submit`: also to act, and not only to look; `until`: the instant
    it ends; `reference`: its number there.
    """

    products: frozenset[str]
    is_everything: bool
    may_submit: bool
    until: datetime
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A party that is logged in, through which means and how surely. `acting_for`: whose matters are before them.

    `represents`: for whom the means says they may act, while this login lasts; `stated`: by which mandate, when a
    portal says so for one request.
    """

    id: UUID
    party: UUID
    bsn: Bsn | None
    name: str
    audience: Audience
    level: Level
    means: str
    authenticated_at: datetime
    idle_until: datetime
    absolute_until: datetime
    staff: tuple[StaffRole, ...] = ()
    language: str = "nl"
    acting_for: ActingFor | None = None
    represents: ActingFor | None = None
    stated: Stated | None = None

    @property
    def owner(self) -> str:
        """Return to whom belongs what is filled in now: the person, and who they act for."""
        return f"{self.party} for {self.acting_for.subject.party}" if self.acting_for else str(self.party)

    @property
    def own_subject(self) -> Subject:
        """Return who is logged in, also while they act for another."""
        return Subject(party=self.party, bsn=self.bsn)

    @property
    def subject(self) -> Subject:
        """Return whose matters are before this login: of who they act for, otherwise their own."""
        return self.acting_for.subject if self.acting_for else self.own_subject

    @property
    def subject_name(self) -> str:
        """Return the name of whose matters are before this login."""
        return self.acting_for.name if self.acting_for else self.name

    @property
    def is_without_number(self) -> bool:
        """Say whether somebody handles their own matters while organisations cannot know who they are."""
        return self.audience is Audience.CITIZEN and self.acting_for is None and self.bsn is None

    @property
    def uses_pages_of_citizens(self) -> bool:
        """Say whether this login sees the pages of citizens: their own, or a worker's who helps somebody with them."""
        return self.audience is Audience.CITIZEN or (self.audience is Audience.STAFF and self.acting_for is not None)

    def roles_with(self, task: StaffTask) -> tuple[StaffRole, ...]:
        """Return the roles in which a worker has a task, at one organisation or several."""
        return tuple(role for role in self.staff if task in role.roles)

    def __repr__(self) -> str:
        return f"Login({self.id}, {self.audience}, {self.level.name})"

    @property
    def until(self) -> datetime:
        """Return the instant at which this login ends if nothing more happens."""
        return min(self.idle_until, self.absolute_until)

    def is_valid(self, at: datetime) -> bool:
        """Say whether the login holds at an instant; a clock that ran back ends it."""
        return self.authenticated_at - CLOCK_SKEW <= at < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One human act: what groups everything it caused. `trace`: W3C trace id, 32 hexadecimal digits."""

    id: UUID
    trace: str


class Ended(StrEnum):
    """Why a login ended."""

    IDLE = "idle"
    ABSOLUTE = "absolute"
    SIGNED_OUT = "signed-out"
    REPLACED = "replaced"
    DIED = "died"
    BLOCKED = "blocked"


class Request(HttpRequest):
    """A request as our views receive it: with the login, if any."""

    login: Login | None
    login_ended: Ended | None
    kept_form: QueryDict | None


class LoggedIn(HttpRequest):
    """A request that `open_to` lets through only with a login."""

    login: Login
    login_ended: None
    kept_form: QueryDict | None


class LoginNeeded(Problem):
    """Somebody must log in first. `open_to` turns it into the login page."""

    code = "login-needed"
    title = "Log eerst in"
    status = 401


class StepUpNeeded(Problem):
    """The login is not sure enough for this act. `open_to` turns it into a login at `level` that comes back here."""

    code = "step-up-needed"
    title = "Log in met een hoger niveau"
    status = 403

    def __init__(self, level: Level, detail: str = "") -> None:
        super().__init__(detail or gettext_noop("Voor deze stap moeten wij zekerder weten dat u het bent."))
        self.level = level

    def as_json(self) -> dict[str, str | int]:
        """Return the problem with the level that is needed."""
        return {**super().as_json(), "level": int(self.level)}


class AssertionRefused(Problem):
    """What came back from a means of login cannot be trusted."""

    code = "login-refused"
    title = "Inloggen is niet gelukt"
    status = 403
