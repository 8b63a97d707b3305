"""The decision letter, in the order people read: outcome, what to do, computation, data, objection, help, law.

Law: Awb 3:46 and 3:47 (reasons), 3:45 (how to object, within which term, with whom), 6:7 and 6:8 (six weeks from the
day after), GDPR article 22 (a human, when a computer decided).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Product
from dichterbij.delivery.messages.document import (
    Block,
    Document,
    Heading,
    Items,
    Link,
    Notice,
    Paragraph,
    Strong,
    Table,
    Words,
    inlines,
)
from dichterbij.ground.assessment.domain import Assessment
from dichterbij.kernel.formats import date_long, euro
from dichterbij.law.explain import Explanation, FactLine, Step

from ..domain import Case, Taken
from .facts import corrections_blocks, facts_table
from .parts import dutch, help_blocks, letter, sent_for
from .remedies import complaint


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision with all that its letter tells."""

    case: Case
    decision: Taken
    product: Product
    assessment: Assessment
    published_on: date


def decision(
    case: Case, assessment: Assessment, *, published_on: date, object_until: date, address: tuple[str, ...] = ()
) -> Document:
    """Return the letter of the decision in force of a case, as it is made known on a day."""
    assert case.decision is not None  # noqa: S101 `publish` checked it
    decided = Decided(
        case=case,
        decision=case.decision,
        product=catalogue.product(case.line.product),
        assessment=assessment,
        published_on=published_on,
    )
    return letter(
        lambda language: _write(decided, object_until, language),
        sender=case.line.organisation,
        to=(case.application.name, *address),
        reference=case.line.reference,
        dated=published_on,
        language=case.language,
    )


def _write(decided: Decided, object_until: date, language: str) -> tuple[str, tuple[Block, ...]]:
    organisation = decided.case.line.organisation
    blocks: tuple[Block, ...] = (
        *_replaced(decided, language),
        *outcome(decided, language),
        *sent_for(decided.case.application),
        *reasons(decided, language),
        *_objection(decided, object_until, language),
        *help_blocks(organisation, language),
        complaint(organisation),
        Heading(_("De wet")),
        Items((*articles(decided, language), _objection_article())),
    )
    return title(decided, language), blocks


def outcome(decided: Decided, language: str) -> tuple[Block, ...]:
    """Return what was decided, and what to do now."""
    return (*_outcome(decided, language), *_to_do(decided, language))


def reasons(decided: Decided, language: str) -> tuple[Block, ...]:
    """Return on what the decision rests: the computation, the judgements and the data (Awb 3:46 and 3:47)."""
    explanation = decided.assessment.explanation(language)
    return (
        *_computation(decided, explanation),
        *_judgements(decided, explanation, language),
        *_data(decided, language),
    )


def _replaced(decided: Decided, language: str) -> tuple[Block, ...]:
    if decided.case.replaces_of is None:
        return ()
    day = date_long(decided.case.replaces_of, language)
    return (Paragraph(_("Dit besluit komt in de plaats van ons besluit van %(day)s.") % {"day": day}),)


def title(decided: Decided, language: str) -> str:
    """Return the outcome as the title of a letter."""
    texts = decided.product.texts
    words = texts.granted_title if decided.decision.is_granted else texts.refused_title
    return words[language].format(amount=amount(decided.product, decided.assessment, language))


def amount(product: Product, assessment: Assessment, language: str) -> str:
    """Return the amount of a determination in words, or nothing when the product has none."""
    value = assessment.outputs.get(product.amount.output) if product.amount else None
    return euro(int(value), language) if isinstance(value, int) else ""


def _outcome(decided: Decided, language: str) -> tuple[Block, ...]:
    texts = decided.product.texts
    if not decided.decision.is_granted:
        return (Paragraph((Strong(texts.refused_title[language] + "."), " ", texts.refused[language])),)
    first = date_long(decided.assessment.request.period.first, language)
    since = () if decided.product.begins_later else (_("Dit geldt vanaf %(day)s.") % {"day": first}, " ")
    return (Paragraph((Strong(title(decided, language) + "."), " ", *since, texts.granted[language])),)


def _to_do(decided: Decided, language: str) -> tuple[Block, ...]:
    if not decided.decision.is_granted:
        return ()
    texts = decided.product.texts
    return (Heading(_("Wat u moet doen")), Paragraph(texts.to_do[language]), Paragraph(texts.if_not[language]))


