"""Every way to reach who wrote a letter, as the block that each letter ends with; what works while one is closed."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from dichterbij.delivery.contact.reaching import closed_told
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin

from .document import Block, Contact, Document, Letterhead, Link, Paragraph, Part, Words


def contact(sender: Oin, language: str) -> Contact:
    """Return every way to reach an organisation and to react; all lead to the same case (Awb 2:1, 2:13).

    A way that is closed today says so, and which ones work stands on top.
    """
    found = organisations.organisation(sender)
    known, closed = found.contact, closed_told(found)
    site = (Link(known.url.removeprefix("https://"), known.url), ". ") if known.url else ()
    pairs: list[tuple[str, Words]] = [(_("Let op"), closed)] if closed else []
    pairs.append((_("Online"), _now(found, "click") or (*site, _("Log in, dan ziet u uw aanvragen en berichten."))))
    if known.phone or "call" in found.closed:
        phone = (Link(known.phone, f"tel:{''.join(known.phone.split())}"),)
        pairs.append((_("Bellen"), _now(found, "call") or phone))
    if known.hours.get(language):
        pairs.append((_("Open"), known.hours[language]))
    address = known.address or _("het adres hoort u van ons")
    pairs.append((_("Langskomen"), _now(found, "counter") or _("Aan de balie helpt een medewerker u.")))
    by_letter = _("%(address)s. Staat er een kenmerk op deze brief? Zet dat erbij.") % {"address": address}
    pairs.append((_("Op papier"), _now(found, "paper") or by_letter))
    return Contact(found.name, tuple(pairs))


def _now(organisation: Organisation, way: str) -> str:
    """Return that a way is closed today; empty when it is open."""
    return _("Dit kan nu niet. Gebruik een van de andere manieren.") if way in organisation.closed else ""


def closed_sheet(sender: Oin) -> Document:
    """Return the sheet that goes with letters that were written before a way was closed, in every language."""
    who = organisations.organisation(sender)
    with translation.override("nl"):
        title, blocks = _closed_sheet(who, "nl")
        notice = _("Demonstratie. Alle personen zijn verzonnen.") if settings.DEMONSTRATION else ""
    parts = tuple(_in_language(who, language) for language in ("en", "pap"))
    head = Letterhead(sender=who.name, notice=notice)
    return Document(title=title, language="nl", dated=clock.today(), head=head, blocks=(*blocks, *parts))


def _in_language(who: Organisation, language: str) -> Part:
    with translation.override(language):
        title, blocks = _closed_sheet(who, language)
    return Part(language, title, blocks)


def _closed_sheet(who: Organisation, language: str) -> tuple[str, tuple[Block, ...]]:
    before = _("De brief in deze envelop schreven wij misschien eerder. Uw kenmerk en uw termijn veranderen niet.")
    return _("Nu niet op alle manieren te bereiken"), (Paragraph(before), contact(who.oin, language))
