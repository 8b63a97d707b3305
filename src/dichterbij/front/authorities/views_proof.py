"""A proof on paper that somebody may act for another, and the public page where anybody checks it."""

from uuid import UUID

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dichterbij.delivery.messages.pdf import pdf
from dichterbij.ground.authority import codes, proofs
from dichterbij.ground.authority.domain import ACTING_LEVEL
from dichterbij.ground.authority.kinds import as_what
from dichterbij.ground.authority.portal import own_access
from dichterbij.ground.authority.proofs import Proven
from dichterbij.ground.authority.routes import ANYONE, CITIZEN, LoggedIn, Request, open_to
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission

from . import choices, letters, people
from .forms import ProofForm


@open_to(CITIZEN, level=ACTING_LEVEL)
@require_POST
def proof(request: LoggedIn) -> HttpResponse:
    """Make a proof and show it; with the code of one's own proof, give it as a file."""
    access = own_access(request.login, Permission.SUBMIT)
    code = request.POST.get("code", "")
    if code and proofs.is_of(access, code):
        return _file(request, code)
    represented, mandate = _uuid(request.POST.get("person")), _uuid(request.POST.get("mandate"))
    if represented is None:
        raise Http404
    code = proofs.make(access, represented, name=request.login.name, mandate=mandate)
    address = _address(request, code)
    picture = mark_safe(segno.make(address, error="m", micro=False).svg_inline(scale=5, omitsize=False))  # noqa: S308
    return render(request, "authorities/proof.html", {**_shown(code), "code": code, "picture": picture})


@open_to(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request, code: str = "") -> HttpResponse:
    """Show anybody what a proof stands for now. One that does not hold looks the same as one that never was."""
    form = ProofForm(request.POST or None)
    asked = code or (form.cleaned_data["code"] if form.is_bound and form.is_valid() else "")
    found = _shown(asked) if asked else {}
    context = {**found, "form": form, "asked": bool(asked), "now": clock.now()}
    return render(request, "authorities/check.html", context, status=404 if asked and not found else 200)


def _shown(code: str) -> dict[str, object]:
    """Return in words what a proof stands for; nothing when it does not hold."""
    found = proofs.check(code)
    if found is None:
        return {}
    return {"proven": found, "why": as_what(found.kind), "what": _what(found), "spaced": codes.spaced(code)}


def _what(found: Proven) -> str:
    if found.terms is not None:
        return choices.told(found.terms, get_language() or "nl")
    if found.is_together:
        return _("wat de wet toestaat, alleen samen met een ander die ook bevoegd is")
    return people.for_what(found.kind)


def _file(request: LoggedIn, code: str) -> HttpResponse:
    found = proofs.check(code)
    if found is None:
        raise Http404
    language = get_language() or "nl"
    document = letters.proof(
        organisations.operator(),
        letters.Shown(
            proven=found, why=as_what(found.kind), what=_what(found), code=code, address=_address(request, code)
        ),
        dated=clock.today(),
        language=language,
    )
    headers = {"Content-Disposition": 'attachment; filename="bewijs.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(pdf(document), content_type="application/pdf", headers=headers)


def _address(request: LoggedIn, code: str) -> str:
    return request.build_absolute_uri(reverse("proof", args=[code]))


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
