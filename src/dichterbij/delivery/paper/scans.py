"""Pictures of paper: recognised by their content, sealed, the same one kept once."""

import hashlib
from uuid import UUID

from dichterbij.ground.identity.domain import Login
from dichterbij.ground.organisations import keys
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin
from dichterbij.web.forms.fields import SIGNATURES

from .domain import NotNow
from .queries import SCAN, row_of

MOST = 20


def add(login: Login, paper_id: UUID, content: bytes) -> None:
    """Keep a picture of a piece of post; the field of the form has refused what is no picture or too big."""
    row = row_of(login, paper_id)
    if row.scans.count() >= MOST:
        raise NotNow("Er zijn al twintig scans bij dit poststuk.")
    organisation = Oin(row.organisation)
    row.scans.get_or_create(
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={
            "organisation": row.organisation,
            "kind": next(kind for kind, start in SIGNATURES.items() if content.startswith(start)),
            "size": len(content),
            "sealed": keys.seal(organisation, content, purpose=SCAN),
            "added_at": clock.now(),
            "staff": next((role.audit_ref for role in login.staff if role.organisation == organisation), ""),
        },
    )
