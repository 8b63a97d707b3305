"""A question of a company in words of a person: who, what, why, from where, for how long, and how far it got."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from dichterbij.delivery.sharing import catalogue
from dichterbij.delivery.sharing.domain import Consent, State
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.ground.registry.registries import registry
from dichterbij.kernel import clock
from dichterbij.kernel.formats import date_long


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A question in words. `kind`: the colour of its status."""

    consent: Consent
    who: str
    what: str
    why: str
    source: str
    legal_basis: str
    how_long: str
    status: str
    kind: str


def tell(consent: Consent, language: str) -> Told:
    """Return a question in words."""
    question = consent.question
    packet = catalogue.packets()[question.packet]
    status, kind = _status(consent.state)
    return Told(
        consent=consent,
        who=organisations.organisation(question.recipient).name,
        what=catalogue.what_is_asked(question, language),
        why=catalogue.why(question, language),
        source=registry(packet.registry).label(language),
        legal_basis=activities.activity(packet.activity).legal_basis,
        how_long=_how_long(consent, language),
        status=status,
        kind=kind,
    )


def last_day(consent: Consent) -> date | None:
    """Return until which day a company wants to ask again; None when once is enough."""
    days = consent.question.days
    return clock.today() + timedelta(days=days) if days else None


def _how_long(consent: Consent, language: str) -> str:
    until = date_long(consent.last_day, language)
    if consent.given_at and consent.is_once:
        return _("Eén keer, uiterlijk op %(day)s") % {"day": until}
    if consent.given_at:
        return _("Zo vaak als nodig, tot en met %(day)s") % {"day": until}
    asked = last_day(consent)
    if asked:
        return _("Eén keer, of als u dat goed vindt tot en met %(day)s") % {"day": date_long(asked, language)}
    return _("Eén keer, binnen 14 dagen na uw antwoord")


def _status(state: State) -> tuple[str, str]:
    return {
        State.WAITING: (_("Wacht op uw antwoord"), "todo"),
        State.REFUSED: (_("U zei nee"), ""),
        State.GIVEN: (_("U deelt dit"), "info"),
        State.USED: (_("Eén keer gedeeld"), "ok"),
        State.WITHDRAWN: (_("Teruggenomen"), ""),
        State.EXPIRED: (_("Voorbij"), ""),
    }[state]
