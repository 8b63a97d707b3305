"""Take from the NL Design System what our templates use, and nothing else. For developers; needs npm and a network.

    python tools/vendor_design_system.py

Reads the pins of `design_system.toml`, fetches the tarballs with `npm pack`, checks their hash, keeps the rules whose
classes stand in our templates and Python, keeps the tokens those rules (and our own style sheet) use, and writes
`system.css`, the font, the licences and `manifest.json` into `src/dichterbij/web/static/dichterbij`, to be committed.
"""

import base64
import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "src/dichterbij/web/static/dichterbij"
CLASS = re.compile(r"\.((?:nl|utrecht)-[\w-]+)")
USED_CLASS = re.compile(r"(?<![\w.-])((?:nl|utrecht)-[a-z0-9][\w-]*)")
TOKEN = re.compile(r"var\(\s*(--[\w-]+)")
DECLARATION = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]+)")
ROOT_RULE = re.compile(r":root\s*\{([^{}]*)\}")
HEAD = (
    "/* NL Design System (EUPL-1.2): what we use of it. Made by tools/vendor_design_system.py; see manifest.json */\n"
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """One rule or at-rule: what stands before the brace, and what stands in it."""

    prelude: str
    body: str


def blocks(css: str) -> Iterator[Block]:
    """Yield the top-level blocks of a style sheet; statements without a block (`@charset`) are left out."""
    depth, start, opened = 0, 0, 0
    for position, char in enumerate(css):
        if char == "{":
            depth += 1
            opened = position if depth == 1 else opened
        elif char == "}":
            depth -= 1
            if depth == 0:
                yield Block(css[start:opened].rsplit(";", maxsplit=1)[-1].strip(), css[opened + 1 : position].strip())
                start = position + 1


def split_selectors(prelude: str) -> list[str]:
    """Split a selector list at its commas, not at those within parentheses."""
    return [part.strip() for part in re.split(r",(?![^()]*\))", prelude)]


def kept(css: str, used: set[str]) -> str:
    """Return the rules of which every class is used; a group keeps the selectors that match.

    What a browser thinks of a field (`:invalid`) is left out: it would colour an empty form red before anybody
    typed. Our server says what is wrong, with words (`aria-invalid`).
    """
    rules = []
    for block in blocks(css):
        if block.prelude.startswith(("@media", "@supports")):
            inner = kept(block.body, used)
            rules += [f"{block.prelude}{{{inner}}}"] if inner else []
        elif not block.prelude.startswith("@") and block.body:
            wanted = [s for s in split_selectors(block.prelude) if is_wanted(s, used)]
            rules += [f"{','.join(wanted)}{{{block.body}}}"] if wanted else []
    return "".join(rules)


def is_wanted(selector: str, used: set[str]) -> bool:
    """Say whether a selector is about classes that we use."""
    classes = set(CLASS.findall(selector))
    return bool(classes) and classes <= used and not re.search(r":(user-)?invalid", selector)


def used_tokens(css: str, definitions: dict[str, str]) -> dict[str, str]:
    """Return the tokens a style sheet needs, with those that they need in turn, in the order of the theme."""
    found: set[str] = set()
    pending = set(TOKEN.findall(css))
    while pending:
        token = pending.pop()
        if token in definitions and token not in found:
            found.add(token)
            pending |= set(TOKEN.findall(definitions[token]))
    return {token: definitions[token] for token in definitions if token in found}


def minified(css: str) -> str:
    """Return CSS without comments and needless space."""
    css = re.sub(r"\s+", " ", COMMENT.sub("", css))
    return re.sub(r"\s*([{};,])\s*", r"\1", css).replace(";}", "}").replace(": ", ":")


def classes_in_use() -> set[str]:
    """Return the design system's classes that stand in templates and Python of the product."""
    source = ROOT / "src"
    files = [*source.rglob("*.html"), *(source / "dichterbij/web").rglob("*.py")]
    return {name for file in files for name in USED_CLASS.findall(file.read_text(encoding="utf-8"))}


def fetch(pin: dict[str, str], into: Path) -> Path:
    """Fetch one package by its pin, check its hash, unpack it, and return its folder."""
    specification = f"{pin['package']}@{pin['version']}"
    packed = subprocess.run(
        ["npm", "pack", "--silent", specification], cwd=into, check=True, capture_output=True, text=True
    )
    tarball = into / packed.stdout.strip()
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if pin["integrity"] != f"sha512-{digest}":
        raise SystemExit(f"{specification}: the tarball is not the one we pinned")
    folder = into / tarball.stem
    with tarfile.open(tarball) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def write_licence(pin: dict[str, str], folder: Path) -> None:
    """Keep the licence text as the package carries it; the manifest says which package has which."""
    text = next(folder.glob("LICENSE*")).read_bytes()
    (STATIC / "licences" / f"{pin['licence']}.txt").write_bytes(text)


def write_font(pin: dict[str, object], folder: Path) -> None:
    """Copy the font files under a short name."""
    for file in pin["files"]:  # type: ignore[attr-defined]
        short = Path(file).name.replace("-wght-normal", "")
        (STATIC / "fonts" / short).write_bytes((folder / file).read_bytes())


def system_css(html: Iterable[str], components: Iterable[str], theme: str, own: str) -> str:
    """Return tokens, plain HTML and components, each in its cascade layer, so that what comes later always wins.

    `own` is our own style sheet: the tokens it uses are kept, those it defines are left to it.
    """
    used = classes_in_use()
    elements = "".join(COMMENT.sub("", css) for css in html)
    rules = "".join(kept(COMMENT.sub("", css), used) for css in components)
    own = COMMENT.sub("", own)
    ours = {name: value for root in ROOT_RULE.findall(own) for name, value in DECLARATION.findall(root)}
    definitions = {name: value.strip() for name, value in DECLARATION.findall(COMMENT.sub("", theme))}
    tokens = used_tokens(elements + rules + own, definitions | ours)
    root = "".join(f"{name}:{tokens[name]};" for name in definitions if name in tokens and name not in ours)
    layers = {"tokens": f":root{{{root}}}", "html": elements, "components": rules}
    return minified(f"@layer {','.join(layers)};" + "".join(f"@layer {name}{{{css}}}" for name, css in layers.items()))


def main() -> None:
    """Vendor everything the pins name."""
    pins = tomllib.loads((ROOT / "tools/design_system.toml").read_text(encoding="utf-8"))
    for name in ("fonts", "licences"):
        (STATIC / name).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folders = {
            pin["package"]: fetch(pin, Path(scratch)) for pin in [pins["tokens"], pins["font"], *pins["components"]]
        }
        html = [
            (folders[pin["package"]] / pin["html"]).read_text(encoding="utf-8")
            for pin in pins["components"]
            if "html" in pin
        ]
        components = [(folders[pin["package"]] / pin["file"]).read_text(encoding="utf-8") for pin in pins["components"]]
        theme = (folders[pins["tokens"]["package"]] / pins["tokens"]["file"]).read_text(encoding="utf-8")
        own = (STATIC / "dichterbij.css").read_text(encoding="utf-8")
        (STATIC / "system.css").write_text(HEAD + system_css(html, components, theme, own) + "\n", encoding="utf-8")
        write_font(pins["font"], folders[pins["font"]["package"]])
        for pin in (pins["tokens"], pins["font"], *pins["components"]):
            write_licence(pin, folders[pin["package"]])
    write_manifest(pins)


def write_manifest(pins: dict[str, object]) -> None:
    """Write which packages, versions and files stand here, with their hashes."""
    files = sorted(
        p for p in STATIC.rglob("*") if p.suffix in {".css", ".woff2", ".txt"} and p.name != "dichterbij.css"
    )
    packages = [pins["tokens"], pins["font"], *pins["components"]]  # type: ignore[misc]
    manifest = {
        "packages": [{key: pin[key] for key in ("package", "version", "licence", "integrity")} for pin in packages],
        "files": {str(p.relative_to(STATIC)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files},
    }
    (STATIC / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
