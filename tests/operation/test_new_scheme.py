"""A support scheme for a crisis, in an hour: from an empty folder to check, application, decision and letter.

The rehearsal of docs/how-to/new-scheme.md. Nobody writes code: `law new` lays the scheme out, a jurist edits amounts
and words, and the real product runs with that folder beside its own data.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dichterbij.law.command import run as law

from .guest import Guest
from .product import Product, product

pytestmark = pytest.mark.slow
LAWS = Path(__file__).parents[2] / "laws"
SCHEME = "energietoelage"
CHECK = f"/rules/{SCHEME}/check"
ARGUMENTS = ["new", SCHEME, "--title", "Energietoelage", "--organisation", "rotterdam", "--from", "2026-06-01"]
EDITS = {
    f"laws/nl/bedragen_{SCHEME}/2026-06-01.yaml": {
        "value: 2500000": "value: 2870000",
        "value: 50000": "value: 80000",
        "'Voorbeeld. Zet hier het vastgestelde bedrag in centen, met de bron.'": "Collegebesluit van 26 mei 2026.",
    },
    f"laws/nl/{SCHEME}/cases/{SCHEME}.csv": {"25000": "28700", '""bedrag"": 500': '""bedrag"": 800'},
    "laws/facts/nl.yaml": {"Hebt u extra kosten?": "Is uw energierekening hoger dan vorig jaar?"},
}


@pytest.fixture(scope="module")
def overlay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the municipality: laid out by the command, edited by a jurist."""
    folder = tmp_path_factory.mktemp("overlay")
    assert law([*ARGUMENTS, "--until", "2026-12-31", "--folder", str(folder)]) == 0
    for place, changes in EDITS.items():
        content = (folder / place).read_text(encoding="utf-8")
        for before, after in changes.items():
            assert before in content, f"{before} in {place}"
            content = content.replace(before, after)
        (folder / place).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def instance(overlay: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product as it runs with that folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DICHTERBIJ_DATA", str(overlay))
        with product(tmp_path_factory.mktemp("crisis")) as made:
            yield made


@pytest.fixture(scope="module")
def address(instance: Product) -> str:
    """Where it is served."""
    return instance.start().address


def test_everything_that_is_laid_out_passes_the_checks(
    instance: Product, overlay: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    law(["--laws", str(LAWS), "--laws", str(overlay / "laws"), "check"])
    assert SCHEME not in capsys.readouterr().out
    cases = overlay / "laws/nl" / SCHEME / "cases" / f"{SCHEME}.csv"
    assert "total: 4 passed, 0 failed, 0 skipped" in instance.run("law", "cases", str(cases))
    assert "Alle bestanden zijn in orde." in instance.run("content", "check")


def test_a_file_that_is_there_is_not_touched(overlay: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = overlay / "laws/facts/nl.yaml"
    before = mine.read_text(encoding="utf-8")
    assert law([*ARGUMENTS, "--until", "2026-12-31", "--folder", str(overlay)]) == 0
    assert mine.read_text(encoding="utf-8") == before
    assert f"left as it was, add this yourself: {mine}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("prefix", "outcome"),
    [("", "betaalt u € 800,00"), ("/en", "pays you €800.00"), ("/pap", "ta paga bo")],
)
def test_anybody_can_check_it_without_login(address: str, prefix: str, outcome: str) -> None:
    visitor = Guest(address)
    assert "Gemeente Rotterdam" in visitor.get(f"{prefix}/rules/{SCHEME}").text
    page = visitor.get(f"{prefix}{CHECK}")
    page = visitor.press(page, page.form(having="territory"), {"territory": "NL"})
    answers = {
        f"ik.extra_kosten_{SCHEME}": "yes",
        "ik.geboortedatum_day": "1",
        "ik.geboortedatum_month": "6",
        "ik.geboortedatum_year": "1990",
        "ik.gemeente_code": "GM0599",
        "ik.toetsingsinkomen": "20000",
    }
    for _ in range(4):
        if not any("step" in form.names and dict(form.fields).get("step") == "round" for form in page.forms):
            break
        form = next(form for form in page.forms if dict(form.fields).get("step") == "round")
        page = visitor.press(page, form, {name: value for name, value in answers.items() if name in form.names})
    assert outcome in page.text, page.main


def test_who_has_a_right_applies_once_and_gets_the_letter(address: str) -> None:
    letter = _letter(address, "student")
    assert "U krijgt € 800,00 van Gemeente Rotterdam" in letter
    assert "bezwaar" in letter.casefold()


def test_who_earns_too_much_is_asked_nothing_and_reads_why(address: str) -> None:
    letter = _letter(address, "widower")
    assert "U krijgt geen bijdrage van Gemeente Rotterdam" in letter
    assert "Uw inkomen is te hoog." in letter


def _letter(address: str, who: str) -> str:
    """Apply through the front door, wait for the decision, and read it."""
    person = Guest(address)
    person.log_in(who)
    page = person.get(f"/apply/{SCHEME}")
    page = person.press(page, page.form())
    form = page.form(having="remark")
    asks = f"extra_kosten_{SCHEME}" in form.names
    assert asks is ("Is uw energierekening hoger dan vorig jaar?" in page.text)
    page = person.press(page, form, {f"extra_kosten_{SCHEME}": "yes"} if asks else {})
    page = person.press(page, page.form(having="key"))
    case = page.path.removesuffix("/received")
    until = time.monotonic() + 60
    while time.monotonic() < until:
        page = person.get(case)
        if "/messages/" in " ".join(page.links) and "Er is een besluit" in page.text:
            return person.get(page.link("/messages/")).text
        time.sleep(0.5)
    raise AssertionError(f"no decision: {page.main}")
