"""One page for a worker who helps somebody: who is this, what runs, what is next, by when."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dichterbij.delivery.cases import telling
from dichterbij.delivery.cases.picture import Next, Picture, Running, picture
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Channel, Product
from dichterbij.ground.authority.domain import Kind
from dichterbij.ground.authority.kinds import as_what
from dichterbij.ground.authority.services import allows, require
from dichterbij.ground.identity.domain import Login
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission

from . import conferring, noting, place
from .domain import Help, How, Presence
from .rules import rules


def page(login: Login, help: Help, language: str) -> Mapping[str, object]:
    """Return the context of the page; looking is recorded first. Raises `Denied` when the time is over."""
    offered, today = _offered(login, help), clock.today()
    access, sees_all = _access(login, help, offered)
    only = {help.organisation} if help.presence is Presence.EMERGENCY else None
    found = picture(access, only, today) if sees_all else Picture(cases=(), drafts=())
    is_own = login.subject.party == help.party
    lines = [_line(each, help, language, today, is_own=is_own) for each in found.cases]
    drafts = [(each, catalogue.product(each.product).name(language)) for each in found.drafts]
    return {
        "help": help,
        "name": login.subject_name,
        "as_what": as_what(Kind(access.present.ground)) if access.present else "",
        "sees_all": sees_all,
        "organisation": organisations.organisation(help.organisation).name,
        "shown": _shown(help.presence),
        "reason": help.because or rules().reason(help.reason, language),
        "may": {permission.value for permission in help.permissions},
        "cases": lines,
        "drafts": drafts,
        "products": _to_apply(offered, found, language),
        "for_companies": [] if access.present else _for_companies(help, language),
        "first": next((line for line in sorted(lines, key=_soonest) if line["is_next"]), None),
        "notes": noting.earlier(help),
        "conferences": [(each, name_of(each.product)) for each in conferring.about(help)] if is_own else [],
    }


def _access(login: Login, help: Help, offered: Sequence[Product]) -> tuple[Access, bool]:
    """Return the access to look, and whether it is to everything: who acts for another may see a part only."""
    everything = place.product(help.organisation)
    is_part = login.subject.party != help.party and offered and not allows(login, everything, Permission.READ)
    seen = catalogue.for_access(offered[0].id) if is_part else everything
    return require(login, seen, Permission.READ, subject=login.subject), not is_part


def _by_this_way(help: Help) -> list[Product]:
    """Return what can be applied for at the counter, or by phone."""
    if Permission.SUBMIT not in help.permissions:
        return []
    way = Channel.CALL if help.how is How.CALL else Channel.COUNTER
    never = {product for product, act in rules().never if act is Permission.SUBMIT} if way is Channel.CALL else set()
    return [each for each in catalogue.products() if way in each.channels and each.id not in never]


def _offered(login: Login, help: Help) -> list[Product]:
    """Return what can be applied for in this way, for the person or company whose matters these are."""
    is_company = login.subject.kvk_number is not None
    fitting = [each for each in _by_this_way(help) if each.for_companies is is_company]
    if login.subject.party == help.party:
        return fitting
    return [each for each in fitting if allows(login, catalogue.for_access(each.id), Permission.PREPARE)]


def _for_companies(help: Help, language: str) -> list[str]:
    """Return what only a company applies for: the person who is there chooses it first."""
    return sorted(each.name(language) for each in _by_this_way(help) if each.for_companies)


def _to_apply(offered: Sequence[Product], found: Picture, language: str) -> list[tuple[str, str]]:
    """Return what can still be applied for: not what runs or is being filled in."""
    busy = {each.line.product for each in found.cases if each.line.state.is_open}
    busy |= {each.product for each in found.drafts}
    return sorted(((each.id, each.name(language)) for each in offered if each.id not in busy), key=lambda each: each[1])


def choices(context: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the cases on the page, to choose one from."""
    return [(str(each["line"].id), f"{each['product']} ({each['line'].reference})") for each in context["cases"]]


def name_of(product: str) -> str:
    """Return what a product is called."""
    return catalogue.product(product).name(get_language() or "nl")


def _line(running: Running, help: Help, language: str, today: date, *, is_own: bool) -> dict[str, object]:
    line = running.line
    return {
        "running": running,
        "line": line,
        "product": catalogue.product(line.product).name(language),
        "organisation": organisations.organisation(line.organisation).name,
        "state": telling.state_name(line.state),
        "badge": telling.badge_of(line.state),
        "next": next_told(running.next),
        "is_next": running.next is not Next.NOTHING,
        "days": (running.by - today).days if running.by else None,
        "may_confer": is_own and line.organisation != help.organisation and line.state.is_open,
    }


def next_told(next_: Next) -> str:
    """Return what comes next, in a few words."""
    return {
        Next.ANSWER: _("antwoord geven op een vraag"),
        Next.DECISION: _("de organisatie besluit"),
        Next.LETTER: _("de brief met het besluit komt"),
        Next.RULING: _("de organisatie beslist op het bezwaar"),
        Next.OBJECT: _("bezwaar maken kan nog"),
        Next.NOTHING: _("klaar"),
    }[next_]


def _shown(presence: Presence) -> str:
    return {
        Presence.CODE: _("code op de telefoon"),
        Presence.LETTER: _("code in een brief"),
        Presence.DOCUMENT: _("identiteitsbewijs gezien"),
        Presence.QUESTIONS: _("vragen beantwoord"),
        Presence.EMERGENCY: _("niet: dit is een noodopening"),
    }[presence]


def _soonest(line: Mapping[str, object]) -> date:
    running = line["running"]
    return (running.by if isinstance(running, Running) else None) or date.max
