"""Where to go for a card, and the ways to get it done: click, call, counter and paper."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.contact.reaching import closed_told
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation, UnknownOrganisation

from .adapters.checks import OWN_MUNICIPALITY
from .domain import Body, Card, Channel, Language, LifeEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Who it is about and how to reach them. `note`: what there is to know about reaching them.

    `closed`: ways that are closed for now, and `closed_told` the same in a sentence with what works.
    `phone_abroad`: where `phone` cannot be dialled from another country.
    """

    name: str
    oin: str = ""
    phone: str = ""
    phone_abroad: str = ""
    url: str = ""
    address: str = ""
    note: str = ""
    closed: frozenset[str] = frozenset()
    closed_told: str = ""

    @property
    def name_at_start(self) -> str:
        """Return the name as it starts a sentence."""
        return self.name[:1].upper() + self.name[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to get it done: its name, what to do, and a link or a phone number where there is one."""

    channel: Channel
    name: str
    text: str
    url: str = ""
    phone: str = ""


def where_of(event: LifeEvent, card: Card, language: Language, municipality: str = "") -> Where:
    """Return who a card is about. `municipality`: key of the reader's own, when it is known."""
    if card.organisation in event.bodies:
        return _of_body(event.bodies[card.organisation], language)
    return municipality_of(municipality if card.organisation == OWN_MUNICIPALITY else card.organisation, language)


def from_abroad(where: Where) -> Where:
    """Return the same with a number that can be dialled from another country, or none."""
    if where.note == _any_municipality():
        note = _("Het nummer voor het buitenland staat op de site van de gemeente.")
        return replace(where, name=_("de gemeente van de overledene"), note=note)
    return replace(where, phone=where.phone_abroad or _international(where.phone))


def _any_municipality() -> str:
    return _("Bel 14 met het netnummer van uw gemeente, bijvoorbeeld 14 070.")


def _international(phone: str) -> str:
    """Return a Dutch number as it is dialled from abroad; empty for one that only works within the country."""
    is_anywhere = phone.startswith("0") and not phone.startswith(("0800", "0900"))
    return f"+31 {phone[1:]}" if is_anywhere else ""


def municipality_of(key: str, language: Language) -> Where:
    """Return the reader's own municipality, or how to find it when this instance does not know it."""
    try:
        return _of_organisation(organisations.by_key(key), language)
    except UnknownOrganisation:
        return Where(name=_("uw gemeente"), note=_any_municipality())


def _of_body(body: Body, language: Language) -> Where:
    name = body.name.get(language) or body.name["nl"]
    closed, told = _closed_at(body.key)
    phone = "" if Channel.CALL in closed else body.phone
    where = body.where.get(language) or ""
    return Where(name=name, phone=phone, url=body.url, note=where, closed=closed, closed_told=told)


def _closed_at(key: str) -> tuple[frozenset[str], str]:
    """Return the ways to a body that are closed for now, and the same in a sentence with what works."""
    try:
        found = organisations.by_key(key)
    except UnknownOrganisation:
        return frozenset(), ""
    return found.closed, closed_told(found)


def _of_organisation(organisation: Organisation, language: Language) -> Where:
    contact = organisation.contact
    return Where(
        name=organisation.name,
        oin=organisation.oin.value,
        phone=contact.phone,
        phone_abroad=contact.phone_abroad,
        url=contact.url,
        address=contact.address,
        note=contact.hours.get(language) or contact.note.get(language) or "",
        closed=organisation.closed,
        closed_told=closed_told(organisation),
    )


def ways_of(card: Card, where: Where, page: str = "") -> tuple[Way, ...]:
    """Return the ways to get a card done. `page`: that of the product, where an application starts."""
    ways = tuple(_way(channel, where, page) for channel in card.channels)
    still = next((way.name for way in ways if way.channel not in where.closed), "")
    return tuple(_closed(way, still) if way.channel in where.closed else way for way in ways)


def _closed(way: Way, still: str) -> Way:
    """Return a way that is closed for now, with what works instead."""
    text = _("Dit kan nu niet. Dit werkt wel: %(way)s.") % {"way": still.lower()} if still else _("Dit kan nu niet.")
    return Way(channel=way.channel, name=way.name, text=text)


def apply_url(card: Card, where: Where) -> str:
    """Return the page of the product behind a card; empty when the organisation takes no applications here."""
    decides = catalogue.organisation_of(catalogue.product(card.product)) if card.product else None
    if decides is None or decides.value != where.oin or not organisations.organisation(decides).can_be_asked:
        return ""
    return reverse("apply", args=[card.product])


def _way(channel: Channel, where: Where, page: str) -> Way:
    match channel:
        case Channel.CLICK if page:
            return Way(channel=channel, name=_("Online"), text=_("Hier aanvragen"), url=page)
        case Channel.CLICK:
            return Way(channel=channel, name=_("Online"), text=_domain(where.url), url=where.url)
        case Channel.CALL:
            return Way(
                channel=channel,
                name=_("Bellen"),
                text=where.phone or where.note or _("Het nummer staat op de site."),
                phone=where.phone,
            )
        case Channel.COUNTER:
            text = where.address or _("Vraag %(name)s om een afspraak.") % {"name": where.name}
            return Way(channel=channel, name=_("Balie"), text=text)
        case Channel.PAPER:
            text = _("Vraag %(name)s om een formulier of schrijf een brief.") % {"name": where.name}
            return Way(channel=channel, name=_("Op papier"), text=text)


def _domain(url: str) -> str:
    return url.removeprefix("https://").removeprefix("www.").rstrip("/")
