"""Components of the design system as template tags: `{% load web %}`. How to use them: `web/components.md`."""

from datetime import date, datetime

from django import template
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from dichterbij.kernel import formats
from dichterbij.kernel.clock import AMSTERDAM
from dichterbij.web import hyphenation, themes
from dichterbij.web.forms import problems_of
from dichterbij.web.forms.controls import Parts, parts_of

register = template.Library()

ALERTS = {
    "info": "utrecht-alert--info",
    "ok": "utrecht-alert--ok",
    "warning": "utrecht-alert--warning",
    "error": "utrecht-alert--error",
}
BADGES = {
    "": "nl-data-badge",
    "ok": "nl-data-badge dichterbij-badge--ok",
    "todo": "nl-data-badge dichterbij-badge--todo",
    "info": "nl-data-badge dichterbij-badge--info",
    "problem": "nl-data-badge dichterbij-badge--problem",
}
BUTTONS = {
    "primary": "nl-button nl-button--primary",
    "secondary": "nl-button nl-button--secondary",
    "subtle": "nl-button nl-button--subtle",
}


def language() -> str:
    """Return the language of the page, one that our formats know."""
    current = (get_language() or "nl").split("-")[0]
    return current if current in formats.LANGUAGES else "nl"


# Words, dates and amounts


@register.filter
def hyphenate(text: object, shortest: int = hyphenation.IN_TEXT) -> str:
    """Put soft hyphens in long words: of 22 letters or more, in a heading `|hyphenate:16`."""
    return hyphenation.hyphenate(str(text), language(), shortest)


@register.filter
def euro(cents: int | None) -> str:
    """Show euro cents as an amount."""
    return "" if cents is None else formats.euro(cents, language())


@register.filter
def date_long(day: date | None) -> str:
    """Show a day in words."""
    return "" if day is None else formats.date_long(day, language())


@register.filter
def instant(moment: datetime | None) -> str:
    """Show an instant as day and time in Amsterdam."""
    return "" if moment is None else formats.instant(moment, language())


@register.filter
def time_of_day(moment: datetime) -> str:
    """Show the time of an instant in Amsterdam, as people write it."""
    return f"{moment.astimezone(AMSTERDAM):%H:%M}"


@register.filter
def phone_number(text: str) -> str:
    """Return the digits of a phone number, for a `tel:` link."""
    return "".join(char for char in text if char.isdigit() or char == "+")


# Layout


def _rendered_block(context: Context, name: str) -> str:
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return block.render(context).strip() if block else ""


@register.simple_tag(takes_context=True)
def page_title(context: Context) -> SafeString:
    """Repeat the block `title` as the text of the first heading, with soft hyphens."""
    return mark_safe(hyphenate(_rendered_block(context, "title"), hyphenation.IN_HEADING))  # noqa: S308 the block is escaped already


@register.simple_tag(takes_context=True)
def capture_block(context: Context, name: str) -> SafeString:
    """Render a block of the page at another place in the layout."""
    return mark_safe(_rendered_block(context, name))  # noqa: S308 the block is escaped already


@register.simple_tag(takes_context=True)
def theme_file(context: Context, file: str) -> str:
    """Return the address of a file of the organisation's theme."""
    layout = context.get("layout")
    return static(themes.path(layout.host.theme if layout else themes.DEFAULT, file))


@register.simple_tag
def crumb(text: str, url: str = "", lang: str = "") -> SafeString:
    """One step of the breadcrumbs; the last one, without `url`, is where we are. `lang`: of the text."""
    if url:
        return format_html('<li><a class="nl-link" href="{}"{}>{}</a></li>', url, _spoken(lang), text)
    return format_html('<li><span aria-current="page"{}>{}</span></li>', _spoken(lang), text)


def _spoken(code: str) -> SafeString:
    """Return the attribute for text in another language than the page; nothing when it is the same."""
    return format_html(' lang="{}"', code) if code and code != language() else SafeString()


# Components


@register.simple_block_tag
def alert(content: str, kind: str = "info", heading: str = "", level: int = 2) -> SafeString:
    """A message that stands out: `info`, `ok`, `warning` or `error`."""
    title = format_html("<h{}>{}</h{}>", level, hyphenate(heading, hyphenation.IN_HEADING), level) if heading else ""
    return render_to_string(
        "web/parts/alert.html",
        {"css": ALERTS[kind], "kind": kind, "title": title, "content": content},
    )


