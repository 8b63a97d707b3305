"""What somebody did, as a sentence, by the name the log has for it. `%(what)s`: the product; `%(who)s`: the body.

And why, in the language of the reader: the log keeps Dutch words. Rooms whose workers choose from a list register it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

OPENED_RIGHTLY, OPENED_UNCLEARLY, OPENED_WRONGLY = "opening terecht", "opening onduidelijk", "opening niet terecht"
FINDINGS = frozenset({OPENED_RIGHTLY, OPENED_UNCLEARLY, OPENED_WRONGLY})
"""What somebody who checks staff found of the opening of a person's matters by a worker."""
FIXED = frozenset(
    {
        gettext_noop("Nagaan wie er belt"),
        gettext_noop("Nakijken wie wat opende"),
        gettext_noop("U een brief sturen met een code"),
        gettext_noop("Zoeken wie aan de balie staat of belt"),
        gettext_noop("afspraak afgezegd"),
        gettext_noop("afspraak gemaakt"),
        gettext_noop("afspraak verzet"),
        gettext_noop("bericht kwam niet aan"),
        gettext_noop("bewijs gecontroleerd"),
        gettext_noop("de afspraak is bijna"),
        gettext_noop("de balie is er niet meer"),
        gettext_noop("een medewerker keek"),
        gettext_noop("gesprek afgelopen"),
        gettext_noop("overlijden gecorrigeerd"),
        gettext_noop("overlijden ingeschreven"),
        gettext_noop("toestemming nagaan"),
        gettext_noop("zaak openen"),
    }
)
"""Reasons that the product itself gives."""
SET_OFF_BY = {
    "cases.CaseSubmitted": gettext_noop("uw aanvraag kwam binnen"),
    "cases.DatumCorrected": gettext_noop("een gegeven over u is verbeterd"),
    "death": gettext_noop("het overlijden bleek niet te kloppen"),
    "law": gettext_noop("de regels van de wet zijn veranderd"),
}
"""What an event that set something off is to people, by the word before the colon."""

