"""Organisations, the people who work there, and how to reach them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

Texts = Mapping[str, str]
"""The same words per language: `nl`, `en`, `pap`."""


class Kind(StrEnum):
    """What sort of body it is."""

    MUNICIPALITY = "municipality"
    PROVINCE = "province"
    WATER_BOARD = "water_board"
    ISLAND = "public_body_of_the_islands"
    AGENCY = "agency"
    COURT = "court"
    PROFESSION = "profession"  # notaries, bailiffs: named by law, no part of the government
    COMPANY = "company"  # insurers, landlords, banks: an address on a card


class StaffTask(StrEnum):
    """What somebody may do for an organisation."""

    READ = "read"  # see cases
    HANDLE = "handle"  # see and prepare cases
    DECIDE = "decide"  # see and decide cases
    DESK = "desk"  # help people at the counter and on the phone
    AUDIT = "audit"  # see which member of staff did what
    OPERATE = "operate"  # keep the instance running
    EDIT = "edit"  # keep the rules and texts


class Mode(StrEnum):
    """What an instance is for; written into its database when that is made."""

    DEMONSTRATION = "demonstration"
    PRODUCTION = "production"


class UnknownOrganisation(Problem):
    """There is no organisation with this number."""

    code = "unknown-organisation"
    title = "Deze organisatie kennen we niet"
    status = 404


class NoOperator(Problem):
    """Nobody operates this instance yet."""

    code = "no-operator"
    title = "Deze omgeving heeft nog geen beheerder"
    status = 503


class WrongMode(Problem):
    """An instance of one mode must not use a database of the other."""

    code = "wrong-mode"
    title = "Deze gegevens horen bij een ander soort omgeving"


class KeyMissing(Problem):
    """A hosted organisation has no key of its own on this machine."""

    code = "key-missing"
    title = "Een sleutel ontbreekt"
    status = 503


class TokenRefused(Problem):
    """A signed or encrypted token does not come from who it says, was changed, or is for somebody else."""

    code = "token-refused"
    title = "Wij kunnen niet vaststellen van wie deze vraag komt"
    status = 401


class SealBroken(Problem):
    """Sealed bytes were changed, or belong to another organisation or purpose."""

    code = "seal-broken"
    title = "Deze gegevens zijn niet te openen"


class InvalidOrganisationFile(Problem):
    """A file that describes an organisation is not in order; the detail says where and what to do."""

    code = "invalid-organisation-file"
    title = "Dit bestand over een organisatie klopt niet"
    status = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How a person reaches the organisation. No `phone`: see the site. `hours` and `note` per language.

    `phone_abroad`: where `phone` is a number that cannot be dialled from another country.
    """

    phone: str
    url: str
    address: str
    hours: Texts
    note: Texts
    phone_abroad: str = ""

    def without_phone(self) -> "Contact":
        """Return the other ways, for while the phone is closed: no number, no hours, and no note on when to call."""
        return replace(self, phone="", phone_abroad="", hours={}, note={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A body. `hosted`: its cases live in this instance; otherwise `provider_url` says where, or it is an address.

    `public_keys`: of a body elsewhere, `sign` and `exchange` (base64url, 32 bytes). `may_ask`: it runs a portal whose
    requests in the name of who is logged in there are answered here; `may_mandate`: it is believed when it says that
    somebody has a mandate that was given there. `closed`: ways to it that are closed for now, by the name of a way of a
    product (click, call, counter, paper); `contact` holds no phone while that is closed. `units`: the names of its
    units, by key.
    """

    oin: Oin
    key: str
    name: str
    kind: Kind
    territory: str
    hosted: bool
    provider_url: str
    theme: str
    contact: Contact
    public_keys: Mapping[str, str] = field(default_factory=dict)
    may_ask: bool = False
    may_mandate: bool = False
    closed: frozenset[str] = frozenset()
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def can_be_asked(self) -> bool:
        """Say whether it answers, here or elsewhere; the others are addresses."""
        return self.hosted or bool(self.provider_url)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRole:
    """What a person may do for an organisation on a day. `audit_ref` stands for them in logs."""

    organisation: Oin
    unit: str
    roles: tuple[StaffTask, ...]
    audit_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Somebody works for a unit of an organisation, from the first day up to and including the last, if any."""

    party: UUID
    organisation: Oin
    unit: str
    roles: tuple[StaffTask, ...]
    first_on: date
    last_on: date | None = None
