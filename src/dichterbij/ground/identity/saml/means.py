"""Sending somebody to an identity provider and back."""

import json
from dataclasses import dataclass
from secrets import compare_digest, token_hex

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext

from dichterbij.ground.organisations import keys, queries
from dichterbij.kernel import clock
from dichterbij.kernel.levels import Level
from dichterbij.web import security

from .. import means, naming, once, services
from ..configuration import Service
from ..domain import Assertion, Audience, Identifier, IdentifierType, LoginRequest, Means, Posted, enough
from . import answers, connections, ending, messages, people, routing
from .checks import ensure
from .peer import Peer

COMPANY_NUMBERS = {IdentifierType.KVK: "KVK", IdentifierType.RSIN: "RSIN"}


def register(service: Service) -> None:
    """Admit a means by SAML; our login page may lead to it."""
    connection = Connection(Peer(service, insecure=settings.DEMONSTRATION))
    taken = [each.id for each in connections.sharing(service) if service.routing and each.place == service.place]
    if taken:
        raise ImproperlyConfigured(f"{service.id}: has the place of {taken[0]} under the same client_id")
    means.register(
        Means(
            id=service.id,
            name=service.name,
            audience=service.audience,
            identifier_types=service.identifier_types,
            levels=service.levels,
            start=connection.start,
            end=connection.end,
            represents=service.represents,
            represented_in=service.represented_in,
        )
    )
    if service.routing is None:  # a form that is posted stands on a page of its own, that may lead there
        security.allow_forms_to(connection.peer.described.login)
    connections.add(service.id, connection)


@dataclass(frozen=True, slots=True)
class Connection:
    """What passes between a browser, us and one identity provider."""

    peer: Peer

    @property
    def audience(self) -> Audience:
        """Return for whom this means is."""
        return self.peer.service.audience

    def start(self, asked: LoginRequest) -> str | Posted:
        """Return the address at the identity provider where somebody logs in, or the form that leads to it."""
        service, to = self.peer.service, self.peer.described.login
        if service.routing is not None:
            return routing.login(
                id=_request_id(asked),
                at=clock.machine_time(),
                issuer=service.client_id,
                to=to,
                routing=service.routing,
                level=asked.level,
                state=asked.state,
                own=self.peer.own,
            )
        question = messages.login(
            id=_request_id(asked),
            at=clock.machine_time(),
            issuer=service.client_id,
            to=to,
            back_to=service.arrival,
            level=enough(service.levels, asked.level)[0],
        )
        return messages.address(to, question, asked.state, self.peer.own)

    def answered(self, asked: LoginRequest, artifact: str) -> Assertion:
        """Return what the identity provider asserts; raises `AnswerRefused`, `LoginCancelled`, `MeansUnavailable`."""
        service, described = self.peer.service, self.peer.described
        resolve, content = self.peer.fetch(artifact)
        expected = self._expected(service.arrival, _request_id(asked), resolve, asked.level)
        found = answers.believed(content, described.certificates, expected, clock.machine_time())
        once.count(service.id, found.id)
        represents = _represented(found.represents, service.represents)
        return Assertion(
            means=service.id,
            identifiers=found.identifiers,
            level=found.level,
            state=asked.state,
            name=_person(found.identifiers, represents),
            represents=represents,
            represents_name=_called(represents) if represents else "",
            upstream_session=found.session,
            upstream_token=json.dumps([found.name_id, found.session]) if found.name_id else "",
        )

    def end(self, token: str) -> str | Posted:
        """Return the address or form with which the identity provider ends its session too; empty when it ends none."""
        to, service = self.peer.described.logout, self.peer.service
        if not to:
            return ""
        name_id, session = json.loads(token)
        said = {"at": clock.machine_time(), "issuer": service.client_id, "to": to, "name_id": name_id}
        if service.routing is not None:
            return routing.logout(id=_asked_to_leave(token_hex(20)), session=session, own=self.peer.own, **said)
        question = messages.logout(id=f"_{token_hex(20)}", session=session, **said)
        return messages.address(to, question, "", self.peer.own)

    def ensure_left(self, content: bytes) -> None:
        """Raise `AnswerRefused` unless a routing service says that it ended the session that we asked it to end."""
        service, described = self.peer.service, self.peer.described
        expected = self._expected(service.left_at)
        asked = ending.ensure_left(content, described.certificates, expected, clock.machine_time())
        ensure(compare_digest(asked.encode(), _asked_to_leave(asked[1:41]).encode()), "InResponseTo")

    def ended(self, content: bytes) -> bytes:
        """End the logins whose session the identity provider ended, once per message, and return the answer to it.

        Raises `AssertionRefused`.
        """
        service, described = self.peer.service, self.peer.described
        at = clock.machine_time()
        found = ending.ended(content, described.certificates, self._expected(service.ended_at), at)
        once.count(service.id, found.id)
        for session in found.sessions:
            services.end_upstream(service.id, session)
        if found.whom is not None:
            services.end_all_of(service.id, found.whom)
        return messages.logged_out(
            id=f"_{token_hex(20)}", at=at, issuer=service.client_id, asked=found.id, own=self.peer.own
        )

    def metadata(self) -> bytes:
        """Return who this instance is, for the operator of the identity provider."""
        service, peer = self.peer.service, self.peer
        if service.routing is not None:
            return routing.metadata(connections.sharing(service), peer.own, peer.reader)
        return messages.metadata(
            issuer=service.client_id, back_to=service.arrival, ended_at=service.ended_at, own=peer.own
        )

    def _expected(
        self, recipient: str, request: str = "", resolve: str = "", level: Level = Level.NONE
    ) -> people.Expected:
        service, asked = self.peer.service, self.peer.service.routing
        return people.Expected(
            issuer=self.peer.described.issuer,
            audience=service.client_id,
            recipient=recipient,
            request=request,
            resolve=resolve,
            key=self.peer.reader.key,
            provider=asked.provider.id if asked and asked.provider else "",
            service=asked.service_for(level)[1] if asked else "",
            represents=bool(asked and service.represents),
            mandated=bool(asked and asked.mandates),
        )


def _request_id(asked: LoginRequest) -> str:
    """Return the id of the question of one login: made of its `state`, so that nothing more is kept."""
    return f"_{keys.keyed_hash(queries.operator().oin, 'identity.saml.request', asked.state)}"


def _asked_to_leave(random: str) -> str:
    """Return the id of a question to log out that we know again as ours: no login is left to keep it with."""
    return f"_{random}{keys.keyed_hash(queries.operator().oin, 'identity.saml.logout', random)}"


def _represented(said: tuple[Identifier, ...], admitted: frozenset[IdentifierType]) -> Identifier | None:
    """Return by which number we know for whom somebody acts: one that this means may give, when there is one."""
    return next((each for each in said if each.type in admitted), said[0] if said else None)


def _person(said: tuple[Identifier, ...], represents: Identifier | None) -> str:
    """Return how pages name who logged in for a company; of a person the number says enough to find the name."""
    has_number = any(each.type is IdentifierType.BSN for each in said)
    return gettext("iemand van het bedrijf") if represents and not has_number else ""


def _called(number: Identifier) -> str:
    """Return how pages name a person or company of whom we have the number alone."""
    if number.type is IdentifierType.BSN:
        return naming.by_number(number.value)
    return f"{COMPANY_NUMBERS.get(number.type, '')} {number.value}".strip()
