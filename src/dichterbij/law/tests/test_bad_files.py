"""Law files that are broken, hostile or from elsewhere: always the place and a sentence, never a stack trace."""

import contextlib
import random
from pathlib import Path

import pytest

from dichterbij.law import Facts, LawError, LawSet, LawSetInvalid, determine, document, explain
from dichterbij.law.checking import check_rules

from .laws_of_test import question
from .test_format import article, file, giver, outcome, reader


def defects(text: str) -> list[str]:
    """Return the names of the defects of one file."""
    with pytest.raises(LawSetInvalid) as raised:
        LawSet.of({"proef.yaml": text})
    assert all(defect.file == "proef.yaml" and defect.sentence for defect in raised.value.defects)
    return [defect.name for defect in raised.value.defects]


GOOD = file(giver("1"))
BOMB = "a: &a [1,1,1,1,1,1,1,1,1]\n" + "\n".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (GOOD[:-40] + "\n  [", "YamlSyntax"),
        ("\t", "YamlSyntax"),
        (BOMB, "TooManyValues"),
        ("a: 1\n" * 2, "DuplicateKey"),
        ("x: " + "[" * 10_000, "MaxDepthExceeded"),
        ("a: '" + "x" * 1_000_001 + "'", "FileTooLarge"),
        ("--- 1\n--- 2\n", "SeveralDocuments"),
        ("a: *b", "YamlSyntax"),
        ("{[1, 2]: 3}", "YamlSyntax"),
        ("", "NoLaw"),
        ("- a\n- b\n", "NoLaw"),
        (GOOD.replace("v0.7.1", "v0.4.0"), "UnknownVersion"),
        (GOOD.replace("v0.7.1", "v9.0.0"), "UnknownVersion"),
        ("a: 1e999", "ArithmeticOverflow"),
        ("a: 99999999999999999999999999999999999", "ArithmeticOverflow"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text: str, name: str) -> None:
    assert defects(text) == [name]


def test_ten_megabytes_are_refused_without_being_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "_Reader", None)
    assert defects("a: [" + "1, " * 3_500_000 + "1]") == ["FileTooLarge"]


def test_ten_thousand_nested_conditions_are_refused() -> None:
    nested = "{operation: NOT, value: " * 10_000 + "true" + "}" * 10_000
    assert defects(file(giver(nested))) == ["MaxDepthExceeded"]


def test_a_hundred_and_one_nested_operations_are_refused_at_their_place() -> None:
    nested = "{operation: NOT, value: " * 102 + "true" + "}" * 102
    assert defects(file(giver(nested))) == ["MaxDepthExceeded"]


def test_all_defects_are_told_at_once_with_their_article() -> None:
    text = GOOD.replace("regulatory_layer: WET", "regulatory_layer: WENS").replace("    text: t\n", "    tekst: t\n")
    with pytest.raises(LawSetInvalid) as raised:
        LawSet.of({"proef.yaml": text})
    found = {(defect.name, defect.article, defect.path) for defect in raised.value.defects}
    assert found == {
        ("UnknownWord", "", "regulatory_layer"),
        ("MissingField", "1", "articles.1.text"),
        ("UnknownField", "1", "articles.1.tekst"),
    }
    assert all(defect.line > 0 for defect in raised.value.defects)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (("publication_date: '2020-01-01'", "publication_date: 20200101"), "WrongType"),
        (("publication_date: '2020-01-01'", "publication_date: '2020-02-30'"), "InvalidDate"),
        (("bwb_id: BWBR0000001", ""), "MissingField"),
        (("bwb_id: BWBR0000001", "bwb_id: BWB1"), "WrongForm"),
        (("v0.7.1/schema.json", "v0.9.0/schema.json"), "UnknownVersion"),
        (("type: number", "type: bedrag"), "UnknownWord"),
        (("value: 1}", "value: $a b}"), "WrongForm"),
        (("value: 1}", "value: {operation: NOT_EQUALS, subject: 1, value: 2}}"), "InvalidOperation"),
        (("value: 1}", "value: {operation: EQUALS, subject: 1}}"), "MissingField"),
        (("value: 1}", "value: {operation: DATE_PART, date: '2025-01-01', in: months}}"), "UnknownWord"),
        (("value: 1}", "value: {operation: ROUND, value: 1}}"), "MissingField"),
        (("{output: gegeven, value: 1}", "{value: 1}"), "MissingField"),
        (("value: 1}", "value: {operation: FOREACH, subject: 1, value: 2}}"), "UnknownField"),
    ],
)
def test_a_defect_of_shape_has_a_name(change: tuple[str, str], name: str) -> None:
    assert change[0] in GOOD
    assert name in defects(GOOD.replace(*change))


@pytest.mark.parametrize(
    ("schema", "body", "is_good"),
    [
        ("v0.5.6", "untranslatables: [{construct: a, reason: b}]", True),
        ("v0.7.0", "untranslatables: [{construct: a, reason: b}]", False),
        ("v0.5.8", "execution: {output: [{name: a, type: number, nullable: true}]}", True),
        ("v0.5.8", "execution: {produces: {legal_character: RECHTSPOSITIE}}", False),
        ("v0.5.9", "execution: {produces: {legal_character: RECHTSPOSITIE}}", True),
        ("v0.5.6", "execution: {actions: [{output: a, value: {operation: FOREACH, collection: 1, body: 1}}]}", False),
        ("v0.5.7", "execution: {actions: [{output: a, value: {operation: FOREACH, collection: 1, body: 1}}]}", True),
        ("v0.8.0", "execution: {produces: {submission: {kind: AANVRAAG}}}", True),
    ],
)
def test_each_version_of_the_format_knows_its_own_words(schema: str, body: str, is_good: bool) -> None:
    text = file(article(body), schema=schema)
    if is_good:
        LawSet.of({"proef.yaml": text})
    else:
        assert defects(text)


