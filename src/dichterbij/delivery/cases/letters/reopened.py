"""The letter that says that we look at an application again, and why."""

from datetime import date
from typing import assert_never

from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages.document import Block, Document, Heading, Paragraph
from dichterbij.kernel.formats import date_long

from ..domain import Case, Why
from .parts import help_blocks, letter


def reopened(case: Case, why: Why, *, dated: date, decide_by: date, address: tuple[str, ...] = ()) -> Document:
    """Return the letter; after a death that was registered by mistake it names nobody."""
    return letter(
        lambda language: _write(case, why, decide_by, language),
        sender=case.line.organisation,
        to=(case.application.name, *address),
        reference=case.line.reference,
        dated=dated,
        language=case.language,
    )


def _write(case: Case, why: Why, decide_by: date, language: str) -> tuple[str, tuple[Block, ...]]:
    product = catalogue.product(case.line.product).name(language)
    blocks: tuple[Block, ...] = (
        *_because(why, product),
        Heading(_("Wat doen wij nu?")),
        Paragraph(_("Een medewerker bekijkt uw aanvraag opnieuw. Het overlijden telt niet meer mee."))
        if why is Why.DEATH
        else Paragraph(_("Een medewerker bekijkt uw aanvraag opnieuw.")),
        Paragraph(_("U hoort het uiterlijk op %(day)s.") % {"day": date_long(decide_by, language)}),
        *_decided(case, language),
        *help_blocks(case.line.organisation, language),
    )
    return _("Wij bekijken uw aanvraag opnieuw: %(product)s") % {"product": product}, blocks


def _because(why: Why, product: str) -> tuple[Block, ...]:
    match why:
        case Why.DEATH:
            asked = _("U vroeg dit aan na een overlijden: %(product)s.") % {"product": product}
            sorry = _("De registratie van dat overlijden bleek niet te kloppen. Het spijt ons als u bent geschrokken.")
            return Paragraph(asked), Paragraph(sorry)
        case Why.LAW:
            told = _("Wij namen een besluit over %(product)s. Daarbij rekenden wij met een regel die niet klopte.")
        case Why.DATUM:
            told = _("Wij namen een besluit over %(product)s. Een gegeven dat wij toen gebruikten, is verbeterd.")
        case _never:
            assert_never(why)
    return (Paragraph(told % {"product": product}),)


def _decided(case: Case, language: str) -> tuple[Block, ...]:
    if case.decision is None or case.decision.published_on is None:
        return (
            Paragraph(
                _("Wilt u de aanvraag niet meer? Dan kunt u hem intrekken, op de site of door het ons te vragen.")
            ),
        )
    day = date_long(case.decision.published_on, language)
    return (
        Paragraph(_("Ons besluit van %(day)s blijft gelden tot u een nieuw besluit krijgt.") % {"day": day}),
        Paragraph(_("Krijgt u hierdoor geld? Geef het nog niet uit. Misschien moet u het terugbetalen.")),
    )
