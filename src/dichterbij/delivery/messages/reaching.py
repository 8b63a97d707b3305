"""Every way to reach who wrote a letter, as the block that each letter ends with; what works while one is closed."""

from django.utils.translation import gettext as _

from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.kernel.identifiers import Oin

from .document import Contact, Link, Words


def contact(sender: Oin, language: str) -> Contact:
    """Return every way to reach an organisation and to react; all lead to the same case (Awb 2:1, 2:13).

    A way that is closed today says so; the others are beside it.
    """
    found = organisations.organisation(sender)
    known = found.contact
    site = (Link(known.url.removeprefix("https://"), known.url), ". ") if known.url else ()
    pairs: list[tuple[str, Words]] = [
        (_("Online"), _now(found, "click") or (*site, _("Log in, dan ziet u uw aanvragen en berichten.")))
    ]
    if known.phone:
        pairs.append((_("Bellen"), _now(found, "call") or (Link(known.phone, f"tel:{''.join(known.phone.split())}"),)))
    if known.hours.get(language):
        pairs.append((_("Open"), known.hours[language]))
    address = known.address or _("het adres hoort u als u belt")
    pairs.append((_("Langskomen"), _now(found, "counter") or _("Aan de balie helpt een medewerker u.")))
    by_letter = _("%(address)s. Zet het kenmerk op uw brief.") % {"address": address}
    pairs.append((_("Op papier"), _now(found, "paper") or by_letter))
    return Contact(found.name, tuple(pairs))


def _now(organisation: Organisation, way: str) -> str:
    """Return that a way is closed today; empty when it is open."""
    return _("Dit kan nu niet. Gebruik een van de andere manieren.") if way in organisation.closed else ""


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
