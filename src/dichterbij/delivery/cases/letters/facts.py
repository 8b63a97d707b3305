"""The data a decision rests on, as a table with source and day, and what somebody said is not right about it."""

from django.utils.translation import gettext as _

from dichterbij.delivery.messages.document import Block, Heading, Items, Paragraph, Table
from dichterbij.ground.assessment.domain import Assessment, UsedFact
from dichterbij.ground.registry.laws import current_laws
from dichterbij.kernel.clock import day_of
from dichterbij.kernel.formats import date_long

from ..domain import Application


def shown_facts(assessment: Assessment, language: str) -> tuple[UsedFact, ...]:
    """Return the facts that say something to a reader: who is somebody's parent only leads to other facts."""
    vocabulary = current_laws().vocabulary
    return tuple(each for each in assessment.facts_in(language) if not vocabulary[each.fact].is_relation)


def facts_table(assessment: Assessment, language: str, application: Application) -> tuple[Block, ...]:
    """Return the table of data used, or a sentence when there was none; values of other people stay hidden."""
    rows = tuple(_row(each, language, application) for each in shown_facts(assessment, language))
    if not rows:
        return (Paragraph(_("Hiervoor waren geen gegevens nodig.")),)
    header = (_("Gegeven"), _("Waarde"), _("Bron"), _("Gelezen op"))
    return (Table(_("Gegevens die wij gebruikten"), header, rows),)


def _row(fact: UsedFact, language: str, application: Application) -> tuple[str, str, str, str]:
    value = _("niet getoond: gaat over iemand anders") if fact.value_text is None else fact.value_text
    read_on = date_long(day_of(fact.read_at), language) if fact.read_at else given(fact.fact, application, language)
    return _name(fact), value, fact.source, read_on


def given(fact: str, application: Application, language: str) -> str:
    """Return how the applicant gave a fact: on paper, with the day it came in, or otherwise."""
    if application.received_on is None or fact not in application.on_paper:
        return _("door u gegeven")
    return _("op papier, ontvangen op %(day)s") % {"day": date_long(application.received_on, language)}


def _name(fact: UsedFact) -> str:
    return f"{fact.label} ({fact.about})" if fact.about else fact.label


def corrections_blocks(application: Application, assessment: Assessment | None, language: str) -> tuple[Block, ...]:
    """Return what the applicant said is not right, and the remark; nothing when there was neither."""
    labels = {(each.person, each.fact): _name(each) for each in assessment.facts_in(language)} if assessment else {}
    said = tuple(f"{labels.get((each.person, each.fact), each.fact)}: {each.says}" for each in application.corrections)
    blocks: list[Block] = []
    if said:
        blocks += [Heading(_("U schreef dat dit niet klopt")), Items(said)]
    if application.remark.strip():
        blocks += [Heading(_("U schreef ook")), Paragraph(application.remark)]
    return tuple(blocks)
