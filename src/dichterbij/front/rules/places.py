"""Where somebody may live, as far as that changes which rules apply; and what municipalities are called."""

from typing import Final

from django.utils.translation import gettext as _

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Kind
from dichterbij.kernel import clock
from dichterbij.kernel.periods import Period
from dichterbij.law import LawError, Question
from dichterbij.law.determine import tape_for
from dichterbij.law.model import LawVersion
from dichterbij.law.territory import applies_in, codes_of

from .published import SUBJECT, Topic

EUROPEAN: Final = "NL"
ISLANDS: Final = (("BQ-BO", "Bonaire"), ("BQ-SE", "Sint Eustatius"), ("BQ-SA", "Saba"))
MUNICIPALITY: Final = "gemeente_code"  # the fact of the vocabulary that is a code nobody knows by heart


def territories(version: LawVersion, topics: tuple[Topic, ...]) -> tuple[tuple[str, str], ...]:
    """Return where somebody may live, as far as that changes which rules apply; where this law applies comes first."""
    codes = _local_codes(version, topics)
    named = [(code, name) for code, name in places() if code in codes]
    elsewhere = _("Ergens anders in Nederland") if named else _("In Nederland, niet op een eiland in de Cariben")
    islands = ISLANDS if version.territory or version.elsewhere or version.codes else ()
    found = (*named, (EUROPEAN, elsewhere), *islands)
    return tuple(sorted(found, key=lambda place: not applies_in(version, codes_of(place[0]))))


def where_it_applies(version: LawVersion) -> tuple[str, ...]:
    """Return the names of the places where a law applies."""
    if version.codes:
        return tuple(name for code, name in places() if code in version.codes.values())
    everywhere = ((EUROPEAN, _("Nederland, zonder de eilanden in de Cariben")), *ISLANDS)
    return tuple(name for code, name in everywhere if applies_in(version, codes_of(code)))


def places() -> tuple[tuple[str, str], ...]:
    """Return the municipalities and other bodies with rules or a counter of their own: code and name, by name."""
    local = {
        code: each.authority or each.name
        for versions in current_laws().laws.values()
        for each in versions
        for code in each.codes.values()
    }
    known = {each.territory: each.name for each in organisations.organisations() if each.kind is Kind.MUNICIPALITY}
    return tuple(sorted((local | known).items(), key=lambda place: place[1].casefold()))


def _local_codes(version: LawVersion, topics: tuple[Topic, ...]) -> set[str]:
    """Return the municipalities with a regulation that changes what this law says."""
    used = {version.id} | {law for topic in topics for law in _laws_behind(version.id, topic)}
    found = set(version.codes.values())
    for other in (each for versions in current_laws().laws.values() for each in versions if each.codes):
        if any(target.law in used for article in other.articles for target in article.implements):
            found |= set(other.codes.values())
    return found


def _laws_behind(law: str, topic: Topic) -> set[str]:
    asked = Question(
        law=law, outputs=topic.outputs, subject=SUBJECT, period=Period.day(clock.today()), decided_on=clock.today()
    )
    try:
        return {use.id for use in tape_for(current_laws(), asked).graph.laws}
    except LawError:
        return set()
