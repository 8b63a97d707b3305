"""What we call the people in a check, as the visitor knows them: "uw partner", "uw kind 2"."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.kernel.formats import date_long, euro
from dichterbij.law import UNKNOWN, FactRef, Vocabulary
from dichterbij.law.labels import Labels
from dichterbij.law.values import Given

from .published import SUBJECT
from .visit import Visit, named


def name_of(person: str, visit: Visit, labels: Labels) -> str:
    """Return how we call a person of a check; nothing for the visitor."""
    if person == SUBJECT:
        return ""
    owner, fact, number = _parts(person)
    whose = labels.fact(fact).get("whose") or labels.word("someone")
    siblings = visit.persons.get(owner, {}).get(fact)
    is_one_of_more = isinstance(siblings, list | tuple) and len(siblings) > 1
    called = f"{whose} {number}" if number and is_one_of_more else whose
    through = name_of(owner, visit, labels)
    return f"{called} ({through})" if through else called


def _parts(person: str) -> tuple[str, str, str]:
    """Return whose relation made this person, which relation, and the number in a list.

    >>> _parts("ik.partner"), _parts("ik.partner.kinderen.2")
    (('ik', 'partner', ''), ('ik.partner', 'kinderen', '2'))
    """
    owner, _, last = person.rpartition(".")
    if not last.isdigit():
        return owner, last, ""
    owner, _, fact = owner.rpartition(".")
    return owner, fact, last


def known_to(person: str, visit: Visit, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the people of a check besides a person, the visitor first unless it is about them."""
    everybody = [SUBJECT, *(other for given in visit.persons.values() for other in named(given, vocabulary))]
    return tuple(each for each in dict.fromkeys(everybody) if each != person)


def answer_text(ref: FactRef, value: Given, visit: Visit, labels: Labels) -> str:
    """Return an answer as people read it; a person by what we call them."""
    fact = current_laws().vocabulary[ref.fact]
    if fact.is_relation and value is not None and value is not UNKNOWN:
        return _names(value if isinstance(value, list | tuple) else [value], visit, labels)
    match value:
        case None:
            return labels.word("geen")
        case bool():
            return labels.word("ja" if value else "nee")
        case int() if fact.type == "amount":
            return euro(value, labels.language)
        case str() if fact.type == "date":
            return date_long(date.fromisoformat(value), labels.language)
    return labels.word("unknown") if value is UNKNOWN else labels.fact(ref.fact).values.get(str(value), str(value))


def _names(people: Sequence[Given], visit: Visit, labels: Labels) -> str:
    return ", ".join(name_of(str(each), visit, labels) or _("u zelf") for each in people) or labels.word("geen")
