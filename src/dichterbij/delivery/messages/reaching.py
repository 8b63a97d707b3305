"""Every way to reach who wrote a letter, as one block that each letter ends with."""

from django.utils.translation import gettext as _

from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.identifiers import Oin

from .document import Contact, Link, Words


def contact(sender: Oin, language: str) -> Contact:
    """Return every way to reach an organisation and to react; all lead to the same case (Awb 2:1, 2:13)."""
    found = organisations.organisation(sender)
    known = found.contact
    site = (Link(known.url.removeprefix("https://"), known.url), ". ") if known.url else ()
    pairs: list[tuple[str, Words]] = [(_("Online"), (*site, _("Log in, dan ziet u uw aanvragen en berichten.")))]
    if known.phone:
        pairs.append((_("Bellen"), (Link(known.phone, f"tel:{''.join(known.phone.split())}"),)))
    if known.hours.get(language):
        pairs.append((_("Open"), known.hours[language]))
    address = known.address or _("het adres hoort u als u belt")
    pairs.append((_("Langskomen"), _("Aan de balie helpt een medewerker u.")))
    pairs.append((_("Op papier"), _("%(address)s. Zet het kenmerk op uw brief.") % {"address": address}))
    return Contact(found.name, tuple(pairs))
