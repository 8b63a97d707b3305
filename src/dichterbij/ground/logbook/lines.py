"""Make the line of an access and an entry: every field of both, people as pseudonyms."""

import json
import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Role

from . import pseudonyms
from .domain import Entry, Json, Log, Result, canonical, leaf, without_numbers
from .models import Line


def make(access: Access, entry: Entry) -> Line:
    """Return the line, not yet written."""
    line_id, at = uuid4(), clock.now()
    subject = pseudonyms.of_subject(access.organisation, entry.subject) if entry.subject else ""
    own_matter = entry.subject is None or entry.subject == access.subject.number
    body = canonical(
        {
            "v": 1,
            "id": str(line_id),
            "at": at.isoformat(timespec="microseconds"),
            "span": secrets.token_hex(8),
            "subject": subject,
            "ownMatter": own_matter,
            **_what(entry),
            **_who(access),
            **_why(access),
        }
    )
    return Line(
        line_id=line_id,
        log=Log.CONFIDENTIAL if access.activity.confidential else Log.OPEN,
        kind=entry.kind,
        at=at,
        organisation=access.organisation.value,
        activity=access.activity.id,
        subject=subject,
        actor=_by_whom(access) or None,
        own_matter=own_matter,
        items=released(entry),
        act=access.act,
        intent=entry.intent,
        body=body,
        leaf_hash=leaf(body),
    )


def parsed(line: Line) -> Mapping[str, Any]:
    """Return what a line says, from the bytes that were hashed."""
    content: Mapping[str, Any] = json.loads(bytes(line.body))
    return content


def released(entry: Entry) -> int:
    """Return how many data items an entry says were released."""
    return len(entry.fields) if entry.outcome is Result.GIVEN else 0


def _what(entry: Entry) -> dict[str, Json]:
    return {
        "kind": entry.kind.value,
        "registry": entry.registry,
        "fields": [without_numbers(name) for name in entry.fields],
        "source": without_numbers(entry.source),
        "period": entry.period,
        "outcome": entry.outcome.value,
        "items": released(entry),
        "intent": _text(entry.intent),
    }


def _who(access: Access) -> dict[str, Json]:
    actor, organisation = access.actor, access.organisation
    return {
        "organisation": organisation.value,
        "actor": {
            "role": actor.role.value,
            "organisation": actor.organisation.value,
            "party": _actor(access),
            "staffReference": actor.staff_reference,
            **({"present": _present(access)} if access.present else {}),
        },
        "bySelf": access.is_own(),
        "about": pseudonyms.of_party(organisation, access.subject.party),
        "onBehalfOf": without_numbers(access.on_behalf_of),
        "level": access.level.name.lower(),
    }


def _actor(access: Access) -> str:
    return pseudonyms.of_actor(access.organisation, access.actor.party) if access.actor.party else ""


def _present(access: Access) -> str:
    return pseudonyms.of_actor(access.organisation, access.present.party) if access.present else ""


def _by_whom(access: Access) -> str:
    """Return who acted for the person: a representative, also one whom a worker helped."""
    return _actor(access) if access.actor.role is Role.REPRESENTATIVE else _present(access)


def _why(access: Access) -> dict[str, Json]:
    activity = access.activity
    return {
        "activity": {
            "id": activity.id,
            "version": activity.version,
            "purpose": activity.purpose,
            "legalBasis": activity.legal_basis,
            "automatic": activity.automatic,
        },
        "permission": access.permission.value,
        "product": access.product,
        "act": str(access.act),
        "case": _text(access.case),
        "trace": access.trace,
        "accessGivenAt": access.at.isoformat(timespec="microseconds"),
        "reason": without_numbers(access.reason),
    }


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
