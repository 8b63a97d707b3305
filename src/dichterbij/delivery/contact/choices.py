"""What a person chooses, in words: along a way, on paper only, or nothing at all; from everybody or from one."""

from enum import StrEnum

from django.utils.translation import gettext as _

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.identifiers import Oin

from .domain import Notify, Scope, Way, Wish


class Choice(StrEnum):
    """One answer to: how do you want to know that there is a message?"""

    EMAIL = "email"
    SMS = "sms"
    PAPER = "paper"
    NONE = "none"


def offered(ways: tuple[Way, ...]) -> list[tuple[str, str]]:
    """Return what can be chosen with the addresses somebody proved."""
    told = {Way.EMAIL: _("Stuur mij een e-mail"), Way.SMS: _("Stuur mij een sms")}
    return [
        *((way.value, text) for way, text in told.items() if way in ways),
        (Choice.PAPER.value, _("Alleen op papier: stuur mij brieven met de post")),
        (Choice.NONE.value, _("Ik kijk zelf in mijn berichtenbox")),
    ]


def wish(choice: Choice, *, also_by_post: bool) -> Wish:
    """Return the wish that a choice stands for."""
    if choice is Choice.PAPER:
        return Wish(notify=Notify.NONE, by_post=True)
    return Wish(notify=Notify(choice.value), by_post=also_by_post)


def choice_of(found: Wish) -> Choice | None:
    """Return the choice that a wish stands for; None when it leaves open how somebody wants to be told."""
    if found.notify is None:
        return None
    return Choice.PAPER if found.notify is Notify.NONE and found.by_post else Choice(found.notify.value)


def told(found: Wish) -> str:
    """Return a wish in words."""
    words = {
        Choice.EMAIL: _("een e-mail bij elk bericht"),
        Choice.SMS: _("een sms bij elk bericht"),
        Choice.PAPER: _("alleen op papier"),
        Choice.NONE: _("geen e-mail of sms"),
        None: "",
    }[choice_of(found)]
    return ", ".join(part for part in (words, _post_told(found)) if part)


def _post_told(found: Wish) -> str:
    if found.by_post is None or choice_of(found) is Choice.PAPER:
        return ""
    return _("brieven op papier") if found.by_post else _("brieven niet op papier")


def abouts(language: str) -> list[tuple[str, str]]:
    """Return what a choice can be about: each body that answers, here or elsewhere, and each of its products."""
    found: list[tuple[str, str]] = []
    for organisation in (each for each in organisations.organisations() if each.can_be_asked):
        found.append((organisation.oin.value, organisation.name))
        for product in catalogue.products(organisation.oin):
            found.append((f"{organisation.oin.value} {product.id}", f"{organisation.name}: {product.name(language)}"))
    return found


def scope_of(about: str) -> Scope:
    """Return the scope that an option stands for."""
    organisation, _space, product = about.partition(" ")
    return Scope(organisation=organisation, product=product)


def name_of(scope: Scope, language: str) -> str:
    """Return a scope in words."""
    name = organisations.organisation(Oin(scope.organisation)).name
    return f"{name}: {catalogue.product(scope.product).name(language)}" if scope.product else name
