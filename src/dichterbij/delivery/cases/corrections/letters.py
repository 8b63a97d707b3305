"""The letters about a request to correct a datum: the receipt and the answer."""

from datetime import date

from django.utils.translation import gettext as _

from dichterbij.delivery.messages.document import Block, Document, Heading, KeyValues, Link, Notice, Paragraph
from dichterbij.ground.registry.registries import registry
from dichterbij.kernel.formats import date_long

from .. import telling
from ..letters.parts import Write, help_blocks, letter
from .domain import Answer, CorrectionRequest
from .keepers import label

GDPR = "https://eur-lex.europa.eu/eli/reg/2016/679"


def receipt(asked: CorrectionRequest, address: tuple[str, ...] = ()) -> Document:
    """Return the acknowledgement with a copy of what was asked and the last day for an answer."""
    return _letter(asked, address, asked.received_on, lambda language: _received(asked, language))


def answer(asked: CorrectionRequest, given: Answer, address: tuple[str, ...] = ()) -> Document:
    """Return what the keeper found and did, and how to object."""
    return _letter(asked, address, given.on, lambda language: _answered(asked, given, language))


def _letter(asked: CorrectionRequest, address: tuple[str, ...], dated: date, write: Write) -> Document:
    return letter(
        write,
        sender=asked.organisation,
        to=(asked.name, *address),
        reference=asked.reference,
        dated=dated,
        language=asked.language,
    )


def _received(asked: CorrectionRequest, language: str) -> tuple[str, tuple[Block, ...]]:
    if asked.datum.is_use:
        return _use_received(asked, language)
    blocks: tuple[Block, ...] = (
        Paragraph(_("U meldde dat een gegeven over u niet klopt. Wij zoeken dat uit. U hoeft nu niets te doen.")),
        KeyValues(
            (
                (_("Gegeven"), label(asked.datum, language)),
                (_("Bron"), registry(asked.datum.source).label(language)),
                (_("Ontvangen op"), date_long(asked.received_on, language)),
                (_("Wij antwoorden uiterlijk op"), date_long(asked.answer_by, language)),
                (_("Kenmerk"), asked.reference),
            )
        ),
        *_sent_for(asked),
        Heading(_("Dit schreef u")),
        Paragraph(asked.says),
        Paragraph(_("Verbeteren is gratis. Bij uw gegevens op de site ziet u hoe het ermee staat.")),
        *help_blocks(asked.organisation, language),
        *_law(),
    )
    return _("Wij hebben uw verzoek om verbetering ontvangen"), blocks


def _sent_for(asked: CorrectionRequest) -> tuple[Block, ...]:
    """Return who asked this for the person, and as what; nothing when they asked it themself."""
    if not (asked.sent_as or asked.sent_by):
        return ()
    return (Paragraph(_("%(who)s vroeg dit namens u.") % {"who": telling.another(asked.sent_by, asked.sent_as)}),)


def _use_received(asked: CorrectionRequest, language: str) -> tuple[str, tuple[Block, ...]]:
    blocks: tuple[Block, ...] = (
        Paragraph(_("U stelde een vraag over het gebruik van uw gegevens, of u maakte daar bezwaar tegen.")),
        KeyValues(
            (
                (_("Onderwerp"), label(asked.datum, language)),
                (_("Ontvangen op"), date_long(asked.received_on, language)),
                (_("Wij antwoorden uiterlijk op"), date_long(asked.answer_by, language)),
                (_("Kenmerk"), asked.reference),
            )
        ),
        *_sent_for(asked),
        Heading(_("Dit schreef u")),
        Paragraph(asked.says),
        *help_blocks(asked.organisation, language),
        *_law_of_use(),
    )
    return _("Wij hebben uw vraag of bezwaar ontvangen"), blocks


def _use_answered(asked: CorrectionRequest, given: Answer, language: str) -> tuple[str, tuple[Block, ...]]:
    blocks: tuple[Block, ...] = (
        Paragraph(_("Dit is ons antwoord over: %(what)s.") % {"what": label(asked.datum, language)}),
        Paragraph(given.text, "" if language == "nl" else "nl"),
        *_disagree(given, language),
        *help_blocks(asked.organisation, language),
        *_law_of_use(),
    )
    title = _("U krijgt gelijk over het gebruik van uw gegevens") if given.is_corrected else _("Antwoord op uw vraag")
    return title, blocks


def _answered(asked: CorrectionRequest, given: Answer, language: str) -> tuple[str, tuple[Block, ...]]:
    if asked.datum.is_use:
        return _use_answered(asked, given, language)
    words = {"what": label(asked.datum, language), "source": registry(asked.datum.source).label(language)}
    done = (
        _("Wij hebben dit gegeven verbeterd: %(what)s (%(source)s).")
        if given.is_corrected
        else _("Wij hebben dit gegeven niet veranderd: %(what)s (%(source)s).")
    )
    blocks: tuple[Block, ...] = (
        Paragraph(done % words),
        Heading(_("Waarom")),
        Paragraph(given.text, "" if language == "nl" else "nl"),
        *_next(given),
        *_disagree(given, language),
        *help_blocks(asked.organisation, language),
        *_law(),
    )
    title = _("Wij hebben een gegeven over u verbeterd") if given.is_corrected else _("Wij veranderen het gegeven niet")
    return title, blocks


def _next(given: Answer) -> tuple[Block, ...]:
    if not given.is_corrected:
        return ()
    return (
        Heading(_("Wat verandert er voor u?")),
        Paragraph(_("Iedere organisatie die deze bron gebruikt, ziet voortaan het goede gegeven.")),
        Paragraph(
            _("Kreeg u al een besluit met het oude gegeven? Vraag die organisatie om er opnieuw naar te kijken.")
        ),
    )


def _disagree(given: Answer, language: str) -> tuple[Block, ...]:
    return (
        Heading(_("Bent u het er niet mee eens?")),
        Notice(
            _("Bezwaar maken kan tot en met %(day)s") % {"day": date_long(given.object_until, language)},
            _("Schrijf ons. Noem uw naam, uw adres, de datum en het kenmerk. Schrijf ook waarom u het niet eens bent."),
        ),
    )


def _law() -> tuple[Block, ...]:
    return _named(_("Algemene verordening gegevensbescherming, artikelen 12 en 16"))


def _law_of_use() -> tuple[Block, ...]:
    return _named(_("Algemene verordening gegevensbescherming, artikelen 12, 15 en 21"))


def _named(articles: str) -> tuple[Block, ...]:
    return (Heading(_("De wet")), Paragraph((Link(articles, GDPR), ".")))
