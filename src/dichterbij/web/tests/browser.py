"""A real browser and what it can tell of a page: rules of axe, sideways scrolling, small targets, hidden focus.

For the gallery here and for the journeys in `tests/browser`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium for as long as it is needed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong, one line per element."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def sideways(page: Page) -> list[str]:
    """Return the elements that stick out of the window, outside a container that scrolls by itself."""
    return page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter(element => {
            const box = element.getBoundingClientRect();
            return box.width && box.right > document.documentElement.clientWidth + 1
              && !element.closest(".utrecht-table-container") && !element.closest(".dichterbij-hidden, .nl-skip-link");
        }).map(element => element.outerHTML.slice(0, 160))"""
    )


def clipped(page: Page) -> list[str]:
    """Return the elements whose text does not fit in their own box."""
    return page.evaluate(
        """() => [...document.querySelectorAll("main *, header *, footer *")].filter(element =>
            element.children.length === 0 && element.textContent.trim()
            && element.scrollWidth > element.clientWidth + 2
            && getComputedStyle(element).display !== "inline"
            && !element.closest(".utrecht-table-container, .dichterbij-hidden, select")
        ).map(element => element.outerHTML.slice(0, 160))"""
    )


def small_targets(page: Page) -> list[str]:
    """Return the controls smaller than 24 by 24 pixels (WCAG 2.5.8), links in running text excepted."""
    return page.evaluate(
        """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")].filter(element => {
            const box = element.getBoundingClientRect();
            const isInText = element.matches("p a, li:not([class]) a, dd a, td a, div > a:not([class])");
            return box.width && !isInText && !element.closest(".nl-skip-link") && (box.width < 24 || box.height < 24);
        }).map(element => element.outerHTML.slice(0, 160))"""
    )


def focus_walk(page: Page, limit: int = 200) -> list[dict[str, object]]:
    """Walk through the page with Tab and return each stop: its text, whether the focus shows, whether it is covered."""
    stops: list[dict[str, object]] = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
                const element = document.activeElement;
                if (!element || element === document.body) return null;
                const style = getComputedStyle(element), box = element.getBoundingClientRect();
                const row = element.closest(".dichterbij-task");
                const shown = [style, ...(row ? [getComputedStyle(row)] : [])].some(
                    found => found.outlineStyle !== "none" && parseFloat(found.outlineWidth) >= 2);
                const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 10));
                return { text: (element.innerText || element.name || element.id || "").trim().slice(0, 60), shown,
                         covered: !!top && !element.contains(top) && !top.contains(element) };
            }"""
        )
        if stop is None or (stops and stop == stops[0] and len(stops) > 2):
            break
        stops.append(stop)
    return stops


def fonts(page: Page) -> set[str]:
    """Return the first font family of every text on the page."""
    return set(
        page.evaluate(
            """() => [...document.querySelectorAll("body, body *")].filter(element => element.textContent.trim())
                .map(element => getComputedStyle(element).fontFamily.split(",")[0].replaceAll('"', ""))"""
        )
    )
