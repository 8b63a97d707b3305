"""How somebody wants to hear: from everybody, from one organisation, about one product. Paper is one of the ways."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from dichterbij.ground.logbook import services as logbook
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access

from . import details, domain
from .domain import Notify, Reach, Scope, Wish
from .models import Wish as WishRow


def reach(party: UUID, organisation: str, product: str) -> Reach:
    """Return how to reach a party about a product of an organisation, or about anything else of it."""
    return domain.reach(wishes(party), details.of(party), organisation, product)


def wishes(party: UUID) -> dict[Scope, Wish]:
    """Return everything a party chose, by scope."""
    return {_scope(row): _wish(row) for row in WishRow.objects.filter(party=party).order_by("organisation", "product")}


def choose(access: Access, scope: Scope, wish: Wish) -> None:
    """Keep what somebody chose; for all messages, or for those of an organisation or about a product."""
    _record(access)
    prefer(access.subject.party, scope, wish)


def choose_post(access: Access, organisation: str, *, by_post: bool) -> None:
    """Keep whether the letters of an organisation also come on paper; how its messages are told stays as it was."""
    _record(access, "keuze voor post")
    prefer(access.subject.party, Scope(organisation=organisation), Wish(by_post=by_post))


def forget(access: Access, scope: Scope) -> None:
    """Let a narrower choice go, so that the wider one holds again."""
    _record(access)
    WishRow.objects.filter(party=access.subject.party, organisation=scope.organisation, product=scope.product).delete()


def prefer(party: UUID, scope: Scope, wish: Wish) -> None:
    """Keep a choice that was told at a counter or by phone; what it leaves open stays as it was."""
    who: dict[str, Any] = {"party": party, "organisation": scope.organisation, "product": scope.product}
    values: dict[str, Any] = {"changed_at": clock.now()}
    if wish.notify is not None:
        values["notify"] = wish.notify
    if wish.by_post is not None:
        values["by_post"] = wish.by_post
    try:
        with transaction.atomic():
            WishRow.objects.update_or_create(**who, defaults=values)
    except IntegrityError:  # two tabs at once: the row is there now
        WishRow.objects.filter(**who).update(**values)


def _record(access: Access, what: str = "keuze voor bericht en post") -> None:
    logbook.record_act(access, what)


def _scope(row: WishRow) -> Scope:
    return Scope(organisation=row.organisation, product=row.product)


def _wish(row: WishRow) -> Wish:
    return Wish(notify=Notify(row.notify) if row.notify else None, by_post=row.by_post)
