"""Why something is refused, in the words of people, and what they can do."""

from django.utils.translation import gettext_noop

from .domain import Denied, Refusal

DETAILS = {
    Refusal.NO_AUTHORITY: gettext_noop(
        "Dit gaat over iemand anders. Wij weten niet dat u dit voor deze persoon mag doen."
    ),
    Refusal.NOT_OF_COMPANY: gettext_noop(
        "Wij kunnen niet vaststellen dat u nu voor dit bedrijf mag handelen. "
        "Misschien staat u niet meer in het Handelsregister, of is het bedrijf failliet."
    ),
    Refusal.OTHER_LOGIN: gettext_noop("U bent ingelogd als medewerker. Uw eigen zaken regelt u met uw eigen inlog."),
    Refusal.NOT_FOR_THIS_PERSON: gettext_noop("U mag wel voor iemand anders handelen, maar niet voor deze persoon."),
    Refusal.OTHER_ORGANISATION: gettext_noop("Deze zaak is van een andere organisatie dan waar u werkt."),
    Refusal.OTHER_UNIT: gettext_noop("Deze zaak is van een andere afdeling dan waar u werkt."),
    Refusal.OUT_OF_SCOPE: gettext_noop("U mag wel voor een ander handelen, maar niet voor dit onderwerp."),
    Refusal.NOT_FOR_COMPANIES: gettext_noop("Dit is alleen voor mensen. Een bedrijf kan dit niet aanvragen."),
    Refusal.NO_NUMBER: gettext_noop("Uw inlog geeft geen burgerservicenummer. Daarom weten wij niet wie u bent."),
    Refusal.NOT_VALID_NOW: gettext_noop("U mocht dit eerder wel, of u mag het later pas. Nu mag het niet."),
    Refusal.NOT_PERMITTED: gettext_noop("Uw rol laat deze stap niet toe."),
    Refusal.NOT_DETERMINED: gettext_noop(
        "Wij kunnen niet vaststellen wie voor deze persoon mag handelen. Een medewerker zoekt dat met u uit."
    ),
    Refusal.OWN_SAY: gettext_noop("Deze jongere beslist hier zelf over. Zo staat het in de wet."),
    Refusal.MUST_AGREE: gettext_noop("Dit mag pas als uw kind het ermee eens is. Zo staat het in de wet."),
    Refusal.NOT_ALONE: gettext_noop("Dit mag u niet alleen. Ook de ander die mag handelen, moet het ermee eens zijn."),
    Refusal.OWN_CASE: gettext_noop(
        "Dit is uw eigen zaak. Niemand behandelt of bekijkt zijn eigen zaak als medewerker."
    ),
    Refusal.RELATED: gettext_noop(
        "Dit gaat over uzelf, uw familie of iemand voor wie u handelt. Daarom opent u dit niet als medewerker."
    ),
    Refusal.NO_REASON: gettext_noop(
        "Schrijf eerst op waarom u deze zaak opent. De persoon om wie het gaat, ziet uw reden."
    ),
}
REMEDIES = {
    Refusal.NO_AUTHORITY: gettext_noop(
        "Bij Machtigen ziet u voor wie u mag handelen. Wilt u iemand helpen? Vraag ons hoe, of kom samen langs."
    ),
    Refusal.NOT_OF_COMPANY: gettext_noop("Klopt dit niet? Kijk hoe u bij KVK bekendstaat, of vraag ons om hulp."),
    Refusal.OTHER_LOGIN: gettext_noop("Log uit en log daarna in als uzelf."),
    Refusal.OTHER_ORGANISATION: gettext_noop("Verwijs de persoon naar de organisatie die de zaak behandelt."),
    Refusal.OTHER_UNIT: gettext_noop(
        "Vraag die afdeling om de zaak aan de uwe te geven. Helpt u de persoon? Open dan een gesprek bij Iemand helpen."
    ),
    Refusal.NOT_FOR_COMPANIES: gettext_noop("Kies eerst Terug naar mijn eigen zaken als u dit voor uzelf wilt."),
    Refusal.NO_NUMBER: gettext_noop(
        "Bovenaan staat wat u zonder burgerservicenummer kunt doen. Komt u er niet uit? Vraag ons om hulp."
    ),
    Refusal.NOT_PERMITTED: gettext_noop("Vraag een collega met de juiste rol, of vraag uw leidinggevende om de rol."),
    Refusal.NOT_DETERMINED: gettext_noop(
        "Vraag ons om hulp. Komt u langs? "
        "Neem papieren mee, zoals een verklaring van erfrecht of een beslissing van de rechter."
    ),
    Refusal.OWN_SAY: gettext_noop("De jongere regelt dit met een eigen inlog, of aan de balie. U mag meekomen."),
    Refusal.MUST_AGREE: gettext_noop("Laat uw kind inloggen en bij Machtigen toestemming geven. Of kom samen langs."),
    Refusal.NOT_ALONE: gettext_noop(
        "Vraag de ander om bij Machtigen toestemming te geven. Bent u het niet eens? Vraag ons om hulp."
    ),
    Refusal.OWN_CASE: gettext_noop(
        "Vraag een collega om de zaak te behandelen. Zelf volgt u uw zaak met uw eigen inlog."
    ),
    Refusal.RELATED: gettext_noop("Vraag een collega om het over te nemen (Awb artikel 2:4)."),
    Refusal.NO_REASON: gettext_noop("Vul de reden in en open de zaak daarna opnieuw."),
}
USUAL = gettext_noop("Klopt dit volgens u niet? Vraag ons om hulp. Wij zoeken het met u uit.")


def detail(reason: Refusal) -> str:
    """Return why not, in a few short sentences."""
    return DETAILS[reason]


def remedy(reason: Refusal) -> str:
    """Return what the person can do now."""
    return REMEDIES.get(reason, USUAL)


def refused(reason: Refusal) -> Denied:
    """Return a refusal with its words."""
    return Denied(reason, detail(reason), remedy=remedy(reason))
