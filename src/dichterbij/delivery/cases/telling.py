"""What a case is called and what happened to it, in words a person reads."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.kernel.access import Role
from dichterbij.kernel.formats import date_long, euro

from . import undoing
from .asking import question_about
from .domain import (
    AGAIN_ON_PAPER,
    DOUBT_GONE,
    ON_PAPER,
    Application,
    Asked,
    Case,
    CaseLine,
    Happened,
    Helped,
    Ruling,
    State,
    Step,
    Why,
)

MET = frozenset({"counter", "call"})
"""How a worker and a person meet, when the worker does something with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A step of a case in words. `is_now`: where it stands; `at` None: still to come.

    `undo`: the name of a step that the person can take back until `undo_until`, as it stands in an address.
    """

    text: str
    at: datetime | None
    is_now: bool = False
    undo: str = ""
    undo_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTold:
    """A case in a list: what it is called, who decides, where it stands, by when."""

    line: CaseLine
    product: str
    organisation: Organisation
    state: str
    badge: str
    decide_by: date | None


def state_name(state: State) -> str:
    """Return where a case is, in a few words."""
    return {
        State.SUBMITTED: _("Ontvangen"),
        State.IN_HANDLING: _("Wij zijn ermee bezig"),
        State.WAITING_FOR_CITIZEN: _("Wij wachten op u"),
        State.DECIDED: _("Besloten, de brief volgt"),
        State.PUBLISHED: _("Klaar"),
        State.WITHDRAWN: _("Ingetrokken"),
    }[state]


def badge_of(state: State) -> str:
    """Return the kind of badge for a state."""
    return {State.WAITING_FOR_CITIZEN: "todo", State.PUBLISHED: "ok", State.WITHDRAWN: ""}.get(state, "info")


def line_told(line: CaseLine, language: str) -> LineTold:
    """Return a case as it stands in a list."""
    return LineTold(
        line=line,
        product=catalogue.product(line.product).name(language),
        organisation=organisations.organisation(line.organisation),
        state=state_name(line.state),
        badge=badge_of(line.state),
        decide_by=line.decide_by if line.state.is_open else None,
    )


def history_told(case: Case) -> tuple[Told, ...]:
    """Return what happened, what is going on now, and what is still to come."""
    done = [_told(each, case) for each in case.history]
    if case.line.state in (State.PUBLISHED, State.WITHDRAWN):
        return tuple(done)
    now = Told(text=_now(case.line.state), at=None, is_now=True)
    return (*done, now, Told(text=_("U krijgt het besluit in een brief"), at=None))


def _told(each: Happened, case: Case) -> Told:
    until = undoing.until(case, each)
    return Told(text=_happened(each, case), at=each.at, undo=f"step-{each.number}" if until else "", undo_until=until)


def _now(state: State) -> str:
    return {
        State.SUBMITTED: _("Uw aanvraag ligt klaar bij een medewerker"),
        State.IN_HANDLING: _("Een medewerker is ermee bezig"),
        State.WAITING_FOR_CITIZEN: _("Wij wachten op uw antwoord"),
        State.DECIDED: _("Het besluit is genomen, de brief is onderweg"),
    }[state]


def sender_told(application: Application) -> str:
    """Return who sent an application for the applicant and as what, and whose worker helped them, if one did."""
    who = another(application.sent_by, application.sent_as)
    return _with_worker(who, application.sent_with, application.sent_how) if application.sent_with else who


def _with_worker(who: str, body: str, how: str) -> str:
    """Return somebody who acts for another, with whose worker helped them."""
    told = {
        "counter": _("%(who)s, aan de balie geholpen door een medewerker van %(body)s,"),
        "call": _("%(who)s, aan de telefoon geholpen door een medewerker van %(body)s,"),
    }
    return told[how] % {"who": who, "body": body}


def met_told(how: str) -> str:
    """Return how a worker and the person met."""
    return {"counter": _("aan de balie, met u erbij"), "call": _("aan de telefoon met u")}[how]


def another(name: str, ground: str) -> str:
    """Return somebody who acts for another: their name with the ground behind it."""
    if ground in MET:
        return _("Een medewerker van %(who)s (%(met)s)") % {"who": name, "met": met_told(ground)}
    if not name:
        return _("Iemand die voor u handelt")
    grounds = {
        "mandate": _("door u gemachtigd"),
        "parent": _("uw ouder of voogd"),
        "guardian": _("uw curator"),
        "administrator": _("uw bewindvoerder"),
        "mentor": _("uw mentor"),
        "executor": _("executeur van de nalatenschap"),
        "heir": _("erfgenaam"),
        "trustee": _("curator in het faillissement"),
        "director": _("bestuurder of eigenaar"),
        "proxy": _("met een volmacht"),
        "employee": _("medewerker van het bedrijf"),
    }
    told = grounds.get(ground)
    return f"{name} ({told})" if told else name


def _for_another(each: Happened, application: Application) -> str:
    done = {
        Step.SUBMIT: _("%(who)s stuurde de aanvraag namens u"),
        Step.ANSWER: _("%(who)s gaf namens u antwoord. De termijn liep weer door"),
        Step.OBJECT: _("%(who)s maakte namens u bezwaar"),
        Step.DEFAULT: _("%(who)s stelde ons namens u in gebreke"),
        Step.DOUBT: _("%(who)s meldde namens u dat een gegeven niet klopt"),
        Step.WITHDRAW: _("%(who)s trok de aanvraag namens u in"),
        Step.UNDO: _("%(who)s maakte namens u iets ongedaan"),
    }[each.step]
    return done % {"who": sender_told(application) if each.step is Step.SUBMIT else _somebody(each)}


def _somebody(each: Happened) -> str:
    who = another("", "")
    if each.helped is None:
        return who
    return _with_worker(who, organisations.organisation(each.helped.organisation).name, each.helped.how)


def with_help(each: Happened, by: Helped) -> str:
    """Return what a worker did with the person, as its people read it."""
    done = {
        Step.SUBMIT: _("%(who)s stuurde uw aanvraag in"),
        Step.ANSWER: _("%(who)s gaf uw antwoord door. De termijn liep weer door"),
        Step.OBJECT: _("%(who)s nam uw bezwaar op"),
        Step.DEFAULT: _("%(who)s schreef op dat u ons in gebreke stelt"),
        Step.DOUBT: _("%(who)s meldde dat een gegeven niet klopt"),
        Step.WITHDRAW: _("%(who)s trok uw aanvraag in"),
        Step.UNDO: _("%(who)s maakte op uw verzoek iets ongedaan"),
    }[each.step]
    return done % {"who": another(organisations.organisation(by.organisation).name, by.how)}


def _happened(each: Happened, case: Case) -> str:
    if each.helped is not None and not each.helped.by:
        return with_help(each, each.helped)
    if each.helped is not None or each.by is Role.REPRESENTATIVE:
        return _for_another(each, case.application)
    if each.note == AGAIN_ON_PAPER:
        return _("U vroeg dit ook op papier aan. Wij legden uw papier bij deze aanvraag")
    if each.note == ON_PAPER:
        return _on_paper(each, case)
    if each.step is Step.EXTEND:
        return _extended(date.fromisoformat(each.note))
    counter = each.by is Role.STAFF
    return {
        Step.SUBMIT: _("Een medewerker stuurde uw aanvraag in, samen met u") if counter else _("U stuurde uw aanvraag"),
        Step.TAKE: _("Een medewerker begon met uw aanvraag"),
        Step.MOVE: _("Een andere afdeling behandelt uw aanvraag verder"),
        Step.ASK: _("Wij stelden u een vraag. De termijn stond stil"),
        Step.ANSWER: _("U gaf antwoord. De termijn liep weer door"),
        Step.LET_GO: _("Er kwam geen antwoord. De termijn liep weer door"),
        Step.REOPEN: _reopened(each.note),
        Step.OBJECT: _("U maakte bezwaar"),
        Step.DEFAULT: _("U stelde ons in gebreke, want wij waren te laat"),
        Step.INVITE: _("Wij nodigden u uit om uw verhaal te vertellen over uw bezwaar"),
        Step.ADJOURN: _("Wij stelden de beslissing op uw bezwaar zes weken uit"),
        Step.RULE: _ruled(each.note),
        Step.DOUBT: _("U meldde dat een gegeven niet klopt"),
        Step.DECIDE: _decided(each, case),
        Step.COSIGN: _("Een tweede medewerker keek mee en vindt het besluit goed"),
        Step.SEND_BACK: _("Een tweede medewerker keek mee. Wij bekijken uw aanvraag nog een keer"),
        Step.PUBLISH: _("Wij stuurden u het besluit"),
        Step.WITHDRAW: _("U trok uw aanvraag in"),
        Step.UNDO: _("U trok in dat een gegeven niet klopt")
        if each.note == DOUBT_GONE
        else _("U maakte ongedaan wat een medewerker met u deed"),
    }[each.step]


def _decided(each: Happened, case: Case) -> str:
    if any(before.step is Step.DECIDE and before.number < each.number for before in case.history):
        return _("Er is opnieuw besloten. Dit besluit komt in de plaats van het vorige")
    return _("Het besluit is genomen") if each.by is Role.STAFF else _("Het besluit is automatisch genomen")


def _ruled(ruling: str) -> str:
    told: dict[str, str] = {
        Ruling.FOUNDED: _("Wij gaven u gelijk in uw bezwaar. U kreeg een nieuw besluit"),
        Ruling.UNFOUNDED: _("Wij beslisten op uw bezwaar: het besluit blijft zoals het is"),
    }
    return told.get(ruling, _("Wij beslisten op uw bezwaar: het kwam te laat"))


def _reopened(why: str) -> str:
    told: dict[str, str] = {
        Why.LAW: _("De regels waarmee wij rekenden, zijn verbeterd. Wij bekijken uw aanvraag opnieuw"),
        Why.DATUM: _("Een gegeven is verbeterd bij de bron. Wij bekijken uw aanvraag opnieuw"),
    }
    death = _("Het overlijden bleek niet te kloppen. Wij bekijken uw aanvraag opnieuw")
    return told.get(why, death)


def _extended(new: date) -> str:
    day = date_long(new, (get_language() or "nl").split("-")[0])
    return _("Deze site deed het niet op uw laatste dag. U hebt nu tot en met %(day)s") % {"day": day}


def _on_paper(each: Happened, case: Case) -> str:
    """Return what came in on paper: the day it came in is another day than that on which it was typed in."""
    if each.step is Step.LET_GO:
        return _("Er kwam geen antwoord op onze brief over uw papier. Wij gingen door met wat er wel stond")
    language = (get_language() or "nl").split("-")[0]
    made = case.objection or case.too_late
    if each.step is Step.OBJECT and made is not None:
        day = date_long(made.received_on, language)
        return _("Wij kregen uw bezwaar op papier op %(day)s. Een medewerker nam het over") % {"day": day}
    day = date_long(case.line.received_on, language)
    return _("Wij kregen uw aanvraag op papier op %(day)s. Een medewerker nam hem over") % {"day": day}


def answer_told(asked: Asked, language: str) -> str:
    """Return an answer as its giver would read it back."""
    about = question_about(asked.fact, language) if asked.fact else None
    match asked.answer:
        case None:
            return _("Dat weet ik niet")
        case bool():
            return _("Ja") if asked.answer else _("Nee")
        case int() if about is not None and about.type == "amount":
            return euro(asked.answer, language)
        case str() if about is not None and about.type == "date":
            return date_long(date.fromisoformat(asked.answer), language)
    return dict(about.values).get(str(asked.answer), str(asked.answer)) if about else str(asked.answer)
