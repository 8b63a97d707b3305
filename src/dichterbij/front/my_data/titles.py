"""What somebody did, in one sentence: the title of an act."""

from django.utils.translation import gettext as _

from dichterbij.delivery.cases.corrections import keepers
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import UnknownProduct
from dichterbij.delivery.sharing import catalogue as sharing
from dichterbij.ground.logbook import wording
from dichterbij.ground.logbook.domain import ActLine
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.access import Role


def title(act: ActLine, language: str) -> str:
    """Return who did what, as a sentence without jargon."""
    if act.act is None:
        return _("Dit was voor de zaak van iemand anders")
    words = {"what": _what(act, language), "who": organisations.organisation(act.organisations[0]).name}
    did = next((name for part in act.parts for name in part.did), "")
    if act.by_self:
        return _by_yourself(act, did, words["what"]) % words
    if act.role is Role.STAFF and (act.on_behalf_of.startswith("desk:") or _is_of_the_desk(act)):
        return _with_a_worker(act.on_behalf_of, did, words["what"]) % words
    if act.role is Role.STAFF:
        return _by_a_worker(act, did) % words
    if act.role is Role.REPRESENTATIVE:
        return _by_another(did) % (words | {"another": _another(act.on_behalf_of)})
    return _by_itself(act, did) % words


def _another(ground: str) -> str:
    """Return who acted, as the person knows them: the log itself holds no name."""
    return {
        "mandate": _("Wie u machtigde"),
        "parent": _("Uw ouder of voogd"),
        "guardian": _("Uw curator"),
        "administrator": _("Uw bewindvoerder"),
        "mentor": _("Uw mentor"),
        "trustee": _("De curator in uw faillissement"),
        "director": _("Een bestuurder of eigenaar"),
        "proxy": _("Iemand met een volmacht van het bedrijf"),
        "employee": _("Een medewerker van het bedrijf"),
    }.get(ground.partition(":")[0], _("Iemand anders"))


def _what(act: ActLine, language: str) -> str:
    return next((name for part in act.parts if (name := called(part.product, language))), "").lower()


def called(product: str, language: str) -> str:
    """Return the name of a product; empty for a task that nobody applies for."""
    try:
        return catalogue.product(product).name(language)
    except UnknownProduct:
        return ""


def _by_another(did: str) -> str:
    if did:
        return wording.by_another(did) or _("%(another)s regelde namens u iets bij %(who)s")
    return _("%(another)s bekeek namens u uw zaken bij %(who)s")


def _by_yourself(act: ActLine, did: str, what: str) -> str:
    if did:
        return wording.by_oneself(did) or _("U regelde iets bij %(who)s")
    opened = {
        "portaal.overzicht": _("U liet uitzoeken wat u kunt of moet regelen"),
        "portaal.mijn-gegevens": _("U vroeg uw gegevens op"),
        "portaal.berichtenbox": _("U las uw berichten"),
        "portaal.wie-keek": _("U keek wie uw gegevens zag"),
    }
    found = next((opened[part.activity] for part in act.parts if part.activity in opened), "")
    return found or (_("U werkte aan een aanvraag: %(what)s") if what else _("U regelde iets bij %(who)s"))


def _by_a_worker(act: ActLine, did: str) -> str:
    is_correction = any(part.product == keepers.TASK for part in act.parts)
    looked = _("Een medewerker van %(who)s bekeek uw verzoek om verbetering") if is_correction else ""
    return {
        "behandeling": _("Een medewerker van %(who)s nam uw aanvraag in behandeling: %(what)s"),
        "aanvraag": _("Een medewerker van %(who)s nam over wat u op papier aanvroeg: %(what)s"),
        "bezwaar": _("Een medewerker van %(who)s nam uw bezwaar op papier over: %(what)s"),
        "brief over uw papier": _("Een medewerker van %(who)s schreef u over uw papier: %(what)s"),
        "inlog blokkeren": _("Een medewerker van %(who)s blokkeerde uw inlog"),
        "inlog vrijgeven": _("Een medewerker van %(who)s liet uw inlog weer werken"),
        "machtiging aan de balie": _("Een medewerker van %(who)s schreef aan de balie op dat u iemand machtigt"),
        "vraag": _("Een medewerker van %(who)s stelde u een vraag"),
        "besluit": _("Een medewerker van %(who)s besliste over uw aanvraag: %(what)s"),
        "besluit nagekeken": _("Een tweede medewerker van %(who)s keek het besluit na: %(what)s"),
        "overdracht": _("Een medewerker van %(who)s gaf uw aanvraag aan een andere afdeling: %(what)s"),
        "antwoord op verzoek om verbetering": _("Een medewerker van %(who)s gaf antwoord op uw verzoek om verbetering"),
        "bekendmaking": _("Een medewerker van %(who)s stuurde u een besluit: %(what)s"),
        "uitnodiging om te vertellen": _("Een medewerker van %(who)s nodigde u uit om over uw bezwaar te vertellen"),
        "uitstel van beslissing op bezwaar": _("Een medewerker van %(who)s stelde de beslissing op uw bezwaar uit"),
        "beslissing op bezwaar": _("Een medewerker van %(who)s besliste op uw bezwaar: %(what)s"),
        "besluit blijft na nakijken": _("Een medewerker van %(who)s keek een besluit na en liet het staan: %(what)s"),
    }.get(did, wording.by_a_reviewer(did) or looked or _("Een medewerker van %(who)s bekeek uw aanvraag: %(what)s"))


