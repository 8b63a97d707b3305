"""Making a mandate: for oneself, or passing on one that allows it. Its code is handed over, and shown once."""

from datetime import date
from uuid import UUID

from dichterbij.ground.identity import queries as identity
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.dates import add_months

from . import codes, standing
from .mandates import Given, Terms, UnknownMandate, as_given, is_giver, opened, record, running, sealed, terms_of
from .models import Mandate
from .standing import CannotMandate

MOST_MONTHS = 60
MOST_MANDATES = 100
MOST_PRODUCTS = 200


def give(access: Access, *, name: str, terms: Terms) -> tuple[UUID, str]:
    """Let whoever has the code act for the subject of the access; returns the mandate and its code.

    `name`: of who gives it. Raises `CannotMandate`.
    """
    _ensure_sensible(access.subject.party, terms)
    standing.ensure_can_mandate(access)
    record(access, "machtiging")
    row = new(access.subject.party, terms, names={"represented": name, "representative": ""})
    return row.id, _with_code(row)


def pass_on(access: Access, mandate: UUID, *, last_day: date) -> tuple[UUID, str]:
    """Let whoever has the code act in the place of the subject of the access, for who gave them this mandate.

    Raises `UnknownMandate`, and `CannotMandate` when passing on was not allowed or ends later than the mandate itself.
    """
    row = running().filter(id=mandate, representative=access.subject.party).exclude(accepted_at=None).first()
    if row is None or identity.has_died(row.represented):
        raise UnknownMandate
    if not row.may_pass_on:
        raise CannotMandate("U mag deze machtiging niet doorgeven.", remedy="Vraag wie u machtigde om een nieuwe.")
    before = terms_of(row)
    if last_day > before.last_day:
        raise CannotMandate("Doorgeven kan niet langer dan uw eigen machtiging loopt.")
    terms = Terms(
        products=before.products,
        last_day=last_day,
        is_everything=before.is_everything,
        may_submit=before.may_submit,
    )
    _ensure_sensible(row.represented, terms)
    record(access, "machtiging doorgeven")
    names = {"represented": opened(row)["represented"], "representative": ""}
    passed = new(row.represented, terms, names=names, passed_on_from=row.id)
    return passed.id, _with_code(passed)


def code_once(access: Access, mandate: UUID) -> tuple[Given, str] | None:
    """Return a new mandate with its code and forget the code; None when it was shown before."""
    row = running().filter(id=mandate, accepted_at=None).first()
    if row is None or not is_giver(row, access.subject.party):
        raise UnknownMandate
    kept = opened(row)
    code = kept.pop("code", "")
    Mandate.objects.filter(id=row.id).update(sealed=sealed(kept))
    return (as_given([row])[0], code) if code else None


def new(
    represented: UUID,
    terms: Terms,
    *,
    names: dict[str, str],
    representative: UUID | None = None,
    passed_on_from: UUID | None = None,
    code: str = "",
) -> Mandate:
    """Write down a mandate that nobody accepted yet; with who asked for it, and the code in their letter.

    The courts are asked at its first use: what they said of who gave it may be old by then.
    """
    now, until = clock.now(), clock.end_of(terms.last_day)
    return Mandate.objects.create(
        represented=represented,
        representative=representative,
        products=sorted(terms.products),
        is_everything=terms.is_everything,
        may_submit=terms.may_submit,
        may_pass_on=terms.may_pass_on,
        passed_on_from=passed_on_from,
        sealed=sealed(names),
        made_at=now,
        asked_at=now if representative else None,
        valid_until=until,
        code_lookup=codes.lookup(code) if code else "",
        code_until=min(now + codes.WORKS_FOR, until),
    )


def _with_code(row: Mandate) -> str:
    """Give a mandate a code; it is kept sealed until it is shown, once."""
    code = codes.make()
    row.code_lookup, row.sealed = codes.lookup(code), sealed(opened(row) | {"code": code})
    row.save(update_fields=["code_lookup", "sealed"])
    return code


def _ensure_sensible(represented: UUID, terms: Terms) -> None:
    today = clock.today()
    if not today <= terms.last_day <= add_months(today, MOST_MONTHS):
        raise CannotMandate("Een machtiging loopt van vandaag tot hoogstens vijf jaar verder.")
    if not 0 < len(terms.products) <= MOST_PRODUCTS:
        raise CannotMandate("Kies waarvoor de machtiging is.")
    if running().filter(represented=represented).count() >= MOST_MANDATES:
        raise CannotMandate("U hebt al honderd machtigingen.", remedy="Stop eerst een machtiging die u niet gebruikt.")
