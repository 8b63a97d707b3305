"""The developer's script that takes from the design system what we use."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[4] / "tools/vendor_design_system.py"
pytestmark = pytest.mark.skipif(not SCRIPT.exists(), reason="the script stands in the repository, not in the package")


@pytest.fixture(scope="module")
def vendor() -> ModuleType:
    specification = importlib.util.spec_from_file_location("vendor_design_system", SCRIPT)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_a_rule_stays_only_when_every_class_is_used(vendor):
    css = ".nl-a{x:1}.nl-b{x:2}.nl-a .nl-b{x:3}.nl-a,.nl-b{x:4}.other{x:5}"
    assert vendor.kept(css, {"nl-a"}) == ".nl-a{x:1}.nl-a{x:4}"


def test_rules_within_a_media_query_are_sorted_out_too(vendor):
    css = "@media print{.nl-a{x:1}.nl-b{x:2}}@media screen{.nl-b{x:3}}"
    assert vendor.kept(css, {"nl-a"}) == "@media print{.nl-a{x:1}}"


def test_what_a_browser_thinks_of_a_field_is_left_out(vendor):
    css = ".nl-a:invalid,.nl-a[aria-invalid=true]{x:1}.nl-a:user-invalid{x:2}"
    assert vendor.kept(css, {"nl-a"}) == ".nl-a[aria-invalid=true]{x:1}"


def test_a_comma_within_parentheses_does_not_split_a_selector(vendor):
    assert vendor.split_selectors(".nl-a:not(.x, .y), .nl-b") == [".nl-a:not(.x, .y)", ".nl-b"]


def test_tokens_are_kept_with_those_they_need(vendor):
    definitions = {"--a": "var(--b)", "--b": "1px", "--c": "2px"}
    assert vendor.used_tokens("x{y:var(--a)}", definitions) == {"--a": "var(--b)", "--b": "1px"}


def test_tokens_that_we_define_ourselves_are_left_to_us(vendor):
    css = vendor.system_css([], [".nl-button{x:var(--a)}"], ":root{--a:1px;--b:2px}", ":root{--a:var(--b)}")
    assert "--a:" not in css
    assert "--b:2px" in css


def test_a_tarball_that_is_not_the_pinned_one_stops_the_script(vendor, tmp_path, monkeypatch):
    (tmp_path / "x.tgz").write_bytes(b"something else")
    packed = type("Packed", (), {"stdout": "x.tgz\n"})()
    monkeypatch.setattr(vendor.subprocess, "run", lambda *_, **__: packed)
    with pytest.raises(SystemExit, match="not the one we pinned"):
        vendor.fetch({"package": "x", "version": "1", "integrity": "sha512-other"}, tmp_path)
