"""Make sure on the phone that somebody is who they say, with questions that no letter of ours answers.

The worker never sees the right answers; wrong ones are counted per person, whoever asks them, and recorded.
"""

import random
from collections.abc import Mapping
from datetime import timedelta

from dichterbij.ground.identity.domain import Login
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook.domain import Entry
from dichterbij.ground.logbook.domain import Kind as LineKind
from dichterbij.ground.organisations.domain import StaffRole
from dichterbij.ground.registry import services as registry
from dichterbij.ground.registry.domain import Query, Value
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission

from . import place, trying
from .domain import NotOnThePhone, Person, is_right
from .rules import PhoneQuestion, rules

WHY = "Nagaan wie er belt"
MOST_ASKED = 3
DAY = timedelta(days=1)


def questions(login: Login, role: StaffRole, person: Person) -> tuple[PhoneQuestion, ...]:
    """Return what to ask this person: at most three of what the register can answer. Raises `NotOnThePhone`."""
    ensure_not_blocked(person)
    known = _known(_access(login, role, person), person)
    asked = [each for each in rules().questions if known.get(each.field)]
    if len(asked) < rules().most_right:
        raise NotOnThePhone(
            "Van deze persoon weten wij te weinig om aan de telefoon vragen te stellen.",
            remedy="Vraag de persoon om langs te komen, of stuur een brief met een code.",
        )
    return tuple(random.SystemRandom().sample(asked, min(MOST_ASKED, len(asked))))


def answered(login: Login, role: StaffRole, person: Person, given: Mapping[str, str]) -> int:
    """Return how many answers are right; each wrong one counts. Raises `NotOnThePhone` when it is too few."""
    ensure_not_blocked(person)
    access = _access(login, role, person)
    known = _known(access, person)
    asked = [each for each in rules().questions if each.id in given]
    right = sum(is_right(each.kind, given[each.id], known.get(each.field)) for each in asked)
    for _wrong in range(len(asked) - right):
        trying.note("answer", login.party, person.subject.party)
    if right < min(rules().right.values()):
        logbook.record(access, Entry(kind=LineKind.ACT, subject=person.subject.bsn, fields=("foute antwoorden",)))
        raise NotOnThePhone(
            "Er waren te weinig goede antwoorden. U hoort niet welke.",
            remedy="Vraag de persoon om langs te komen, of stuur een brief met een code.",
        )
    return right


def ensure_not_blocked(person: Person) -> None:
    """Raise `NotOnThePhone` after too many wrong answers about a person in a day, whoever gave them."""
    if trying.number_about("answer", person.subject.party, within=DAY) >= rules().wrong_answers:
        raise NotOnThePhone(
            "Over deze persoon zijn vandaag te veel foute antwoorden gegeven.",
            remedy="Aan de balie kan het wel, met een identiteitsbewijs.",
        )


def _access(login: Login, role: StaffRole, person: Person) -> Access:
    return place.access(login, role, person.subject, Permission.HANDLE, WHY)


def _known(access: Access, person: Person) -> Mapping[str, Value]:
    bsn = person.subject.bsn
    if bsn is None:
        return {}
    fields = tuple(each.field for each in rules().questions)
    query = Query(registry="brp", persons=(bsn,), fields=fields, at=clock.today(), trace=access.trace)
    record = registry.read(access, query).records.get(bsn)
    return {name: value.value for name, value in record.values.items()} if record else {}
