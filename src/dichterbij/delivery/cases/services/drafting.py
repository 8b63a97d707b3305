"""Begin an application, fill it in, come back to it, throw it away."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from django.db import transaction

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Channel, Product, UnknownProduct
from dichterbij.ground.assessment.domain import SUBJECT, Assessment
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access

from .. import models, rows
from ..corrections import queries as corrections_of
from ..corrections.domain import Datum
from ..domain import Application, Correction, Draft, UnknownDraft, Value
from ..sealing import closed
from .assessing import about_application
from .doubting import as_correction, merged
from .steps import record_act


def start(
    access: Access,
    product: str,
    *,
    name: str,
    language: str,
    supplied: Mapping[str, Value] | None = None,
    cause: str = "",
) -> Draft:
    """Return the draft for a product of this organisation, prefilled with what the registries say.

    `name`: of the applicant; `supplied`: facts that a plan already knows (the day of death); `cause`: the registered
    event they came with. There is one draft per person and product: starting again goes on with it, and reads again.
    Raises `UnknownProduct` for a product of another organisation.
    """
    found = _product(access, product)
    known = _known(access, found, Channel.CLICK)
    application = rows.draft(known).application if known else Application(name=name)
    application = _with_supplied(application, supplied or {}, cause)
    key = known.key if known else uuid4()
    application = _assessed(access.for_case(key), found, application)
    values = {"language": language, "key": key, **({"cause": cause} if cause else {})}
    return rows.draft(_kept(access, found, Channel.CLICK, application, values))


def copy_from_paper(access: Access, product: str, written: Application, *, language: str, is_own: bool) -> Draft:
    """Return the draft that paper becomes. `is_own`: on a form that was filled in from what somebody began online.

    That is the same draft: it goes on with what stood on the paper, and nothing is left behind online. On a blank form
    it is another one, and what the person is working on themself stays as it is.
    """
    found = _product(access, product)
    begun = _known(access, found, Channel.CLICK) if is_own else None
    known = begun or _known(access, found, Channel.PAPER)  # a try before this one broke off
    key = known.key if known else uuid4()
    application = _onto(rows.draft(known).application, written) if known and is_own else written
    application = _assessed(access.for_case(key), found, application)
    with transaction.atomic():
        if begun is not None:
            _to_paper(access, begun)
        return rows.draft(_kept(access, found, Channel.PAPER, application, {"language": language, "key": key}))


def _to_paper(access: Access, begun: models.Draft) -> None:
    """Let what was begun online go on as paper; raises `UnknownDraft` when it was sent or thrown away meanwhile."""
    mine = rows.drafts_of(access).filter(product=begun.product)
    mine.filter(channel=Channel.PAPER).delete()
    if not mine.filter(id=begun.id).update(channel=Channel.PAPER):
        raise UnknownDraft


def _onto(begun: Application, written: Application) -> Application:
    """Return what somebody began online with what they wrote on paper; the paper is what they signed."""
    supplied = {**begun.supplied, **written.supplied}
    unknown = dict.fromkeys((*begun.unknown, *written.unknown))
    return replace(
        begun,
        supplied=supplied,
        unknown=tuple(name for name in unknown if name not in supplied),
        remark=begun.remark if written.remark in begun.remark else f"{begun.remark}\n{written.remark}".strip(),
        received_on=written.received_on,
        on_paper=written.on_paper,
    )


def _known(access: Access, product: Product, channel: Channel) -> models.Draft | None:
    return rows.drafts_of(access).filter(product=product.id, channel=channel).first()


def _with_supplied(application: Application, supplied: Mapping[str, Value], cause: str) -> Application:
    caused = (*application.caused, *supplied) if cause else application.caused
    return replace(application, supplied={**application.supplied, **supplied}, caused=tuple(dict.fromkeys(caused)))


def _product(access: Access, product: str) -> Product:
    found = catalogue.product(product)
    if catalogue.organisation_of(found) != access.organisation:
        raise UnknownProduct
    return found


def fill(
    access: Access,
    draft: UUID,
    *,
    supplied: Mapping[str, Value] | None = None,
    unknown: tuple[str, ...] = (),
    corrections: tuple[Correction, ...] = (),
    remark: str | None = None,
) -> Draft:
    """Keep what the applicant filled in and ask the law again; raises `UnknownDraft`.

    `supplied`, `unknown` and `corrections` replace what was there for the same facts; a correction without words is
    taken back. What is not given stays as it was.
    """
    supplied = supplied or {}
    row = rows.draft_row(access, draft)
    before = rows.draft(row).application
    application = replace(
        before,
        supplied={name: value for name, value in {**before.supplied, **supplied}.items() if name not in unknown},
        unknown=tuple(dict.fromkeys((*(name for name in before.unknown if name not in supplied), *unknown))),
        caused=tuple(name for name in before.caused if name not in supplied),
        corrections=merged(before.corrections, corrections),
        remark=before.remark if remark is None else remark,
        on_paper=tuple(fact for fact in before.on_paper if fact not in supplied),
    )
    if application.supplied != before.supplied or not before.assessment:
        application = _assessed(access.for_case(row.key), catalogue.product(row.product), application)
    row.sealed = closed(access.organisation, application.as_json())
    row.used_at = clock.now()
    if not rows.drafts_of(access).filter(id=row.id).update(sealed=row.sealed, used_at=row.used_at):
        raise UnknownDraft  # sent or thrown away in another window while this one was filled in
    return rows.draft(row)


def discard(access: Access, draft: UUID) -> None:
    """Throw a draft away; raises `UnknownDraft`."""
    found = rows.draft_row(access, draft)
    record_act(access, "concept weggooien")
    if not rows.drafts_of(access).filter(id=found.id).delete()[0]:
        raise UnknownDraft


def _assessed(access: Access, product: Product, application: Application) -> Application:
    found = about_application(access, product, application.supplied, application.received_on)
    said = merged(_doubted(access, found), application.corrections)
    return replace(application, assessment=found.id, corrections=said)


def _doubted(access: Access, found: Assessment) -> tuple[Correction, ...]:
    """Return what the person asked the keepers of these facts to correct, and waits for."""
    waiting = corrections_of.running(access)
    asked = (waiting.get(Datum(source=each.registry, name=each.fact)) for each in found.facts if each.person == SUBJECT)
    return tuple(as_correction(each) for each in asked if each)


def _kept(
    access: Access, product: Product, channel: Channel, application: Application, values: Mapping[str, object]
) -> models.Draft:
    """Keep a draft; the key among the values is for a new one: so the lines call the case that it may become."""
    sealed = closed(access.organisation, application.as_json())
    kept: dict[str, object] = {"sealed": sealed, "used_at": clock.now(), **values}
    with transaction.atomic():
        row, _ = models.Draft.objects.update_or_create(
            organisation=access.organisation.value,
            party=access.subject.party,
            product=product.id,
            channel=channel,
            defaults={name: value for name, value in kept.items() if name != "key"},
            create_defaults=kept,
        )
    return row
