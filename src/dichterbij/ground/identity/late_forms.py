"""Forms that were posted when the login had ended, or was not sure enough.

What was filled in is sealed, found only by the keyed hash of the person (and of who they acted for), kept for a day and
offered again after login. It is never sent by itself. Files and the security token of the form are not kept.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from dichterbij.ground.organisations import keys, queries
from dichterbij.kernel import clock

from . import sessions
from .models import LateForm
from .parties import seal, unseal

KEEP_FOR = timedelta(hours=24)
AT_MOST = 5
PARAMETER = "kept"
PURPOSE = "identity.late-form"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 the name of the field, not a secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A form that was kept. `page`: path where it is filled in; `had_files`: files must be chosen again."""

    id: UUID
    page: str
    fields: dict[str, list[str]]
    had_files: bool
    kept_at: datetime

    @property
    def until(self) -> datetime:
        """Return the instant at which it is erased."""
        return self.kept_at + KEEP_FOR

    @property
    def address(self) -> str:
        """Return the address where the form is offered again, filled in."""
        joint = "&" if urlsplit(self.page).query else "?"
        return f"{self.page}{joint}{urlencode({PARAMETER: self.id})}"

    def data(self) -> QueryDict:
        """Return what was filled in, as if it had just been posted."""
        data = QueryDict(mutable=True)
        for name, values in self.fields.items():
            data.setlist(name, values)
        return data


def page_of(request: HttpRequest) -> str:
    """Return the page to come back to: the address itself, or for a POST the page that held the form."""
    here = urlsplit(request.get_full_path())
    before = urlsplit(request.headers.get("Referer", ""))
    page = before if request.method == "POST" and before.netloc == request.get_host() else here
    query = urlencode([pair for pair in parse_qsl(page.query) if pair[0] != PARAMETER])
    return page.path + (f"?{query}" if query else "")


def keep(request: HttpRequest, page: str) -> None:
    """Keep what somebody posted, when we know who it was and there is something to keep."""
    owner = sessions.find(request).owner
    fields = {name: request.POST.getlist(name) for name in request.POST if name != TOKEN}
    if not owner or not fields:
        return
    content = json.dumps({"page": page, "fields": fields, "files": bool(request.FILES)})
    LateForm.objects.create(owner=_lookup(owner), sealed=seal(content, purpose=PURPOSE), kept_at=clock.now())
    _forget_all_but_newest(owner)


def is_from_here(request: HttpRequest) -> bool:
    """Say whether a page of this site posted the form; another site cannot make a browser say so."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def newest(owner: str, page: str = "") -> UUID | None:
    """Return the id of the last form that was kept for a person on a page, otherwise of the last one, if any."""
    rows = list(_of(owner))
    here = (row.id for row in rows if page and _opened(row).page == page)
    return next(here, rows[0].id if rows else None)


def kept(owner: str, form_id: UUID) -> Kept | None:
    """Return a form that was kept for this person; somebody else's does not exist."""
    row = _of(owner).filter(id=form_id).first()
    return _opened(row) if row else None


def _opened(row: LateForm) -> Kept:
    content = json.loads(unseal(row.sealed, purpose=PURPOSE))
    return Kept(
        id=row.id, page=content["page"], fields=content["fields"], had_files=content["files"], kept_at=row.kept_at
    )


def offered(request: HttpRequest, owner: str) -> QueryDict | None:
    """Return what this person filled in on this very page, when they came back for it."""
    found = _named_in(request, owner)
    return found.data() if found and urlsplit(found.page).path == request.path else None


def settle(request: HttpRequest, owner: str) -> None:
    """Forget a kept form after it was sent from the page where it was offered."""
    found = _named_in(request, owner)
    if found is not None:
        forget(owner, found.id)


def forget(owner: str, form_id: UUID) -> None:
    """Erase a form that was kept for this person."""
    _of(owner).filter(id=form_id).delete()


def purge(now: datetime) -> int:
    """Erase what is older than a day; return how many forms."""
    return LateForm.objects.filter(kept_at__lte=now - KEEP_FOR).delete()[0]


def _of(owner: str) -> QuerySet[LateForm]:
    return LateForm.objects.filter(owner=_lookup(owner), kept_at__gt=clock.now() - KEEP_FOR).order_by("-kept_at")


def _lookup(owner: str) -> str:
    return keys.keyed_hash(queries.operator().oin, PURPOSE, owner)


def _forget_all_but_newest(owner: str) -> None:
    for old in _of(owner)[AT_MOST:]:
        old.delete()


def _named_in(request: HttpRequest, owner: str) -> Kept | None:
    try:
        form_id = UUID(request.GET.get(PARAMETER, ""))
    except ValueError:
        return None
    return kept(owner, form_id)