def _computation(decided: Decided, explanation: Explanation) -> tuple[Block, ...]:
    why_not = () if decided.decision.is_granted else tuple(explanation.why_not)
    blocks: list[Block] = [Heading(_("Zo hebben wij dit bepaald"))]
    if why_not:
        blocks.append(Items(why_not))
    deciding = tuple(map(_fact, explanation.deciding))
    if deciding:
        blocks += [Paragraph(_("Dit gaf de doorslag:")), Items(deciding)]
    rows = tuple(dict.fromkeys(_step(each) for each in explanation.steps if each.is_main))
    if rows:
        header = (_("Stap"), _("Uitkomst"), _("Artikel"))
        blocks.append(Table(_("Stap voor stap"), header, rows, frozenset({1})))
        blocks.append(Paragraph(_("De hele berekening staat op de site bij uw aanvraag. U kunt ons er ook om vragen.")))
    return tuple(blocks) if len(blocks) > 1 else ()


def _fact(line: FactLine) -> str:
    return f"{line.label}: {line.value_text} ({line.source})"


def _step(step: Step) -> tuple[Words, ...]:
    name = _("artikel %(number)s") % {"number": step.article}
    return step.label, step.value_text, (Link(name, step.url),) if step.url else name


def _judgements(decided: Decided, explanation: Explanation, language: str) -> tuple[Block, ...]:
    labels = {line.ref.fact: (line.label, line.value_text) for line in explanation.deciding}
    rows = tuple(
        (
            *labels.get(each.fact, (each.fact, str(each.value))),
            dutch(_article(decided.product, each.fact), language),
            dutch(each.reason, language),
        )
        for each in decided.decision.judged
    )
    if not rows:
        return ()
    header = (_("Wat"), _("Oordeel"), _("Artikel"), _("Waarom"))
    return (Heading(_("Wat een medewerker heeft beoordeeld")), Table(_("Oordelen"), header, rows))


def _article(product: Product, fact: str) -> str:
    found = product.judgement(fact)
    return found.source.article if found else ""


def _data(decided: Decided, language: str) -> tuple[Block, ...]:
    return (
        Heading(_("Uw gegevens")),
        *facts_table(decided.assessment, language, decided.case.application),
        *corrections_blocks(decided.case.application, decided.assessment, language),
        Paragraph(
            (
                Strong(_("Klopt dit niet?")),
                " ",
                _("Laat het ons weten. Wij zoeken het uit bij de bron en bekijken uw besluit opnieuw."),
            )
        ),
    )


def _objection(decided: Decided, object_until: date, language: str) -> tuple[Block, ...]:
    last_day = date_long(object_until, language)
    return (
        Heading(_("Bent u het er niet mee eens?")),
        Paragraph(_("Praat eerst met ons. Vaak is het dan snel opgelost.")),
        *_human(decided),
        Notice(
            _("Bezwaar maken kan tot en met %(day)s") % {"day": last_day},
            _("Schrijf ons. Noem uw naam, uw adres, de datum en het kenmerk. Schrijf ook waarom u het niet eens bent."),
        ),
        Paragraph((_("Online kan ook, bij uw aanvraag op de site. Het is gratis."), " ", _term_to_rule())),
    )


def _term_to_rule() -> str:
    """Return when an objection is decided on: counted from the day after the last day to object (Awb 7:10)."""
    return _("Wij beslissen binnen zes weken na die dag. Adviseert een commissie? Dan binnen twaalf.")


def _human(decided: Decided) -> tuple[Block, ...]:
    if not decided.decision.is_automatic:
        return ()
    return (
        Paragraph(
            _(
                "Dit besluit is automatisch gemaakt, met de regels van de wet. "
                "U hebt er recht op dat een medewerker ernaar kijkt. Vraag dat aan ons."
            )
        ),
    )


def _cited(steps: Iterable[Step], language: str) -> tuple[Words, ...]:
    """Return one line per law, with a link to each article that was used."""
    articles: dict[str, dict[Link, None]] = {}
    for step in steps:
        link = Link(_("artikel %(number)s") % {"number": step.article}, step.url)
        articles.setdefault(step.law_name, {})[link] = None
    return tuple(
        (*inlines(dutch(law, language)), *(piece for link in links for piece in (", ", link)))
        for law, links in articles.items()
    )


def articles(decided: Decided, language: str) -> tuple[Words, ...]:
    """Return the articles that a decision rests on, with that of its term."""
    term = decided.product.term.source
    return (*_cited(decided.assessment.explanation(language).steps, language), dutch(term.article, language, term.url))


def _objection_article() -> Words:
    return (
        Link(_("Algemene wet bestuursrecht, artikelen 6:7 en 6:8 (bezwaar)"), "https://wetten.overheid.nl/BWBR0005537"),
    )
