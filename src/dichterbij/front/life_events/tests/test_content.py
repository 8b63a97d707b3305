"""The files of editors: the shipped ones are right, and each mistake is pointed at with line and remedy."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from dichterbij.front.life_events.adapters.checks import Known, check_card, check_event
from dichterbij.front.life_events.adapters.content import documents, load
from dichterbij.front.life_events.adapters.documents import Unreadable, read
from dichterbij.front.life_events.domain import Channel, Group

SHIPPED = Path(__file__).parents[5]
KNOWN = Known(
    outputs={"wet": frozenset({"recht", "laatste_dag"})},
    facts=frozenset({"woont_in_nederland"}),
    organisations=frozenset({"svb"}),
    tasks=frozenset({"svb.taak"}),
    products=frozenset({"product"}),
)
GOOD = """\
id: kaart
organisation: svb
task: taak
group: to-do
when: later
shown_when: {law: wet, output: recht}
deadline: {law: wet, output: laatste_dag}
channels: [call, paper]
sources: [{title: Wet, url: "https://example.org"}]
texts:
  nl: {title: Titel, sentence: Een zin., body: Meer tekst., why: Daarom.}
  en: {status: draft, title: Title, sentence: A sentence., body: More text., why: Therefore.}
  pap: {status: draft, title: Título, sentence: Un frase., body: Mas teksto., why: P'esei.}
"""


def findings(folder: Path, text: str, name: str = "kaart.yaml") -> list[str]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return [str(finding).removeprefix(f"{folder}/") for finding in check_card(read(path), KNOWN)]


def test_a_right_card_has_no_findings(tmp_path: Path) -> None:
    assert findings(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("group: to-do", "group: misschien", 4, "misschien"),
        ("when: later", "when: ooit", 5, "ooit"),
        ("organisation: svb", "organisation: sbv", 2, "sbv"),
        ("task: taak", "task: iets", 3, "svb.iets"),
        ("{law: wet, output: recht}", "{law: wte, output: recht}", 6, "wte"),
        ("{law: wet, output: recht}", "{law: wet, output: rehct}", 6, "rehct"),
        ("{law: wet, output: recht}", "{fact: leeftijd, equals: 3}", 6, "leeftijd"),
        ("{law: wet, output: recht}", "{all: [a, b]}", 6, "één uitkomst of één feit"),
        ("{law: wet, output: laatste_dag}", "2026-09-01", 7, "komt altijd uit een wet"),
        ("[call, paper]", "[call, fax]", 8, "fax"),
        ('"https://example.org"', "geen-adres", 9, "bron"),
        ("why: Daarom.", "waarom: Daarom.", 11, "texts.nl.why"),
        ("Meer tekst.", "U krijgt 300 euro.", 11, "bedrag"),
        ("title: Title", "title: Titel", 12, "gelijk aan het Nederlands"),
        ("  en: {status: draft, ", "  en: {", 12, "status"),
        ("Een zin.", "woord " * 21, 11, "21 woorden"),
        ("when: later", "otherwise_when: {law: wet, output: recht}\nwhen: later", 5, "otherwise"),
        ("id: kaart", "id: kaart\nkleur: rood", 2, "kleur"),
        ("id: kaart", "id: ander", 1, "verschillen"),
    ],
)
def test_a_mistake_is_pointed_at(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD
    found = findings(tmp_path, GOOD.replace(old, new, 1))
    assert len(found) == 1, found
    assert found[0].startswith(f"kaart.yaml:{line}: ")
    assert says in found[0]


@pytest.mark.parametrize("text", ["titel: [", "", "- een\n- lijst\n", "a: b: c"])
def test_a_file_that_is_no_yaml_mapping_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "kaart.yaml"
    path.write_text(text)
    with pytest.raises(Unreadable) as error:
        read(path)
    assert error.value.finding.line >= 1


def test_a_card_outside_the_order_and_an_order_without_card_are_found(tmp_path: Path) -> None:
    (tmp_path / "kaart.yaml").write_text(GOOD)
    event = tmp_path / "event.yaml"
    event.write_text("id: e\nslug: e\nlaw: wet\ncards:\n  - weg\n")
    found = [str(f) for f in check_event(read(event), [read(tmp_path / "kaart.yaml")], KNOWN)]
    assert any(":5: " in f and '"weg"' in f for f in found)
    assert any('"kaart" staat niet in de volgorde' in f for f in found)


@pytest.fixture(scope="module")
def anything() -> Callable[[Path], Known]:
    def of(folder: Path) -> Known:
        cards = [yaml.safe_load(path.read_text()) for path in (folder / "content").rglob("cards/*.yaml")]
        return Known(
            outputs=_Everything(),
            facts=frozenset(yaml.safe_load((folder / "laws/facts.yaml").read_text())),
            organisations=frozenset(str(card["organisation"]) for card in cards),
            tasks=frozenset(f"{card['organisation']}.{card.get('task')}" for card in cards),
            products=frozenset(str(card.get("product")) for card in cards),
        )

    return of


class _Everything(dict[str, frozenset[str]]):
    """Laws that have every outcome: whether they do is checked by `dichterbij content check`."""

    def __contains__(self, _law: object) -> bool:
        return True

    def __missing__(self, _law: str) -> "_Everything":
        return self


def test_the_shipped_cards_have_the_right_form(anything: Callable[[Path], Known]) -> None:
    known = anything(SHIPPED)
    for event, cards in documents([SHIPPED]):
        found = [*check_event(event, cards, known), *(f for card in cards for f in check_card(card, known))]
        assert [str(finding) for finding in found] == []


def test_the_death_journey_has_cards_of_at_least_six_organisations_in_all_groups() -> None:
    event = next(event for event in load([SHIPPED]) if event.slug == "death")
    assert len({card.organisation for card in event.cards}) >= 6
    assert {card.group for card in event.cards} == {Group.BY_ITSELF, Group.TO_DO, Group.MAY_BE_ENTITLED}
    assert all(Channel.CALL in card.channels for card in event.cards)


def test_an_overlay_replaces_a_card_without_touching_the_shipped_file(tmp_path: Path) -> None:
    shipped = SHIPPED / "content/life_events/overlijden/cards/uitvaart.yaml"
    own = tmp_path / "content/life_events/overlijden/cards/uitvaart.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(shipped.read_text().replace("De uitvaart regelen", "Afscheid nemen"))
    event = load([SHIPPED, tmp_path])[0]
    assert event.card("uitvaart").text("nl").title == "Afscheid nemen"
    assert len(event.cards) == len(load([SHIPPED])[0].cards)
