"""What an organisation elsewhere can refuse, as the same problem here."""

from collections.abc import Mapping

from dichterbij.delivery.cases.domain import NotComplete, NotNow, UnknownCase, UnknownDraft
from dichterbij.delivery.catalogue.domain import UnknownProduct
from dichterbij.delivery.messages.domain import LetterChanged, UnknownMessage
from dichterbij.ground.logbook.domain import LogbookUnavailable
from dichterbij.ground.registry.answers import UnknownActivity
from dichterbij.kernel.problems import AccessExpired, Problem

from .assertion import AssertionExpired, NotAsker

SAME: Mapping[str, type[Problem]] = {
    each.code: each
    for each in (
        AccessExpired,
        LetterChanged,
        LogbookUnavailable,
        NotComplete,
        NotNow,
        UnknownActivity,
        UnknownCase,
        UnknownDraft,
        UnknownMessage,
        UnknownProduct,
    )
}


class RefusedElsewhere(Problem):
    """An organisation elsewhere refuses something for this person; it says why."""

    code = "refused-elsewhere"
    title = "Deze organisatie staat dit niet toe"
    status = 403


def refusal(code: str, status: int, detail: str) -> Problem | None:
    """Return the problem of an answer; None for what it holds against us and not against the person."""
    if code == AssertionExpired.code:
        return AccessExpired()
    if code in SAME:
        return SAME[code]()
    if status in (403, 409) and code != NotAsker.code:
        return RefusedElsewhere(detail)
    return None
