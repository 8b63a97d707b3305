"""A page as somebody without JavaScript reads it: text, links, and forms with what is filled in already."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
SOFT_HYPHEN = "\u00ad"


@dataclass
class Node:
    """An element with what stands in it."""

    tag: str
    attributes: dict[str, str]
    inside: list["Node | str"] = field(default_factory=list)

    def all(self, tag: str = "", **attributes: str) -> Iterator["Node"]:
        """Give every element inside, also deeper, with this tag and these attributes."""
        for child in self.inside:
            if isinstance(child, Node):
                if tag in ("", child.tag) and attributes.items() <= child.attributes.items():
                    yield child
                yield from child.all(tag, **attributes)

    def with_class(self, name: str) -> Iterator["Node"]:
        """Give every element inside with this class."""
        return (node for node in self.all() if name in node.attributes.get("class", "").split())

    @property
    def text(self) -> str:
        """Return what can be read in it, with single spaces and without soft hyphens."""
        return " ".join("".join(self._pieces()).replace(SOFT_HYPHEN, "").split())

    def _pieces(self) -> Iterator[str]:
        for child in self.inside:
            if isinstance(child, str):
                yield child
            elif child.tag not in ("script", "style"):
                yield from child._pieces()
                yield "" if child.tag in ("a", "strong", "em", "abbr", "wbr") else " "


@dataclass(frozen=True)
class Form:
    """A form: where it goes, what it holds, and its buttons."""

    action: str
    method: str
    fields: tuple[tuple[str, str], ...]
    names: frozenset[str]
    text: str


@dataclass(frozen=True)
class Page:
    """A page that came back."""

    path: str
    status: int
    body: str
    top: Node

    @property
    def text(self) -> str:
        """Return everything that can be read."""
        return self.top.text

    @property
    def main(self) -> str:
        """Return what can be read in the middle of the page."""
        return next(self.top.all("main"), self.top).text

    @property
    def title(self) -> str:
        """Return the heading."""
        return next((node.text for node in self.top.all("h1")), "")

    @property
    def links(self) -> tuple[str, ...]:
        """Return where the page leads, each address once, in order."""
        return tuple(dict.fromkeys(node.attributes["href"] for node in self.top.all("a") if "href" in node.attributes))

    def link(self, beginning: str, ending: str = "") -> str:
        """Return the first link with such an address."""
        return next(link for link in self.links if link.startswith(beginning) and link.endswith(ending))

    @property
    def forms(self) -> tuple[Form, ...]:
        """Return the forms in <main>."""
        main = next(self.top.all("main"), self.top)
        return tuple(map(self._form, main.all("form")))

    def form(self, ending: str = "", *, having: str = "") -> Form:
        """Return the first form of <main> whose address ends so, and that has a field with this name."""
        found = (form for form in self.forms if form.action.endswith(ending))
        return next(form for form in found if not having or having in form.names)

    def _form(self, node: Node) -> Form:
        return Form(
            action=node.attributes.get("action") or self.path,
            method=node.attributes.get("method", "get").lower(),
            fields=tuple(_filled(node)),
            names=frozenset(each.attributes["name"] for each in node.all() if "name" in each.attributes),
            text=node.text,
        )


def _filled(form: Node) -> Iterator[tuple[str, str]]:
    """Give what a browser would send; a button sends nothing unless it is the one that is pressed."""
    for node in form.all():
        name, value = node.attributes.get("name"), node.attributes.get("value", "")
        kind = node.attributes.get("type", "text")
        if not name or node.tag == "button":
            continue
        if node.tag == "input" and kind in ("radio", "checkbox"):
            if "checked" in node.attributes:
                yield name, node.attributes.get("value", "on")
        elif node.tag == "input" and kind not in ("submit", "file"):
            yield name, value
        elif node.tag == "textarea":
            yield name, "".join(child for child in node.inside if isinstance(child, str)).removeprefix("\n")
        elif node.tag == "select":
            options = list(node.all("option"))
            chosen = next((o for o in options if "selected" in o.attributes), options[0])
            yield name, chosen.attributes.get("value", chosen.text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top = Node("", {})
        self._open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and tag not in VOID:
            if self._open.pop().tag == tag:
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


def read(path: str, status: int, body: str) -> Page:
    """Read the HTML of an answer."""
    reader = _Reader()
    reader.feed(body)
    return Page(path=path, status=status, body=body, top=reader.top)
