"""What works while a way to an organisation is closed, in a sentence: on cards, pages, letters and notices."""

from django.utils.translation import gettext as _

from dichterbij.ground.organisations.domain import Organisation


def closed_told(organisation: Organisation) -> str:
    """Return which ways to an organisation are closed now and which work instead; empty when all are open."""
    names = {"click": _("op de site"), "call": _("bellen"), "counter": _("langskomen"), "paper": _("schrijven")}
    shut = [name for way, name in names.items() if way in organisation.closed]
    still = [name for way, name in names.items() if way not in organisation.closed]
    if not shut:
        return ""
    words = {"who": organisation.name, "shut": ", ".join(shut), "still": ", ".join(still)}
    if not still:
        return _("%(who)s is nu niet te bereiken. Wij laten het hier weten als dat weer kan.") % words
    return _("%(who)s is nu niet te bereiken door: %(shut)s. Dit kan wel: %(still)s.") % words
