"""Log somebody in, in a test, through the one place where a session is made."""

from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from dichterbij.ground.identity import asking, means, services
from dichterbij.ground.identity.domain import Assertion, Audience, Identifier, IdentifierType, Login, Means
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level

LEVELS = {level.name.lower(): level for level in (Level.LOW, Level.SUBSTANTIAL, Level.HIGH)}


def means_for(audience: Audience) -> Means:
    """Return a means of these tests, admitted once."""
    name = f"tests-{audience}"
    if name not in means._means:
        means.register(
            Means(
                id=name,
                name="Middel van de tests",
                description="Alleen in tests.",
                audience=audience,
                identifier_types=frozenset({IdentifierType.BSN, IdentifierType.EMPLOYEE, IdentifierType.PSEUDONYM}),
                levels=LEVELS,
                start=lambda asked: f"/start?state={asked.state}",
                for_tests=True,
            )
        )
    return means.named(name)


def assertion_for(
    bsn: Bsn | str, *, level: Level = Level.SUBSTANTIAL, audience: Audience = Audience.CITIZEN, **changed: object
) -> Assertion:
    """Return what the means of these tests says about a person."""
    number = bsn if isinstance(bsn, Bsn) else Bsn(bsn)
    usual = {
        "means": means_for(audience).id,
        "identifiers": (Identifier.of(number),),
        "level": level.name.lower(),
        "state": "",
        "name": "T. Test",
    }
    return Assertion(**{**usual, **changed})  # type: ignore[arg-type]


def request_of(client: Client) -> HttpRequest:
    """Return a bare request that carries the session of a client."""
    request = HttpRequest()
    request.META |= {"SERVER_NAME": "testserver", "SERVER_PORT": "80"}
    request.session = client.session
    return request


def sign_in_client(
    client: Client,
    bsn: Bsn | str,
    level: Level = Level.SUBSTANTIAL,
    *,
    audience: Audience = Audience.CITIZEN,
    name: str = "T. Test",
) -> Login:
    """Log a person in at a level, as citizen or as staff; whoever was logged in on this client is logged out."""
    request = request_of(client)
    services.sign_out(request)
    asked = asking.begin(request, means_for(audience).id, "/", level)
    login = services.sign_in(request, assertion_for(bsn, level=level, audience=audience, state=asked.state, name=name))
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return login


def pseudonym() -> Identifier:
    """Return an identifier that says nothing about who somebody is."""
    return Identifier(type=IdentifierType.PSEUDONYM, value=uuid4().hex)
