"""What somebody did, in one sentence: the title of an act."""

from django.utils.translation import gettext as _

from dichterbij.delivery.cases.corrections import keepers
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import UnknownProduct
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
        return _by_yourself(act, did) % words
    if act.role is Role.STAFF and (act.on_behalf_of.startswith("desk:") or _is_of_the_desk(act)):
        return _with_a_worker(act.on_behalf_of, did) % words
    if act.role is Role.STAFF:
        return _by_a_worker(act, did) % words
    if act.role is Role.REPRESENTATIVE:
        return _by_another(did) % (words | {"another": _another(act.on_behalf_of)})
    return _by_itself(did) % words


def _another(ground: str) -> str:
    """Return who acted, as the person knows them: the log itself holds no name."""
    return {
        "mandate": _("Wie u machtigde"),
        "parent": _("Uw ouder of voogd"),
        "guardian": _("Uw curator"),
        "administrator": _("Uw bewindvoerder"),
        "mentor": _("Uw mentor"),
        "trustee": _("De curator in uw faillissement"),
    }.get(ground.partition(":")[0], _("Iemand anders"))


def _by_another(did: str) -> str:
    done = {
        "aanvraag": _("%(another)s vroeg namens u aan: %(what)s"),
        "antwoord": _("%(another)s gaf namens u antwoord op een vraag van %(who)s"),
        "bezwaar": _("%(another)s maakte namens u bezwaar tegen een besluit: %(what)s"),
        "intrekking": _("%(another)s trok namens u een aanvraag in: %(what)s"),
        "verzoek om verbetering": _("%(another)s vroeg %(who)s namens u om een gegeven te verbeteren"),
        "twijfel": _("%(another)s meldde namens u dat een gegeven niet klopt: %(what)s"),
        "concept weggooien": _("%(another)s gooide namens u een aanvraag weg die nog niet was verstuurd: %(what)s"),
        "keuze voor bericht en post": _("%(another)s koos namens u hoe u bericht en post krijgt"),
        "nieuw contactadres": _("%(another)s gaf namens u een nieuw e-mailadres of nummer door"),
        "contactadres bevestigd": _("%(another)s bevestigde namens u een e-mailadres of nummer"),
        "contactadres verwijderd": _("%(another)s haalde namens u een e-mailadres of nummer weg"),
        "taal van brieven": _("%(another)s koos namens u de taal van uw brieven"),
        "afspraak gemaakt": _("%(another)s maakte namens u een afspraak bij %(who)s"),
        "afspraak verzet": _("%(another)s verzette namens u een afspraak bij %(who)s"),
        "afspraak afgezegd": _("%(another)s zegde namens u een afspraak bij %(who)s af"),
        "keuze voor post": _("%(another)s koos namens u of u brieven op papier krijgt van %(who)s"),
    }
    return done.get(did) or _("%(another)s bekeek namens u uw zaken bij %(who)s")


def _what(act: ActLine, language: str) -> str:
    for part in act.parts:
        try:
            return catalogue.product(part.product).name(language).lower()
        except UnknownProduct:
            continue
    return ""


def _by_yourself(act: ActLine, did: str) -> str:
    done = {
        "aanvraag": _("U vroeg aan: %(what)s"),
        "antwoord": _("U gaf antwoord op een vraag van %(who)s"),
        "verzoek om verbetering": _("U vroeg %(who)s om een gegeven te verbeteren"),
        "twijfel": _("U meldde bij uw aanvraag dat een gegeven niet klopt: %(what)s"),
        "twijfel intrekken": _("U trok in dat een gegeven bij uw aanvraag niet klopt: %(what)s"),
        "verzoek om verbetering intrekken": _("U trok uw verzoek aan %(who)s om een gegeven te verbeteren in"),
        "bezwaar": _("U maakte bezwaar tegen een besluit: %(what)s"),
        "intrekking": _("U trok een aanvraag in: %(what)s"),
        "concept weggooien": _("U gooide een aanvraag weg die nog niet was verstuurd: %(what)s"),
        "keuze voor bericht en post": _("U koos hoe u bericht en post krijgt"),
        "nieuw contactadres": _("U gaf een nieuw e-mailadres of nummer door"),
        "contactadres bevestigd": _("U bevestigde een e-mailadres of nummer"),
        "contactadres verwijderd": _("U haalde een e-mailadres of nummer weg"),
        "taal van brieven": _("U koos de taal van uw brieven"),
        "keuze voor post": _("U koos of u brieven op papier krijgt van %(who)s"),
        "keuze voor melding": _("U koos of u bericht krijgt als een medewerker kijkt"),
        "vraag over gebruik": _("U stelde %(who)s een vraag over het gebruik van uw gegevens"),
        "machtiging": _("U machtigde iemand"),
        "machtiging aannemen": _("U nam een machtiging aan"),
        "machtiging stoppen": _("U stopte een machtiging"),
        "machtiging weigeren": _("U weigerde een machtiging"),
        "machtiging vragen": _("U vroeg of u voor iemand mag handelen"),
        "machtiging doorgeven": _("U gaf een machtiging door"),
        "toestemming": _("U gaf toestemming"),
        "toestemming intrekken": _("U nam uw toestemming terug"),
        "bewijs van machtiging": _("U maakte een bewijs van machtiging"),
        "inlog blokkeren": _("U blokkeerde uw inlog"),
        "inlog vrijgeven": _("U zette uw inlog weer aan"),
        "handelen voor een ander": _("U ging handelen voor iemand anders"),
        "code laten zien": _("U maakte een code om geholpen te worden"),
        "hulp gestopt": _("U stopte de hulp van een medewerker"),
        "papieren formulier": _("U haalde een ingevuld formulier op om op papier aan te vragen: %(what)s"),
        "ongedaan maken": _("U maakte ongedaan wat een medewerker met u deed: %(what)s"),
        "afspraak gemaakt": _("U maakte een afspraak bij %(who)s"),
        "afspraak verzet": _("U verzette een afspraak bij %(who)s"),
        "afspraak afgezegd": _("U zegde een afspraak bij %(who)s af"),
    }
    opened = {
        "portaal.overzicht": _("U liet uitzoeken wat u kunt of moet regelen"),
        "portaal.mijn-gegevens": _("U vroeg uw gegevens op"),
        "portaal.berichtenbox": _("U las uw berichten"),
        "portaal.wie-keek": _("U keek wie uw gegevens zag"),
    }
    if did in done:
        return done[did]
    found = next((opened[part.activity] for part in act.parts if part.activity in opened), "")
    return found or _("U werkte aan een aanvraag: %(what)s")


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
        "antwoord op verzoek om verbetering": _("Een medewerker van %(who)s gaf antwoord op uw verzoek om verbetering"),
        "bekendmaking": _("Een medewerker van %(who)s stuurde u een besluit: %(what)s"),
        "uitnodiging om te vertellen": _("Een medewerker van %(who)s nodigde u uit om over uw bezwaar te vertellen"),
        "uitstel van beslissing op bezwaar": _("Een medewerker van %(who)s stelde de beslissing op uw bezwaar uit"),
        "beslissing op bezwaar": _("Een medewerker van %(who)s besliste op uw bezwaar: %(what)s"),
    }.get(did, looked or _("Een medewerker van %(who)s bekeek uw aanvraag: %(what)s"))


