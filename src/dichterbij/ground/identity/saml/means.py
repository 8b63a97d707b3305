"""Sending somebody to an identity provider and back."""

import json
from dataclasses import dataclass
from secrets import token_hex

from django.conf import settings

from dichterbij.ground.organisations import keys, queries
from dichterbij.kernel import clock
from dichterbij.web import security

from .. import means, once, services
from ..configuration import Service
from ..domain import Assertion, Audience, LoginRequest, Means, enough
from . import answers, connections, ending, messages
from .peer import Peer


def register(service: Service) -> None:
    """Admit a means by SAML; forms of our pages may lead to it."""
    connection = Connection(Peer(service, insecure=settings.DEMONSTRATION))
    means.register(
        Means(
            id=service.id,
            name=service.name,
            audience=service.audience,
            identifier_types=service.identifier_types,
            levels=service.levels,
            start=connection.start,
            end=connection.end,
        )
    )
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

    def start(self, asked: LoginRequest) -> str:
        """Return the address at the identity provider where somebody logs in."""
        service, to = self.peer.service, self.peer.described.login
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
        expected = self._expected(service.arrival, _request_id(asked), resolve)
        found = answers.believed(content, described.certificates, expected, clock.machine_time())
        once.count(service.id, found.id)
        return Assertion(
            means=service.id,
            identifiers=(found.identifier,),
            level=found.level,
            state=asked.state,
            name="",
            upstream_session=found.session,
            upstream_token=json.dumps([found.name_id, found.session]) if found.name_id else "",
        )

    def end(self, token: str) -> str:
        """Return the address where the identity provider ends its session too; empty when it offers none."""
        to = self.peer.described.logout
        if not to:
            return ""
        name_id, session = json.loads(token)
        question = messages.logout(
            id=f"_{token_hex(20)}",
            at=clock.machine_time(),
            issuer=self.peer.service.client_id,
            to=to,
            name_id=name_id,
            session=session,
        )
        return messages.address(to, question, "", self.peer.own)

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
        service = self.peer.service
        return messages.metadata(
            issuer=service.client_id, back_to=service.arrival, ended_at=service.ended_at, own=self.peer.own
        )

    def _expected(self, recipient: str, request: str = "", resolve: str = "") -> answers.Expected:
        return answers.Expected(
            issuer=self.peer.described.issuer,
            audience=self.peer.service.client_id,
            recipient=recipient,
            request=request,
            resolve=resolve,
            key=self.peer.own.key,
        )


def _request_id(asked: LoginRequest) -> str:
    """Return the id of the question of one login: made of its `state`, so that nothing more is kept."""
    return f"_{keys.keyed_hash(queries.operator().oin, 'identity.saml.request', asked.state)}"
