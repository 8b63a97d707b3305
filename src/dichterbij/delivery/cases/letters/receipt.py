"""The receipt: we have your application, this is what you sent, then and then you hear from us (Wmebv)."""

from datetime import date

from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages.document import Block, Document, Heading, KeyValues, Paragraph
from dichterbij.ground.assessment import queries as assessments
from dichterbij.ground.assessment.domain import Assessment
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.formats import date_long

from ..domain import Application, Draft
from .facts import corrections_blocks, facts_table
from .parts import help_blocks, letter, sent_for


def receipt(
    access: Access,
    draft: Draft,
    *,
    reference: str,
    received_on: date,
    decide_by: date,
    address: tuple[str, ...] = (),
) -> Document:
    """Return the acknowledgement with a copy of what was sent."""
    said = draft.application.assessment
    assessment = assessments.assessment(access, said) if said else None
    terms = received_on, decide_by
    return letter(
        lambda language: _write(draft, assessment, terms, reference, language),
        sender=draft.organisation,
        to=(draft.application.name, *address),
        reference=reference,
        dated=clock.today(),
        language=draft.language,
    )


def _write(
    draft: Draft, assessment: Assessment | None, terms: tuple[date, date], reference: str, language: str
) -> tuple[str, tuple[Block, ...]]:
    product = catalogue.product(draft.product)
    received_on, decide_by = (date_long(day, language) for day in terms)
    blocks: tuple[Block, ...] = (
        Paragraph(_("Uw aanvraag is binnen. U hoeft nu niets te doen.")),
        *sent_for(draft.application),
        *_from_paper(draft.application),
        KeyValues(
            (
                (_("Aanvraag"), product.name(language)),
                (_("Ontvangen op"), received_on),
                (_("Wij beslissen uiterlijk op"), decide_by),
                (_("Kenmerk"), reference),
            )
        ),
        Paragraph(_("Duurt het langer? Dan laten wij dat op tijd weten. U ziet ook op de site waar uw aanvraag is.")),
        Heading(_("Dit hebt u gestuurd")),
        *(facts_table(assessment, language, draft.application) if assessment else ()),
        *corrections_blocks(draft.application, assessment, language),
        *help_blocks(draft.organisation, language),
    )
    return _("Wij hebben uw aanvraag ontvangen: %(product)s") % {"product": product.name(language)}, blocks


def _from_paper(application: Application) -> tuple[Block, ...]:
    """Return that somebody typed in what came on paper, and what to do when they read it wrongly."""
    if application.received_on is None:
        return ()
    words = _(
        "U stuurde uw aanvraag op papier. Een medewerker nam over wat u schreef. Klopt het niet? Laat het ons weten."
    )
    return (Paragraph(words),)
