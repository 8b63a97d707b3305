"""The paper form of a product as a document: who you are, what is asked, how to sign and where to send it."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from dichterbij.delivery.cases.domain import Application
from dichterbij.delivery.cases.letters.facts import shown_facts
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Product
from dichterbij.delivery.messages.document import (
    Ask,
    Block,
    Document,
    Heading,
    Items,
    KeyValues,
    Letterhead,
    Notice,
    PageMark,
    Paragraph,
    Table,
)
from dichterbij.delivery.messages.reaching import contact
from dichterbij.ground.assessment.domain import Assessment, Question
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import KVK_DIGITS, Oin

from .definitions import questions, still_open

DAY = (2, 2, 4)
AMOUNT_BOXES = (7, 2)
BSN_BOXES = (9,)
KVK_BOXES = (KVK_DIGITS,)
NUMBER_BOXES = (3,)
LINE_FEED = 4


def blank(product: Product, language: str, marks: tuple[PageMark, ...] = ()) -> Document:
    """Return the form for whoever takes one: it asks who they are, and all that the law can ask."""
    with translation.override(language):
        asked = questions(product, language)
        return _document(product, language, marks, (*_who(product), *_questions(asked, _known_already(product))))


def prefilled(
    product: Product,
    application: Application,
    said: Assessment | None,
    language: str,
    marks: tuple[PageMark, ...] = (),
) -> Document:
    """Return the form with what is known of the applicant, and only the questions that can still matter."""
    with translation.override(language):
        asked = still_open(product, language, said, application.supplied)
        known = (*_you(application), *_facts(said, language))
        return _document(product, language, marks, (*known, *_questions(asked, ())))


def _document(product: Product, language: str, marks: tuple[PageMark, ...], middle: tuple[Block, ...]) -> Document:
    organisation = catalogue.organisation_of(product)
    blocks: tuple[Block, ...] = (
        *_how(product, language),
        *_afterwards(product),
        *middle,
        *_remark(),
        *_by_post(),
        *_signature(),
        Heading(_("Waar stuurt u het formulier heen?")),
        Paragraph(_("Doe alle bladzijden in een envelop. U mag het formulier ook bij ons afgeven.")),
        *_no_address(organisation),
        contact(organisation, language),
    )
    return Document(
        title=_("Aanvragen op papier: %(product)s") % {"product": product.name(language)},
        language=language,
        dated=clock.today(),
        head=_head(product),
        blocks=blocks,
        marks=marks,
        page_words=_("bladzijde %(page)s van %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    )


def _head(product: Product) -> Letterhead:
    notice = _("Demonstratie. Alle personen zijn verzonnen.") if settings.DEMONSTRATION else ""
    sender = organisations.organisation(catalogue.organisation_of(product))
    return Letterhead(sender=sender.name, notice=notice)


def _how(product: Product, language: str) -> tuple[Block, ...]:
    return (
        Paragraph(product.summary[language]),
        Heading(_("Zo werkt het")),
        Items(
            (
                _("Vul het formulier in met een pen. Schrijf in hoofdletters."),
                _("Weet u iets niet? Laat het dan leeg. Wij vragen het u later."),
                _("Stuur alle bladzijden op. Bovenaan elke bladzijde staat een code."),
                _("U mag iemand vragen om u te helpen. Ook ons."),
            ),
            ordered=True,
        ),
    )


def _who(product: Product) -> tuple[Block, ...]:
    return (
        Heading(_("Wie bent u?")),
        Ask(question=_("Uw voornamen en achternaam"), cue=_("Schrijf op de lijn.")),
        Ask(
            question=_("Uw burgerservicenummer (BSN)"),
            help=_("Dit nummer staat op uw paspoort, identiteitskaart of rijbewijs."),
            cue=_("Zet in elk vakje één cijfer."),
            boxes=BSN_BOXES,
        ),
        Ask(question=_("Uw geboortedatum"), cue=_day_cue(), boxes=DAY),
        Ask(
            question=_("Uw telefoonnummer"),
            help=_("Dit hoeft niet. Dan kunnen wij u bellen als iets niet duidelijk is."),
            cue=_("Schrijf op de lijn."),
        ),
        *(_company() if product.for_companies else ()),
    )


def _company() -> tuple[Block, ...]:
    """Return the question for which company it is; who signs is asked for above, as a person."""
    return (
        Heading(_("Voor welk bedrijf is het?")),
        Paragraph(_("Hierboven staan de gegevens van wie tekent: een eigenaar, bestuurder of gevolmachtigde.")),
        Ask(
            question=_("Het KVK-nummer van het bedrijf"),
            help=_("Staat het bedrijf niet bij KVK? Laat dit dan leeg."),
            cue=_("Zet in elk vakje één cijfer."),
            boxes=KVK_BOXES,
        ),
    )


def _you(application: Application) -> tuple[Block, ...]:
    return (
        Heading(_("Wie bent u?")),
        KeyValues(((_("Naam"), application.name),)),
        Paragraph(_("Dit formulier is voor u alleen. De code bovenaan hoort bij u.")),
    )


def _facts(said: Assessment | None, language: str) -> tuple[Block, ...]:
    if said is None or not shown_facts(said, language):
        return ()
    hidden = _("niet getoond: gaat over iemand anders")
    rows = tuple(
        (f"{each.label} ({each.about})" if each.about else each.label, each.value_text or hidden, each.source)
        for each in shown_facts(said, language)
    )
    header = (_("Gegeven"), _("Waarde"), _("Bron"))
    return (
        Heading(_("Dit weten wij al")),
        Paragraph(_("Klopt alles? Dan hoeft u hier niets te doen.")),
        Table(_("Gegevens over u"), header, rows),
        Ask(
            question=_("Klopt er iets niet?"),
            help=_("Wij zoeken het uit bij de bron."),
            cue=_("Schrijf op welk gegeven niet klopt, en hoe het wel is."),
            lines=3,
        ),
    )


def _known_already(product: Product) -> tuple[Block, ...]:
    known = Paragraph(_("Wat de overheid al van u weet, vragen wij niet. Dat zoeken wij zelf op."))
    of_company = Paragraph(_("Vulde u een KVK-nummer in? Wat KVK al weet, hoeft u niet in te vullen."))
    return (known, of_company) if product.for_companies else (known,)


def _questions(asked: Iterable[Question], before: tuple[Block, ...]) -> tuple[Block, ...]:
    found = tuple(map(_ask, asked))
    if not found:
        return (Heading(_("Onze vragen")), Paragraph(_("Wij hebben geen vragen voor u.")), *before)
    return (Heading(_("Onze vragen")), *before, *found)


def _ask(question: Question) -> Ask:
    cue, options, boxes = _room(question)
    return Ask(question=question.question, help=question.help, cue=cue, options=options, boxes=boxes)


def _room(question: Question) -> tuple[str, tuple[str, ...], tuple[int, ...]]:
    """Return how to answer, what to tick, and the boxes to write in; lines where there is neither."""
    if question.values:
        return _tick_cue(), tuple(word for _value, word in question.values), ()
    match question.type:
        case "boolean":
            return _tick_cue(), (_("Ja"), _("Nee")), ()
        case "date":
            return _day_cue(), (), DAY
        case "amount":
            return _("Zet in elk vakje één cijfer: eerst de euro's, dan de centen."), (), AMOUNT_BOXES
        case "number":
            return _("Zet in elk vakje één cijfer."), (), NUMBER_BOXES
    return _("Schrijf op de lijn."), (), ()


def _tick_cue() -> str:
    return _("Kruis één antwoord aan.")


def _day_cue() -> str:
    return _("Zet in elk vakje één cijfer: dag, maand, jaar.")


def _remark() -> tuple[Block, ...]:
    return (
        Heading(_("Wilt u nog iets vertellen?")),
        Ask(question=_("Dit wil ik nog vertellen"), cue=_("Dit hoeft niet. Schrijf op de lijnen."), lines=LINE_FEED),
    )


def _by_post() -> tuple[Block, ...]:
    return (
        Heading(_("Hoe wilt u onze brieven krijgen?")),
        Ask(
            question=_("Wilt u onze brieven op papier?"),
            help=_("Vult u niets in? Dan sturen wij ze op papier."),
            cue=_tick_cue(),
            options=(_("Ja, op papier"), _("Nee, alleen op de site")),
        ),
    )


def _no_address(organisation: Oin) -> tuple[Block, ...]:
    """Return how to find out where to send the form, for who has no postal address in our data."""
    if organisations.organisation(organisation).contact.address:
        return ()
    return (Paragraph(_("Het postadres hebben wij hier niet. Vraag ons waar u het heen stuurt.")),)


def _signature() -> tuple[Block, ...]:
    return (
        Heading(_("Uw handtekening")),
        Notice(_("Ik heb dit formulier naar waarheid ingevuld."), _("Zonder handtekening is het nog geen aanvraag.")),
        Ask(question=_("Datum"), cue=_day_cue(), boxes=DAY),
        Ask(question=_("Handtekening"), cue=_("Zet hier uw handtekening."), lines=2),
    )


def _afterwards(product: Product) -> tuple[Block, ...]:
    weeks = {"weeks": product.term.weeks}
    return (
        Heading(_("Wat gebeurt er daarna?")),
        Paragraph(_("U krijgt een brief dat uw aanvraag binnen is. Daarin staat wat wij van u overnamen.")),
        Paragraph(_("Wij beslissen binnen %(weeks)s weken na de dag waarop uw formulier bij ons binnenkomt.") % weeks),
        Paragraph(_("U kunt altijd nog op een andere manier verder.")),
    )
