"""What somebody agreed to, written down for them: a receipt in the shape of ISO/IEC TS 27560, verifiable offline.

It stands, signed, beside the proof of the line of the log that says so (`dichterbij logbook verify --proof FILE`), and
stays verifiable after the consent ended. The field names are ours where the standard, which is not free to read, could
not be looked at: record, subject, controller, recipient, purpose, data, validity, how it was collected, status, events.
"""

from datetime import datetime

from dichterbij.ground.logbook.domain import Json
from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import activities
from dichterbij.ground.registry.registries import registry
from dichterbij.kernel.access import Access

from . import catalogue
from .domain import Consent
from .looking import NAME_AND_BIRTH


def receipt(access: Access, consent: Consent, language: str) -> dict[str, Json]:
    """Return the receipt of a question that was answered, as it stands now. No name and no number of the person."""
    question, operator = consent.question, organisations.operator()
    packet = catalogue.packets()[question.packet]
    recipient = organisations.organisation(question.recipient)
    return {
        "schema": "dichterbij consent receipt 1, after ISO/IEC TS 27560:2023",
        "recordId": str(consent.id),
        "language": language,
        "subject": keys.keyed_hash(operator.oin, "sharing.subject", str(access.subject.party)),
        "controller": {"oin": operator.oin.value, "name": operator.name},
        "recipient": {"oin": recipient.oin.value, "name": recipient.name},
        "purpose": {"id": question.purpose, "text": catalogue.why(question, language)},
        "legalBasis": activities.activity(packet.activity).legal_basis,
        "data": {
            "packet": packet.key,
            "text": catalogue.what_is_asked(question, language),
            "source": registry(packet.registry).label(language),
            "fields": [*NAME_AND_BIRTH, *packet.fields],
        },
        "validity": {"until": consent.until.isoformat(), "isOnce": consent.is_once},
        "collection": {"method": "page after login", "by": consent.given_as or "self"},
        "status": consent.state.value,
        "events": [{"state": state, "at": at.isoformat()} for state, at in _events(consent) if at],
    }


def _events(consent: Consent) -> tuple[tuple[str, datetime | None], ...]:
    return (
        ("opened", consent.opened_at),
        ("given", consent.given_at),
        ("used", consent.used_at),
        ("withdrawn", consent.withdrawn_at),
    )