def _is_of_the_desk(act: ActLine) -> bool:
    return any(part.activity.endswith(".balie") for part in act.parts)


def _with_a_worker(ground: str, did: str) -> str:
    """Return what a worker did at the counter or on the phone, together with the person."""
    begun = {
        "hulp aan de balie": _("Een medewerker hielp u aan de balie van %(who)s"),
        "hulp aan de telefoon": _("Een medewerker van %(who)s hielp u aan de telefoon"),
        "noodopening": _("Een medewerker van %(who)s bekeek uw zaken zonder u, omdat het niet kon wachten"),
        "hulp overgenomen": _("Een andere medewerker van %(who)s ging verder met u helpen"),
        "belverzoek": _("Een medewerker van %(who)s ging u bellen, zoals u vroeg"),
        "foute antwoorden": _("Iemand belde %(who)s en zei dat u het was. De antwoorden klopten niet"),
    }
    if did in begun:
        return begun[did]
    if not ground.startswith("desk:"):
        return _("Een medewerker van %(who)s zocht u op, voor de balie of de telefoon")
    done = {
        "aanvraag": _("Een medewerker vroeg %(how)s aan: %(what)s"),
        "antwoord": _("Een medewerker gaf %(how)s uw antwoord door aan %(who)s"),
        "bezwaar": _("Een medewerker nam %(how)s uw bezwaar op: %(what)s"),
        "intrekking": _("Een medewerker trok %(how)s een aanvraag in: %(what)s"),
        "verzoek om verbetering": _("Een medewerker vroeg %(how)s aan %(who)s om een gegeven te verbeteren"),
        "overleg": _("Een medewerker vroeg %(how)s advies aan %(who)s: %(what)s"),
        "afspraak gemaakt": _("Een medewerker maakte %(how)s een afspraak bij %(who)s"),
        "afspraak verzet": _("Een medewerker verzette %(how)s een afspraak bij %(who)s"),
        "afspraak afgezegd": _("Een medewerker zegde %(how)s een afspraak bij %(who)s af"),
        "ongedaan maken": _("Een medewerker maakte %(how)s op uw verzoek iets ongedaan: %(what)s"),
        "twijfel": _("Een medewerker meldde %(how)s dat een gegeven niet klopt: %(what)s"),
        "twijfel intrekken": _("Een medewerker trok %(how)s in dat een gegeven niet klopt: %(what)s"),
        "verzoek om verbetering intrekken": _("Een medewerker trok %(how)s uw verzoek aan %(who)s in"),
    }.get(did, _("Een medewerker bekeek %(how)s uw zaken bij %(who)s"))
    how = _("aan de telefoon met u") if ground.startswith("desk:call") else _("aan de balie, met u erbij,")
    if ground.startswith("desk:absent"):
        how = _("zonder u")
    return done % {"how": how, "who": "%(who)s", "what": "%(what)s"}


def _by_itself(did: str) -> str:
    return {
        "besluit": _("%(who)s besliste automatisch over uw aanvraag: %(what)s"),
        "heropening": _("%(who)s bekijkt uw aanvraag opnieuw: het overlijden bleek niet te kloppen"),
        "bekendmaking": _("%(who)s stuurde u automatisch een besluit: %(what)s"),
    }.get(did, _("%(who)s keek automatisch naar uw gegevens"))