def _is_of_the_desk(act: ActLine) -> bool:
    return any(part.activity.endswith(".balie") for part in act.parts)


def _with_a_worker(ground: str, did: str, what: str) -> str:
    """Return what a worker did at the counter or on the phone, together with the person."""
    begun = {
        "hulp aan de balie": _("Een medewerker hielp u aan de balie van %(who)s"),
        "hulp aan de telefoon": _("Een medewerker van %(who)s hielp u aan de telefoon"),
        "noodopening": _("Een medewerker van %(who)s bekeek uw zaken zonder u, omdat het niet kon wachten"),
        "vertegenwoordiging nagekeken": _("Een medewerker van %(who)s keek met u na voor wie u mag handelen"),
        "handelen voor een ander": _("Een medewerker van %(who)s hielp u handelen voor een ander"),
        "hulp overgenomen": _("Een andere medewerker van %(who)s ging verder met u helpen"),
        "belverzoek": _("Een medewerker van %(who)s ging u bellen, zoals u vroeg"),
        "foute antwoorden": _("Iemand belde %(who)s en zei dat u het was. De antwoorden klopten niet"),
    }
    if did in begun:
        return begun[did]
    if not ground.startswith("desk:"):
        return _("Een medewerker van %(who)s zocht u op, voor de balie of de telefoon")
    looked = _("%(how)s bekeek een medewerker uw zaken bij %(who)s")
    if what:
        looked = _("%(how)s bekeek een medewerker uw aanvraag: %(what)s")
    done = {
        "aanvraag": _("%(how)s vroeg een medewerker voor u aan: %(what)s"),
        "antwoord": _("%(how)s gaf een medewerker uw antwoord door aan %(who)s"),
        "bezwaar": _("%(how)s nam een medewerker uw bezwaar op: %(what)s"),
        "ingebrekestelling": _("%(how)s schreef een medewerker aan %(who)s dat een besluit te laat is: %(what)s"),
        "papieren formulier": _("%(how)s drukte een medewerker een ingevuld formulier af: %(what)s"),
        "intrekking": _("%(how)s trok een medewerker een aanvraag in: %(what)s"),
        "verzoek om verbetering": _("%(how)s vroeg een medewerker aan %(who)s om een gegeven te verbeteren"),
        "overleg": _("%(how)s vroeg een medewerker advies aan %(who)s: %(what)s"),
        "afspraak gemaakt": _("%(how)s maakte een medewerker een afspraak bij %(who)s"),
        "afspraak verzet": _("%(how)s verzette een medewerker een afspraak bij %(who)s"),
        "afspraak afgezegd": _("%(how)s zegde een medewerker een afspraak bij %(who)s af"),
        "ongedaan maken": _("%(how)s maakte een medewerker op uw verzoek iets ongedaan: %(what)s"),
        "twijfel": _("%(how)s meldde een medewerker dat een gegeven niet klopt: %(what)s"),
        "twijfel intrekken": _("%(how)s trok een medewerker in dat een gegeven niet klopt: %(what)s"),
        "verzoek om verbetering intrekken": _("%(how)s trok een medewerker uw verzoek aan %(who)s in"),
    }.get(did, _("%(how)s regelde een medewerker iets voor u bij %(who)s") if did else looked)
    return done % {"how": _met(ground), "who": "%(who)s", "what": "%(what)s"}


def _met(ground: str) -> str:
    """Return how the worker met the person, or who acted for them (`desk:counter:<talk>:director`)."""
    _desk, how, _talk, *by = ground.split(":")
    if by:
        told = {"call": _("%(another)s belde voor u. Toen"), "counter": _("%(another)s was voor u aan de balie. Toen")}
        return told[how] % {"another": _another(by[0])}
    if how == "absent":
        return _("Zonder u")
    return _("Aan de telefoon met u") if how == "call" else _("Aan de balie, met u erbij,")


def _by_itself(act: ActLine, did: str) -> str:
    """Return what no human did; somebody without authority over the person is recorded only when refused."""
    if act.role is Role.CITIZEN:
        return _("Iemand probeerde uw zaken te bekijken bij %(who)s")
    shared = {packet.activity for packet in sharing.packets().values()}
    if all(part.refused and part.activity in shared for part in act.parts):
        return _("Een bedrijf vroeg om gegevens van u en kreeg niets")
    return {
        "besluit": _("%(who)s besliste automatisch over uw aanvraag: %(what)s"),
        "heropening": _("%(who)s bekijkt uw aanvraag opnieuw: het overlijden bleek niet te kloppen"),
        "bekendmaking": _("%(who)s stuurde u automatisch een besluit: %(what)s"),
        "rechtzetting van een overlijden": _("%(who)s vertelde een organisatie dat een overlijden niet klopte"),
        "gedeeld met uw toestemming": _("%(who)s deelde gegevens met een bedrijf, met uw toestemming"),
    }.get(did, _("%(who)s keek automatisch naar uw gegevens"))
