"""What is decided on an objection: the outcome, the grounds, the hearing, and the way to the court.

Law: Awb 7:11 (everything is weighed again), 7:12 (reasons, and why nobody was heard), 6:23 (how to appeal).
"""

from datetime import date

from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages.document import (
    Block,
    Document,
    Heading,
    Items,
    Link,
    Paragraph,
    Strong,
    Words,
    inlines,
)
from dichterbij.ground.assessment.domain import Assessment
from dichterbij.kernel.formats import date_long

from ..domain import Case, Hearing, Objection, Ruled, Ruling, Taken
from .decision import Decided, articles, outcome, reasons, title
from .parts import dutch, help_blocks, letter
from .remedies import appeal_blocks, complaint

AWB = "https://wetten.overheid.nl/BWBR0005537"


def ruled(
    case: Case,
    made: Objection,
    said: Ruled,
    *,
    decision: Taken,
    assessment: Assessment | None,
    address: tuple[str, ...] = (),
) -> Document:
    """Return the letter; `decision`: that in force from now on, `assessment`: what the law says of it now, if asked."""
    decided = _decided(case, decision, assessment, said.on) if assessment else None
    return letter(
        lambda language: _write(case, made, said, decided, language),
        sender=case.line.organisation,
        to=(case.application.name, *address),
        reference=made.reference,
        dated=said.on,
        language=case.language,
    )


def _decided(case: Case, decision: Taken, assessment: Assessment, on: date) -> Decided:
    product = catalogue.product(case.line.product)
    return Decided(case=case, decision=decision, product=product, assessment=assessment, published_on=on)


def _write(
    case: Case, made: Objection, said: Ruled, decided: Decided | None, language: str
) -> tuple[str, tuple[Block, ...]]:
    organisation = case.line.organisation
    product = catalogue.product(case.line.product).name(language)
    blocks: tuple[Block, ...] = (
        Paragraph((Strong(_outcome(said.ruling)), " ", _about(made, product, language))),
        *(outcome(decided, language) if decided and said.ruling is Ruling.FOUNDED else ()),
        Heading(_("Waarom wij dit vinden")),
        Paragraph(said.grounds, "" if language == "nl" else "nl"),
        *(reasons(decided, language) if decided else ()),
        Heading(_("Uw verhaal")),
        Paragraph(_hearing(said.hearing)),
        Paragraph(said.report, "" if language == "nl" else "nl"),
        *appeal_blocks(organisation, said.appeal_until, language),
        *help_blocks(organisation, language),
        complaint(organisation),
        Heading(_("De wet")),
        Items((*(articles(decided, language) if decided else ()), _law(said.ruling))),
    )
    return _title(said.ruling, decided, product, language), blocks


def _title(ruling: Ruling, decided: Decided | None, product: str, language: str) -> str:
    if decided and ruling is Ruling.FOUNDED:
        return _("U krijgt gelijk: %(outcome)s") % {"outcome": title(decided, language)}
    if ruling is Ruling.INADMISSIBLE:
        return _("Uw bezwaar kwam te laat: %(product)s") % {"product": product}
    return _("Het besluit blijft zoals het is: %(product)s") % {"product": product}


def _outcome(ruling: Ruling) -> str:
    return {
        Ruling.FOUNDED: _("Uw bezwaar is gegrond. U krijgt een nieuw besluit, dat in de plaats komt van het oude."),
        Ruling.UNFOUNDED: _("Uw bezwaar is ongegrond. Het besluit blijft zoals het is."),
        Ruling.INADMISSIBLE: _("Uw bezwaar is niet-ontvankelijk. Wij kijken niet naar de inhoud."),
    }[ruling]


def _about(made: Objection, product: str, language: str) -> str:
    words = {"day": date_long(made.received_on, language), "product": product}
    return _("U maakte bezwaar op %(day)s. Het ging over: %(product)s.") % words


def _hearing(hearing: Hearing) -> str:
    return {
        Hearing.HEARD: _("U vertelde ons uw verhaal. Dit is het verslag:"),
        Hearing.DECLINED: _("Wij vroegen of u uw verhaal wilde vertellen. Dat wilde u niet."),
        Hearing.SILENT: _("Wij nodigden u uit om uw verhaal te vertellen. U kwam niet en liet niets horen."),
        Hearing.CLEAR: _("Wij vroegen u niet om uw verhaal te vertellen. De wet staat dat hier toe:"),
    }[hearing]


def _law(ruling: Ruling) -> Words:
    which = {
        Ruling.INADMISSIBLE: _("Algemene wet bestuursrecht, artikelen 6:7, 6:9 en 6:11"),
    }.get(ruling, _("Algemene wet bestuursrecht, artikelen 7:2, 7:3, 7:11 en 7:12"))
    return (Link(which, AWB),)


def invited(
    case: Case, made: Objection, *, hear_on: date, where: str, dated: date, address: tuple[str, ...]
) -> Document:
    """Return the letter that invites somebody to tell their story about an objection (Awb 7:2 and 7:4)."""
    return letter(
        lambda language: _invited(case, hear_on, where, language),
        sender=case.line.organisation,
        to=(case.application.name, *address),
        reference=made.reference,
        dated=dated,
        language=case.language,
    )


def _invited(case: Case, hear_on: date, where: str, language: str) -> tuple[str, tuple[Block, ...]]:
    product = catalogue.product(case.line.product).name(language)
    day = date_long(hear_on, language)
    blocks: tuple[Block, ...] = (
        Paragraph(_("U maakte bezwaar: %(product)s. Wij horen graag uw verhaal.") % {"product": product}),
        Items(((_("Op %(day)s:") % {"day": day}, " ", *inlines(dutch(where, language))),)),
        Paragraph(_("U mag iemand meenemen. U mag ook voor u laten spreken. Het kost niets.")),
        Paragraph(
            _("Stuur wat wij moeten lezen uiterlijk tien dagen ervoor. Een week ervoor kunt u alles bij ons inzien.")
        ),
        Paragraph(_("Kunt u die dag niet, of wilt u niet komen? Laat het ons weten. Wij beslissen dan ook.")),
        *help_blocks(case.line.organisation, language),
        Heading(_("De wet")),
        Paragraph((Link(_("Algemene wet bestuursrecht, artikelen 7:2 tot en met 7:7"), AWB), ".")),
    )
    return _("Vertel ons uw verhaal over uw bezwaar"), blocks


def adjourned(case: Case, made: Objection, decide_by: date, dated: date, address: tuple[str, ...]) -> Document:
    """Return the letter that says that deciding on an objection takes six weeks longer (Awb 7:10, third paragraph)."""
    return letter(
        lambda language: _adjourned(case, decide_by, language),
        sender=case.line.organisation,
        to=(case.application.name, *address),
        reference=made.reference,
        dated=dated,
        language=case.language,
    )


def _adjourned(case: Case, decide_by: date, language: str) -> tuple[str, tuple[Block, ...]]:
    product = catalogue.product(case.line.product).name(language)
    day = date_long(decide_by, language)
    blocks: tuple[Block, ...] = (
        Paragraph(_("U maakte bezwaar: %(product)s. Wij hebben meer tijd nodig.") % {"product": product}),
        Paragraph((Strong(_("Wij beslissen uiterlijk op %(day)s.") % {"day": day}), " ", _("Dat kan één keer."))),
        *help_blocks(case.line.organisation, language),
        Heading(_("De wet")),
        Paragraph((Link(_("Algemene wet bestuursrecht, artikel 7:10, derde lid"), AWB), ".")),
    )
    return _("Wij hebben meer tijd nodig voor uw bezwaar"), blocks
