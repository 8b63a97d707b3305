"""Give out a form: the same blank one to everybody, or one that is filled in for who is logged in."""

import hashlib
import json
import re
from functools import lru_cache
from uuid import UUID

from dichterbij.delivery.cases.domain import Draft
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Channel, Product, UnknownProduct
from dichterbij.delivery.messages.document import Document, as_json
from dichterbij.delivery.messages.pdf import pdf
from dichterbij.ground.assessment.domain import Assessment
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin

from . import codes, form, models

CODE, NAME = "paper.code", "paper.name"
_PAGE = re.compile(rb"/Type\s*/Page\b")


def blank(product_id: str, language: str) -> bytes:
    """Return the blank form of a product; every copy of the same version has the same code.

    Raises `UnknownProduct`, also for a product that cannot be asked for on paper here.
    """
    product = on_paper(product_id)
    content, code = _blank(product.id, language, version(product, language))
    _give_out(code, product, language, content)
    return content


def prefilled(access: Access, draft: Draft, said: Assessment | None) -> bytes:
    """Return the form of an application that somebody began, for them alone; recorded before it is made."""
    product = on_paper(draft.product)
    logbook.record_act(access, "papieren formulier")
    code = codes.new_code()
    document = form.prefilled(product, draft.application, said, draft.language, codes.marks(code))
    content = pdf(document)
    _give_out(code, product, draft.language, content, access=access, name=draft.application.name)
    return content


def on_paper(product_id: str) -> Product:
    """Return a product that can be asked for on paper here; raises `UnknownProduct`."""
    product = catalogue.product(product_id)
    if Channel.PAPER not in product.channels or not organisations.organisation(organisation_of(product)).hosted:
        raise UnknownProduct
    return product


def version(product: Product, language: str) -> str:
    """Return what tells versions of a form apart: another word on it is another version."""
    closed = organisations.organisation(organisation_of(product)).closed
    return _version(product.id, language, clock.today().toordinal(), closed)


@lru_cache(maxsize=256)
def _version(product_id: str, language: str, _day: int, _closed: frozenset[str]) -> str:
    whole = _undated(form.blank(catalogue.product(product_id), language))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _undated(document: Document) -> str:
    return json.dumps({key: value for key, value in as_json(document).items() if key != "dated"}, sort_keys=True)


@lru_cache(maxsize=64)
def _blank(product_id: str, language: str, which: str) -> tuple[bytes, str]:
    product = catalogue.product(product_id)
    secret = keys.keyed_hash(organisation_of(product), "paper.blank", f"{product_id}\0{language}\0{which}")
    code = codes.code_from(bytes.fromhex(secret))
    return pdf(form.blank(product, language, codes.marks(code))), code


def _give_out(
    code: str, product: Product, language: str, content: bytes, *, access: Access | None = None, name: str = ""
) -> None:
    organisation = organisation_of(product)
    signer = _signer(access) if access else None
    models.Form.objects.get_or_create(
        lookup=lookup(code),
        defaults={
            "organisation": organisation.value,
            "product": product.id,
            "language": language,
            "version": version(product, language),
            "pages": len(_PAGE.findall(content)),
            "party": access.subject.party if access else None,
            "name_sealed": keys.seal(organisation, name.encode(), purpose=NAME) if access else None,
            "signer": signer[0] if signer else None,
            "signer_sealed": keys.seal(organisation, signer[1].encode(), purpose=NAME) if signer else None,
            "made_at": clock.now(),
        },
    )


def _signer(access: Access) -> tuple[UUID, str] | None:
    """Return who acts for the company whose form this is, with their name; None for the form of a person."""
    if access.subject.kvk_number is None or access.actor.party is None:
        return None
    if access.present is not None:
        return access.present.party, access.present.name
    return access.actor.party, identity.name_of(access.actor.party)


def name_on(row: models.Received, name: bytes | memoryview | None) -> str:
    """Return a name on paper; empty while nobody knows it."""
    return keys.open_sealed(Oin(row.organisation), bytes(name), purpose=NAME).decode() if name is not None else ""


def lookup(code: str) -> str:
    """Return under what a form is found again: who reads the database cannot make its code."""
    return keys.keyed_hash(organisations.operator().oin, CODE, code)


def organisation_of(product: Product) -> Oin:
    """Return the organisation that decides on a product."""
    return catalogue.organisation_of(product)
