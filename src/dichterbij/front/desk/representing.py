"""For whom the person who is there may act: the worker looks it up with them and chooses; `place` asks it every act."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dichterbij.ground.authority import mandates, registers
from dichterbij.ground.authority.domain import Kind, Unclear
from dichterbij.ground.authority.kinds import as_what
from dichterbij.ground.authority.mandates import Given
from dichterbij.ground.authority.registers import ByLaw
from dichterbij.ground.identity.domain import ActingFor, Login
from dichterbij.ground.logbook import services as logbook
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access

from . import place
from .domain import Help, How, NotHelping


@dataclass(frozen=True, slots=True, kw_only=True)
class Represented:
    """For whom the person who is there may act, and as what. `unclear`: why that cannot be said; then they may not."""

    acting_for: ActingFor
    as_what: str
    unclear: str = ""


def ensure_there(help: Help | None) -> Help:
    """Return the help that goes on with the person there or on the phone; raises `NotHelping`."""
    if help is None or help.how is How.ABSENT or not help.is_running(clock.now()):
        raise NotHelping
    return help


def known(access: Access) -> list[Represented]:
    """Return for whom the person may act, as registers said last and by the mandates they have."""
    return [*map(_by_law, registers.known(access)), *map(_by_mandate, mandates.received(access))]


def _by_law(each: ByLaw) -> Represented:
    acting_for = ActingFor(subject=each.represented, name=each.name)
    unclear = _unclear(each) if each.kind is Kind.UNDETERMINED else ""
    return Represented(acting_for=acting_for, as_what=as_what(each.kind), unclear=unclear)


def _by_mandate(each: Given) -> Represented:
    acting_for = ActingFor(subject=each.represented, name=each.represented_name)
    return Represented(acting_for=acting_for, as_what=as_what(Kind.MANDATE))


def _unclear(each: ByLaw) -> str:
    if each.unclear is None:
        return _("Het register kan niet zeggen wie hier mag handelen.")
    return {
        Unclear.ESTATE: _("Het register van de rechtspraak kan niet zeggen wie voor deze nalatenschap mag handelen."),
        Unclear.YOUNG_HEIR: _("De erfgenaam is nog geen 18 jaar. Een ouder met gezag of een voogd handelt."),
        Unclear.CHILD: _("De Basisregistratie Personen kan niet zeggen wie nu gezag heeft over dit kind."),
        Unclear.LIMITED_PROXY: _(
            "Beperkt bevoegd, zegt het Handelsregister. Wat bij de overheid mag, staat daar niet."
        ),
    }[each.unclear]


def question(access: Access) -> str:
    """Return what somebody asks a worker for whom no register can say whether they may act; empty for nobody."""
    unclear = ((each.name, _unclear(each)) for each in registers.known(access) if each.kind is Kind.UNDETERMINED)
    return " ".join(_("Ik wil handelen voor %(name)s. %(why)s") % {"name": name, "why": why} for name, why in unclear)


def look_up(login: Login, help: Help) -> None:
    """Ask the registers for whom the person may act; it is in their log. Raises what `registers.look_up` raises."""
    access = place.to_represent(login, help)
    logbook.record_act(access, "vertegenwoordiging nagekeken")
    registers.look_up(access)


def chosen(login: Login, help: Help, party: str) -> ActingFor | None:
    """Return whom the person acts for now, written in their log; None for who is not among those they may act for."""
    access = place.to_represent(login, help)
    several = (each.acting_for for each in known(access) if not each.unclear)
    found = next((each for each in several if str(each.subject.party) == party), None)
    if found is not None:
        logbook.record_act(access, "handelen voor een ander")
    return found
