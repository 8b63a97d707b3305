"""The counter: somebody without a login comes with the letter and says yes to a worker."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dichterbij.ground.authority import answering, codes
from dichterbij.ground.authority.mandates import Given
from dichterbij.ground.authority.portal import for_worker
from dichterbij.ground.authority.routes import STAFF, LoggedIn, open_to
from dichterbij.kernel.levels import Level

from . import choices
from .forms import CounterForm


@open_to(STAFF, level=Level.SUBSTANTIAL)
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: LoggedIn) -> HttpResponse:
    """Write down the yes of somebody at the counter, after their identity document was seen."""
    form = CounterForm(request.POST or request.kept_form)
    allowed = None
    if request.method == "POST" and form.is_valid():
        try:
            allowed = _allowed(request, form)
        except codes.CodeUnknown as problem:
            form.add_error("code", _(problem.detail))
    what = choices.told(allowed.terms, get_language() or "nl") if allowed else ""
    context = {"form": form, "allowed": allowed, "what": what}
    return render(request, "authorities/counter.html", context, status=422 if form.errors else 200)


def _allowed(request: LoggedIn, form: CounterForm) -> Given:
    found = answering.of_letter(request.login.party, form.cleaned_data["code"])
    seen = dict(CounterForm.SEEN)[form.cleaned_data["document"]]
    reason = f"Machtiging aan de balie, gezien: {seen}"
    return answering.allow_at_counter(for_worker(request.login, found.represented, reason), found.id)