@register.simple_tag
def badge(text: str, kind: str = "") -> SafeString:
    """A status in words; `kind` adds a colour: `ok`, `todo`, `info`, `problem`."""
    return format_html('<span class="{}">{}</span>', BADGES[kind], text)


@register.simple_tag
def counter(number: int, label: str = "") -> SafeString:
    """A number in a circle, read aloud with its label."""
    return format_html(
        '<span class="nl-number-badge"><span aria-hidden="true">{}</span>'
        '<span class="dichterbij-hidden">({}{})</span></span>',
        number,
        number,
        f" {label}" if label else "",
    )


@register.simple_tag
def button(text: str, kind: str = "primary", name: str = "", value: str = "") -> SafeString:
    """A button that sends the form around it."""
    field = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html('<button class="{}" type="submit"{}>{}</button>', BUTTONS[kind], field, text)


@register.simple_tag
def link_button(text: str, url: str, kind: str = "primary") -> SafeString:
    """A link that looks like a button: it goes somewhere, it changes nothing."""
    return format_html('<a class="{}" href="{}">{}</a>', BUTTONS[kind], url, text)


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """Buttons and links in a row."""
    return format_html('<div class="dichterbij-actions">{}</div>', content)


@register.simple_block_tag
def task_list(content: str) -> SafeString:
    """A list of tasks, each made with `{% task %}`."""
    return format_html('<ul class="dichterbij-tasks" role="list">{}</ul>', content)


@register.simple_tag
def task(  # noqa: PLR0917 a template tag is called by name
    title: str, url: str = "", hint: str = "", status: str = "", kind: str = "", lang: str = ""
) -> SafeString:
    """A task: what, a sentence about it, and its status in words. `lang`: of the title."""
    shown = {"title": title, "spoken": _spoken(lang), "url": url, "hint": hint}
    return render_to_string("web/parts/task.html", {**shown, "badge": badge(status, kind) if status else ""})


@register.simple_block_tag
def summary_list(content: str) -> SafeString:
    """Facts with their source, each made with `{% summary_row %}`."""
    return format_html('<dl class="dichterbij-summary">{}</dl>', content)


@register.simple_tag
def summary_row(
    label: str,
    value: str,
    source: str = "",
    on: date | datetime | None = None,
    *,
    action_url: str = "",
    action: str = "",
) -> SafeString:
    """A fact: what, its value, where it comes from and of when, and a link ("Klopt dit niet?" unless `action` says)."""
    day = on.astimezone(AMSTERDAM).date() if isinstance(on, datetime) else on
    facts = {
        "label": label,
        "value": value,
        "source": source,
        "day": day,
        "action_url": action_url,
        "action": action,
    }
    return render_to_string("web/parts/summary_row.html", facts)


@register.simple_block_tag
def table(content: str, caption: str) -> SafeString:
    """A data table: write `<thead>` and `<tbody>` inside; it scrolls in its own named region when it must."""
    return format_html(
        '<div class="utrecht-table-container" role="region" aria-label="{}" tabindex="0">'
        '<table class="utrecht-table"><caption>{}</caption>{}</table></div>',
        caption,
        caption,
        content,
    )


@register.simple_block_tag
def more(content: str, summary: str, is_open: bool = False) -> SafeString:
    """Text that opens when asked for."""
    state = mark_safe(" open") if is_open else ""
    return format_html(
        '<details{}><summary>{}</summary><div class="dichterbij-more__body">{}</div></details>',
        state,
        summary,
        content,
    )


@register.simple_block_tag
def foreign(content: SafeString, code: str = "nl") -> SafeString:
    """A fragment in another language than the page, for screen readers; bare when it is the same language."""
    return content if code == language() else format_html('<span lang="{}">{}</span>', code, content)


@register.simple_tag
def control(field: BoundField) -> Parts:
    """Return the parts of a form field (used by the form renderer's template)."""
    return parts_of(field)


@register.simple_tag
def error_summary(*forms: BaseForm) -> SafeString:
    """What is wrong in the forms, with links to the fields; empty when nothing is."""
    problems = [problem for form in forms for problem in problems_of(form)]
    return render_to_string("web/parts/error_summary.html", {"problems": problems}) if problems else SafeString()
