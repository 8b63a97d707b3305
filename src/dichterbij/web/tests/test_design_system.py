import gzip
import hashlib
import json
import re
from pathlib import Path

import dichterbij

WEB = Path(dichterbij.__file__).parent / "web"
STATIC = WEB / "static/dichterbij"
CLASS = re.compile(r"(?<![\w.-])((?:nl|utrecht)-[a-z0-9][\w-]*)")


def used_classes() -> set[str]:
    files = [*WEB.parent.rglob("*.html"), *WEB.glob("templatetags/*.py"), *WEB.glob("forms/*.py")]
    return {name for file in files for name in CLASS.findall(file.read_text(encoding="utf-8"))}


def test_every_class_of_the_design_system_that_a_template_uses_is_vendored():
    css = (STATIC / "system.css").read_text() + (STATIC / "dichterbij.css").read_text()
    known = set(re.findall(r"\.((?:nl|utrecht)-[\w-]+)", css))
    # Classes without rules of their own in the design system: hooks that our own style sheet or nobody fills.
    assert used_classes() - known <= {"utrecht-form-label", "nl-button--default"}


def test_every_class_of_ours_that_a_template_uses_has_a_rule():
    css = (STATIC / "dichterbij.css").read_text()
    files = list(WEB.parent.rglob("*.html"))
    used = {name for file in files for name in re.findall(r"dichterbij-[a-z_-]+[a-z]", _classes(file))}
    assert {name for name in used if f".{name}" not in css} == set()


def _classes(file: Path) -> str:
    return " ".join(re.findall(r'class="([^"]*)"', file.read_text(encoding="utf-8")))


def test_every_token_that_is_used_is_defined():
    css = "".join((STATIC / name).read_text() for name in ("system.css", "dichterbij.css"))
    used = set(re.findall(r"var\((--(?:dichterbij|basis)-[\w-]+)\)", css))
    defined = set(re.findall(r"(--[\w-]+):", css))
    assert used <= defined


def test_all_style_sheets_together_are_at_most_twenty_kilobytes_compressed():
    sizes = [len(gzip.compress((STATIC / name).read_bytes())) for name in ("system.css", "dichterbij.css")]
    assert sum(sizes) + 400 <= 20_000


def test_vendored_files_are_those_of_the_manifest():
    manifest = json.loads((STATIC / "manifest.json").read_text())
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest
    for package in manifest["packages"]:
        assert (STATIC / f"licences/{package['licence']}.txt").is_file()


def test_nothing_is_fetched_from_elsewhere():
    for file in STATIC.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(https?:)?//", file.read_text())
