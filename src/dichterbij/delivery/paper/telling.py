"""What the stages and troubles of paper are called."""

from django.utils.translation import gettext as _

from dichterbij.delivery.messages.domain import Reason

from .domain import Stage, Trouble


def stage_name(stage: Stage) -> str:
    """Return how far paper is, in a few words."""
    return {
        Stage.OPEN: _("Nog over te nemen"),
        Stage.ASKED: _("Gevraagd aan de afzender"),
        Stage.UNANSWERED: _("Geen antwoord op tijd: ga door met wat er wel staat"),
        Stage.COLLEAGUE: _("Een collega kijkt mee"),
        Stage.DONE: _("Overgenomen"),
        Stage.CLOSED: _("Bij een lopende aanvraag gelegd"),
    }[stage]


def trouble_name(trouble: Trouble | None) -> str:
    """Return what is wrong with paper; empty when nothing is."""
    if trouble is None:
        return ""
    return {
        Trouble.NOT_LEGIBLE: _("niet te lezen"),
        Trouble.PAGE_MISSING: _("bladzijde ontbreekt"),
        Trouble.NOT_SIGNED: _("geen handtekening"),
        Trouble.DUPLICATE: _("was al aangevraagd"),
    }[trouble]


def reason_name(reason: Reason) -> str:
    """Return why a letter came back, in a few words."""
    return {
        Reason.MOVED: _("verhuisd"),
        Reason.UNKNOWN: _("onbekend op dit adres"),
        Reason.INCOMPLETE: _("het adres klopt niet"),
        Reason.REFUSED: _("geweigerd"),
        Reason.NOT_COLLECTED: _("niet afgehaald"),
    }[reason]
