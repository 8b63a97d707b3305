"""For whom somebody may act, in words: why, for what, until when, and what is owed for them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dichterbij.ground.authority import mandates, registers
from dichterbij.ground.authority.domain import Kind, Unclear
from dichterbij.ground.authority.duties import Duty, What, duties
from dichterbij.ground.authority.kinds import as_what
from dichterbij.ground.authority.mandates import Given
from dichterbij.ground.authority.registers import ByLaw
from dichterbij.ground.authority.represented import Representative
from dichterbij.ground.identity.domain import ActingFor
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.formats import date_long

from . import choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody for whom one may act: why, for what, and until when (None: as long as the register says so).

    `agrees_to`: for which products another needs their yes; `owed`: each duty with its day, where there is one;
    `is_known`: False when only a human can find out who may act; `bring`: what helps to find out; `for_child`: also in
    the name of a child who is heir too.
    """

    acting_for: ActingFor
    why: str
    what: str
    last_day: date | None = None
    mandate: UUID | None = None
    may_pass_on: bool = False
    is_together: bool = False
    agrees_to: frozenset[str] = frozenset()
    is_known: bool = True
    bring: str = ""
    for_child: bool = False
    owed: tuple[tuple[str, date | None], ...] = ()


def of(access: Access) -> list[Person]:
    """Return for whom somebody may act: by law as the registers said last, and by mandate."""
    by_law = [_by_law(each) for each in registers.known(access)]
    return by_law + [_by_mandate(each) for each in mandates.received(access)]


def acting_as(kind: Kind) -> str:
    """Return, behind a name, as what somebody acts."""
    return _("als %(what)s") % {"what": as_what(kind)}


def for_me(each: Representative) -> tuple[str, str]:
    """Return the name of who acts for the reader by law, and why, since when and until when."""
    why = {
        Kind.PARENT: _("Heeft gezag over u, tot u 18 jaar bent."),
        Kind.GUARDIAN: _("Is uw curator en regelt alles voor u."),
        Kind.ADMINISTRATOR: _("Is uw bewindvoerder en regelt uw geldzaken."),
        Kind.MENTOR: _("Is uw mentor en regelt uw zorg."),
    }[each.kind]
    if each.since is None:
        return each.name, why
    since = _("Sinds %(day)s, tot de rechter het stopt.") % {"day": date_long(each.since, get_language() or "nl")}
    return each.name or _("Een organisatie"), f"{why} {since}"


def for_what(kind: Kind) -> str:
    """Return for what somebody may act by law."""
    return {
        Kind.ADMINISTRATOR: _("geldzaken regelen"),
        Kind.MENTOR: _("zorg regelen"),
        Kind.EXECUTOR: _("geldzaken van de nalatenschap regelen"),
        Kind.HEIR: _("geldzaken van de nalatenschap regelen"),
        Kind.CONTACT: _("geldzaken van de nalatenschap (alleen meekijken)"),
        Kind.TRUSTEE: _("geldzaken van het faillissement regelen"),
    }.get(kind, _("alles wat u hier kunt regelen"))


def _by_law(each: ByLaw) -> Person:
    owed = duties(each.kind, each.since, clock.today())
    why, bring = _unclear(each.unclear) if each.unclear else (_why(each), "")
    return Person(
        acting_for=ActingFor(subject=each.represented, name=each.name),
        why=why,
        bring=bring,
        for_child=each.for_child,
        what=for_what(each.kind),
        is_together=each.is_together,
        agrees_to=choices.to_agree(each.kind) if each.is_together else frozenset(),
        is_known=each.kind is not Kind.UNDETERMINED,
        owed=tuple((_owed(duty), duty.by) for duty in owed),
    )


def _by_mandate(each: Given) -> Person:
    passed = _("Wie deze persoon machtigde, gaf dat aan u door.")
    return Person(
        acting_for=ActingFor(subject=each.represented, name=each.represented_name),
        why=passed if each.passed_on else _("Deze persoon heeft u gemachtigd."),
        what=choices.told(each.terms, get_language() or "nl"),
        last_day=each.last_day,
        mandate=each.id,
        may_pass_on=each.terms.may_pass_on,
    )


def _unclear(why: Unclear) -> tuple[str, str]:
    """Return why only a human can find out who may act, and what the person can do or bring."""
    return {
        Unclear.ESTATE: (
            _("Het register van de rechtspraak kan niet zeggen wie voor deze nalatenschap mag handelen."),
            _("Neem een verklaring van erfrecht van de notaris mee, of een beslissing van de rechter."),
        ),
        Unclear.YOUNG_HEIR: (
            _("U bent erfgenaam, en u bent nog geen 18 jaar. Dan handelt een ouder met gezag of uw voogd voor u."),
            _("Laat die persoon inloggen. Is er niemand met gezag? Neem dan een ouder of familielid mee."),
        ),
        Unclear.CHILD: (
            _("De Basisregistratie Personen kan niet zeggen wie nu gezag heeft over dit kind."),
            _("Neem een beslissing van de rechter mee, of een uittreksel uit het gezagsregister."),
        ),
        Unclear.LIMITED_PROXY: (
            _("U bent beperkt bevoegd, zegt het Handelsregister. Wat u bij de overheid mag, staat daar niet."),
            _("Neem uw volmacht mee. Een eigenaar of bestuurder kan dit ook zelf regelen."),
        ),
    }[why]


def _why(each: ByLaw) -> str:
    if each.for_child:
        return _("U hebt gezag over een kind dat erfgenaam is. Dat zeggen de registers.")
    return {
        Kind.PARENT: _("U hebt gezag over dit kind, zegt de Basisregistratie Personen."),
        Kind.GUARDIAN: _("U bent curator, zegt het register van de rechtspraak."),
        Kind.ADMINISTRATOR: _("U bent bewindvoerder, zegt het register van de rechtspraak."),
        Kind.MENTOR: _("U bent mentor, zegt het register van de rechtspraak."),
        Kind.DIRECTOR: _("U bent eigenaar of bestuurder, zegt het Handelsregister."),
        Kind.PROXY: _("U hebt een volmacht, zegt het Handelsregister."),
        Kind.EXECUTOR: _("U bent executeur van deze nalatenschap, zegt het register van de rechtspraak."),
        Kind.HEIR: _("U bent erfgenaam, zegt het register van de rechtspraak."),
        Kind.CONTACT: _("U krijgt de post voor de nabestaanden, zegt het register van de rechtspraak."),
        Kind.TRUSTEE: _("U bent curator in dit faillissement, zegt het register van de rechtspraak."),
    }.get(each.kind, _("Het register kan niet zeggen wie voor deze persoon mag handelen."))


def _owed(duty: Duty) -> str:
    return {
        What.INVENTORY: _("Een lijst van bezit en schulden naar de rechtbank sturen"),
        What.ACCOUNTS: _("Elk jaar aan de rechtbank laten zien wat er met het geld is gedaan"),
        What.ACCOUNTS_WHEN_ASKED: _("Aan de rechtbank laten zien wat er met het geld is gedaan, als die het vraagt"),
        What.REPORT_WHEN_ASKED: _("Aan de rechtbank vertellen hoe het gaat, als die het vraagt"),
        What.EVALUATION: _("Elke vijf jaar aan de rechtbank schrijven hoe het gaat, en of het nog nodig is"),
    }[duty.what]
