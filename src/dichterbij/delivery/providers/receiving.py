"""Answer an organisation elsewhere: check its assertion, then ask our own `may` for the person it speaks for."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

from django.http import HttpRequest
from ninja.security import HttpBearer

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.cases.domain import UnknownCase, UnknownDraft
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import UnknownProduct
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages.domain import UnknownMessage
from dichterbij.ground.authority import agreements, registers
from dichterbij.ground.authority.domain import Denied, Refusal
from dichterbij.ground.authority.portal import own_access
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity import acts
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity import services as identity_services
from dichterbij.ground.identity.domain import ActingFor, Audience, Login
from dichterbij.ground.identity.refusals import LoginClosed
from dichterbij.ground.identity.routes import Declaration
from dichterbij.ground.registry import activities
from dichterbij.ground.registry.answers import RegistryUnavailable, UnknownActivity
from dichterbij.ground.registry.domain import SourceRefused
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission, Product, Subject
from dichterbij.kernel.identifiers import Number
from dichterbij.kernel.levels import Level
from dichterbij.web.api import CallerUnknown

from .assertion import VALID_FOR, Asserted, Call, accept


class Asking(HttpRequest):
    """A request of another organisation, after its assertion was accepted."""

    auth: Asserted


class SignedAssertion(HttpBearer):
    """The assertion of another organisation as the key of the API; a request without one is refused."""

    declares = Declaration((Audience.ORGANISATION,), Level.NONE)

    def authenticate(self, request: HttpRequest, token: str) -> Asserted:
        """Return what the assertion says; raises what `assertion.accept` raises."""
        if not token.isascii():
            raise CallerUnknown
        path = request.get_full_path()
        return accept(token, Call(method=request.method or "", path=path, body=request.body))


def to_assess(asked: Asserted, activity: str) -> Access:
    """Return the access to determine and read under an activity of the organisation that is asked."""
    found = activities.registered(activity)
    if activities.organisation_of(found).oin != asked.organisation:
        raise UnknownActivity(f"Verwerking {activity} is van een andere organisatie.")
    product = Product(
        id=activity,
        organisation=asked.organisation,
        activity=activities.activity(activity),
        level=_level_of(asked, activity),
    )
    return _access(asked, product, Permission.READ, keeps=True)


def to_start(asked: Asserted, product: str) -> Access:
    """Return the access to begin an application for a product of the organisation that is asked."""
    return _access(asked, _own_product(asked, product), Permission.PREPARE, keeps=True)


def to_submit(asked: Asserted, product: str) -> Access:
    """Return the access to send an application."""
    return _access(asked, _own_product(asked, product), Permission.SUBMIT)


def to_draft(asked: Asserted, draft: UUID) -> Access:
    """Return the access to a draft; raises `UnknownDraft`, also for one of another person or organisation."""
    place = cases.place_of_draft(draft)
    if place.product.organisation != asked.organisation or place.party != identity.party_of(asked.subject):
        raise UnknownDraft
    return _access(asked, place.product, Permission.PREPARE)


def to_case(asked: Asserted, case: UUID, permission: Permission) -> Access:
    """Return the access to a case; raises `UnknownCase`, also for one of another person or organisation."""
    place = cases.place(case)
    if place.product.organisation != asked.organisation or place.party != identity.party_of(asked.subject):
        raise UnknownCase
    return _access(asked, place.product, permission, case=case)


def to_message(asked: Asserted, message: UUID) -> Access:
    """Return the access to a message; raises `UnknownMessage`, also for one of another organisation."""
    product = messages.product_of(message)
    if product.organisation != asked.organisation:
        raise UnknownMessage
    return _access(asked, product, Permission.READ)


def to_all_messages(asked: Asserted, message: UUID) -> Access:
    """Return the access to a choice about every message of this sender; raises `UnknownMessage`."""
    place = to_message(asked, message)
    return _access(asked, messages.everything_of(messages.product_of(message)), place.permission)


def to_all_cases(asked: Asserted) -> Access | None:
    """Return the access to what a person has here; None when that is nothing."""
    return _to_all(asked, cases.where)


def to_box(asked: Asserted) -> Access | None:
    """Return the access to what was written to a person; None when that is nothing."""
    return _to_all(asked, messages.senders)


def _to_all(asked: Asserted, places: Callable[[UUID], tuple[Product, ...]]) -> Access | None:
    party = identity.party_of(asked.subject)
    found = (each for each in (places(party) if party else ()) if each.organisation == asked.organisation)
    product = max(found, key=lambda each: each.level, default=None)
    return _access(asked, product, Permission.READ) if product else None


def _own_product(asked: Asserted, product: str) -> Product:
    found = catalogue.for_access(product)
    if found.organisation != asked.organisation:
        raise UnknownProduct
    return found


def _level_of(asked: Asserted, activity: str) -> Level:
    """Return how sure we must be: as for the products of this activity; for one without a product, as for a plan."""
    levels = [each.level for each in catalogue.products(asked.organisation) if each.activity == activity]
    return max(levels, default=Level.SUBSTANTIAL)


def _access(
    asked: Asserted, product: Product, permission: Permission, *, case: UUID | None = None, keeps: bool = False
) -> Access:
    """Ask our own `may`. `keeps`: something will be kept for the person, so they become known here.

    Raises `LoginClosed` for who died, also when the portal has not heard of it.
    """
    login, is_own = _login(asked, keeps), asked.actor == asked.subject
    if identity.has_died(login.party):
        raise LoginClosed
    with acts.within(asked.act):
        silence = None if is_own or asked.mandate else ask_registers(login)
        whose = Subject.of(login.party if is_own else _party(asked.subject, keeps), asked.subject)
        if asked.mandate and not is_own:
            login = replace(login, represents=ActingFor(subject=whose, name=""), stated=asked.mandate)
        agreements.take_over(whose.party, product.id, map(identity_services.party_for, asked.agreed))
        try:
            return require(login, product, permission, subject=whose, case=case, through=asked.asker)
        except Denied as denied:
            if silence and denied.reason in (Refusal.NO_AUTHORITY, Refusal.NOT_OF_COMPANY):
                raise silence from denied
            raise


def _login(asked: Asserted, keeps: bool) -> Login:
    """Return the login at the portal, for the minute of its assertion. Who acts for another becomes known here."""
    actor = _party(asked.actor, keeps or asked.actor != asked.subject)
    until = asked.asked_at + VALID_FOR
    return Login(
        id=asked.number,
        party=actor,
        bsn=asked.actor,
        name="",
        audience=Audience.CITIZEN,
        level=asked.level,
        means=f"organisation:{asked.asker}",
        authenticated_at=asked.asked_at,
        idle_until=until,
        absolute_until=until,
    )


def ask_registers(login: Login) -> RegistryUnavailable | SourceRefused | None:
    """Learn for whom somebody may act by law: no portal is believed in that. `may` asks again when this is too old.

    Returns why a register did not answer: that stops nobody who may act by another or by a mandate.
    """
    asked_at = registers.asked_at(login.party)
    if asked_at is None or clock.now() - asked_at > registers.BELIEVED:
        try:
            registers.look_up(own_access(login, Permission.READ))
        except (RegistryUnavailable, SourceRefused) as silence:
            return silence
    return None


def _party(number: Number, keeps: bool) -> UUID:
    """Return the party of a number; one who is not known here has nothing here, and is nobody's."""
    return identity_services.party_for(number) if keeps else identity.party_of(number) or uuid4()
