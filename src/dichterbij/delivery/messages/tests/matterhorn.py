"""Conditions of the Matterhorn protocol 1.1 (PDF/UA-1) that a machine can check in the files we make.

Numbers between brackets are the failure conditions of that protocol.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pikepdf

from .reading import marked_text

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Dictionary, tuple[str, ...]]]:
    """Yield every structure element in reading order: its role, itself, the roles above it."""
    yield from _below(pdf.Root.StructTreeRoot.K, ())


def _below(node: object, above: tuple[str, ...]) -> Iterator[tuple[str, pikepdf.Dictionary, tuple[str, ...]]]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _below(child, above)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        role = str(node.S)[1:]
        yield role, node, above
        if "/K" in node:
            yield from _below(node.K, (*above, role))


def _attributes(element: pikepdf.Dictionary) -> dict[str, object]:
    groups = element.get("/A", [])
    groups = groups if isinstance(groups, pikepdf.Array) else [groups]
    return {
        str(key): value for group in groups if isinstance(group, pikepdf.Dictionary) for key, value in group.items()
    }


def _metadata(pdf: pikepdf.Pdf) -> dict[str, str]:
    with pdf.open_metadata(update_docinfo=False, set_pikepdf_as_editor=False) as meta:
        return {key: str(value) for key, value in meta.items()}


def _annotations(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    for page in pdf.pages:
        yield from page.get("/Annots", [])


def _says_ua(pdf: pikepdf.Pdf) -> bool:
    return any(key.endswith("}part") and "pdfua" in key and value == "1" for key, value in _metadata(pdf).items())


def _has_title(pdf: pikepdf.Pdf) -> bool:
    return any(key.endswith("}title") and value.strip() for key, value in _metadata(pdf).items())


def _headings_do_not_skip(pdf: pikepdf.Pdf) -> bool:
    levels = [int(role[1]) for role, _, _ in elements(pdf) if role in HEADINGS]
    return levels[:1] == [1] and all(b <= a + 1 for a, b in pairwise(levels))


def _fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    for page in pdf.pages:
        yield from (font for _, font in page.Resources.Font.items())


def _is_embedded(font: pikepdf.Dictionary) -> bool:
    descriptor = font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else font.FontDescriptor
    return any(f"/FontFile{n}" in descriptor for n in ("", 2, 3))


def _parents_fit(pdf: pikepdf.Pdf) -> bool:
    needs = {"LI": "L", "LBody": "LI", "Lbl": "LI", "TR": ("THead", "TBody", "Table"), "TH": "TR", "TD": "TR",
             "THead": "Table", "TBody": "Table"}  # fmt: skip
    return all(above and above[-1] in needs[role] for role, _, above in elements(pdf) if role in needs)


def _header_cells_have_scope(pdf: pikepdf.Pdf) -> bool:
    return all("/Scope" in _attributes(element) for role, element, _ in elements(pdf) if role == "TH")


def _links_are_described(pdf: pikepdf.Pdf) -> bool:
    return all("/Contents" in a and "/StructParent" in a for a in _annotations(pdf) if a.Subtype == "/Link")


def _links_are_tagged(pdf: pikepdf.Pdf) -> bool:
    annotations = [a for a in _annotations(pdf) if a.Subtype == "/Link"]
    return bool(annotations) <= any(role == "Link" for role, _, _ in elements(pdf))


CONDITIONS: dict[str, Callable[[pikepdf.Pdf], bool]] = {
    "marked as tagged [06-001]": lambda pdf: bool(pdf.Root.MarkInfo.Marked),
    "suspects absent or false [07-002]": lambda pdf: pdf.Root.MarkInfo.get("/Suspects", False) is False,
    "says it is PDF/UA-1 [06-002]": _says_ua,
    "has a title [06-003]": _has_title,
    "shows its title in the window [07-001]": lambda pdf: bool(pdf.Root.ViewerPreferences.DisplayDocTitle),
    "has a language [11-006]": lambda pdf: str(pdf.Root.get("/Lang", "")) in ("nl", "en", "pap"),
    "has a structure tree [01-005]": lambda pdf: len(list(elements(pdf))) > 1,
    "one document element on top": lambda pdf: [r for r, _, above in elements(pdf) if not above] == ["Document"],
    "has a parent tree [01]": lambda pdf: "/ParentTree" in pdf.Root.StructTreeRoot,
    "all text is tagged or an artifact [01-005]": lambda pdf: marked_text(pdf)[1] == [],
    "headings start at one and skip none [14-002, 14-003]": _headings_do_not_skip,
    "one heading of level one [14-006]": lambda pdf: [r for r, _, _ in elements(pdf)].count("H1") == 1,
    "tags stand in the right parent [09-002]": _parents_fit,
    "header cells have a scope [15-003]": _header_cells_have_scope,
    "figures have an alternative [13-004]": lambda pdf: all("/Alt" in e for r, e, _ in elements(pdf) if r == "Figure"),
    "links are described [28-005]": _links_are_described,
    "links are tagged [28-011]": _links_are_tagged,
    "pages follow the structure with tab [28-009]": lambda pdf: all(
        p.get("/Tabs") == "/S" for p in pdf.pages if "/Annots" in p
    ),
    "fonts are embedded [31-009]": lambda pdf: all(_is_embedded(font) for font in _fonts(pdf)),
    "fonts map to text [10-001]": lambda pdf: all("/ToUnicode" in font for font in _fonts(pdf)),
    "not encrypted against readers [26-001]": lambda pdf: not pdf.is_encrypted,
    "no script [29-001]": lambda pdf: "/JavaScript" not in pdf.Root.get("/Names", {}) and "/OpenAction" not in pdf.Root,
    "no role without meaning [02-001]": lambda pdf: not any(r == "NonStruct" for r, _, _ in elements(pdf)),
    "no empty tag [01]": lambda pdf: all("/K" in e for r, e, _ in elements(pdf) if r not in ("TD", "TH")),
    "no embedded file": lambda pdf: "/EmbeddedFiles" not in pdf.Root.get("/Names", {}),
}  # fmt: skip


def failures(pdf: pikepdf.Pdf) -> list[str]:
    """Return the conditions that a file does not meet."""
    return [name for name, holds in CONDITIONS.items() if not holds(pdf)]