Texts = Mapping[str, str]
_lists: dict[str, Callable[[], Iterable[Texts]]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A reason: `words` in the language of the reader, and what somebody `typed`, in Dutch. Each may be empty."""

    words: str
    typed: str


def register_reasons(room: str, told: Callable[[], Iterable[Texts]]) -> None:
    """Let a room tell the reasons its workers choose from, each in every language; the log has the Dutch words."""
    _lists[room] = told


def why(reason: str, language: str) -> Why:
    """Return a reason of the log in a language, as far as we have the words."""
    before, _colon, after = reason.partition(":")
    if before in SET_OFF_BY:
        return Why(words=_(SET_OFF_BY[before]), typed="")
    if words := _of_ours(reason, language):
        return Why(words=words, typed="")
    words = _of_ours(before, language)
    return Why(words=words, typed=after.strip() if words else reason)


def _of_ours(reason: str, language: str) -> str:
    if reason in FIXED:
        return _(reason)
    listed = (words for told in _lists.values() for words in told())
    return next((words[language] for words in listed if words["nl"] == reason), "")


def by_oneself(name: str) -> str:
    """Return the sentence for who did it; empty when the act has none."""
    return {
        "aanvraag": _("U vroeg aan: %(what)s"),
        "antwoord": _("U gaf antwoord op een vraag van %(who)s"),
        "bezwaar": _("U maakte bezwaar tegen een besluit: %(what)s"),
        "intrekking": _("U trok een aanvraag in: %(what)s"),
        "ingebrekestelling": _("U liet %(who)s weten dat een besluit te laat is: %(what)s"),
        "ongedaan maken": _("U maakte ongedaan wat een medewerker met u deed: %(what)s"),
        "concept weggooien": _("U gooide een aanvraag weg die nog niet was verstuurd: %(what)s"),
        "papieren formulier": _("U haalde een ingevuld formulier op om op papier aan te vragen: %(what)s"),
        "twijfel": _("U meldde bij uw aanvraag dat een gegeven niet klopt: %(what)s"),
        "twijfel intrekken": _("U trok in dat een gegeven bij uw aanvraag niet klopt: %(what)s"),
        "verzoek om verbetering": _("U vroeg %(who)s om een gegeven te verbeteren"),
        "verzoek om verbetering intrekken": _("U trok uw verzoek aan %(who)s om een gegeven te verbeteren in"),
        "vraag over gebruik": _("U stelde %(who)s een vraag over het gebruik van uw gegevens"),
        "keuze voor melding": _("U koos of u bericht krijgt als een medewerker kijkt"),
        "keuze voor bericht en post": _("U koos hoe u bericht en post krijgt"),
        "keuze voor post": _("U koos of u brieven op papier krijgt van %(who)s"),
        "nieuw contactadres": _("U gaf een nieuw e-mailadres of nummer door"),
        "contactadres bevestigd": _("U bevestigde een e-mailadres of nummer"),
        "contactadres verwijderd": _("U haalde een e-mailadres of nummer weg"),
        "taal van brieven": _("U koos de taal van uw brieven"),
        "afspraak gemaakt": _("U maakte een afspraak bij %(who)s"),
        "afspraak verzet": _("U verzette een afspraak bij %(who)s"),
        "afspraak afgezegd": _("U zegde een afspraak bij %(who)s af"),
        "machtiging": _("U machtigde iemand"),
        "machtiging aannemen": _("U nam een machtiging aan"),
        "machtiging stoppen": _("U stopte een machtiging"),
        "machtiging weigeren": _("U weigerde een machtiging"),
        "machtiging vragen": _("U vroeg of u voor iemand mag handelen"),
        "machtiging doorgeven": _("U gaf een machtiging door"),
        "bewijs van machtiging": _("U maakte een bewijs van machtiging"),
        "handelen voor een ander": _("U ging handelen voor iemand anders"),
        "verdergaan": _("U ging verder bij een andere organisatie"),
        "hier verdergaan": _("U ging hier verder vanuit een andere organisatie"),
        "toestemming": _("U gaf toestemming"),
        "toestemming om te delen": _("U gaf toestemming om gegevens te delen met een bedrijf"),
        "toestemming om te delen intrekken": _("U nam uw toestemming om te delen terug"),
        "delen weigeren": _("U zei nee tegen een bedrijf dat om gegevens vroeg"),
        "toestemming intrekken": _("U nam uw toestemming terug"),
        "inlog blokkeren": _("U blokkeerde uw inlog"),
        "inlog vrijgeven": _("U zette uw inlog weer aan"),
        "code laten zien": _("U maakte een code om geholpen te worden"),
        "hulp gestopt": _("U stopte de hulp van een medewerker"),
        "belverzoek": _("U vroeg of %(who)s u belt"),
    }.get(name, "")


def by_another(name: str) -> str:
    """Return the sentence for who it was done for, by `%(another)s`; empty when the act has none."""
    return {
        "aanvraag": _("%(another)s vroeg namens u aan: %(what)s"),
        "antwoord": _("%(another)s gaf namens u antwoord op een vraag van %(who)s"),
        "bezwaar": _("%(another)s maakte namens u bezwaar tegen een besluit: %(what)s"),
        "intrekking": _("%(another)s trok namens u een aanvraag in: %(what)s"),
        "ingebrekestelling": _("%(another)s liet %(who)s namens u weten dat een besluit te laat is: %(what)s"),
        "ongedaan maken": _("%(another)s maakte namens u ongedaan wat een medewerker deed: %(what)s"),
        "concept weggooien": _("%(another)s gooide namens u een aanvraag weg die nog niet was verstuurd: %(what)s"),
        "papieren formulier": _("%(another)s haalde namens u een ingevuld formulier op: %(what)s"),
        "twijfel": _("%(another)s meldde namens u dat een gegeven niet klopt: %(what)s"),
        "twijfel intrekken": _("%(another)s trok namens u in dat een gegeven niet klopt: %(what)s"),
        "verzoek om verbetering": _("%(another)s vroeg %(who)s namens u om een gegeven te verbeteren"),
        "verzoek om verbetering intrekken": _("%(another)s trok namens u een verzoek aan %(who)s in"),
        "vraag over gebruik": _("%(another)s vroeg %(who)s namens u naar het gebruik van uw gegevens"),
        "keuze voor melding": _("%(another)s koos namens u of u bericht krijgt als een medewerker kijkt"),
        "keuze voor bericht en post": _("%(another)s koos namens u hoe u bericht en post krijgt"),
        "keuze voor post": _("%(another)s koos namens u of u brieven op papier krijgt van %(who)s"),
        "nieuw contactadres": _("%(another)s gaf namens u een nieuw e-mailadres of nummer door"),
        "contactadres bevestigd": _("%(another)s bevestigde namens u een e-mailadres of nummer"),
        "contactadres verwijderd": _("%(another)s haalde namens u een e-mailadres of nummer weg"),
        "taal van brieven": _("%(another)s koos namens u de taal van uw brieven"),
        "afspraak gemaakt": _("%(another)s maakte namens u een afspraak bij %(who)s"),
        "afspraak verzet": _("%(another)s verzette namens u een afspraak bij %(who)s"),
        "afspraak afgezegd": _("%(another)s zegde namens u een afspraak bij %(who)s af"),
        "machtiging doorgeven": _("%(another)s gaf een machtiging door"),
        "toestemming om te delen": _("%(another)s gaf namens u toestemming om gegevens te delen met een bedrijf"),
        "toestemming om te delen intrekken": _("%(another)s nam namens u toestemming om te delen terug"),
        "delen weigeren": _("%(another)s zei namens u nee tegen een bedrijf dat om gegevens vroeg"),
        "verdergaan": _("%(another)s ging namens u verder bij een andere organisatie"),
        "hier verdergaan": _("%(another)s ging hier namens u verder vanuit een andere organisatie"),
        "belverzoek": _("%(another)s vroeg of %(who)s belt"),
    }.get(name, "")


def by_a_reviewer(name: str) -> str:
    """Return what was found of an opening by a worker, for whose matters were opened; empty for another act."""
    return {
        OPENED_RIGHTLY: _("%(who)s keek na of een medewerker uw zaken mocht openen. Dat mocht."),
        OPENED_UNCLEARLY: _("%(who)s keek na of een medewerker uw zaken mocht openen. Wij vragen het nog na."),
        OPENED_WRONGLY: _("%(who)s keek na of een medewerker uw zaken mocht openen. Dat mocht niet. Het is gemeld."),
    }.get(name, "")
