"""A theme per organisation: a folder with `theme.css` (tokens), `theme.toml` (its name) and `logo.svg`.

Folders stand in `content/themes` of the shipped data and of the overlay (`DICHTERBIJ_DATA`), which wins. A theme is
used only when its colours can be read by everybody: text 4.5:1 and parts of the interface 3:1 (WCAG 1.4.3, 1.4.11).
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from dichterbij.kernel.problems import Problem

from . import contrast

DEFAULT = "dichterbij"
_STATIC = Path(__file__).parent / "static/dichterbij"
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_FORBIDDEN = re.compile(r"@import|url\(|expression\(|<", re.IGNORECASE)
_SCRIPT = re.compile(r"<script|\bon\w+\s*=|javascript:|<foreignObject|href\s*=\s*[\"'](?!#)", re.IGNORECASE)


class ThemeRefused(Problem):
    """A theme is incomplete, unsafe, or cannot be read by everybody."""

    code = "theme-refused"
    title = "Deze huisstijl kan niet worden gebruikt"
    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme that passed: its id (the folder's name), what people call it, and where its files are."""

    id: str
    name: str
    folder: Path


def load(folder: Path) -> Theme:
    """Return the theme in a folder; raises `ThemeRefused` with the file, what is wrong and the remedy."""
    missing = [file for file in ("theme.css", "theme.toml", "logo.svg") if not (folder / file).is_file()]
    if missing:
        raise ThemeRefused(f"{folder}: {', '.join(missing)} ontbreekt.")
    css = (folder / "theme.css").read_text(encoding="utf-8")
    if _FORBIDDEN.search(css):
        raise ThemeRefused(f"{folder / 'theme.css'}: alleen tokens, geen @import of url().")
    if _SCRIPT.search((folder / "logo.svg").read_text(encoding="utf-8")):
        raise ThemeRefused(f"{folder / 'logo.svg'}: een beeldmerk heeft geen script en geen verwijzing naar buiten.")
    _refuse_low_contrast(folder, css)
    name = tomllib.loads((folder / "theme.toml").read_text(encoding="utf-8")).get("name", folder.name)
    return Theme(id=folder.name, name=str(name), folder=folder)


def _refuse_low_contrast(folder: Path, css: str) -> None:
    failures = contrast.failures(default_tokens() | contrast.tokens_of(css))
    if failures:
        lines = "; ".join(str(failure) for failure in failures)
        raise ThemeRefused(f"{folder / 'theme.css'}: te weinig contrast: {lines}.")


@cache
def default_tokens() -> dict[str, str]:
    """Return the tokens of the design system with ours on top."""
    sheets = [(_STATIC / name).read_text(encoding="utf-8") for name in ("system.css", "dichterbij.css")]
    return contrast.tokens_of(sheets[0]) | contrast.tokens_of(sheets[1])


def folders() -> dict[str, Path]:
    """Return the folder of each theme; one in the overlay takes the place of a shipped one."""
    found: dict[str, Path] = {}
    for data in getattr(settings, "DATA_FOLDERS", ()):
        root = Path(data) / "content/themes"
        if root.is_dir():
            found |= {path.name: path for path in sorted(root.iterdir()) if _NAME.fullmatch(path.name)}
    return found


@cache
def accepted() -> dict[str, Theme]:
    """Return the themes that may be used."""
    themes = {}
    for name, folder in folders().items():
        try:
            themes[name] = load(folder)
        except ThemeRefused:
            continue
    return themes


def path(theme: str, file: str) -> str:
    """Return where the static file of a theme is; that of the default when the theme was refused or is not there."""
    return f"themes/{theme}/{file}" if theme in accepted() else f"{DEFAULT}/{file}"
