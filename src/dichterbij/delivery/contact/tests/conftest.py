"""A mail server, a notification service, and an access to one's own contact details."""

import socket
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from dichterbij.delivery.contact import senders
from dichterbij.delivery.contact.domain import Outgoing, Way
from dichterbij.ground.conftest import start
from dichterbij.ground.identity import services as identity
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Actor, Permission, Role, Subject
from dichterbij.kernel.levels import Level

__all__ = ["start"]


class MailServer:
    """A real SMTP server on a port of its own; it refuses `gone@` for good and `full@` for now."""

    def __init__(self) -> None:
        self.received: list[bytes] = []

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("gone@"):
            return "550 5.1.1 no such user"
        if address.startswith("full@"):
            return "452 4.2.2 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.received.append(envelope.content)
        return "250 OK"


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    found = MailServer()
    controller = Controller(found, hostname="127.0.0.1", port=_free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield found
    controller.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


@pytest.fixture
def sent(monkeypatch) -> list[Outgoing]:
    """What was sent along every way, by senders that take everything."""
    found: list[Outgoing] = []

    def take(outgoing: Outgoing) -> str:
        found.append(outgoing)
        return "taken"

    monkeypatch.setattr(senders, "_senders", dict.fromkeys(Way, take))
    return found


@pytest.fixture
def own(organisations_here: None, persona) -> Callable[[str], Access]:
    """Return a function that gives somebody's access to their own contact details."""

    def access(key: str) -> Access:
        bsn, operator = persona(key), organisations.operator().oin
        party = identity.party_for(bsn)
        return Access(
            actor=Actor(role=Role.CITIZEN, organisation=operator, party=party),
            subject=Subject(party=party, bsn=bsn),
            organisation=operator,
            activity=activities.activity("portaal.contactgegevens"),
            permission=Permission.SUBMIT,
            product="portaal.contactgegevens",
            level=Level.SUBSTANTIAL,
            act=uuid4(),
            at=clock.now(),
            trace=uuid4().hex,
        )

    return access


@pytest.fixture
def organisations_here(organisations: None) -> None:
    """The organisations of the world are set up."""