def test_the_same_version_twice_is_a_defect() -> None:
    with pytest.raises(LawSetInvalid, match="DoubleVersion"):
        LawSet.of({"a.yaml": GOOD, "b.yaml": GOOD})


def test_twenty_laws_with_ninety_nested_operations_each_still_give_an_answer() -> None:
    nested = "{operation: ADD, values: [1, " * 90 + "$gelezen" + "]}" * 90
    deep = reader("{regulation: wet%d, output: uitkomst}").replace("value: $gelezen", f"value: {nested}")
    files = {f"{i}.yaml": file(deep % (i + 1), id_=f"wet{i}") for i in range(18)}
    files["last.yaml"] = file(giver("5").replace("gegeven", "uitkomst"), id_="wet18")
    assert outcome(files, law="wet0", bsn="1") == 18 * 90 + 5


@pytest.mark.parametrize(
    ("origin", "is_good"),
    [
        ("{waarde: BELANGHEBBENDE, grondslag: 'awb#4:2 lid 1', rol: TIJDVAK}", True),
        ("{waarde: REGISTER, register: wet_brp, grondslag: 'wet#30'}", True),
        ("{waarde: REGISTER, grondslag: 'wet#30'}", False),
        ("{waarde: OORDEEL, register: wet_brp, grondslag: 'wet#30'}", False),
        ("{waarde: OORDEEL, grondslag: 'wet#30', rol: BESLUIT}", False),
        ("{waarde: GOK, grondslag: 'wet#30'}", False),
    ],
)
def test_who_supplies_a_parameter_is_checked(origin: str, is_good: bool) -> None:
    text = file(article(f"execution: {{parameters: [{{name: a, type: number, origin: {origin}}}]}}"), schema="v0.8.0")
    if is_good:
        LawSet.of({"proef.yaml": text})
    else:
        assert defects(text)


def test_a_hook_names_the_decisions_or_the_submissions_it_runs_around() -> None:
    hook = "hooks: [{hook_point: post_actions, applies_to: {submission: AANVRAAG}}]"
    LawSet.of({"proef.yaml": file(article(hook), schema="v0.8.0")})
    assert "UnknownField" in defects(file(article(hook)))
    assert "MissingField" in defects(file(article("hooks: [{hook_point: post_actions, applies_to: {stage: BESLUIT}}]")))


def test_an_action_may_carry_a_precision_beside_another_operation() -> None:
    text = GOOD.replace("value: 1}", "operation: SUBTRACT, values: [3, 1], precision: 0}")
    LawSet.of({"proef.yaml": text})


@pytest.mark.parametrize(
    "fact",
    [
        "inkomen: {type: bedrag, of: person}",
        "inkomen: {type: amount, of: hond}",
        "inkomen: {type: amount, of: person, shown_to: iedereen}",
        "inkomen: {type: amount, of: person, origin: register}",
    ],
)
def test_the_vocabulary_is_checked_too(fact: str) -> None:
    with pytest.raises(LawSetInvalid) as raised:
        LawSet.of({"facts.yaml": fact})
    (defect,) = raised.value.defects
    assert defect.file == "facts.yaml" and defect.line == 1


SHIPPED = Path(__file__).resolve().parents[4] / "laws"
DAMAGED = SHIPPED / "nl" / "wet_op_de_zorgtoeslag" / "2024-01-01.yaml"


def damaged(text: str, chance: random.Random) -> str:
    """Return a text that is cut off, or has a stray character, a missing line or a line from elsewhere."""
    place, lines = chance.randrange(len(text)), text.split("\n")
    line = chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            return text[:place]
        case 1:
            return text[:place] + chance.choice("{}[]:-#&*!|>'%@`$\t0") + text[place:]
        case 2:
            del lines[line]
        case _:
            lines[line] = lines[chance.randrange(len(lines))]
    return "\n".join(lines)


NEEDED = (
    "zorgtoeslag",
    "standaardpremie",
    "inkomensafhankelijke",
    "rijksbelastingen",
    "zorgverzekering",
    "bestuursrecht",
)


def test_a_damaged_law_file_is_refused_or_evaluated_and_never_breaks_the_engine() -> None:
    files = [SHIPPED / "facts.yaml", *(path for path in SHIPPED.rglob("[12]*.yaml") if _is_needed(path))]
    texts = {str(path): path.read_text(encoding="utf-8") for path in files}
    asked = question("wet_op_de_zorgtoeslag")
    for seed in range(20):
        text = damaged(texts[str(DAMAGED)], random.Random(seed))  # noqa: S311 no secret
        with contextlib.suppress(LawError):
            laws = LawSet.of({**texts, str(DAMAGED): text})
            check_rules(laws)
            determine(laws, asked, Facts(subject="p1", persons={"p1": {"verzekerd_zvw": True}}))


def _is_needed(file: Path) -> bool:
    return any(name in file.parent.name for name in NEEDED)


def test_a_number_of_twenty_nine_digits_can_be_told() -> None:
    laws = LawSet.of({"proef.yaml": file(giver("{operation: MULTIPLY, values: [7000000000000000, 1000000000000.5]}"))})
    told = explain(determine(laws, question("proef", "gegeven"), Facts(subject="p1", persons={})), laws, "nl").outcome
    assert "7.000.000.000.003.500.000.000.000.000" in told
