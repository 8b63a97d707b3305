"""Pages of the rules: parse, call one query, render."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dichterbij.ground.authority.routes import ANYONE, open_to

from . import examples, law_pages, published

FIVE_MINUTES = 300
PER_PAGE = 25


def language() -> str:
    """Return the language of the page."""
    return (get_language() or "nl").split("-")[0]


@require_safe
@open_to(ANYONE)
def rules(request: HttpRequest) -> HttpResponse:
    """List every law: what it answers, who executes it, how many versions there are."""
    listed = published.laws_listed(language())
    context = {
        "checks": [line for line in listed if line.can_be_checked],
        "others": [line for line in listed if not line.can_be_checked],
        "count": len(listed),
        "bodies": published.bodies(),
    }
    return _public(render(request, "rules/rules.html", context))


@require_safe
@open_to(ANYONE)
def law(request: HttpRequest, law: str) -> HttpResponse:
    """Show one law, in the version in force or in the one that is asked for."""
    page = law_pages.law_page(law, request.GET.get("version", ""), language())
    return _public(render(request, "rules/law.html", {"law": page}))


@require_safe
@open_to(ANYONE)
def article(request: HttpRequest, law: str, number: str) -> HttpResponse:
    """Show one article: our summary, the rule in words, the choices, where it comes from."""
    page = law_pages.article_page(law, number, request.GET.get("version", ""), language())
    return _public(render(request, "rules/article.html", {"article": page, "law": page.law}))


@require_safe
@open_to(ANYONE)
def law_examples(request: HttpRequest, law: str) -> HttpResponse:
    """List the worked examples a law is held against, some at a time."""
    page = law_pages.law_page(law, "", language())
    found = Paginator(examples.of_law(published.version_of(law)), PER_PAGE).get_page(request.GET.get("page"))
    return _public(render(request, "rules/examples.html", {"law": page, "examples": found}))


def _public(response: HttpResponse) -> HttpResponse:
    """Let a page that is the same for everybody be kept for a while; a session undoes it (web.security)."""
    patch_cache_control(response, public=True, max_age=FIVE_MINUTES)
    return response
