"""Other instances: which organisation lives where, and whose logins are believed here."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop

from dichterbij.ground.identity.domain import AssertionRefused, Audience, IdentifierType, Login, LoginRequest, Means
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation, UnknownOrganisation
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.levels import Level
from dichterbij.web import security

from ..domain import NotHere

PREFIX = "portal-"
LEVELS = {level.name.lower(): level for level in (Level.LOW, Level.SUBSTANTIAL, Level.HIGH)}


def site(organisation: Organisation) -> str:
    """Return where the pages of an instance are: beside its address for machines. Forms may lead there from now on."""
    parts = urlsplit(organisation.provider_url)
    found = f"{parts.scheme}://{parts.netloc}"
    security.allow_forms_to(found)
    return found


def elsewhere(oin: Oin) -> Organisation:
    """Return an organisation that lives in another instance with pages; raises `NotHere`."""
    try:
        found = organisations.organisation(oin)
    except UnknownOrganisation:
        raise NotHere from None
    if found.hosted or not _is_reachable(found):
        raise NotHere
    return found


def portal(oin: Oin) -> Organisation:
    """Return who operates an instance whose logins are believed here; raises `AssertionRefused` for any other."""
    found = next((each for each in portals() if each.oin == oin), None)
    if found is None:
        raise AssertionRefused("Deze manier van inloggen kennen wij niet.")
    return found


def is_portal(oin: Oin) -> bool:
    """Say whether the logins of an instance are believed here."""
    return any(each.oin == oin for each in portals())


def means_of(oin: Oin) -> str:
    """Return the name of the means "is logged in at that instance"."""
    return f"{PREFIX}{oin}"


def is_from_portal(login: Login) -> bool:
    """Say whether a login began in another instance."""
    return login.means.startswith(PREFIX)


def bodies_at(of: Organisation) -> tuple[Oin, ...]:
    """Return the bodies that live in the same instance as an organisation elsewhere."""
    return tuple(each.oin for each in organisations.organisations() if each.provider_url == of.provider_url)


def bodies_here() -> tuple[Oin, ...]:
    """Return the bodies that live in this instance."""
    return tuple(each.oin for each in organisations.organisations() if each.hosted)


def came_from(login: Login) -> str:
    """Return the site of the instance where a login began; empty for one that began here."""
    return next((site(each) for each in portals() if means_of(each.oin) == login.means), "")


def means() -> Iterator[Means]:
    """Give each instance whose logins are believed here, as a means of login."""
    for each in portals():
        yield Means(
            id=means_of(each.oin),
            name=each.name,
            description=gettext_noop("U bent daar al ingelogd, of u logt daar in. Daarna gaat u hier verder."),
            audience=Audience.CITIZEN,
            identifier_types=frozenset({IdentifierType.BSN}),
            levels=LEVELS,
            start=partial(asking_address, each),
            end=partial(_left, each),
        )


def portals() -> Iterator[Organisation]:
    """Give who operates an instance whose logins are believed here, and where its pages are."""
    for each in organisations.organisations():
        if each.may_ask and not each.hosted and each.public_keys and _is_reachable(each):
            yield each


def _is_reachable(organisation: Organisation) -> bool:
    return organisation.provider_url.startswith("https://" if settings.HTTPS else ("https://", "http://"))


def asking_address(each: Organisation, asked: LoginRequest) -> str:
    """Return the page of the other instance where somebody reads what goes along; it comes back with `state`."""
    query = urlencode({"state": asked.state, "level": asked.level.name.lower(), "page": asked.next})
    return f"{site(each)}{reverse('hand-over', args=[organisations.operator().oin])}?{query}"


def _left(each: Organisation, token: str) -> str:  # noqa: ARG001 nothing is told about who leaves
    """Return our page that says where somebody may still be logged in."""
    return reverse("login-from-left", args=[each.oin])
