"""The overview of the laws says what is encoded, proven, open and different, and notices when it is out of date."""

from pathlib import Path

import pytest

from dichterbij.law.command import run

LAW = """
$schema: https://raw.githubusercontent.com/MinBZK/regelrecht/refs/tags/schema-v0.7.1/schema/v0.7.1/schema.json
$id: proef
regulatory_layer: WET
publication_date: '2024-01-01'
valid_from: '{since}'
valid_to: '{until}'
bwb_id: BWBR0000001
url: https://wetten.overheid.nl/BWBR0000001
name: Proefwet {year}
competent_authority: {{name: Proefdienst}}
articles:
  - number: '10'
    text: 'Samenvatting, geen wettekst: het bedrag is vast.'
    url: https://wetten.overheid.nl/BWBR0000001#Artikel10
    machine_readable:
      execution:
        produces: {{legal_character: WAARDEBEPALING, decision_type: GEEN_BESLUIT}}
        output:
          - {{name: bedrag, type: amount, type_spec: {{unit: eurocent}}}}
        actions:
          - {{output: bedrag, value: 1000, legal_basis: {{explanation: 'Staatscourant; een bron.'}}}}
"""
ABOUT = """
provisional:
  - {valid_from: '2025-01-01', source: de krant}
not_encoded:
  - {article: '3', why: verjaring}
open:
  - Wat geldt vanaf 2027?
  - Telt een half jaar?
deviates:
  - {from: een ander rekenvoorbeeld, why: artikel 10 kent geen aftrek}
"""
MAPPING = """
voorbeeld: &rijen
  - {law: proef, period: {column: date}, input: {jaar: {}}, expected: {bedrag: {output: bedrag, unit: euro}}}
voorbeeld_officieel: *rijen
"""
CASES = """id,law,date,input,expected,origin,confidence,note
goed,proef,2025-06-01,"{{""jaar"": 1}}","{{""bedrag"": ""10.00""}}",bron,{sure},ok
fout,proef,2025-06-01,"{{""jaar"": 1}}","{{""bedrag"": ""11.00""}}",bron,{sure},ok
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "laws" / "nl" / "proef"
    (place / "cases").mkdir(parents=True)
    for since, until in (("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31"), ("2026-07-01", "2026-12-31")):
        (place / f"{since}.yaml").write_text(LAW.format(since=since, until=until, year=since[:4]), encoding="utf-8")
    (place / "about.yaml").write_text(ABOUT, encoding="utf-8")
    (place / "cases" / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    (place / "cases" / "voorbeeld.csv").write_text(CASES.format(sure="derived"), encoding="utf-8")
    (place / "cases" / "voorbeeld_officieel.csv").write_text(CASES.format(sure="one source"), encoding="utf-8")
    return tmp_path / "laws"


def test_the_overview_tells_versions_articles_proof_doubt_and_difference(folder: Path) -> None:
    file = folder.parent / "laws.md"
    assert run(["--laws", str(folder), "document", str(file)]) == 0
    told = file.read_text(encoding="utf-8")
    for line in (
        "| [Proefwet 2026](#proef) | 2024-01-01 to 2025-12-31; 2026-07-01 to 2026-12-31 | 1 | 1 | 1 | 2 |",
        "- `proef`, WET, BWBR0000001, carried out by Proefdienst, https://wetten.overheid.nl/BWBR0000001",
        "- Articles encoded: 10",
        "- Not encoded: 3: verjaring",
        "- Examples: 1 derived, 1 official; **2 failed**",
        "- Confidence: values: 3 one source; examples: 2 derived, 2 one source",
        "- Provisional, one source: 2025-01-01 (de krant)",
        "  - Telt een half jaar?",
        "- Deviates from: een ander rekenvoorbeeld: artikel 10 kent geen aftrek",
    ):
        assert line in told.splitlines(), line


def test_an_overview_that_is_not_current_fails_the_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder.parent / "laws.md"
    check = ["--laws", str(folder), "document", str(file), "--check"]
    assert run(check) == 1
    run(check[:-1])
    assert run(check) == 0
    (folder / "nl" / "proef" / "about.yaml").write_text("open: [Wat nu?]", encoding="utf-8")
    assert run(check) == 1
    assert "not current" in capsys.readouterr().out
